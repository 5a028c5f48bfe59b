"""The model as batches see it: a spec goes in, a result comes out, and a stop is a stop wherever it was noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulation.experiments.cancelled import Cancelled
from simulation.schema import RunSpec

if TYPE_CHECKING:
    from simulation.world.run import RunResult


def execute(
    spec: RunSpec,
    *,
    detail: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> RunResult:
    """Live one run from its burn-in to its end. Raises Cancelled when `cancel` says so."""
    from simulation.world import run  # compiled code: imported where the work is done, not where it is asked for

    try:
        return run.execute(spec, detail=detail, progress=progress, cancel=cancel)
    except run.Cancelled as stop:
        raise Cancelled from stop


def prepare() -> None:
    """Compile everything here, before worker processes start: they then find it ready instead of each compiling it."""
    from simulation.world.compiled import warm_up

    warm_up()
