"""Targets: the numbers of experiments that must lie in their ranges, and which runs each is read from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulation.calibration.statement import Calibration
from simulation.errors import Conflict, UnknownName
from simulation.schema import RunSpec
from simulation.schema.canonical import canonical
from simulation.validation.design import NOTHING, lay_out
from simulation.validation.experiment import Condition, Estimate, Experiment
from simulation.validation.judging import bounds_of, stated

BASELINE = "do-as-now"
MEETING = 4  # weeks from one meeting to the next, which end a block


@dataclass(frozen=True)
class Target:
    """One number that must lie in its range (or, where it says so, outside it)."""

    id: str
    row: str
    text: str
    estimate: Estimate
    low: float
    high: float
    outside: bool
    weeks: int
    """How long the runs are that it reads."""
    arms: dict[str, int]
    """The runs its arms are read from, by their place in the reading."""
    shared: bool
    """Whether it reads nothing but a world that goes on as now, which other targets read as well."""

    def holds(self, value: float) -> bool:
        """Whether a value is where it should be; what could not be worked out is nowhere."""
        if math.isnan(value):
            return self.outside
        return (self.low <= value <= self.high) != self.outside

    def miss(self, value: float) -> float:
        """How far a value is from where it should be; 0 within."""
        if self.outside:
            return max(0.0, min(value - self.low, self.high - value))
        return max(self.low - value, value - self.high, 0.0)

    @property
    def width(self) -> float:
        """How wide the range is; of one open to a side, how large its bound."""
        if math.isfinite(self.low) and math.isfinite(self.high):
            return self.high - self.low
        bound = self.low if math.isfinite(self.low) else self.high
        return abs(bound) or 1.0


@dataclass(frozen=True)
class Lived:
    """A run that targets are read from: as long as the longest of them wants it, with all their probes."""

    spec: RunSpec
    places: tuple[str, ...]
    probes: tuple[str, ...]
    asked_until: int
    """The week up to which any target reads a probe."""


@dataclass(frozen=True)
class Reading:
    """Everything a draw is judged by, and the runs that takes; runs that targets have in common are lived once."""

    targets: tuple[Target, ...]
    runs: tuple[Lived, ...]


def read_from(calibration: Calibration, experiments: Sequence[Experiment], seed: int) -> Reading:
    """The targets of a calibration with the runs behind them. Raises SpannerError."""
    specs: list[tuple[RunSpec, int]] = []
    weeks: list[int] = []
    asked_until: list[int] = []
    kept: list[tuple[set[str], set[str]]] = []
    common: list[bool] = []
    targets: list[Target] = []

    def lived(spec: RunSpec, places: Sequence[str], probes: Sequence[str]) -> int:
        # what is counted in the columns is counted at the ends of blocks: a run that ends within one is lived alone
        alone = spec.weeks if probes and spec.weeks % MEETING else 0
        bare = spec.model_copy(update={"weeks": 1})
        if (bare, alone) not in specs:
            specs.append((bare, alone))
            weeks.append(0)
            asked_until.append(0)
            kept.append((set(), set()))
            common.append(is_baseline(bare))
        at = specs.index((bare, alone))
        weeks[at] = max(weeks[at], spec.weeks)
        if probes:
            asked_until[at] = max(asked_until[at], spec.weeks)
        kept[at][0].update(places)
        kept[at][1].update(probes)
        return at

    for given in experiments:
        experiment = given if calibration.preset is None else given.model_copy(update={"preset": calibration.preset})
        for name, condition in asked(calibration, experiment):
            if name in calibration.without:
                continue
            laid = lay_out(experiment, condition, seed=seed)
            estimate = condition.estimate or experiment.estimate
            until = max(span[1] for span in (estimate.window, estimate.before) if span is not None)
            where = {
                arm: lived(spec.model_copy(update={"weeks": until}), laid.places, laid.probes)
                for arm, spec in laid.specs.items()
                if arm in estimate.named
            }
            low, high = experiment.range if condition is NOTHING else bounds_of(condition)
            targets.append(
                Target(
                    name, experiment.id, condition.text or experiment.title, estimate, low, high, condition.outside,
                    until, where, all(common[at] for at in where.values()),
                )
            )  # fmt: skip
    check_without(calibration, experiments)
    if not targets:
        raise Conflict("A calibration needs at least one target.", key="targets")
    runs = [
        Lived(spec.model_copy(update={"weeks": longest}), tuple(sorted(places)), tuple(sorted(probes)), until)
        for (spec, _), longest, (places, probes), until in zip(specs, weeks, kept, asked_until, strict=True)
    ]
    return Reading(tuple(targets), tuple(runs))


def asked(calibration: Calibration, experiment: Experiment) -> list[tuple[str, Condition]]:
    """What of an experiment is fitted: its estimate, and as the calibration says what else it states."""
    found = [(experiment.id, NOTHING)]
    if "also" in calibration.conditions:
        found += [(f"{experiment.id}/also-{n}", one) for n, one in enumerate(experiment.also, 1) if stated(one)]
    if "ablation" in calibration.conditions and experiment.ablation is not None:
        one = experiment.ablation
        if not stated(one):  # without its mechanism the estimate leaves its range
            low, high = experiment.range
            one = one.model_copy(update={"low": low, "high": high, "outside": True})
        if one.times is None and one.under is None:
            found.append((f"{experiment.id}/ablation", one))
    return found


def check_without(calibration: Calibration, experiments: Sequence[Experiment]) -> None:
    """Refuse to set aside what is no target."""
    known = [name for one in experiments for name, _ in asked(calibration, one)]
    for name in calibration.without:
        if name not in known:
            raise UnknownName.among(name, known, key="without")


def is_baseline(spec: RunSpec) -> bool:
    """Whether a run is a preset's world going on as now, nothing done to it."""
    from simulation.schema import load_scenario  # heavy where nothing is calibrated

    plain = load_scenario(spec.scenario.id)
    return spec.plan.id == BASELINE and not spec.ablate and canonical(spec.scenario) == canonical(plain)


def spelled(experiments: Sequence[Experiment]) -> str:
    """What is fitted, in words: the experiments themselves, wherever their files lie."""
    return canonical([one.model_dump(mode="json") for one in experiments])
