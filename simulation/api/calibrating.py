"""Parameters are fitted to what may be fitted, and the ensembles that came of it are listed and looked over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulation.api.asked import Cancel, Folder
from simulation.experiments.cancelled import Cancelled


def calibrations() -> tuple[str, ...]:
    """The calibrations that come with the product, by name."""
    from simulation.calibration.statement import list_calibrations

    return list_calibrations()


def ensembles() -> tuple[str, ...]:
    """The ensembles that come with the product, by name."""
    from simulation.experiments.ensembles import list_ensembles

    return list_ensembles()


def calibrate(
    calibration: str,
    folder: Folder,
    hours: float = 4.0,
    seed: int = 1,
    executor: str = "processes",
    *,
    workers: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
) -> dict[str, Any]:
    """Fit the free parameters of a calibration to its targets, for at most so many hours over all starts in the folder.

    Gives what was found: whether it is done, what each target constrained, and the file of accepted draws. `progress`
    is told the stage and its draws done and in all; when `cancel` says so, Cancelled is raised and the folder can be
    gone on with.
    """
    from simulation.calibration.work import calibrate as search
    from simulation.experiments.spec import check_numbers
    from simulation.world.engine import Cancelled as Stopped

    check_numbers(seed=seed)
    try:
        return search(
            calibration, Path(folder), hours=hours, seed=seed, executor=executor, workers=workers, told=progress,
            cancel=cancel,
        )  # fmt: skip
    except Stopped as stop:
        raise Cancelled from stop


def check_ensemble(
    calibration: str,
    ensemble: str,
    seed: int = 1,
    executor: str = "processes",
    *,
    workers: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
) -> dict[str, Any]:
    """Live five draws of an ensemble again: does each come to what is written beside it?"""
    from simulation.calibration.work import recheck
    from simulation.world.engine import Cancelled as Stopped

    try:
        return recheck(
            calibration, ensemble, seed=seed, executor=executor, workers=workers, told=progress, cancel=cancel
        )
    except Stopped as stop:
        raise Cancelled from stop
