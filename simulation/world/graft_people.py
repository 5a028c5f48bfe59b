"""People of an import take over the posts of simulated ones in the business that their group has taken over."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.chance.draws import uniforms
from simulation.chance.streams import POPULATE
from simulation.kernels.recruits import attach, befriend, new_person
from simulation.kernels.succession import recount
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
    LICENCE,
    LINE,
    ORGANISER,
    RECRUITER,
    RUNNER,
    SPECIALIST,
    STAFF,
    THIEF,
    TRANSPORT,
)
from simulation.state.world import PEOPLE_INITIAL, State
from simulation.world.standing_in import Columns

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
EXPERIENCE_WEEKS: Final = 520.0
MEMBERS_TIE: Final = 0.5


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
        recipe = int(s.project.recipe[b])
        needed = s.recipe.role[recipe, : s.recipe.slots[recipe]].tolist() if jobs else []
        posts = roles_in(columns.role[own].tolist(), needed, int(s.business.tier[b]), outlets.size)
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


def roles_in(said: list[int], needed: list[int], tier: int, outlets: int) -> list[int]:
    """What each of a group's people does here. A line has one holder, a broker's business one broker.

    Who works from job to job does what the market's jobs need: what the mapping says where they need it, else what is
    next in turn.
    """
    if needed:
        brokers = [n for n, role in enumerate(said) if ROLES[NAMES[role]] == BROKER]
        boss = next((n for n in brokers if said[n] == LEADING), brokers[0] if brokers else -1)
        own = [ROLES[NAMES[role]] for role in said]
        turn = [role if role in needed else needed[n % len(needed)] for n, role in enumerate(own)]
        return [BROKER if n == boss else role for n, role in enumerate(turn)]
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
