"""What a store holds, in few words."""

from __future__ import annotations

from typing import Any

from simulation.store.format import FORMAT
from simulation.store.read import Reader
from simulation.store.store import Store


def contents(store: Store) -> dict[str, Any]:
    """Runs done and failed, by preset, plan and length, and the parts they lie in."""
    with Reader(store) as reader:
        groups = reader.frame(
            "SELECT preset, plan, weeks, seed, model_version, count(*) FILTER (status = 'done') AS done, "
            "count(*) FILTER (status = 'failed') AS failed, count(DISTINCT replicate) AS replicates "
            "FROM runs GROUP BY ALL ORDER BY ALL"
        )
        failures = reader.frame("SELECT plan, replicate, kind, message FROM failures ORDER BY ALL LIMIT 20")
    listing = store.journal.read()
    return {
        "folder": str(store.folder),
        "format": FORMAT,
        "parts": len(listing.parts),
        "damaged": sorted({*listing.set_aside, *store.damaged}),
        "done": int(groups["done"].to_numpy().sum()),
        "failed": int(groups["failed"].to_numpy().sum()),
        "groups": groups.to_dict("records"),
        "failures": failures.to_dict("records"),
    }
