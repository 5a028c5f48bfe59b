"""A comparison made elsewhere, by the command line for example, is put where the pages find it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from dashboard.address import CompareAddress, write_compare
from dashboard.jobs.database import Database
from dashboard.jobs.model import from_comparison
from dashboard.jobs.request import PlanChoice, Request
from dashboard.jobs.result import Results
from dashboard.jobs.table import JobTable


def deposit(folder: Path | str, comparison: Any, plans: list[PlanChoice], title: str) -> str:
    """Keep a finished `simulation.api` comparison in a dashboard's folder; returns the address that shows it.

    `plans` are the plans as they were given to `api.compare`, by name or as tables.
    """
    place = Path(folder)
    database = Database(place / "dashboard.sqlite")
    database.prepare()
    request = Request(
        "comparison",
        comparison.preset,
        tuple(plans),
        comparison.weeks,
        comparison.replicates,
        comparison.seed,
        comparison.baseline,
    )
    run_id = request.run_id(comparison.model_version)
    Results(place / "results").write(run_id, from_comparison(request, comparison))
    jobs = JobTable(database)
    job = jobs.submit(request, title, run_id, finished=time.time())
    return write_compare(CompareAddress(job.id))
