"""The analysts of a cycle: each decision is work for them, and no decision is made before it is done."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.errors import Conflict, UnknownName
from simulation.policy.doses import Dose
from simulation.policy.funding import Claim
from simulation.policy.queue import at_once
from simulation.schema import Cycle, Entry, Plan, Scenario
from simulation.state.codes import DIGITAL_ANALYSTS, RESOURCES
from simulation.state.values import Values

ANALYSTS = "digital-analysts"
WHOLE = 1.0 - 1e-6  # of the work of a decision; what is done is a sum of shares


def hours_each(cycle: Cycle, p: Values) -> float:
    """Analysts' hours that one decision takes: the more is observed, the more."""
    observed = {*cycle.observe, *([cycle.rule.measure] if cycle.rule.measure is not None else [])}
    return p["on_cycles"] * (p["cycles_hours"] + p["cycles_hours_indicator"] * len(observed))


def whose(plan: Plan, scenario: Scenario) -> tuple[str, ...]:
    """The agencies whose analysts prepare decisions: those the cycle names, or those with analysts that most entries are
    by. Raises UnknownName, and Conflict for one that has no analysts.
    """
    names = (*scenario.agencies, *scenario.groups)
    able = [n for n in names if all(ANALYSTS in scenario.agencies[m].hours for m in scenario.members(n))]
    asked = plan.cycle.agency if plan.cycle is not None else None
    if asked is None:
        by = [entry.agency for entry in plan.entry]
        asked = min(able, key=lambda name: (-by.count(name), names.index(name)), default="force")
    if asked not in names:
        raise UnknownName.among(asked, names, key=f"cycle.agency of plan {plan.id}")
    if asked not in able:
        raise Conflict(
            f"plan {plan.id}: cycle.agency: {asked} has no {ANALYSTS}, whose hours a decision takes; allowed: "
            f"{', '.join(able) or 'none in this scenario'}.",
            key="cycle.agency", given=asked, allowed=able,
        )  # fmt: skip
    return scenario.members(asked)


def desk_of(plan: Plan, scenario: Scenario, p: Values, weeks: int) -> list[Claim]:
    """The call of a plan's cycle on hours, one for each agency that decides together: a decision each period, prepared
    evenly over it.
    """
    if plan.cycle is None or not plan.entry:
        return []
    members = whose(plan, scenario)
    hours = np.zeros(RESOURCES)
    hours[DIGITAL_ANALYSTS] = hours_each(plan.cycle, p) / len(members)
    if not hours.any():
        return []
    rows = list(scenario.agencies)
    pace = np.full(weeks, 1.0 / plan.cycle.period_weeks)
    return [
        Claim(
            entry=Entry(intervention="cycle", agency=member),
            agency=rows.index(member),
            holder=scenario.agencies[member].holder,
            dose=Dose(pace.copy(), np.ones(weeks), at_once(weeks)),
            hours=hours.copy(),
            grant=0.0,
        )
        for member in members
    ]


def ready(desk: Sequence[Claim], decisions: int, weeks: int) -> int:
    """The first week before which the work of so many decisions is done; `weeks` where it never is."""
    first = 0
    for claim in desk:
        done = np.cumsum(claim.dose.in_force)
        enough = np.flatnonzero(done >= decisions * WHOLE)
        first = max(first, int(enough[0]) + 1 if enough.size else weeks)
    return first
