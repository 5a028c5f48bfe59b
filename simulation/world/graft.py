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

from simulation.chance.draws import uniforms
from simulation.chance.identity import splitmix
from simulation.chance.streams import POPULATE
from simulation.kernels.gossip import acquaint
from simulation.kernels.recruits import attach, befriend, new_person
from simulation.kernels.succession import recount
from simulation.schema import Scenario
from simulation.state.codes import (
    ACTIVE,
    BAIL,
    BROKER,
    CO_OFFENDING,
    CODER,
    COMMISSIONING,
    FENCE,
    FORGER,
    FREE,
    FROM_25,
    HOLDER,
    IMPORTER,
    INSIDE,
    KIND_BUSINESS,
    LICENCE,
    LINE,
    LOCAL,
    ORGANISER,
    OUTSIDE,
    RECRUITER,
    RUNNER,
    SPECIALIST,
    STAFF,
    THIEF,
    TRANSPORT,
)
from simulation.state.codes import (
    ROLES as ROLE_NUMBERS,
)
from simulation.state.values import Values
from simulation.state.world import FREE_BUSINESS, FREE_OUTLET, FREE_PERSON, PEOPLE_INITIAL, State
from simulation.world.constants import chain_markets
from simulation.world.growth import grown
from simulation.world.populate import make_ties, settle
from simulation.world.prepare_crews import commissioned, settle_crews
from simulation.world.standing_in import Columns, read_columns

# roles as the field knows them, and what each does in a commissioned market; in a chain, who leads leads, and all
# others work at the group's outlets
ROLES: Final[dict[str, int]] = {
    "organiser": BROKER, "manager": BROKER, "financier": SPECIALIST, "broker": BROKER, "importer": TRANSPORT,
    "wholesaler": FENCE, "specialist": SPECIALIST, "distributor": FENCE, "runner": THIEF, "enforcer": THIEF,
    "launderer": SPECIALIST, "insider": SPECIALIST, "chemist": SPECIALIST, "coder": CODER, "forger": FORGER,
    "transport": TRANSPORT, "handler": FENCE, "thief": THIEF, "recruiter": RECRUITER, "member": THIEF,
}  # fmt: skip
NAMES: Final = tuple(ROLES)
LEADING: Final = NAMES.index("organiser")
MANAGING: Final = NAMES.index("manager")
AT_LARGE: Final = (FREE, BAIL, LICENCE)
SEEN: Final = 1.0
"""Who stands in a mapping is known to the local police, as far as it shows."""
EXPERIENCE_WEEKS: Final = 520.0
MEMBERS_TIE: Final = 0.5


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
    for o in np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.business == b)):
        if tier != IMPORTER:
            make_ties(s, p, key, 0, o)
            acquaint(s, p, o)
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


def rename(s: State, names: dict[int, int]) -> None:
    """Beings take other identities, wherever these stand: in every column of identities of the world."""
    if not names:
        return
    old = np.array(sorted(names), dtype=np.uint64)
    new = np.array([names[int(one)] for one in old], dtype=np.uint64)
    for group in s.columns:
        for column in group:
            if column.dtype == np.uint64 and column.size:
                at = np.minimum(np.searchsorted(old, column), old.size - 1)
                hit = old[at] == column
                column[hit] = new[at[hit]]


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


# --- people


def seat(s: State, key: np.uint64, columns: Columns, rows: np.ndarray) -> np.ndarray:
    """Every imported person in the row of a simulated one whose post it takes over, or in a row of its own."""
    people = np.full(columns.person.size, -1)
    freelance = loose_hands(s)
    names: dict[int, int] = {}
    members = np.argsort(columns.member, kind="stable")
    first = np.searchsorted(columns.member[members], np.arange(rows.size + 1))
    employed = at_work(s)
    for g, b in enumerate(rows.tolist()):
        own = members[first[g] : first[g + 1]]
        jobs = bool(s.business.model[b] == COMMISSIONING)
        outlets = np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.business == b))
        outlets = outlets[np.argsort(s.outlet.id[outlets])]
        posts = roles_in(columns, own, jobs, int(s.business.tier[b]), outlets.size)
        hands = employed.get(b, {})
        for n, (i, role) in enumerate(zip(own, posts, strict=True)):
            if jobs and role != BROKER:
                waiting = freelance.get(role, [])
            else:
                waiting = hands.get(role, [])
            if waiting:
                row = waiting.pop()
                names[int(s.person.id[row])] = int(columns.person[i])
            else:
                row = arrive(s, key, np.uint64(columns.person[i]), role, b, jobs, outlets, n)
            people[i] = row
            live(s, columns, i, row, int(s.business.home[b]))
    rename(s, names)
    led = np.zeros(s.business.id.size, bool)
    led[rows] = True
    steering = (s.person.steers == 1) & np.isin(s.person.business_id, s.business.id[led])
    s.person.steers[steering] = 0  # whoever the mapping shows to lead does so, not one who sits in prison
    s.business.steered[led] = 0
    return people


