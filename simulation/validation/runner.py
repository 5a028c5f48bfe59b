"""Experiments are run: replicates grow until the interval is narrow enough, then everything else is asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from simulation.errors import SpannerError, WorkFailed
from simulation.experiments.executors import WorkerLost, imap
from simulation.schema import RunSpec
from simulation.validation.design import Laid, departs, lay_out
from simulation.validation.estimators import Runs, is_smooth, statistic
from simulation.validation.experiment import NULL, Condition, Estimate, Experiment, Growth, load_experiment
from simulation.validation.judging import (
    Check,
    Row,
    ablation_met,
    condition_met,
    control_met,
    placebo_met,
    precise,
    verdict,
)
from simulation.validation.keeping import Kept
from simulation.validation.observing import Observed, observe
from simulation.validation.precision import Figure, estimated

PLACEBO_REPLICATES = 3
# what is worked out even when nothing is done, or cannot be
UNPLACED = ("level", "interrupted", "elasticity", "elasticity-ratio", "sites-significant")

type Progress = Callable[[int, int], None]
type Cancel = Callable[[], bool]


class Collection:
    """The runs of a set of arms, as many replicates as have been asked for."""

    def __init__(self, laid: Laid, executor: str, workers: int | None, cancel: Cancel | None) -> None:
        self.laid = laid
        self.executor = executor
        self.workers = workers
        self.cancel = cancel
        self.runs: dict[str, list[Observed]] = {name: [] for name in laid.specs}
        # arms that are the same run are lived once
        self.distinct: list[RunSpec] = []
        self.which: dict[str, int] = {}
        for name, spec in laid.specs.items():
            if spec not in self.distinct:
                self.distinct.append(spec)
            self.which[name] = self.distinct.index(spec)

    def grow(self, replicates: int) -> None:
        """Live through more replicates, all arms of each."""
        have = len(next(iter(self.runs.values())))
        work = partial(live, tuple(self.distinct), self.laid.places, self.laid.probes, self.cancel)
        found: dict[int, list[Observed]] = {}
        for index, seen in imap(
            work, range(have, replicates), executor=self.executor, workers=self.workers, cancel=self.cancel
        ):
            if isinstance(seen, WorkerLost):
                raise WorkFailed(f"The worker that lived replicate {have + index} died.")
            found[index] = seen
        for index in sorted(found):
            for name, n in self.which.items():
                self.runs[name].append(found[index][n])

    def figure(self, estimate: Estimate, sites_from: Runs | None = None) -> Figure:
        """An estimate from the runs there are; where nothing was done, other runs say which places are meant."""
        replicates = len(next(iter(self.runs.values())))
        return estimated(statistic(estimate, self.runs, sites_from), replicates, smooth=is_smooth(estimate))


def live(
    specs: Sequence[RunSpec], places: Sequence[str], probes: Sequence[str], cancel: Cancel | None, replicate: int
) -> list[Observed]:
    """All arms of one replicate: they share their burn-in."""
    return [observe(spec.model_copy(update={"replicate": replicate}), places, probes, cancel) for spec in specs]


class Trial:
    """One experiment on its way to a verdict."""

    def __init__(
        self, experiment: Experiment, growth: Growth, seed: int, executor: str, workers: int | None,
        cancel: Cancel | None,
    ) -> None:  # fmt: skip
        self.experiment = experiment
        self.growth = growth
        self.seed = seed
        self.collection = partial(Collection, executor=executor, workers=workers, cancel=cancel)

    def run(self) -> Row:
        """Grow, look, ask the rest, and judge."""
        begun = time.perf_counter()
        experiment = self.experiment
        main = self.collection(lay_out(experiment, seed=self.seed))
        number = min(self.growth.first, self.growth.most)
        main.grow(number)
        figure = main.figure(experiment.estimate)
        first = {"replicates": number, "estimate": figure.value, "low": figure.low, "high": figure.high}
        while not precise(figure, experiment.range) and number < self.growth.most:
            number = min(2 * number, self.growth.most)
            main.grow(number)
            figure = main.figure(experiment.estimate)
        also = tuple(self._also(condition, main, number, figure) for condition in experiment.also)
        ablation = control = placebo = None
        if experiment.ablation is not None:
            found = self._variant(experiment.ablation, number)
            ablation = ablation_met(experiment, experiment.ablation, figure, found)
        if experiment.control is not None:
            found = self._variant(experiment.control, number)
            control = control_met(experiment, experiment.control, figure, found)
        if experiment.placebo and (experiment.estimate.kind not in UNPLACED):
            still = self.collection(lay_out(experiment, nothing_done=True, seed=self.seed))
            still.grow(min(PLACEBO_REPLICATES, number))
            placebo = placebo_met(experiment, still.figure(experiment.estimate, main.runs))
        return Row(
            id=experiment.id, role=experiment.role, title=experiment.title,
            status=verdict(experiment, figure, also, (ablation, control, placebo)),
            estimate=figure.value, low=figure.low, high=figure.high, range=experiment.range, replicates=number,
            also=also, ablation=ablation, placebo=placebo, control=control, first_look=first,
            elapsed_s=time.perf_counter() - begun,
        )  # fmt: skip

    def _also(self, condition: Condition, main: Collection, number: int, full: Figure) -> Check:
        estimate = condition.estimate or self.experiment.estimate
        figure = self._variant(condition, number) if departs(condition) else main.figure(estimate)
        return condition_met(condition, figure, full, NULL.get(self.experiment.estimate.kind, 0.0))

    def _variant(self, condition: Condition, number: int) -> Figure:
        """The estimate of a condition, from runs of its own."""
        runs = self.collection(lay_out(self.experiment, condition, seed=self.seed))
        runs.grow(number)
        return runs.figure(condition.estimate or self.experiment.estimate)


def validate(
    names: Sequence[str],
    *,
    replicates: int | None = None,
    seed: int = 1,
    executor: str = "threads",
    workers: int | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    kept: Kept | None = None,
) -> Iterator[Row]:
    """Each experiment's row as it comes; one that cannot be run is a row that says why.

    `replicates` is the most there may be, instead of the experiment's own number. What is `kept` is not tried again.
    """
    for n, name in enumerate(names):
        if progress is not None:
            progress(n, len(names))
        yield tried(name, replicates, seed, executor, workers, cancel, kept)
    if progress is not None:
        progress(len(names), len(names))


def tried(
    name: str, replicates: int | None, seed: int, executor: str, workers: int | None, cancel: Cancel | None,
    kept: Kept | None = None,
) -> Row:  # fmt: skip
    """One experiment, or why it could not be run."""
    experiment = load_experiment(name)
    growth = experiment.replicates
    if replicates is not None:
        growth = Growth(first=min(growth.first, replicates), most=replicates)
    row = kept.find(experiment, growth, seed) if kept is not None else None
    if row is not None:
        return row
    try:
        row = Trial(experiment, growth, seed, executor, workers, cancel).run()
    except SpannerError as error:
        return Row(
            id=experiment.id, role=experiment.role, title=experiment.title, status="error", range=experiment.range,
            message=error.message,
        )  # fmt: skip
    if kept is not None:
        kept.keep(experiment, growth, seed, row)
    return row
