"""Plans of different size are made comparable: doses are scaled down until each costs what the cheapest does."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.schema import Plan, RunSpec
from simulation.world.run import execute, start_engine

NEAR = 0.002  # of the cost aimed at
TRIES = 24
SUFFIX = "-at-equal-cost"
LONGEST_NAME = 64


def cost_of(spec: RunSpec) -> float:
    """What a plan costs in one run, in pounds. What nobody knows beforehand, since it waits or chooses, is found by living it."""
    waits = spec.plan.cycle is not None or any(entry.trigger is not None for entry in spec.plan.entry)
    if waits:
        return float(execute(spec).cost["total"])
    return float(start_engine(spec).programme.cost(spec.weeks)["total"])


def scaled(spec: RunSpec, factor: float) -> RunSpec:
    """The same plan with all doses times a factor."""
    entries = tuple(entry.model_copy(update={"dose": factor * entry.dose}) for entry in spec.plan.entry)
    name = f"{spec.plan.id[: LONGEST_NAME - len(SUFFIX)]}{SUFFIX}"
    plan: Plan = spec.plan.model_copy(update={"id": name, "entry": entries})
    return spec.model_copy(update={"plan": plan})


def shrunk(spec: RunSpec, cost: float, aim: float) -> tuple[RunSpec, float] | None:
    """The plan scaled down to a cost, and the factor; None where even next to nothing of it costs more.

    Work that lapses makes cost bend with dose, so the factor is searched for between bounds that close in.
    """
    low, high, factor = 0.0, 1.0, aim / cost
    for _ in range(TRIES):
        factor = round(factor, 4)
        made = scaled(spec, factor)
        found = cost_of(made)
        if abs(found - aim) <= NEAR * aim:
            return made, factor
        low, high = (low, factor) if found > aim else (factor, high)
        if high - low < 1e-4:
            break
        guess = factor * aim / found if found > 0.0 else high
        factor = guess if low < guess < high else (low + high) / 2.0
    return None


def at_equal_cost(
    arms: Mapping[str, RunSpec], plans: tuple[str, ...]
) -> tuple[dict[str, RunSpec], dict[str, str], list[str]]:
    """The arms with every plan but the cheapest scaled down to what that costs, the new name of each plan, and what to say
    about it. Plans that cost nothing stay as they are. Costs are those of the first replicate.
    """
    costs = {name: cost_of(arms[name]) for name in plans}
    paid = {name: cost for name, cost in costs.items() if cost > 0.0}
    if len(paid) < 2:
        return (
            dict(arms),
            {name: name for name in plans},
            ["equal cost: fewer than two plans cost anything, so none is scaled"],
        )
    cheapest = min(paid, key=lambda name: (paid[name], name))
    aim = paid[cheapest]
    names = {name: name for name in plans}
    made: dict[str, RunSpec] = {}
    notes: list[str] = []
    for name, spec in arms.items():
        scale = name in paid and paid[name] > (1.0 + NEAR) * aim
        found = shrunk(spec, paid[name], aim) if scale else None
        if scale and found is None:
            notes.append(f"{name}: costs more than £{aim:,.0f} at any dose, so it is not scaled")
        if found is None:
            made[name] = spec
            continue
        fitted, factor = found
        names[name] = fitted.plan.id
        made[fitted.plan.id] = fitted
        notes.append(
            f"{fitted.plan.id}: doses of {name} times {factor:g}, to cost the £{aim:,.0f} that {cheapest} does"
        )
    return made, names, notes
