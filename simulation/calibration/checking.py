"""Five draws of an ensemble are lived again: what they come to must be what was written down."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from simulation.calibration.living import Gate, Task, live
from simulation.calibration.targets import Reading
from simulation.errors import BadSyntax, Conflict, NotFound, WorkFailed
from simulation.experiments.ensembles import FIT, Ensemble
from simulation.experiments.executors import WorkerLost, imap
from simulation.schema.reading import read_text

CHECKED: Final = 5
EXACT: Final = 1e-9


@dataclass(frozen=True)
class Fit:
    """What the draws of an ensemble came to, by target."""

    targets: tuple[str, ...]
    values: tuple[dict[str, float], ...]


def load_fit(ensemble: Ensemble) -> Fit:
    """What stands beside the file of an ensemble. Raises SpannerError."""
    assert ensemble.file is not None
    path = Path(ensemble.file).with_suffix("").with_suffix(FIT)
    if not path.exists():
        raise NotFound(f"There is no {path}, which says what the draws came to.", file=str(path))
    try:
        table = json.loads(read_text(path))
        names = tuple(str(name) for name in table["targets"])
        values = tuple(dict(zip(names, map(number, row), strict=True)) for row in table["values"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadSyntax(f"{path} does not say what the draws came to.", file=str(path)) from error
    if len(values) != len(ensemble.draws):
        raise Conflict(
            f"{path} speaks of {len(values)} draws, the ensemble of {len(ensemble.draws)}.",
            file=str(path),
            key="values",
        )
    return Fit(names, values)


def number(value: Any) -> float:
    return math.inf if value is None else float(value)


def chosen(ensemble: Ensemble) -> list[int]:
    """The draws that are lived again: the one in the midst, and others spread over the file."""
    spread = np.linspace(0, len(ensemble.draws) - 1, min(CHECKED, len(ensemble.draws))).round().astype(int)
    first = [] if ensemble.medoid is None else [ensemble.medoid]
    return list(dict.fromkeys([*first, *(int(one) for one in spread)]))[:CHECKED]


def check(
    ensemble: Ensemble, fit: Fit, reading: Reading, replicates: int, *, executor: str, workers: int | None,
    told: Callable[[str, int, int], None] | None, cancel: Callable[[], bool] | None,
) -> list[dict[str, Any]]:  # fmt: skip
    """A row a draw lived again: whether it comes to what was written down, and where it does not."""
    numbers = chosen(ensemble)
    gate = Gate(replicates, math.inf, 1.0)  # all of it is lived, however it fares
    within = None if executor == "processes" else cancel
    tasks = [Task(str(at), ensemble.draws[at]) for at in numbers]
    rows: dict[int, dict[str, Any]] = {}
    if told is not None:
        told("draws lived again", 0, len(tasks))
    for at, answer in imap(
        partial(live, reading, gate, within), tasks, executor=executor, workers=workers, cancel=cancel
    ):
        if isinstance(answer, WorkerLost):
            raise WorkFailed(f"The worker that lived draw {numbers[at]} died.")
        off = [
            {"target": name, "written": was, "now": answer.values.get(name)}
            for name, was in fit.values[numbers[at]].items()
            if not same(was, answer.values.get(name, math.nan))
        ]
        rows[at] = {"draw": numbers[at], "ok": not off, "off": off}
        if told is not None:
            told("draws lived again", len(rows), len(tasks))
    return [rows[at] for at in sorted(rows)]


def same(one: float, other: float) -> bool:
    """Whether two figures are the same but for the last digits."""
    return one == other or math.isclose(one, other, rel_tol=EXACT)
