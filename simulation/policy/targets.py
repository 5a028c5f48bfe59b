"""Whom an effort falls on: reusable targeting rules that read role, place, trade and knowledge on the perceived
picture.

No rule reads age, deprivation or any other trait of the people. Every rule ranks only those whom the agency's level
knows of (knowledge at or above the bound of the picture); ghosts stand among them as if they were there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulation.state.codes import (
    ACTIVE,
    BAIL,
    BROKER,
    FREE,
    HOLDER,
    LICENCE,
    LINE,
    ORGANISER,
    RUNNER,
    SPECIALIST,
    SPECIALISTS,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TARGET_PERSON,
)
from simulation.state.police import GHOST_TARGET
from simulation.state.world import Groups, State


@dataclass(frozen=True)
class Target:
    """Someone in the picture, real or not."""

    kind: int
    row: int
    identity: int
    knowledge: float


def in_picture(state: State | Groups, level: int, places: np.ndarray, bound: float) -> np.ndarray:
    """Whether each person is at large, in one of the places and known to the level, (N,) bool."""
    person = state.person
    here = np.zeros(state.place.id.size + 1, dtype=bool)
    here[places] = True
    at_large = (person.status == FREE) | (person.status == BAIL) | (person.status == LICENCE)
    return at_large & here[person.place] & (person.knowledge[:, level] >= bound)


def lines_behind(state: State | Groups, rows: np.ndarray) -> np.ndarray:
    """Lines of the business that each of these people works for."""
    business = state.person.business[rows]
    return np.where(business >= 0, state.business.lines[business], 0)


def leader(state: State | Groups, rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Organisers by the share of control they are known to have: the lines of the business they lead."""
    business = state.person.business[rows]
    leads = (business >= 0) & (state.business.leader[business] == rows)
    return np.where((state.person.role[rows] == ORGANISER) & leads, known * (1.0 + lines_behind(state, rows)), 0.0)


def volume(state: State | Groups, rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Runners and holders of lines: those who are easiest to find."""
    role = state.person.role[rows]
    return np.where((role == RUNNER) | (role == HOLDER), known, 0.0)


def broker(state: State | Groups, rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Brokers, by how well they are known."""
    return np.where(state.person.role[rows] == BROKER, known, 0.0)


def specialist(state: State | Groups, rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Specialists, the scarcer skill first."""
    return np.where(np.isin(state.person.role[rows], SPECIALISTS), known * (0.5 + state.person.skill[rows]), 0.0)


def hub(state: State | Groups, rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Those with most ties to people who are themselves in the picture."""
    friend = state.person.friend[rows]
    seen = np.zeros(state.person.id.size + 1, dtype=bool)
    seen[rows] = True
    return known * (seen[friend] & (friend >= 0)).sum(axis=1)


def at_random(state: State | Groups, rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Anyone in the picture, in a lasting shuffle."""
    return ((state.person.id[rows] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(11)).astype(float) * 2.0**-53


RULES: dict[str, Callable[[State | Groups, np.ndarray, np.ndarray], np.ndarray]] = {
    "leader": leader,
    "money-holder": leader,
    "volume": volume,
    "place": volume,
    "market": volume,
    "broker": broker,
    "specialist": specialist,
    "hub": hub,
    "random": at_random,
}
GHOST_RULES = {"leader": ORGANISER, "money-holder": ORGANISER, "specialist": SPECIALIST}


def ranked(
    state: State | Groups,
    rule: str,
    level: int,
    places: np.ndarray,
    bound: float,
    length: int,
    tiers: tuple[int, ...] = (),
) -> list[Target]:
    """The first targets of a rule in these places, best first, ties by identity, less those followed."""
    rows = np.flatnonzero(in_picture(state, level, places, bound))
    known = state.person.knowledge[rows, level].astype(float)
    worth = RULES[rule](state, rows, known)
    if tiers:
        business = state.person.business[rows]
        worth = np.where((business >= 0) & np.isin(state.business.tier[business], tiers), worth, 0.0)
    found = []
    for n in np.flatnonzero(worth > 0.0):
        identity = int(state.person.id[rows[n]])
        found.append((-float(worth[n]), identity, Target(TARGET_PERSON, int(rows[n]), identity, float(known[n]))))
    if rule in GHOST_RULES and not tiers:
        ghost = state.ghost
        for g in np.flatnonzero((ghost.state == ACTIVE) & (ghost.role == GHOST_RULES[rule])):
            seen = float(ghost.knowledge[g, level])
            if seen >= bound and ghost.place[g] in places:
                identity = int(ghost.id[g])
                found.append((-2.0 * seen, identity, Target(GHOST_TARGET, int(g), identity, seen)))
    return unfollowed(state, found, length)


def unfollowed(state: State | Groups, found: list[tuple[float, int, Target]], length: int) -> list[Target]:
    """The first of these, best first, ties by identity, less those whom an operation already follows."""
    operation = state.operation
    followed = set(operation.target_id[operation.state == ACTIVE].tolist())
    return [target for _, identity, target in sorted(found, key=lambda one: one[:2]) if identity not in followed][
        :length
    ]


def known_lines(
    state: State | Groups, level: int, places: np.ndarray, markets: np.ndarray, bound: float, length: int
) -> list[Target]:
    """Lines of these markets in these places, those the level knows best first."""
    outlet = state.outlet
    known = outlet.knowledge[:, level].astype(float)
    rows = np.flatnonzero(
        (outlet.state == ACTIVE)
        & (outlet.tier == LINE)
        & np.isin(outlet.place, places)
        & np.isin(outlet.market, markets)
        & (known >= bound)
    )
    found = [
        (-known[o], int(outlet.id[o]), Target(TARGET_OUTLET, int(o), int(outlet.id[o]), float(known[o]))) for o in rows
    ]
    return unfollowed(state, found, length)


def known_businesses(
    state: State | Groups, level: int, places: np.ndarray, bound: float, length: int, tiers: tuple[int, ...] = ()
) -> list[Target]:
    """Businesses at home in these places, by the turnover that goes with the lines they are known to run."""
    business = state.business
    known = business.knowledge[:, level].astype(float)
    wanted = (business.state == ACTIVE) & np.isin(business.home, places) & (known >= bound)
    if tiers:
        wanted &= np.isin(business.tier, tiers)
    worth = known * (1.0 + business.lines)
    found = [
        (-worth[b], int(business.id[b]), Target(TARGET_BUSINESS, int(b), int(business.id[b]), float(known[b])))
        for b in np.flatnonzero(wanted)
    ]
    return unfollowed(state, found, length)
