"""The model held against published findings, its version, and the machine it runs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.api.asked import Cancel, Folder, Progress
from simulation.experiments.cancelled import Cancelled

if TYPE_CHECKING:
    import pandas as pd

    from simulation.experiments.machine import Check


def validate(
    names: Iterable[str] | None = None,
    replicates: int | None = None,
    seed: int = 1,
    executor: str = "threads",
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Iterator[dict[str, Any]]:
    """What comes of each finding (all when none is named), as it comes: estimate, range, conditions, verdict."""
    from simulation.experiments.spec import check_numbers
    from simulation.validation.experiment import list_experiments, load_experiment
    from simulation.validation.runner import validate as judge
    from simulation.world.engine import Cancelled as Stopped

    wanted = list(names) if names is not None else list(list_experiments())
    for name in wanted:
        load_experiment(name)  # a bad name is refused before the first is run, not after an hour
    check_numbers(replicates=replicates if replicates is not None else 1, seed=seed)
    try:
        for row in judge(
            wanted, replicates=replicates, seed=seed, executor=executor, workers=workers, progress=progress,
            cancel=cancel,
        ):  # fmt: skip
            yield row.to_dict()
    except Stopped as stop:
        raise Cancelled from stop


def write_findings(rows: Iterable[Mapping[str, Any]], file: Folder) -> Path:
    """Write what `validate` gave as a page, with the findings that have no experiment; returns the file."""
    from simulation.errors import Unwritable
    from simulation.validation.report import document

    path = Path(file)
    try:
        path.write_text(document(list(rows), model_version()), encoding="utf-8")
    except OSError as error:
        raise Unwritable(file=str(path), given=error.strerror, allowed="a file in a folder that exists") from error
    return path


def record_findings(rows: Iterable[Mapping[str, Any]], file: Folder | None = None) -> Path:
    """Keep what `validate` gave where labels of outcomes are read from (or in another file); returns the file."""
    from simulation.errors import Unwritable
    from simulation.experiments.support import RECORD
    from simulation.validation.record import record

    path = Path(file) if file is not None else RECORD
    try:
        return record(rows, model_version(), path)
    except OSError as error:
        raise Unwritable(file=str(path), given=error.strerror, allowed="a file in a folder that exists") from error


def support(version: str | None = None) -> pd.DataFrame:
    """A row an outcome, of the whole and of each market: whether a published finding that tries what makes it passed on
    a version of the model (this one if none is named), and why or why not. Those where none did are unvalidated.
    """
    from simulation.experiments.support import supports

    return supports(version).frame()


def standing(version: str | None = None) -> dict[str, Any]:
    """How far a version of the model is calibrated and validated: findings tried and reproduced, ensembles that fit."""
    from simulation.experiments.standing import standing as of

    return of(version)


def model_version() -> str:
    """The version of everything that affects a result."""
    from simulation.store.identity import model_version as version

    return version()


def warm_up(progress: Progress | None = None) -> None:
    """Compile everything that has not been compiled on this machine yet."""
    from simulation.experiments.worlds import warm_up as warm

    warm(progress)


def doctor(port: int = 8050, store: Folder | None = None) -> list[Check]:
    """What this machine has and lacks, and how to mend it."""
    from simulation.experiments.machine import checks

    return checks(port, store)
