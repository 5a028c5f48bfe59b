"""The draws of an ensemble are lived with the model as it has become, and those that still fit are kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np

from simulation.calibration.accepting import documents, write
from simulation.calibration.keeping import Folder
from simulation.calibration.living import Answer, Gate, Task, live
from simulation.calibration.space import axes_of, placed
from simulation.calibration.statement import Calibration
from simulation.calibration.targets import Reading
from simulation.errors import Conflict, WorkFailed
from simulation.experiments.ensembles import Ensemble
from simulation.experiments.executors import WorkerLost, imap
from simulation.store.identity import model_version

ENOUGH: Final = 0.9  # of the draws; with fewer, the model has changed too much for a part of them to stand for all
STAGE: Final = "draws lived with the model as it is"


def renew(
    calibration: Calibration, reading: Reading, kept: Ensemble, folder: Folder, *, seed: int, executor: str,
    workers: int | None, told: Callable[[str, int, int], None] | None, cancel: Callable[[], bool] | None,
) -> dict[str, Any]:  # fmt: skip
    """Live every draw, or those that are not yet, and write the ensemble of those that meet every target.

    Draws that fit now and did not fit before are not looked for: that is a calibration anew. Raises Conflict where the
    draws set other parameters than the calibration leaves free.
    """
    free = tuple(sorted(calibration.free))
    if kept.free != free:
        other = sorted(set(kept.free) ^ set(free))
        raise Conflict(
            f"The ensemble and the calibration do not set the same parameters ({', '.join(other)}).",
            file=kept.file, key="ensemble", given=list(kept.free), allowed=list(free),
        )  # fmt: skip
    names = [f"renewed-{at:04d}" for at in range(len(kept.draws))]
    answers = lived(calibration, reading, kept, folder, names, executor, workers, told, cancel)
    gate = Gate(calibration.replicates, 0.0, 0.0)
    fits = [answers[name].within(reading.targets, gate) for name in names]
    axes = axes_of(calibration.parameters)
    written = None
    if sum(fits) >= ENOUGH * len(fits):
        held = [at for at, fit in enumerate(fits) if fit]
        points = np.array([placed(axes, kept.draws[at]) for at in held])
        drawn, fit = documents(
            calibration, reading, points, [kept.draws[at] for at in held], [answers[names[at]] for at in held], seed
        )
        written = str(write(folder.path, calibration.id, drawn, fit))
    return {
        "name": calibration.id,
        "renewed": kept.file,
        "model_version": model_version(),
        "made_with": kept.model_version or None,
        "draws": len(fits),
        "kept": sum(fits),
        "ensemble": written,
        "lost": [
            {"draw": at, "targets": [t.id for t in reading.targets if not t.holds(answers[name].values[t.id])]}
            for at, (name, fit) in enumerate(zip(names, fits, strict=True))
            if not fit
        ],
    }


def lived(
    calibration: Calibration, reading: Reading, kept: Ensemble, folder: Folder, names: list[str], executor: str,
    workers: int | None, told: Callable[[str, int, int], None] | None, cancel: Callable[[], bool] | None,
) -> dict[str, Answer]:  # fmt: skip
    """What each draw comes to; each is kept as soon as it is known."""
    answers = {one.draw: one for one in folder.answers()}
    gate = Gate(calibration.replicates, math.inf, 1.0)  # all of it is lived, however it fares
    left = [Task(name, draw) for name, draw in zip(names, kept.draws, strict=True) if name not in answers]
    within = None if executor == "processes" else cancel
    if told is not None:
        told(STAGE, len(names) - len(left), len(names))
    work = imap(partial(live, reading, gate, within), left, executor=executor, workers=workers, cancel=cancel)
    for at, answer in work:
        if isinstance(answer, WorkerLost):
            raise WorkFailed(f"The worker that lived {left[at].draw} died.")
        answers[answer.draw] = answer
        folder.keep([answer], folder.spent + answer.seconds)
        if told is not None:
            told(STAGE, len(answers), len(names))
    return answers
