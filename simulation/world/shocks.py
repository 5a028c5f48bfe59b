"""A scenario's shocks: what befalls the world in a week, whatever anyone's plan is.

A shock acts between two weeks, after agencies have met, through what the world has: constants of the chains in the
run's own copy, levers, and the ways in which people are arrested and outlets, businesses and platforms close.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from simulation.kernels.begin import open_flows
from simulation.schema import Shock, canonical
from simulation.state.codes import ACTIVE, LINE
from simulation.state.levers import Levers
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world import shock_targets as whom
from simulation.world.blows import strike
from simulation.world.shock_course import BLOWS, NEVER, POSSIBLE, Course, check_shocks
from simulation.world.shock_supply import cut_supply, remove_makers, shift_demand

__all__ = ["BLOWS", "POSSIBLE", "Shocks"]

# hazards of finding newcomers: for posts at outlets, and for crews
HIRING: Final = (
    "replacement_fill", "replacement_fill_core", "freelance_hire_thief", "freelance_hire_specialist",
    "freelance_hire_fence",
)  # fmt: skip


class Named(Protocol):
    """Anything with an id, such as a locality."""

    @property
    def id(self) -> str: ...


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
            open_flows(state)
        for course in self.courses:
            if not course.acts(week):
                continue
            if week == course.shock.week:
                course.places = whom.struck_places(course.shock.where, state, self.localities)
            if course.shock.kind in BLOWS:
                np.add.at(self.arrested, strike(course, state, p, self.key, week), 1)
            else:
                course.running = course.shock.week <= week < course.end
        self._set_constants(state, p)
        for course in self.courses:
            if course.shock.kind == "demand" and course.acts(week):
                shift_demand(course, state)
            elif course.shock.kind == "input-removal" and week == course.shock.week:
                remove_makers(course, state)
            elif course.shock.kind == "supply" and course.running:
                cut_supply(course, state, week)

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
            self._base["fill"] = np.array([p[name] for name in HIRING])
            self._base["hire"] = state.recipe.hire.copy()
        base = self._base
        if self._told("landed-price"):
            chain.landed[:] = base["landed"] * self._factor("landed-price")
        if self._told("interdiction"):
            chain.seized[:] = base["seized"] * self._factor("interdiction")
        if self._told("recruitment"):
            hiring = self._factor("recruitment")
            for name, usual in zip(HIRING, base["fill"], strict=True):
                p[name] = usual * hiring
            state.recipe.hire[:] = base["hire"] * hiring  # negative: as the parameter says, and stays so
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
