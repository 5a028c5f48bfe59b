"""A draw is lived: its runs on the same random numbers as every other draw's, and what its targets come to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from simulation.calibration.targets import Lived, Reading, Target
from simulation.schema import RunSpec
from simulation.validation.estimators import is_smooth, statistic
from simulation.validation.observing import Observed, observe
from simulation.validation.precision import LEVEL, Figure, estimated
from simulation.world.burn_in import forget


class Task(NamedTuple):
    """A draw to be lived: its name and its values."""

    draw: str
    values: dict[str, float]


class Gate(NamedTuple):
    """How a draw must stand by the targets that read a world as now before the others are lived at all."""

    replicates: int
    cutoff: float
    """Standard deviations from a range; 0 asks that it lies within."""
    discrepancy: float


@dataclass(frozen=True)
class Answer:
    """What a draw came to, by target, with the variance that replicates leave; targets not lived are not in it."""

    draw: str
    values: dict[str, float]
    variances: dict[str, float]
    seconds: float

    def within(self, targets: Sequence[Target], gate: Gate) -> bool:
        """Whether every one of these targets was lived and is no further from its range than the gate lets through."""
        return all(self._near(target, gate) for target in targets)

    def _near(self, target: Target, gate: Gate) -> bool:
        value = self.values.get(target.id)
        if value is None:
            return False
        if target.holds(value) or gate.cutoff == 0.0:
            return target.holds(value)
        variance = self.variances[target.id]
        known = (variance if math.isfinite(variance) else 0.0) + (gate.discrepancy * target.width) ** 2
        return bool(target.miss(value) <= gate.cutoff * math.sqrt(known))  # what does not exist is near nothing


def live(reading: Reading, gate: Gate, cancel: Callable[[], bool] | None, task: Task) -> Answer:
    """Live the runs of one draw: those that many targets share, and the others only when these let it through.

    Where every target must be met, the other rows are lived one after the other, and none after one that is missed.
    """
    try:
        return lived(reading, gate, cancel, task)
    finally:
        for run in reading.runs:  # no other draw begins like this one
            for replicate in range(gate.replicates):
                forget(drawn(run, task, replicate))


def lived(reading: Reading, gate: Gate, cancel: Callable[[], bool] | None, task: Task) -> Answer:
    """What one draw comes to."""
    begun = time.perf_counter()
    seen: dict[int, list[Observed]] = {}
    shared = [target for target in reading.targets if target.shared]
    found = told(reading, shared, seen, gate.replicates, cancel, task)
    answer = Answer(task.draw, found[0], found[1], time.perf_counter() - begun)
    own = [target for target in reading.targets if not target.shared]
    if not own or not answer.within(shared, gate):
        return answer
    rows = {target.row: [one for one in own if one.row == target.row] for target in own}
    for some in rows.values() if gate.cutoff == 0.0 else [own]:
        more = told(reading, some, seen, gate.replicates, cancel, task)
        found = found[0] | more[0], found[1] | more[1]
        answer = Answer(task.draw, found[0], found[1], time.perf_counter() - begun)
        if not answer.within(some, gate):
            return answer
    return answer


def told(
    reading: Reading, targets: Sequence[Target], seen: dict[int, list[Observed]], replicates: int,
    cancel: Callable[[], bool] | None, task: Task,
) -> tuple[dict[str, float], dict[str, float]]:  # fmt: skip
    """Values and variances of some targets, from runs that have been lived or are now."""
    new = [at for at in sorted({at for target in targets for at in target.arms.values()}) if at not in seen]
    seen.update({at: [] for at in new})
    for replicate in range(replicates):  # runs of one replicate share their burn-in
        for at in new:
            run = reading.runs[at]
            seen[at].append(observe(drawn(run, task, replicate), run.places, run.probes, cancel, run.asked_until))
    figures = {target.id: figure(target, seen) for target in targets}
    return (
        {name: one.value for name, one in figures.items()},
        {name: variance(one) for name, one in figures.items()},
    )


def drawn(run: Lived, task: Task, replicate: int) -> RunSpec:
    """One run of a draw. A parameter that an experiment sets itself stays as it sets it."""
    changes = {"parameters": {**task.values, **run.spec.parameters}, "replicate": replicate}
    return run.spec.model_copy(update=changes)


def figure(target: Target, seen: Mapping[int, Sequence[Observed]]) -> Figure:
    """A target read from the runs, each as long as its experiment asks."""
    runs = {arm: [cut(one, target.weeks) for one in seen[at]] for arm, at in target.arms.items()}
    replicates = len(next(iter(runs.values())))
    return estimated(statistic(target.estimate, runs), replicates, smooth=is_smooth(target.estimate))


def variance(figure: Figure) -> float:
    """The variance of a figure over worlds that differ by chance alone."""
    if figure.draws.size:
        finite = figure.draws[np.isfinite(figure.draws)]
        return float(finite.var()) if finite.size else math.nan
    spread = (figure.high - figure.low) / 2.0 / float(stdtrit(figure.replicates - 1, 0.5 + LEVEL / 2))
    return spread**2


def cut(seen: Observed, weeks: int) -> Observed:
    """The first weeks of what a longer run left."""
    if len(seen.series) == weeks:
        return seen
    return replace(
        seen,
        series=seen.series[:weeks],
        places={name: values[:weeks] for name, values in seen.places.items()},
        users=seen.users[:weeks],
        markets=seen.markets[:weeks],
        found={name: values[:weeks] for name, values in seen.found.items()},
    )
