"""Runs are taken out of a store for good: parts are written anew without them, and no file of theirs stays on the disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from simulation.store.batches import held_alone
from simulation.store.format import MANIFEST, TABLES
from simulation.store.journal import Part
from simulation.store.parts import part_name, write_part
from simulation.store.provenance import provenance
from simulation.store.store import Store

ASIDE: Final = (".bad", ".writing")


@dataclass
class Purged:
    """What was taken out of a store."""

    runs: int = 0
    parts: int = 0
    """Parts that held them; what else those held was written anew."""
    damaged: int = 0
    """Files set aside or left half written: nobody can say whose runs they hold, so they go too."""


def purge(folder: Path, preset: str) -> Purged:
    """Take every run of a preset out of a store, those in parts that no longer count included.

    Raises Conflict where a batch writes to it; one that is about to begin waits until this is done.
    """
    if not (folder / MANIFEST).is_file():
        return Purged()
    store = Store.open(folder)
    with held_alone(folder):
        return _purged(store, preset)


def _purged(store: Store, preset: str) -> Purged:
    """The same, by whoever holds the store's lock."""
    done, folder = Purged(), store.folder
    listed = store.journal.read().parts
    for path in sorted(path for table in TABLES for end in ASIDE for path in (folder / table).glob(f"*{end}")):
        path.unlink(missing_ok=True)
        done.damaged += 1
    names = {path.name.removesuffix(".parquet") for table in TABLES for path in (folder / table).glob("*.parquet")}
    for name in sorted(names):
        mine = _runs(folder, name, preset)
        if not mine:
            continue
        _without(store, listed.get(name), name, mine)
        done.runs += len(mine)
        done.parts += 1
    return done


def _runs(folder: Path, name: str, preset: str) -> list[str]:
    """The runs of a preset that a part holds."""
    path = folder / "runs" / f"{name}.parquet"
    if not path.is_file():
        return []
    return [str(run) for run in _frame(path, "run_id", "preset = ?", preset)["run_id"]]


def _without(store: Store, listed: Part | None, name: str, mine: Iterable[str]) -> None:
    """A part without some of its runs. What it loses is unlisted first, so that a crash can only mean work done again."""
    folder, gone = store.folder, sorted(set(mine))
    files = [path for table in TABLES if (path := folder / table / f"{name}.parquet").is_file()]
    if listed is not None:
        kept = {
            path.parent.name: _frame(path, "*", "NOT list_contains(?, run_id)", gone)
            for path in files
            if "run_id" in TABLES[path.parent.name]
        }
        left = len(kept.get("runs", ()))
        store.journal.drop(name)
        if left:
            fresh = part_name()
            store.journal.add(write_part(folder, fresh, {**kept, "provenance": _origin(folder, name, fresh)}, left))
    for path in files:
        path.unlink(missing_ok=True)


def _origin(folder: Path, name: str, fresh: str) -> pd.DataFrame:
    """How the runs that stay came to be, under the name of the part they now lie in."""
    path = folder / "provenance" / f"{name}.parquet"
    return _frame(path, "*", "part = ?", name).assign(part=fresh) if path.is_file() else provenance(fresh)


def _frame(path: Path, columns: str, where: str, value: object) -> pd.DataFrame:
    """Rows of one file of a part."""
    with duckdb.connect(":memory:") as con:
        con.execute("SET threads = 1")
        return con.execute(f"SELECT {columns} FROM read_parquet(?) WHERE {where}", [str(path), value]).df()
