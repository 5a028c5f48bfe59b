"""Blows that a shock deals between two weeks: arrests, closures, defections; each befalls those who are due by then."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.kernels.closing import close_business, close_outlet
from simulation.kernels.custody import take_into_custody
from simulation.kernels.escrow import STOLEN
from simulation.kernels.franchise import defect
from simulation.kernels.platform_life import shut
from simulation.state.codes import ACTIVE, CAUSE_SHOCK
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world import shock_targets as whom
from simulation.world.shock_course import COUNTED, Course

WITHOUT_PLAN: Final = -1  # the intervention number of what no plan asked for
# draws of the SHOCK stream
LEADERS, SELLERS, HUBS, LINES, BROKERS, FRANCHISEES, PLATFORMS = range(7)
DRAW_OF_BLOW: Final = {
    "leader-arrest": LEADERS, "retail-arrest": SELLERS, "hub-removal": HUBS, "line-closure": LINES,
    "broker-removal": BROKERS, "franchise-defection": FRANCHISEES, "platform-closure": PLATFORMS,
}  # fmt: skip


def strike(course: Course, state: State, p: Values, key: np.uint64, week: int) -> np.ndarray:
    """Arrests and closures of one week: those who are due by now, less those who were before.

    Returns the places of those who were arrested.
    """
    kind = course.shock.kind
    rows, weights = struck(course, state)
    if week == course.shock.week:
        course.there = rows.size
    number = due(course, week)
    if number <= 0 or rows.size == 0:
        return np.empty(0, dtype=int)
    tables = {
        "line-closure": state.outlet, "broker-removal": state.business, "franchise-defection": state.business,
        "platform-closure": state.platform,
    }  # fmt: skip
    identities = tables.get(kind, state.person).id[rows]
    # of leaders those who run most, of hubs those whom most know, of platforms the largest; else all have the same chance
    chosen = rows[whom.highest(key, identities, week, DRAW_OF_BLOW[kind], weights, number)]
    if kind == "franchise-defection":
        for b in chosen.tolist():
            defect(state, p, week, b)
    elif kind == "line-closure":
        for o in chosen.tolist():
            close_outlet(state, p, key, week, o, CAUSE_SHOCK, WITHOUT_PLAN, False)
    elif kind == "platform-closure":
        for r in chosen.tolist():
            shut(state, p, key, week, r, CAUSE_SHOCK, STOLEN)
    else:
        if kind == "broker-removal":
            leaders = state.business.leader[chosen]
            for b in chosen.tolist():
                close_business(state, p, key, week, b, CAUSE_SHOCK)
            chosen = leaders[leaders >= 0]
        return arrest(course, state, p, key, week, chosen)
    return np.empty(0, dtype=int)


def struck(course: Course, state: State) -> tuple[np.ndarray, np.ndarray]:
    """Rows of those whom a blow may befall, and who goes first."""
    kind, places = course.shock.kind, course.places
    if kind == "leader-arrest":
        return whom.leaders(state, places)
    if kind == "hub-removal":
        return whom.ties(state, places)
    if kind == "platform-closure":
        return whom.platforms(state, course.shock.of)
    if kind == "broker-removal":
        rows = whom.brokerages(state, places)
    elif kind == "franchise-defection":
        rows = whom.franchisees(state, places)
    else:
        rows = whom.sellers(state, places)
        if kind == "line-closure":
            rows = whom.lines(state, places, course.shock.of == "abroad")
    return rows, np.ones(rows.size)


def due(course: Course, week: int) -> int:
    """How many fall this week, the whole spread evenly over the duration."""
    shock = course.shock
    whole = min(shock.size, course.there) if shock.kind in COUNTED else shock.size * course.there
    spread = shock.duration or 1
    done = week - shock.week
    return round(whole * (done + 1) / spread) - round(whole * done / spread)


def arrest(course: Course, state: State, p: Values, key: np.uint64, week: int, people: np.ndarray) -> np.ndarray:
    """Take people into custody; the places of those who could be taken."""
    note_connected(course, state, people)
    found = []
    for i in people.tolist():
        place = int(state.person.place[i])
        if take_into_custody(state, p, key, week, i, CAUSE_SHOCK, WITHOUT_PLAN) and place >= 0:
            found.append(place)
    return np.array(found, dtype=int)


def note_connected(course: Course, state: State, people: np.ndarray) -> None:
    """Remember where else the businesses of those taken are at work."""
    outlet = state.outlet
    theirs = np.unique(state.person.business[people])
    rows = (outlet.state == ACTIVE) & np.isin(outlet.business, theirs[theirs >= 0])
    where = np.setdiff1d(outlet.place[rows], course.places)
    course.connected = np.union1d(course.connected, where).astype(int)
