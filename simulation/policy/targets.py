"""Whom an effort falls on: reusable targeting rules that read role, place, trade and knowledge on the perceived
picture.

No rule reads age, deprivation or any other trait of the people. Every rule ranks only those whom the agency's level
knows of (knowledge at or above the bound of the picture); ghosts stand among them as if they were there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.policy.perceived import Picture, in_picture
from simulation.state.codes import (
    ACTIVE,
    BROKER,
    CORE,
    EXPOSURE_OF_ROLE,
    HOLDER,
    IMPORTER,
    LINE,
    LOCAL,
    NATIONAL,
    ORGANISER,
    ROLES,
    RUNNER,
    SPECIALISTS,
    STREET,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TARGET_PERSON,
    UPPER,
    WHOLESALER,
)
from simulation.state.police import GHOST_TARGET
from simulation.state.project import ASSEMBLING
from simulation.state.world import Groups, State

__all__ = ["RULES", "Target", "in_picture", "known_businesses", "known_lines", "ranked", "traced_businesses"]

SCALE = 10.0
GHOST_LINES, GHOST_SECURITY = 1, 0.5  # what is made up about a ghost: it is taken to run one line, with usual care


@dataclass(frozen=True)
class Target:
    """Someone in the picture, real or not."""

    kind: int
    row: int
    identity: int
    knowledge: float


def leader(picture: Picture) -> np.ndarray:
    """Organisers by the share of control they are known to have: the lines of the business they lead."""
    state, rows = picture.state, picture.rows
    leads = picture.of_business(state.business.leader, -1) == rows
    people = np.where((state.person.role[rows] == ORGANISER) & leads, run_by(picture), 0.0)
    return picture.known * picture.people(people, ghosts_as(picture, (ORGANISER,)) * (1.0 + GHOST_LINES))


def money_holder(picture: Picture) -> np.ndarray:
    """Organisers and brokers, by the size of the business and the reports that banks and traders made on its money."""
    state, rows = picture.state, picture.rows
    core = EXPOSURE_OF_ROLE[state.person.role[rows]] == CORE
    people = np.where(core, run_by(picture) * picture.of_business(state.finance.traced, 0.0), 0.0)
    return picture.known * picture.people(people, ghosts_as(picture, (ORGANISER, BROKER)) * (1.0 + GHOST_LINES))


def run_by(picture: Picture) -> np.ndarray:
    """Size of the business that each person works for: its lines, and itself."""
    return 1.0 + picture.of_business(picture.state.business.lines, 0.0)


def ghosts_as(picture: Picture, roles: tuple[int, ...]) -> np.ndarray:
    """1 for each ghost that is taken for one of these, else 0."""
    return np.isin(picture.state.ghost.role[picture.ghosts], roles).astype(float)


def volume(picture: Picture) -> np.ndarray:
    """Runners and holders of lines: those who are easiest to find."""
    return np.where(np.isin(picture.column("role"), (RUNNER, HOLDER)), picture.known, 0.0)


def broker(picture: Picture) -> np.ndarray:
    """Those who join others that nobody else joins: betweenness in the perceived network, whatever their role."""
    return picture.known * picture.betweenness()


def hub(picture: Picture) -> np.ndarray:
    """Those with most ties to people who are themselves in the picture."""
    return picture.known * picture.degree()


def specialist(picture: Picture) -> np.ndarray:
    """Specialists, the better skilled first, and those first whose skill is scarce: few candidates for a vacancy."""
    candidates, vacancies = skills_known(picture)
    scarce = (1.0 + vacancies) / (1.0 + candidates)
    skill = picture.people(picture.state.person.skill[picture.rows].astype(float), 0.5)
    role = picture.column("role")
    return np.where(np.isin(role, SPECIALISTS), picture.known * (0.5 + skill) * scarce[role], 0.0)


def skills_known(picture: Picture) -> tuple[np.ndarray, np.ndarray]:
    """People of each role in the picture who are bound to no business, and posts that jobs of known brokers want filled.

    A broker's job is known as far as its business is.
    """
    state = picture.state
    free = picture.people(picture.state.person.business[picture.rows] < 0, 1.0) > 0.0
    candidates = np.bincount(picture.column("role")[free], minlength=ROLES).astype(float)
    vacancies = np.zeros(ROLES)
    project, business = state.project, state.business
    drawn = (project.stage == ASSEMBLING) & (business.state == ACTIVE) & (project.owner_id == business.id)
    for b in np.flatnonzero(drawn & (business.knowledge[:, picture.level] >= picture.bound)):
        recipe = int(project.recipe[b])
        slots = int(state.recipe.slots[recipe])
        empty = project.member[b, :slots] < 0
        np.add.at(vacancies, state.recipe.role[recipe, :slots][empty], 1.0)
    return candidates, vacancies


def place(picture: Picture) -> np.ndarray:
    """Whoever works at a post, the best known first."""
    return picture.known * picture.people((picture.state.person.outlet[picture.rows] >= 0).astype(float))


def market(picture: Picture) -> np.ndarray:
    """Whoever works for a business of the market, the best known first."""
    state = picture.state
    return picture.known * picture.people((picture.of_business(state.business.market, -1) >= 0).astype(float))


def platform(picture: Picture) -> np.ndarray:
    """People of businesses that talk over the service on which most known businesses are."""
    business = picture.state.business
    seen = (business.state == ACTIVE) & (business.knowledge[:, picture.level] >= picture.bound) & (business.comms >= 0)
    users = np.bincount(business.comms[seen], minlength=int(business.comms.max()) + 2)
    on_it = np.where(seen, users[business.comms], 0)
    return picture.known * picture.people(picture.of_business(on_it, 0.0))


def morile(picture: Picture) -> np.ndarray:
    """Harm x likelihood x confidence on scales of 0 to 10, as agencies rank for their own meetings (`kernels.tasking`)."""
    p, state, level = picture.parameters, picture.state, picture.level
    exposure = EXPOSURE_OF_ROLE[picture.column("role")]
    lines = picture.people(picture.of_business(state.business.lines, 0.0), GHOST_LINES)
    tier = picture.people(picture.of_business(state.business.tier, -1.0), IMPORTER)
    security = picture.people(picture.of_business(state.business.security, 0.0), GHOST_SECURITY)
    weight = np.where(exposure == UPPER, p["tasking_weight_upper"], p["tasking_weight_middle"])
    weight = np.where(exposure == CORE, p["tasking_weight_core"], weight)
    if level != LOCAL:
        below = p["tasking_national_retail"] if level == NATIONAL else p["tasking_regional_retail"]
        weight = weight * np.where(tier <= WHOLESALER, 1.0, below)
    size = weight * (1.0 + p["tasking_line_weight"] * lines)
    harm = SCALE * size / (size + p["tasking_half_harm"])
    score = harm * SCALE * (1.0 - security) * SCALE * picture.known
    return np.where(exposure == STREET, 0.0, score)


def at_random(picture: Picture) -> np.ndarray:
    """Anyone in the picture, in a lasting shuffle."""
    mixed = picture.column("id") * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(11)).astype(float) * 2.0**-53


RULES: dict[str, Callable[[Picture], np.ndarray]] = {
    "leader": leader,
    "money-holder": money_holder,
    "volume": volume,
    "place": place,
    "market": market,
    "platform": platform,
    "broker": broker,
    "specialist": specialist,
    "hub": hub,
    "morile": morile,
    "random": at_random,
}


def ranked(
    state: State | Groups,
    rule: str,
    level: int,
    places: np.ndarray,
    bound: float,
    length: int,
    tiers: tuple[int, ...] = (),
    markets: np.ndarray | None = None,
    parameters: Any = None,
) -> list[Target]:
    """The first targets of a rule in these places, best first, ties by identity, less those followed."""
    picture = Picture(state, level, bound, parameters)
    worth = np.where(np.isin(picture.column("place"), places), RULES[rule](picture), 0.0)
    if markets is not None and markets.size < state.chain.landed.size:
        worth *= picture.people(np.isin(picture.of_business(state.business.market, -1), markets).astype(float))
    if tiers:
        wanted = np.isin(picture.of_business(state.business.tier, -1), tiers)
        worth *= picture.people(wanted.astype(float))
    rows, identities = np.concatenate([picture.rows, picture.ghosts]), picture.column("id")
    found = []
    for n in np.flatnonzero(worth > 0.0):
        kind = TARGET_PERSON if n < picture.rows.size else GHOST_TARGET
        target = Target(kind, int(rows[n]), int(identities[n]), float(picture.known[n]))
        found.append((-float(worth[n]), target.identity, target))
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
    return businesses_by(state, 1.0 + state.business.lines, level, places, bound, length, tiers)


def traced_businesses(
    state: State | Groups, level: int, places: np.ndarray, bound: float, length: int, tiers: tuple[int, ...] = ()
) -> list[Target]:
    """Businesses at home in these places by size and by the reports that banks and traders made on their money."""
    worth = (1.0 + state.business.lines) * state.finance.traced
    return businesses_by(state, worth, level, places, bound, length, tiers)


def businesses_by(
    state: State | Groups, worth: np.ndarray, level: int, places: np.ndarray, bound: float, length: int,
    tiers: tuple[int, ...],
) -> list[Target]:  # fmt: skip
    """Known businesses at home in these places by a worth, times how well they are known."""
    business = state.business
    known = business.knowledge[:, level].astype(float)
    wanted = (business.state == ACTIVE) & np.isin(business.home, places) & (known >= bound)
    if tiers:
        wanted &= np.isin(business.tier, tiers)
    found = [
        (-known[b] * worth[b], int(business.id[b]), Target(TARGET_BUSINESS, int(b), int(business.id[b]), float(known[b])))
        for b in np.flatnonzero(wanted)
    ]  # fmt: skip
    return unfollowed(state, found, length)
