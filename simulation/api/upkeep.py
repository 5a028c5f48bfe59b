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
    from simulation.experiments.record import Record


def validate(
    names: Iterable[str] | None = None,
    replicates: int | None = None,
    seed: int = 1,
    executor: str = "threads",
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    out: Folder | None = None,
) -> Iterator[dict[str, Any]]:
    """What comes of each finding (all when none is named), as it comes: estimate, range, conditions, verdict.

    Rows are kept in the folder `out`, if one is named; what is there is not tried again.
    """
    from simulation.experiments.spec import check_numbers
    from simulation.validation.experiment import list_experiments, load_experiment
    from simulation.validation.keeping import Kept
    from simulation.validation.runner import validate as judge
    from simulation.world.engine import Cancelled as Stopped

    wanted = list(names) if names is not None else list(list_experiments())
    for name in wanted:
        load_experiment(name)  # a bad name is refused before the first is run, not after an hour
    check_numbers(replicates=replicates if replicates is not None else 1, seed=seed)
    try:
        for row in judge(
            wanted, replicates=replicates, seed=seed, executor=executor, workers=workers, progress=progress,
            cancel=cancel, kept=Kept(Path(out)) if out is not None else None,
        ):  # fmt: skip
            yield row.to_dict()
    except Stopped as stop:
        raise Cancelled from stop


def write_findings(rows: Iterable[Mapping[str, Any]], file: Folder) -> Path:
    """Write what `validate` gave as a page, with the findings that have no experiment, and its record; returns the file."""
    from simulation.validation.first_look import drawn
    from simulation.validation.record import recorded
    from simulation.validation.report import document

    found = list(rows)
    return _written(Path(file), document(found, model_version()), recorded(found, model_version(), drawn()))


def is_whole_page(file: Folder) -> bool:
    """Whether a file is the product's own page of findings, which speaks of all of them at their own precision."""
    from simulation.validation.record import PAGE

    return Path(file).resolve() == PAGE


def first_look(file: Folder) -> tuple[str, ...]:
    """The findings that a first look tries, if there is none at the file yet. Raises Conflict."""
    from simulation.validation.first_look import first_names, refuse_second

    refuse_second(Path(file))
    return first_names()


def write_first_look(rows: Iterable[Mapping[str, Any]], file: Folder) -> Path:
    """Write what `validate` gave of the findings kept for testing, once and for all. Raises Conflict."""
    from simulation.validation.first_look import drawn, first_page, refuse_second
    from simulation.validation.record import recorded

    path, found = Path(file), list(rows)
    refuse_second(path)
    return _written(path, first_page(found, model_version(), drawn()), recorded(found, model_version(), drawn()))


def _written(path: Path, page: str, record: Record) -> Path:
    from simulation.errors import Unwritable
    from simulation.validation.record import companion, spelt

    try:
        path.write_text(page, encoding="utf-8")
        companion(path).write_text(spelt(record), encoding="utf-8")
    except OSError as error:
        raise Unwritable(file=str(path), given=error.strerror, allowed="a file in a folder that exists") from error
    return path


def assurance(folder: Folder | None = None) -> dict[str, str]:
    """The assurance pack after the AQuA Book, its pages by file name; written to a folder, if one is named."""
    from simulation.report.assurance import pages, write

    return pages() if folder is None else write(Path(folder))


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
