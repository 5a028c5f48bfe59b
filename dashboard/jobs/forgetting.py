"""What a dashboard keeps of an import is removed: its jobs, results, drafts and plans, and their traces in the file."""

from __future__ import annotations

import json
from pathlib import Path

from dashboard.jobs.database import Database
from dashboard.jobs.result import Results


def forget(folder: Path, preset: str) -> dict[str, int]:
    """Remove everything that speaks of a preset from a dashboard's folder; says how much of what there was."""
    path = folder / "dashboard.sqlite"
    removed = {"jobs": 0, "results": 0, "drafts": 0, "plans": 0}
    if not path.is_file():
        return removed
    results = Results(folder / "results")
    database = Database(path)
    with database.connection() as connection:
        connection.execute("PRAGMA secure_delete = ON")
        rows = connection.execute("SELECT id, request, run_id FROM jobs").fetchall()
        for row in rows:
            if json.loads(row["request"]).get("preset") == preset:
                removed["results"] += results.has(row["run_id"])
                results.delete(row["run_id"])
                removed["jobs"] += connection.execute("DELETE FROM jobs WHERE id = ?", (row["id"],)).rowcount
        for table in ("drafts", "plans"):
            removed[table] = connection.execute(f"DELETE FROM {table} WHERE preset = ?", (preset,)).rowcount
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return removed
