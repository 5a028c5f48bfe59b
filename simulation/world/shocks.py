"""A scenario's shocks: what befalls the world in a week, whatever anyone's plan is.

A shock acts between two weeks, after agencies have met, through what the world has: constants of the chains in the
run's own copy, levers, and the ways in which people are arrested and outlets close.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np

from simulation.errors import Conflict, OutOfRange, SpannerError, UnknownName, collected
from simulation.kernels.begin import open_flows
from simulation.kernels.closing import close_outlet
from simulation.kernels.custody import take_into_custody
from simulation.kernels.ledger import sell
from simulation.schema import Shock, canonical
from simulation.state.codes import ACTIVE, CASH_CLEAN, CASH_DIRTY, CAUSE_SHOCK, IMPORTER, LINE, OUTSIDE_SUPPLY
from simulation.state.levers import Levers
from simulation.state.values import Values
from simulation.state.world import GOODS_IMPORTED, State
from simulation.world import shock_targets as whom

NEVER: Final = 1 << 30
SHOCK_WITHOUT_PLAN: Final = -1  # the intervention number of what no plan asked for
# draws of the SHOCK stream
LEADERS, SELLERS, HUBS, LINES = range(4)
# what a factor scales: these act on a whole market, so they are the same everywhere
MARKET_WIDE: Final = frozenset({"landed-price", "retail-price", "supply", "interdiction", "recruitment"})
BLOWS: Final = frozenset({"leader-arrest", "retail-arrest", "hub-removal", "line-closure"})
LASTING: Final = MARKET_WIDE | {"demand", "arrest-rate"}
POSSIBLE: Final = BLOWS | LASTING


class Named(Protocol):
    """Anything with an id, such as a locality."""

    @property
    def id(self) -> str: ...


def check_shocks(shocks: Sequence[Shock], localities: Sequence[str]) -> None:
    """Refuse what cannot befall this world: unknown kinds and places, a price of nothing, a market cut into places."""
    errors: list[SpannerError] = []
    for n, shock in enumerate(shocks):
        key = f"shocks[{n}]"
        if shock.kind not in POSSIBLE:
            errors.append(UnknownName.among(shock.kind, POSSIBLE, key=f"{key}.kind"))
        if shock.kind in MARKET_WIDE and shock.where.rule != "everywhere":
            errors.append(
                Conflict(
                    f'A shock of kind "{shock.kind}" falls on a whole market, not on some of its places.',
                    key=f"{key}.where", given=shock.where.rule, allowed="everywhere",
                )
            )  # fmt: skip
        if shock.kind in ("landed-price", "retail-price") and shock.size == 0.0:
            errors.append(OutOfRange(key=f"{key}.size", given=0.0, allowed="a price above 0"))
        errors += [
            UnknownName.among(name, localities, key=f"{key}.where.names")
            for name in shock.where.names
            if name not in localities
        ]
    if errors:
        raise collected(errors)


@dataclass
class Course:
    """One shock on its way: where it fell, and what is left of it."""

    shock: Shock
    places: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=int))
    connected: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=int))
    """Other places of the businesses whose leaders or people were taken."""
    there: int = 0
    """How many there were to choose from when it began."""
    normal: np.ndarray = field(default_factory=lambda: np.empty(0))
    """Milligrams a week that usually came in, by market."""
    taken: list[np.ndarray] = field(default_factory=list)
    """Users who left the market, and those who will not come to it, by locality and market."""
    running: bool = False

    @property
    def end(self) -> int:
        return NEVER if self.shock.duration is None else self.shock.week + self.shock.duration

    def acts(self, week: int) -> bool:
        """Whether something is to be done before this week."""
        start, end = self.shock.week, self.end
        if self.shock.kind in BLOWS:
            return start <= week < (start + 1 if end == NEVER else end)
        if self.shock.kind == "supply":
            return start <= week <= end
        return week in (start, end)

    def next(self, week: int) -> int:
        """The first week after this one before which something is to be done."""
        start, end = self.shock.week, self.end
        if week < start:
            return start
        if self.shock.kind in BLOWS:
            return week + 1 if week + 1 < (start + 1 if end == NEVER else end) else NEVER
        if self.shock.kind == "supply":
            return week + 1 if week < end else NEVER
        return end if week < end else NEVER


class Shocks:
    """All shocks of one run, in an order of their own: it cannot matter how the scenario lists them."""

    def __init__(self, shocks: Sequence[Shock], localities: Sequence[Named], key: np.uint64, weeks: int) -> None:
        self.localities = [place.id for place in localities]
        check_shocks(shocks, self.localities)
        self.key = key
        self.courses = [Course(shock) for shock in sorted(shocks, key=canonical)]
        self.warnings = [
            f"The shock of week {course.shock.week} ({course.shock.kind}) lies beyond the end of the run."
            for course in self.courses
            if course.shock.week >= weeks
        ]
        self.arrested = np.zeros(len(self.localities), dtype=np.int64)
        """People taken by this week's blows, by locality, for the week's counts."""
        self._base: dict[str, np.ndarray] = {}
        self._price = 1.0
        self._done = -1

    def next(self, week: int) -> int:
        """The first week after this one that a shock precedes."""
        return min((course.next(week) for course in self.courses), default=NEVER)

    def befall(self, state: State, p: Values, week: int) -> None:
        """What comes over the world before this week."""
        if not self.courses or week <= self._done or week < 0:
            return
        self._done = week
        self.arrested[:] = 0
        if any(course.acts(week) for course in self.courses):
            open_flows(state, week)
        for course in self.courses:
            if not course.acts(week):
                continue
            if week == course.shock.week:
                course.places = whom.struck_places(course.shock.where, state, self.localities)
            if course.shock.kind in BLOWS:
                self._strike(course, state, p, week)
            else:
                course.running = course.shock.week <= week < course.end
        self._set_constants(state, p)
        for course in self.courses:
            if course.shock.kind == "demand" and course.acts(week):
                shift_demand(course, state)
            elif course.shock.kind == "supply" and course.running:
                self._cut_supply(course, state, week)

    def bend(self, levers: Levers) -> Levers:
        """Levers as the plan composed them, with the shocks that run now."""
        for course in self.courses:
            if not course.running or course.shock.size == 1.0:
                continue
            if course.shock.kind == "arrest-rate":
                hazard = levers.arrest_hazard.copy()
                hazard[:, course.places, :] *= course.shock.size
                levers = levers._replace(arrest_hazard=hazard)
            elif course.shock.kind == "recruitment":
                levers = levers._replace(at_risk_inflow=levers.at_risk_inflow * course.shock.size)
        return levers

    def _factor(self, kind: str) -> float:
        found = 1.0
        for course in self.courses:
            if course.running and course.shock.kind == kind:
                found *= course.shock.size
        return found

    def _set_constants(self, state: State, p: Values) -> None:
        """Constants of the chains and of hiring at their own values times the shocks that run now."""
        chain = state.chain
        if not self._base:
            names = ("landed", "seized", "street_price", "margin")
            self._base = {name: getattr(chain, name).copy() for name in names}
            self._base["fill"] = np.array([p["replacement_fill"], p["replacement_fill_core"]])
        base = self._base
        if self._told("landed-price"):
            chain.landed[:] = base["landed"] * self._factor("landed-price")
        if self._told("interdiction"):
            chain.seized[:] = base["seized"] * self._factor("interdiction")
        if self._told("recruitment"):
            hiring = self._factor("recruitment")
            p["replacement_fill"], p["replacement_fill_core"] = base["fill"] * hiring
        if self._told("retail-price"):
            # users pay more for the same goods: what a line can afford to put in, and so purity, stays as it was
            factor = self._factor("retail-price")
            sold = (state.outlet.state == ACTIVE) & (state.outlet.tier == LINE)
            state.outlet.price[sold] *= factor / self._price
            self._price = factor
            chain.street_price[:] = base["street_price"] * factor
            chain.margin[:] = 1.0 - (1.0 - base["margin"]) / factor

    def _told(self, kind: str) -> bool:
        return any(course.shock.kind == kind for course in self.courses)

    def _cut_supply(self, course: Course, state: State, week: int) -> None:
        """Sources send no more than a share of what users bought the week before the shock; money for the rest goes back."""
        outlet = state.outlet
        importing = (outlet.state == ACTIVE) & (outlet.tier == IMPORTER)
        markets = range(state.chain.landed.size)
        if week == course.shock.week:
            arriving = np.exp(-state.chain.seized.sum(axis=1))  # what is not seized on the way to the street
            course.normal = state.place.consumed.sum(axis=0) / arriving
        if course.shock.size >= 1.0:
            return
        for m in markets:
            rows = np.flatnonzero(importing & (outlet.market == m) & (outlet.transit > 0))
            coming = int(outlet.transit[rows].sum())
            room = course.shock.size * course.normal[m]
            if coming <= room:
                continue
            for o in rows.tolist():
                withheld = int(outlet.transit[o]) - int(outlet.transit[o] * (room / coming))
                pence = int(outlet.transit_cost[o] * (withheld / outlet.transit[o]))
                sell(state.ledger, OUTSIDE_SUPPLY, int(outlet.business[o]), 0, -pence, 0, CASH_CLEAN, CASH_DIRTY, True)
                outlet.transit[o] -= withheld
                outlet.transit_cost[o] -= pence
                state.tally.goods[m, GOODS_IMPORTED] -= withheld

    def _strike(self, course: Course, state: State, p: Values, week: int) -> None:
        """Arrests and closures of one week: those who are due by now, less those who were before."""
        kind, places = course.shock.kind, course.places
        if kind == "leader-arrest":
            rows, weights = whom.leaders(state, places)
        elif kind == "hub-removal":
            rows, weights = whom.ties(state, places)
        else:
            rows = whom.lines(state, places) if kind == "line-closure" else whom.sellers(state, places)
            weights = np.ones(rows.size)
        if week == course.shock.week:
            course.there = rows.size
        number = self._due(course, week)
        if number <= 0 or rows.size == 0:
            return
        identities = (state.outlet if kind == "line-closure" else state.person).id[rows]
        draw = {"leader-arrest": LEADERS, "retail-arrest": SELLERS, "hub-removal": HUBS, "line-closure": LINES}[kind]
        # of leaders those who run most, of hubs those whom most know; everyone else has the same chance
        chosen = rows[whom.highest(self.key, identities, week, draw, weights, number)]
        if kind == "line-closure":
            for o in chosen.tolist():
                close_outlet(state, p, self.key, week, o, CAUSE_SHOCK, SHOCK_WITHOUT_PLAN, False)
            return
        self._note_connected(course, state, chosen)
        for i in chosen.tolist():
            place = int(state.person.place[i])
            if take_into_custody(state, p, self.key, week, i, CAUSE_SHOCK, SHOCK_WITHOUT_PLAN) and place >= 0:
                self.arrested[place] += 1

    @staticmethod
    def _due(course: Course, week: int) -> int:
        """How many fall this week, the whole spread evenly over the duration."""
        shock = course.shock
        whole = min(shock.size, course.there) if shock.kind == "leader-arrest" else shock.size * course.there
        spread = shock.duration or 1
        done = week - shock.week
        return round(whole * (done + 1) / spread) - round(whole * done / spread)

    @staticmethod
    def _note_connected(course: Course, state: State, people: np.ndarray) -> None:
        """Remember where else the businesses of those taken are at work."""
        outlet = state.outlet
        theirs = np.unique(state.person.business[people])
        rows = (outlet.state == ACTIVE) & np.isin(outlet.business, theirs[theirs >= 0])
        where = np.setdiff1d(outlet.place[rows], course.places)
        course.connected = np.union1d(course.connected, where).astype(int)


def shift_demand(course: Course, state: State) -> None:
    """Users come to the market or leave it, and at the end of the shock those who left come back."""
    place, rows = state.place, course.places
    for n, column in enumerate((place.users, place.users_rest)):
        if course.running:
            left = column[rows] * (1.0 - course.shock.size)
            course.taken.append(left)
            column[rows] -= left
        elif len(course.taken) > n:
            column[rows] = np.maximum(0.0, column[rows] + course.taken[n])
