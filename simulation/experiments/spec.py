"""A comparison becomes a list of runs: each replicate under the baseline and every plan, on the same random numbers."""

from __future__ import annotations

import numbers
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from simulation.chance.draws import make_key
from simulation.errors import BadType, Conflict, MissingKey, OutOfRange
from simulation.experiments.ensembles import Ensemble, load_ensemble
from simulation.experiments.ensembles import Given as GivenEnsemble
from simulation.experiments.equal_cost import at_equal_cost
from simulation.policy import Programme
from simulation.schema import (
    MAX_REPLICATES,
    MAX_SEED,
    Plan,
    RunSpec,
    Scenario,
    build_spec,
    load_mechanisms,
)
from simulation.world.indicators import check_indicators
from simulation.world.values import parameter_record

MAX_WEEKS: Final = 1500
type Given = str | os.PathLike[str] | Mapping[str, Any]


@dataclass(frozen=True)
class Design:
    """What is compared: one scenario, a baseline and plans, so many replicates of so many weeks."""

    scenario: Scenario
    baseline: str
    plans: tuple[str, ...]  # what is held against the baseline; the baseline itself among them gives differences of 0
    arms: dict[str, RunSpec]  # the baseline first, then the plans as given, each at replicate 0
    weeks: int
    replicates: int
    seed: int
    ensemble: Ensemble | None = None
    dealt: tuple[int, ...] = ()
    """The draws of the ensemble that are used, in the order in which replicates take them."""
    warnings: tuple[str, ...] = field(default=())

    @property
    def total(self) -> int:
        """How many runs there are."""
        return self.replicates * len(self.arms)

    def spec(self, arm: str, replicate: int) -> RunSpec:
        """One run: replicates take the draws in turn, all arms of a replicate the same."""
        base = self.arms[arm]
        changes: dict[str, Any] = {"replicate": replicate}
        if self.ensemble is not None:
            draw = self.draw(replicate)
            changes |= {"draw": draw, "parameters": {**base.parameters, **self.ensemble.draws[draw]}}
        return base.model_copy(update=changes)

    def draw(self, replicate: int) -> int:
        """Which draw of the ensemble a replicate takes."""
        return self.dealt[replicate % len(self.dealt)]

    def groups(self) -> Iterator[list[RunSpec]]:
        """The runs, a replicate at a time: the arms of one replicate share their burn-in and give one pair each."""
        for replicate in range(self.replicates):
            yield [self.spec(arm, replicate) for arm in self.arms]


def design(
    scenario: Given | Scenario,
    plans: Given | Plan | Iterable[Given | Plan],
    baseline: Given | Plan = "do-as-now",
    *,
    weeks: int = 260,
    replicates: int = 64,
    seed: int = 1,
    ablate: str | Iterable[str] | None = (),
    parameters: Mapping[str, float] | None = None,
    ensemble: GivenEnsemble | None = None,
    equal_cost: bool = False,
) -> Design:
    """Check a comparison as asked for and lay it out. Raises SpannerError for anything that cannot be honoured."""
    check_numbers(weeks=weeks, replicates=replicates, seed=seed)
    known = frozenset(load_mechanisms())
    arms: dict[str, RunSpec] = {}
    order: list[str] = []
    place: Given | Scenario = scenario
    for plan in [baseline, *each_plan(plans)]:
        spec = build_spec(place, plan, weeks=weeks, seed=seed, ablate=ablate, parameters=parameters, mechanisms=known)
        check_workable(spec)
        place = spec.scenario
        name = spec.plan.id
        if name in arms and arms[name].plan != spec.plan:
            raise Conflict(f'Two different plans are both called "{name}".', key="plan", given=name)
        arms.setdefault(name, spec)
        order.append(name)
    if len(order) == 1:
        raise MissingKey("A comparison needs at least one plan besides its baseline.", key="plans")
    first = arms[order[0]]
    kept = load_ensemble(ensemble) if ensemble is not None else None
    for name in kept.free if kept is not None else ():
        if name in first.parameters:
            raise Conflict(
                f"{name} is set by every draw of the ensemble and by the request; leave it to one of them.",
                key=f"parameters.{name}", given=first.parameters[name],
            )  # fmt: skip
    held = tuple(dict.fromkeys(order[1:]))
    notes: list[str] = [kept.stale] if kept is not None and kept.stale is not None else []
    if equal_cost:
        arms, names, scaled = at_equal_cost(arms, tuple(name for name in held if name != order[0]))
        held = tuple(names.get(name, name) for name in held)
        notes += scaled
    return Design(
        first.scenario, order[0], held, arms, first.weeks, int(replicates), first.seed, kept,
        dealt(len(kept.draws), int(replicates)) if kept is not None else (), tuple(notes),
    )  # fmt: skip


def repetition(
    scenario: Given | Scenario,
    plan: Given | Plan = "do-as-now",
    *,
    weeks: int = 260,
    replicates: int = 1,
    seed: int = 1,
    ablate: str | Iterable[str] | None = (),
    parameters: Mapping[str, float] | None = None,
) -> Design:
    """One plan, run many times: a comparison without anything to compare with."""
    check_numbers(weeks=weeks, replicates=replicates, seed=seed)
    spec = build_spec(
        scenario, plan, weeks=weeks, seed=seed, ablate=ablate, parameters=parameters, mechanisms=load_mechanisms()
    )
    check_workable(spec)
    return Design(spec.scenario, spec.plan.id, (), {spec.plan.id: spec}, spec.weeks, int(replicates), spec.seed)


def check_workable(spec: RunSpec) -> None:
    """Refuse before the first run what every run would refuse: indicators, law, targets and analysts."""
    check_indicators(spec.plan)
    p = parameter_record({**spec.scenario.parameters, **spec.parameters}, spec.ablate)
    Programme(spec.plan, spec.scenario, p, make_key(spec.seed, spec.replicate), (), spec.weeks)


def each_plan(plans: Given | Plan | Iterable[Given | Plan]) -> list[Given | Plan]:
    """One plan or many, as a list."""
    if isinstance(plans, (str, os.PathLike, Mapping, Plan)):
        return [plans]  # pyright: ignore[reportReturnType] - a mapping here is a plan's table, not a mapping of plans
    if not isinstance(plans, Iterable):
        raise BadType(key="plans", given=type(plans).__name__, allowed="a plan or a list of plans")
    return list(plans)


def check_numbers(*, weeks: int = 1, replicates: int = 1, seed: int = 0, replicate: int = 0) -> None:
    """Refuse lengths, counts and seeds that are no whole numbers or out of bounds."""
    bounds = {
        "weeks": (weeks, 1, MAX_WEEKS),
        "replicates": (replicates, 1, MAX_REPLICATES),
        "seed": (seed, 0, MAX_SEED),
        "replicate": (replicate, 0, MAX_REPLICATES - 1),
    }
    for key, (given, low, high) in bounds.items():
        if isinstance(given, bool) or not isinstance(given, numbers.Integral):
            raise BadType(key=key, given=given, allowed="a whole number")
        if not low <= given <= high:
            raise OutOfRange(key=key, given=given, allowed=f"{low} to {high}")


def dealt(number: int, replicates: int) -> tuple[int, ...]:
    """Which draws of an ensemble the replicates take in turn: so many that each has two pairs at least, spread evenly.

    Two pairs of one draw differ by chance alone; without them nobody could say how much parameters matter.
    """
    used = min(number, max(2, replicates // 2))
    return tuple(round(at * (number - 1) / max(used - 1, 1)) for at in range(used))