def at_work(s: State) -> dict[int, dict[int, list[int]]]:
    """Simulated people at large by business and role, the lowest identity last."""
    person = s.person
    found: dict[int, dict[int, list[int]]] = {}
    rows = np.flatnonzero((person.business >= 0) & np.isin(person.status, AT_LARGE))
    for row in rows[np.argsort(person.id[rows])][::-1]:
        found.setdefault(int(person.business[row]), {}).setdefault(int(person.role[row]), []).append(int(row))
    return found


def loose_hands(s: State) -> dict[int, list[int]]:
    """Simulated people at large who live from jobs, by role, the lowest identity last."""
    person = s.person
    found: dict[int, list[int]] = {}
    rows = np.flatnonzero((person.business < 0) & (person.outlet < 0) & np.isin(person.status, AT_LARGE))
    for row in rows[np.argsort(person.id[rows])][::-1]:
        found.setdefault(int(person.role[row]), []).append(int(row))
    return found


def roles_in(columns: Columns, own: np.ndarray, jobs: bool, tier: int, outlets: int) -> list[int]:
    """What each of a group's people does here. A line has one holder; a broker's business has one broker."""
    said = columns.role[own]
    if jobs:
        posts = [ROLES[NAMES[role]] for role in said]
        boss = next(
            (n for n, role in enumerate(said) if role == LEADING), posts.index(BROKER) if BROKER in posts else -1
        )
        return [BROKER if n == boss else SPECIALIST if role == BROKER else role for n, role in enumerate(posts)]
    if tier != LINE:
        return [ORGANISER if role == LEADING else STAFF for role in said]
    holders = [n for n, role in enumerate(said) if role == MANAGING][:outlets]
    return [ORGANISER if role == LEADING else HOLDER if n in holders else RUNNER for n, role in enumerate(said)]


def arrive(
    s: State, key: np.uint64, identity: np.uint64, role: int, b: int, jobs: bool, outlets: np.ndarray, n: int
) -> int:
    """Someone without a counterpart stands in the world in addition, and takes up a post of the group."""
    traits = uniforms(key, identity, 0, POPULATE, 4, 0)
    experience = traits[1] * EXPERIENCE_WEEKS
    member = b if (jobs and role == BROKER) or (not jobs and not outlets.size) else -1
    skill = 0.2 + 0.6 * traits[2]
    row = int(
        new_person(
            s,
            -int(experience),
            identity,
            int(s.business.home[b]),
            -1,
            member,
            role,
            FROM_25,
            skill,
            experience,
            traits[3],
        )
    )
    s.tally.people[PEOPLE_INITIAL] += 1
    if not jobs and outlets.size:
        attach(s, row, int(outlets[n % outlets.size]), role)
    return row


def live(s: State, columns: Columns, i: int, row: int, home: int) -> None:
    """Where a person lives and how old it is, as far as the mapping says; whom it knows is said by its ties alone."""
    person = s.person
    if columns.place[i] >= 0:
        person.place[row] = columns.place[i]
    elif columns.home[columns.member[i]] >= 0:
        person.place[row] = home
    if columns.age[i] >= 0:
        person.age[row] = columns.age[i]
    person.friend[row] = -1
    person.friend_id[row] = 0
    person.strength[row] = 0.0
    person.bond[row] = 0


def tie_up(s: State, columns: Columns, rows: np.ndarray, people: np.ndarray) -> None:
    """The ties of the mapping; who has none inside the group knows whoever leads it."""
    known = np.zeros(people.size, bool)
    for one, two, strength, bond in zip(columns.one, columns.two, columns.strength, columns.bond, strict=True):
        befriend(s, int(people[one]), int(people[two]), int(bond), float(strength))
        if columns.member[one] == columns.member[two]:
            known[one] = known[two] = True
    recount(s)
    for i in np.flatnonzero(~known):
        befriend(s, int(people[i]), int(s.business.leader[rows[columns.member[i]]]), CO_OFFENDING, MEMBERS_TIE)
