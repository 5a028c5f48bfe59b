"""A store is six folders of Parquet parts, a manifest with a format number, and a journal; this says their columns.

Columns beyond the promised ones may be added without a new format number; a changed or dropped one needs it raised.
"""

from __future__ import annotations

from typing import Final

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
JOURNAL: Final = "journal.jsonl"
LOCK: Final = "journal.lock"

RUNS_PER_PART: Final = 256
SECONDS_PER_PART: Final = 30.0

# table -> column -> DuckDB type; the order is the order in the file
TABLES: Final[dict[str, dict[str, str]]] = {
    "runs": {
        "run_id": "VARCHAR",
        "preset": "VARCHAR",
        "plan": "VARCHAR",
        "seed": "BIGINT",
        "replicate": "BIGINT",
        "draw": "BIGINT",
        "weeks": "INTEGER",
        "parameters": "VARCHAR",  # JSON: parameter id -> value
        "status": "VARCHAR",  # done | failed
        "ablate": "VARCHAR",  # JSON: list of mechanisms switched off
        "plan_spec": "VARCHAR",  # JSON: the plan itself, so that a run can be done again without its file
        "model_version": "VARCHAR",
        "elapsed_s": "DOUBLE",
        "cost": "VARCHAR",  # JSON: total, by_holder, by_resource, hours, price_year, discount_rate, waited_weeks
        "warnings": "VARCHAR",  # JSON: list of sentences
    },
    "series": {"run_id": "VARCHAR", "week": "INTEGER", "measure": "VARCHAR", "value": "DOUBLE"},
    "outcomes": {"run_id": "VARCHAR", "measure": "VARCHAR", "value": "DOUBLE"},
    "places": {
        "run_id": "VARCHAR",
        "locality": "VARCHAR",
        "name": "VARCHAR",
        "force": "VARCHAR",
        "kind": "VARCHAR",
        "population": "DOUBLE",
        "row": "INTEGER",
        "col": "INTEGER",
        "targeted": "BOOLEAN",  # whether the plan singled the locality out
        "measure": "VARCHAR",
        "value": "DOUBLE",
    },
    "events": {
        "run_id": "VARCHAR",
        "week": "INTEGER",
        "phase": "VARCHAR",
        "kind": "VARCHAR",
        "subject_kind": "VARCHAR",
        "subject": "VARCHAR",
        "object": "VARCHAR",
        "cause": "VARCHAR",
        "intervention": "VARCHAR",
        "value": "DOUBLE",
        "unit": "VARCHAR",
    },
    "failures": {
        "run_id": "VARCHAR",
        "preset": "VARCHAR",
        "plan": "VARCHAR",
        "seed": "BIGINT",
        "replicate": "BIGINT",
        "kind": "VARCHAR",
        "message": "VARCHAR",
        "traceback": "VARCHAR",
    },
    "provenance": {
        "part": "VARCHAR",
        "written_at": "VARCHAR",
        "model_version": "VARCHAR",
        "git": "VARCHAR",
        "lock_hash": "VARCHAR",
        "cpu": "VARCHAR",
        "platform": "VARCHAR",
        "python": "VARCHAR",
        "versions": "VARCHAR",  # JSON: package -> version
    },
}
