"""A comparison becomes a list of runs: each replicate under the baseline and every plan, on the same random numbers."""

from __future__ import annotations

import json
import numbers
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from simulation.chance.draws import make_key
from simulation.errors import BadSyntax, BadType, Conflict, EmptyFile, MissingKey, NotFound, OutOfRange
from simulation.experiments.equal_cost import at_equal_cost
from simulation.policy import Programme
from simulation.schema import (
    MAX_REPLICATES,
    MAX_SEED,
    Plan,
    RunSpec,
    Scenario,
    build_spec,
    check_overrides,
    load_mechanisms,
)
from simulation.world.indicators import check_indicators
from simulation.world.values import parameter_record

MAX_WEEKS: Final = 1500
type Given = str | os.PathLike[str] | Mapping[str, Any]
type Ensemble = str | os.PathLike[str] | Sequence[Mapping[str, float]]


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
    draws: tuple[dict[str, float], ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def total(self) -> int:
        """How many runs there are."""
        return self.replicates * len(self.arms)

    def spec(self, arm: str, replicate: int) -> RunSpec:
        """One run: replicate r takes draw r modulo the number of draws, in every arm alike."""
        base = self.arms[arm]
        changes: dict[str, Any] = {"replicate": replicate}
        if self.draws:
            draw = replicate % len(self.draws)
            changes |= {"draw": draw, "parameters": {**base.parameters, **self.draws[draw]}}
        return base.model_copy(update=changes)

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
    ensemble: Ensemble | None = None,
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
    held = tuple(dict.fromkeys(order[1:]))
    notes: list[str] = []
    if equal_cost:
        arms, names, notes = at_equal_cost(arms, tuple(name for name in held if name != order[0]))
        held = tuple(names.get(name, name) for name in held)
    return Design(
        first.scenario, order[0], held, arms, first.weeks, int(replicates), first.seed, tuple(draws(ensemble)),
        tuple(notes),
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


def draws(ensemble: Ensemble | None) -> list[dict[str, float]]:
    """The accepted draws of a calibration: a list of tables, or a JSON file that holds one."""
    if ensemble is None:
        return []
    file: str | None = None
    found: Any = ensemble
    if isinstance(ensemble, (str, os.PathLike)):
        file = str(ensemble)
        found = _read(Path(ensemble))
        if isinstance(found, dict) and "draws" in found:
            found = found["draws"]
    if isinstance(found, (str, bytes, Mapping)) or not isinstance(found, Sequence):
        raise BadType(file=file, key="ensemble", given=type(found).__name__, allowed="a list of tables")
    if not found:
        raise EmptyFile("The ensemble holds no draws.", file=file, key="ensemble")
    for index, draw in enumerate(found):
        if not isinstance(draw, Mapping):
            raise BadType(file=file, key=f"ensemble[{index}]", given=draw, allowed="a table of parameter values")
        check_overrides(draw, file=file, key=f"ensemble[{index}]")
    return [{name: float(value) for name, value in draw.items()} for draw in found]


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(f"There is no ensemble at {path}.", file=str(path)) from error
    except (OSError, ValueError) as error:
        raise BadSyntax(f"The ensemble at {path} is not JSON.", file=str(path)) from error
