"""Who does the work and who pays: hours are taken out of today's portfolio, or bought; what exceeds capacity waits."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulation.policy.doses import Dose
from simulation.policy.queue import serve, waited_weeks
from simulation.policy.where import jurisdiction
from simulation.schema import RESOURCES as RESOURCE_IDS
from simulation.schema import Costs, Entry
from simulation.state.codes import (
    ACTIVITIES,
    BORDER,
    ELSEWHERE,
    NEIGHBOURHOOD_POLICING,
    PROACTIVE_STREET,
    REACTIVE,
    RESOURCES,
)
from simulation.state.world import Groups, State

PROACTIVE = tuple(a for a in range(ACTIVITIES) if a not in (REACTIVE, BORDER))
"""Work that can be put aside for a plan; reports are answered and borders kept all the same."""
BOUND_TO_PLACE = (PROACTIVE_STREET, NEIGHBOURHOOD_POLICING)
WEEKS_A_YEAR = 52.0


@dataclass
class Claim:
    """One entry's call on hours and money."""

    entry: Entry
    agency: int
    holder: str
    dose: Dose
    hours: np.ndarray
    """Hours a week at full dose, (RESOURCES,)."""
    grant: float
    """GBP a week at full dose."""
    places: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=int))
    shared: tuple[int, ...] = ()
    """All agencies that the entry is for, each in its own places."""

    @property
    def retasked(self) -> bool:
        return self.entry.funding == "retasked"


def proactive_hours(state: State | Groups) -> np.ndarray:
    """Hours a week that could be put to other use, (A, RESOURCES)."""
    return state.agency.hours * state.agency.portfolio[:, :, list(PROACTIVE)].sum(axis=2)


def ration(claims: list[Claim], state: State | Groups, patience: int) -> None:
    """Hours to put aside go to the entries that ask for them; what exceeds them waits, and lapses after `patience`
    weeks.
    """
    there = proactive_hours(state)
    for agency in sorted({claim.agency for claim in claims if claim.retasked}):
        mine = [claim for claim in claims if claim.retasked and claim.agency == agency and claim.hours.any()]
        if not mine:
            continue
        served = serve(
            [claim.dose.asked for claim in mine],
            [claim.dose.most * claim.dose.gate for claim in mine],
            [claim.hours for claim in mine],
            there[agency],
            patience,
        )
        for claim, one in zip(mine, served, strict=True):
            claim.dose.served = one
            claim.dose.changed()


def lost_work(claim: Claim, state: State | Groups, first: int, weeks: int) -> np.ndarray:
    """Share of an agency's work by activity that an entry takes away, (weeks, ACTIVITIES)."""
    a = claim.agency
    work = state.agency.hours[a][:, None] * state.agency.portfolio[a]
    there = proactive_hours(state)[a]
    used = np.divide(claim.hours, there, out=np.zeros(RESOURCES), where=there > 0.0)
    of = work.sum(axis=0)
    lost = np.divide((work * used[:, None]).sum(axis=0), of, out=np.zeros(ACTIVITIES), where=of > 0.0)
    for activity in (REACTIVE, BORDER):
        lost[activity] = 0.0
    return claim.dose.in_force[first : first + weeks, None] * lost[None, :]


def kept_here(claim: Claim, state: State | Groups, lost: np.ndarray) -> np.ndarray:
    """Share of the work that is still done in each place of the agency, (weeks, L, ACTIVITIES).

    Patrol and street work are kept in the places an entry is for, as long as the others can give the hours; all other
    work has no place and is lost everywhere alike.
    """
    mine = jurisdiction(state, claim.agency)
    kept = np.ones((lost.shape[0], state.place.id.size, ACTIVITIES))
    kept[:, mine, :] = 1.0 - lost[:, None, :]
    named = np.zeros(mine.size, dtype=bool)
    named[claim.places] = True
    people = state.place.population * (mine & (state.place.kind != ELSEWHERE))
    share = people[named].sum() / max(1, people.sum())
    if not 0.0 < share < 1.0:
        return kept
    for activity in BOUND_TO_PLACE:
        elsewhere = np.minimum(lost[:, activity] / (1.0 - share), 1.0)
        here = np.maximum(lost[:, activity] - (1.0 - share), 0.0) / share
        kept[:, mine & ~named, activity] = (1.0 - elsewhere)[:, None]
        kept[:, mine & named, activity] = (1.0 - here)[:, None]
    return kept


