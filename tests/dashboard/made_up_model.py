"""A small made-up model for tests of the pages: it answers with made-up results, slowly enough to be watched."""

from __future__ import annotations

import time
from typing import Any

from dashboard.jobs.request import Request
from dashboard.jobs.result import Result
from dashboard.jobs.runner import Cancel, Cancelled, Progress
from dashboard.services import Model
from simulation.errors import OutOfRange
from tests.dashboard.made_up_catalogue import SUPPORTED, catalogue
from tests.dashboard.made_up_results import result


def compute(request: Request, progress: Progress, cancel: Cancel) -> Result:
    """As the model answers: some steps, each told, and stopped when asked."""
    steps = 200 if request.replicates > 500 else 4
    for step in range(steps):
        if cancel():
            raise Cancelled
        progress(step, steps)
        time.sleep(0.05)
    progress(steps, steps)
    return result(request, steps * 0.05)


def check_plan(preset: str, plan: dict[str, Any]) -> None:
    """The schema's rule that a dose is a share, as an example of a refusal."""
    del preset
    for entry in plan["entry"]:
        if not 0 <= entry.get("dose", 1.0) <= 1:
            raise OutOfRange(key="dose", given=entry["dose"], allowed="0 to 1")


def made_up_model() -> Model:
    """The model that the tests' server stands on."""
    return Model(
        catalogue, compute, check_plan, lambda preset: [(f"place-{i}", f"Place {i + 1}") for i in range(52)],
        validated=lambda version: SUPPORTED,
    )  # fmt: skip
