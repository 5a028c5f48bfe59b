"""At week 0 the groups and people of an import take the places of simulated ones; all else stays as it has grown.

A mapping shows whom police know of today, not how they came to be there. So the surround lives through its burn-in as
ever, and then each imported group takes over a simulated business of its market and tier, the largest the largest:
its books, stock, debts, contacts and premises go on under the group's identity. Its people take over the posts of the
simulated people there; who has no counterpart comes in addition, and simulated people whom the mapping does not show
stay, as those whom police do not know. Money and goods change hands nowhere; whoever comes in addition is counted.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.chance.identity import splitmix
from simulation.kernels.gossip import acquaint
from simulation.kernels.rows import list_markets
from simulation.kernels.succession import recount
from simulation.schema import Scenario
from simulation.state.codes import (
    ACTIVE,
    COMMISSIONING,
    IMPORTER,
    INSIDE,
    KIND_BUSINESS,
    LOCAL,
    OUTSIDE,
)
from simulation.state.codes import (
    ROLES as ROLE_NUMBERS,
)
from simulation.state.values import Values
from simulation.state.world import FREE_BUSINESS, FREE_OUTLET, FREE_PERSON, State
from simulation.world.constants import chain_markets
from simulation.world.graft_people import rename, seat, tie_up
from simulation.world.growth import grown
from simulation.world.populate import make_ties, settle
from simulation.world.prepare_crews import commissioned, settle_crews
from simulation.world.standing_in import Columns, read_columns

SEEN: Final = 1.0
"""Who stands in a mapping is known to the local police, as far as it shows."""


def graft(s: State, scenario: Scenario, p: Values, key: np.uint64) -> State:
    """The world with the imported groups in it; may be a longer one. Deterministic: chance is keyed by tokens."""
    if scenario.imported is None:
        return s
    columns = read_columns(scenario.imported)
    s, rows = businesses_for(s, scenario, p, key, columns)
    names = {int(s.business.id[b]): int(columns.group[g]) for g, b in enumerate(rows)}
    rename(s, names)
    settle_in(s, columns, rows)
    if columns.person.size:
        s = with_room(s, 0, 0, columns.person.size)
        people = seat(s, key, columns, rows)
        tie_up(s, columns, rows, people)
        s.person.knowledge[people, LOCAL] = SEEN
        s.business.knowledge[rows, LOCAL] = SEEN
    recount(s)
    return s


def with_room(s: State, businesses: int, outlets: int, people: int) -> State:
    """The world, longer if need be, with so many rows free."""
    need = np.array([businesses, outlets, people, 0, 0])
    stacks = (FREE_BUSINESS, FREE_OUTLET, FREE_PERSON)
    while any(s.tally.count[which] < wanted for which, wanted in zip(stacks, need, strict=False)):
        s = grown(s, need)
    return s


# --- groups


def businesses_for(
    s: State, scenario: Scenario, p: Values, key: np.uint64, columns: Columns
) -> tuple[State, np.ndarray]:
    """The row of the business that each group takes over, or that is founded for it because there is no other."""
    rows = np.full(columns.group.size, -1)
    size = (
        np.bincount(columns.member, minlength=columns.group.size) if columns.member.size else np.zeros(rows.size, int)
    )
    chains = {market.id: m for m, market in enumerate(chain_markets(scenario))}
    recipes = {market.id: r for r, market in enumerate(commissioned(scenario))}
    most_outlets = int(4.0 * max(1.0, s.chain.lines.max())) + 1
    most_people = 1 + most_outlets * int(1 + max(p["populate_runners"], p["populate_staff"]))
    for market, tier in sorted({(str(m), int(t)) for m, t in zip(columns.market, columns.tier, strict=True)}):
        of = np.flatnonzero((columns.market == market) & (columns.tier == tier))
        of = of[np.lexsort((columns.group[of], -size[of]))]
        business = s.business
        there = (business.state == ACTIVE) & (np.arange(business.id.size) >= OUTSIDE)
        there &= np.isin(business.home, np.flatnonzero(s.place.kind == INSIDE))
        there[rows[rows >= 0]] = False
        if market in chains:
            fit = there & (business.market == chains[market]) & (business.tier == tier)
        else:
            fit = there & (business.model == COMMISSIONING) & (s.project.recipe == recipes[market])
        found = np.flatnonzero(fit)
        found = found[np.lexsort((business.id[found], -business.members[found]))][: of.size]
        rows[of[: found.size]] = found
        for g in of[found.size :]:
            token = np.uint64(columns.group[g])
            s = with_room(s, 1, most_outlets, most_people)
            rows[g] = (
                founded(s, scenario, p, key, chains[market], tier, token)
                if market in chains
                else commissioning(s, scenario, p, key, recipes[market], token)
            )
    return s, rows


def founded(s: State, scenario: Scenario, p: Values, key: np.uint64, m: int, tier: int, token: np.uint64) -> int:
    """A business as those the world was populated with, for a group that has no counterpart."""
    n = int(token) >> 1
    community = scenario.community
    settle(s, p, key, 0, m, tier, n, community.under_18.value, community.aged_18_24.value)
    parent = np.uint64(s.chain.id[m]) ^ np.uint64(KIND_BUSINESS + 64 * tier)
    b = row_of(s, splitmix(parent, np.uint64(KIND_BUSINESS), np.uint64(n)))
    near, nearby = list_markets(s)
    for o in np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.business == b)):
        if tier != IMPORTER:
            make_ties(s, p, key, 0, o, near, nearby)
            acquaint(s, p, o, near, nearby)
    return b


def commissioning(s: State, scenario: Scenario, p: Values, key: np.uint64, recipe: int, token: np.uint64) -> int:
    """A broker's business, for a group that has no counterpart; its crew is its own people."""
    community = scenario.community
    nobody = np.zeros(ROLE_NUMBERS, np.int64)
    settle_crews(s, p, key, 0, recipe, token, 1, nobody, community.under_18.value, community.aged_18_24.value)
    return row_of(s, splitmix(token, np.uint64(KIND_BUSINESS), np.uint64(0)))


def row_of(s: State, identity: np.uint64) -> int:
    """The row of a business that has just been made."""
    return int(np.flatnonzero(s.business.id == identity)[0])


def settle_in(s: State, columns: Columns, rows: np.ndarray) -> None:
    """Groups move to the localities they are at home in, with what they have at home; what stands elsewhere stays."""
    for b, home in zip(rows, columns.home, strict=True):
        before = s.business.home[b]
        if home < 0 or home == before:
            continue
        s.business.home[b] = home
        moved = (s.outlet.state == ACTIVE) & (s.outlet.business == b) & (s.outlet.place == before)
        s.outlet.place[moved] = home
        s.person.place[(s.person.business == b) & (s.person.place == before)] = home