def work_by_agency(state: State | Groups) -> np.ndarray:
    """Hours a week by activity, (A, ACTIVITIES)."""
    return (state.agency.hours[:, :, None] * state.agency.portfolio).sum(axis=1)


def prices(costs: Costs) -> np.ndarray:
    """GBP an hour, by resource, (RESOURCES,)."""
    by_name = {str(name): quantity.value for name, quantity in costs.hour.items()}
    return np.array([by_name[name] for name in RESOURCE_IDS])


def weekly_money(claims: list[Claim], costs: Costs, weeks: int) -> dict[str, np.ndarray]:
    """Money a week, not discounted: `cash` (new hours and grants) and `opportunity` (hours put to other use), each
    (weeks,).
    """
    price = prices(costs)
    cash, opportunity = np.zeros(weeks), np.zeros(weeks)
    for claim in claims:
        dose = claim.dose.in_force[:weeks]
        if claim.retasked:
            opportunity += dose * float(claim.hours @ price)
        else:
            cash += dose * float(claim.hours @ price)
        cash += dose * claim.grant
    return {"cash": cash, "opportunity": opportunity}


def bill(claims: list[Claim], costs: Costs, weeks: int) -> dict:
    """What a plan cost over so many weeks, in pounds of the price year, discounted to week 0.

    `total` is the economic cost: new money and the worth of hours that were put to other use; `cash` and
    `opportunity` are its parts. `waited_weeks` is how long work waited for hours on average, `lapsed_weeks` how many
    weeks of full effort waited too long and were never done.
    """
    price = prices(costs)
    discount = (1.0 + costs.discount_rate.value) ** (-np.arange(weeks) / WEEKS_A_YEAR)
    by_holder: dict[str, float] = {}
    by_resource = dict.fromkeys(RESOURCE_IDS, 0.0)
    hours = dict.fromkeys(RESOURCE_IDS, 0.0)
    cash = opportunity = 0.0
    ordered = sorted(claims, key=lambda c: c.entry.model_dump_json())
    for claim in ordered:
        dose = claim.dose.in_force[:weeks]
        worth = float((dose * discount).sum())
        grant = worth * claim.grant
        for r, name in enumerate(RESOURCE_IDS):
            hours[name] += float(dose.sum() * claim.hours[r])
            by_resource[name] += worth * float(claim.hours[r] * price[r])
        paid = worth * float(claim.hours @ price)
        by_holder[claim.holder] = by_holder.get(claim.holder, 0.0) + paid + grant
        if grant:
            by_resource["grants"] = by_resource.get("grants", 0.0) + grant
        cash += grant + (0.0 if claim.retasked else paid)
        opportunity += paid if claim.retasked else 0.0
    return {
        "total": cash + opportunity,
        "cash": cash,
        "opportunity": opportunity,
        "by_holder": {name: value for name, value in sorted(by_holder.items()) if value},
        "by_resource": {name: value for name, value in by_resource.items() if value},
        "hours": {name: value for name, value in hours.items() if value},
        "price_year": costs.price_year,
        "discount_rate": costs.discount_rate.value,
        "waited_weeks": waited_weeks([c.dose.asked for c in ordered], [c.dose.served.waiting for c in ordered], weeks),
        "lapsed_weeks": sum(float(c.dose.served.lapsed[:weeks].sum()) for c in ordered),
    }
