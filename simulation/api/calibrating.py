"""Parameters are fitted to what may be fitted, and the ensembles that came of it are listed and looked over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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

    how = Work(seed, executor, workers, progress, cancel)
    return how.do(lambda **words: search(calibration, Path(folder), hours=hours, **words))


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

    how = Work(seed, executor, workers, progress, cancel)
    return how.do(lambda **words: recheck(calibration, ensemble, **words))


def renew_ensemble(
    calibration: str,
    ensemble: str,
    folder: Folder,
    hours: float = 4.0,
    seed: int = 1,
    executor: str = "processes",
    *,
    workers: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
) -> dict[str, Any]:
    """Go on from an ensemble with the model as it is: its draws are lived again, and those that fit are kept.

    Where fewer fit than are wanted, each target is learned from what was lived and others are looked for near them. The folder can be
    gone on with like a calibration's, and so can what it gives be read; `renewed` says how many draws were kept.
    """
    from simulation.calibration.work import renewed

    how = Work(seed, executor, workers, progress, cancel)
    return how.do(lambda **words: renewed(calibration, ensemble, Path(folder), hours=hours, **words))


@dataclass(frozen=True)
class Work:
    """How draws are lived, whatever for."""

    seed: int
    executor: str
    workers: int | None
    told: Callable[[str, int, int], None] | None
    cancel: Cancel | None

    def do(self, work: Callable[..., dict[str, Any]]) -> dict[str, Any]:
        """What the work comes to. Raises SpannerError, and Cancelled when stopped."""
        from simulation.experiments.spec import check_numbers
        from simulation.world.engine import Cancelled as Stopped

        check_numbers(seed=self.seed)
        try:
            return work(**vars(self))
        except Stopped as stop:
            raise Cancelled from stop
