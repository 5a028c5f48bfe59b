"""A request becomes a run specification, scenario and plan checked against each other and every number bounded."""

from __future__ import annotations

import numbers
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pydantic import Field

from simulation.errors import BadType, SpannerError, UnknownName
from simulation.schema.base import MAX_REPLICATES, Frozen
from simulation.schema.loading import Given, load_plan, load_scenario
from simulation.schema.names import INTERVENTIONS
from simulation.schema.naming import locality_id, plan_placed
from simulation.schema.parameters import check_overrides
from simulation.schema.plan import Plan
from simulation.schema.reading import raise_all, validated
from simulation.schema.run import RunSpec
from simulation.schema.scenario import Scenario


def build_spec(
    scenario: Given | Scenario,
    plan: Given | Plan = "do-as-now",
    *,
    weeks: int = 260,
    seed: int = 1,
    replicate: int = 0,
    ablate: str | Iterable[str] | None = (),
    parameters: Mapping[str, float] | None = None,
    draw: int | None = None,
    interventions: Collection[str] = INTERVENTIONS,
    mechanisms: Collection[str] | None = None,
) -> RunSpec:
    """The run asked for, as data. `mechanisms`, when given, are the names that `ablate` may use; one may stand alone.

    Raises SpannerError; `errors` holds every fault found at the same stage.
    """
    place = load_scenario(scenario)
    policy = load_plan(plan, interventions)
    check_plan(policy, place)
    check_overrides(parameters if parameters is not None else {})
    off = each_name(ablate, "ablate")
    if mechanisms is not None:
        raise_all(UnknownName.among(str(name), mechanisms, key="ablate") for name in off if name not in mechanisms)
    request: dict[str, Any] = {
        "scenario": place, "plan": plan_placed(policy, place), "weeks": whole(weeks), "seed": whole(seed), "replicate": whole(replicate),
        "ablate": off, "parameters": {name: float(value) for name, value in (parameters or {}).items()},
        "draw": whole(draw),
    }  # fmt: skip
    return validated(RunSpec, request, None)


def whole(given: Any) -> Any:
    """A whole number of numpy or pandas as Python's own; anything else as it is."""
    return int(given) if isinstance(given, numbers.Integral) and not isinstance(given, bool) else given


def each_name(given: str | Iterable[str] | None, key: str) -> tuple[str, ...]:
    """One name, several or none, as a tuple. Raises BadType."""
    if given is None:
        return ()
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable) or isinstance(given, Mapping):
        raise BadType(key=key, given=given, allowed="a name or a list of names")
    return tuple(given)


class _Replicates(Frozen):
    replicates: int = Field(ge=1, le=MAX_REPLICATES)


def check_replicates(given: int) -> None:
    """Refuse a number of replicates that is no whole number from 1 to MAX_REPLICATES."""
    validated(_Replicates, {"replicates": given}, None)


def check_plan(plan: Plan, scenario: Scenario) -> None:
    """Refuse a plan that names an agency, locality, market or tier that the scenario does not have."""
    localities = {locality_id(name) for name in scenario.places.names} | {"online"} | set(scenario.grounds())
    agencies = {*scenario.agencies, *scenario.groups}
    tiers = {tier for market in scenario.markets.values() for tier in market.tiers}
    errors: list[SpannerError] = []
    for i, entry in enumerate(plan.entry):
        asked: list[tuple[str, str, Collection[str]]] = []
        if entry.agency is not None:
            asked.append((f"entry[{i}].agency", entry.agency, agencies))
        asked += [(f"entry[{i}].where.names[{j}]", name, localities) for j, name in enumerate(entry.where.names)]
        asked += [(f"entry[{i}].targets.tiers[{j}]", name, tiers) for j, name in enumerate(entry.targets.tiers)]
        if entry.targets.market is not None:
            asked.append((f"entry[{i}].targets.market", entry.targets.market, scenario.markets))
        errors += [
            UnknownName.among(name, known, key=f"{key} of plan {plan.id}")
            for key, name, known in asked
            if name not in known
        ]
    raise_all([*errors, *cycle_faults(plan, agencies)])


def cycle_faults(plan: Plan, agencies: Collection[str]) -> list[SpannerError]:
    """A cycle decides by an agency that is there, among interventions that entries are for."""
    if plan.cycle is None:
        return []
    asked: list[tuple[str, str, Collection[str]]] = []
    if plan.cycle.agency is not None:
        asked.append(("cycle.agency", plan.cycle.agency, agencies))
    used = {entry.intervention for entry in plan.entry}
    for i, option in enumerate(plan.cycle.options):
        names = enumerate(option.interventions)
        asked += [(f"cycle.options[{i}].interventions[{j}]", name, used) for j, name in names]
    return [
        UnknownName.among(name, known, key=f"{key} of plan {plan.id}")
        for key, name, known in asked
        if name not in known
    ]
