"""Whom a shock befalls: a race between those there are, keyed by identity, so that nobody's row decides anything."""

from __future__ import annotations

import numpy as np

from simulation.chance.draws import uniform_column
from simulation.chance.streams import SHOCK
from simulation.policy.where import first_by
from simulation.schema import Where
from simulation.state.codes import (
    ACTIVE,
    BAIL,
    COMMISSIONING,
    FREE,
    HOLDER,
    IMPORTING_TOWN,
    INSIDE,
    LICENCE,
    LINE,
    OUTSIDE,
    RUNNER,
)
from simulation.state.platform import MARKET_PLACE, PLATFORM_KIND_NAMES
from simulation.state.world import State

type Rows = np.ndarray


def struck_places(where: Where, state: State, localities: list[str]) -> Rows:
    """Rows of the localities that a shock falls on; rules rank on the recorded and perceived picture."""
    kind = state.place.kind
    if where.rule == "everywhere":
        chosen = np.ones(kind.size, dtype=bool)
    elif where.rule == "force":
        chosen = kind == INSIDE
    elif where.rule == "importing":
        chosen = kind == IMPORTING_TOWN
    elif where.rule == "named":
        chosen = np.isin(np.array(localities), where.names)
    else:
        chosen = first_by(where, state, kind == INSIDE)
    return np.flatnonzero(chosen)


def here(state: State, places: Rows) -> np.ndarray:
    """Whether each locality is among the places; the entry after the last is for those who are nowhere."""
    mark = np.zeros(state.place.id.size + 1, dtype=bool)
    mark[places] = True
    return mark


def at_large(state: State) -> np.ndarray:
    """Whether each person is able to work."""
    return np.isin(state.person.status, (FREE, LICENCE, BAIL))


def lines(state: State, places: Rows, abroad: bool = False) -> Rows:
    """Lines in the places; if so asked, only those whose business is at home in another force."""
    outlet, force = state.outlet, state.place.force
    rows = np.flatnonzero((outlet.state == ACTIVE) & (outlet.tier == LINE) & here(state, places)[outlet.place])
    over = force[state.business.home[outlet.business[rows]]] != force[outlet.place[rows]]
    return rows[over] if abroad else rows


def sellers(state: State, places: Rows) -> Rows:
    """Holders and runners of lines in the places."""
    person = state.person
    street = (person.role == RUNNER) | (person.role == HOLDER)
    return np.flatnonzero(street & (person.outlet >= 0) & at_large(state) & here(state, places)[person.place])


def leaders(state: State, places: Rows) -> tuple[Rows, np.ndarray]:
    """Those who lead a business at work or at home in the places, and the lines it runs there."""
    business, outlet, mark = state.business, state.outlet, here(state, places)
    trading = (outlet.state == ACTIVE) & mark[outlet.place]
    there = np.unique(outlet.business[trading])
    run = np.bincount(outlet.business[trading & (outlet.tier == LINE)], minlength=business.id.size).astype(float)
    led = (business.state == ACTIVE) & (business.leader >= 0)
    led[:OUTSIDE] = False
    rows = np.flatnonzero(led & (np.isin(np.arange(led.size), there) | mark[business.home]))
    return business.leader[rows], run[rows]


def brokerages(state: State, places: Rows) -> Rows:
    """Businesses at home in the places that put crews together for commissioned jobs."""
    business = state.business
    brokers = (business.state == ACTIVE) & (business.model == COMMISSIONING)
    rows = np.flatnonzero(brokers)
    return rows[here(state, places)[business.home[rows]]]


def ties(state: State, places: Rows) -> tuple[Rows, np.ndarray]:
    """People at large in the places, and how many others at large they know or are known by."""
    person, free = state.person, at_large(state)
    knows = (person.friend >= 0) & free[person.friend] & (person.id[person.friend] == person.friend_id)
    degree = knows.sum(axis=1) + np.bincount(person.friend[knows & free[:, None]], minlength=person.id.size)
    rows = np.flatnonzero(free & here(state, places)[person.place])
    return rows, degree[rows].astype(float)


def franchisees(state: State, places: Rows) -> Rows:
    """Businesses at home in the places that trade under another's brand."""
    business, franchisor = state.business, state.franchise.franchisor
    under = (business.state == ACTIVE) & (franchisor >= 0) & here(state, places)[business.home]
    return np.flatnonzero(under & (business.id[franchisor] == state.franchise.franchisor_id))


def platforms(state: State, kind: str | None) -> tuple[Rows, np.ndarray]:
    """Platforms of a kind, market places unless said, and how many businesses are on each."""
    platform = state.platform
    wanted = MARKET_PLACE if kind is None else PLATFORM_KIND_NAMES.index(kind)
    rows = np.flatnonzero((platform.state == ACTIVE) & (platform.kind == wanted))
    return rows, platform.users[rows].astype(float)


def highest(key: np.uint64, identities: np.ndarray, week: int, kind: int, scores: np.ndarray, number: int) -> Rows:
    """The `number` with the highest scores, of equals those first in a race; positions in `identities`."""
    chance = uniform_column(key, identities, week, SHOCK, kind, np.uint64(0))
    return np.lexsort((identities, chance, -scores))[:number]
