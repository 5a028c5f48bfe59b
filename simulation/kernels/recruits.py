"""People come into organised crime, take and leave posts, know each other, and leave for good; nobody is lost count of.

The world's count of people closes exactly: pool + people in the table + left + dead + aged out of the pool = initial +
aged into the pool + arrived. `recruit` moves one from a locality's at-risk pool into the table; only when that pool is
empty does someone arrive from outside. `remove_person` moves one from the table to those who left or died, and `let_go`
those who left with a case open, once the courts are done with them.
"""

import numpy as np

from simulation.chance.draws import uniforms
from simulation.chance.identity import splitmix
from simulation.chance.streams import PEOPLE, POPULATE
from simulation.kernel import kernel
from simulation.kernels.acquaintances import befriend, introduce, knows
from simulation.kernels.ages import age_at_entry
from simulation.kernels.events import record
from simulation.kernels.rows import release_person, take_person
from simulation.state.codes import (
    BAIL,
    CAUSE_CHOICE,
    CO_OFFENDING,
    DEAD,
    EVENT_DEATH,
    EVENT_EXIT,
    EVENT_INFORM,
    EVENT_RECRUIT,
    EXITED,
    FREE,
    HOLDER,
    INFORMANT,
    KIND_PERSON,
    LICENCE,
    NOBODY,
    ORGANISER,
    RUNNER,
    SOCIAL_SLOTS,
    TARGET_PERSON,
    UNDER_18,
)
from simulation.state.counters import EXITED_PEOPLE, EXITED_UNDER_18, RECRUITS, RECRUITS_UNDER_18
from simulation.state.world import PEOPLE_ARRIVED, PEOPLE_DEAD, PEOPLE_INITIAL, PEOPLE_LEFT

__all__ = [
    "at_large", "attach", "befriend", "by_identity", "detach", "find_business", "find_outlet", "knows", "let_go",
    "new_person", "newcomer", "people_balance", "recruit", "recruit_member", "remove_person", "stop_steering",
]  # fmt: skip

WEEK_ORIGIN = 1024  # burn-in weeks are negative, ordinals are not
SLOTS_A_WEEK = 4096
LUCKY = np.uint32(0xFFFFFFFF)  # nobody leaves or informs in the week of coming in


@kernel
def at_large(status):
    """Free, on licence or on bail: able to work. Nobody else takes part in anything."""
    return status in (FREE, LICENCE, BAIL)


@kernel
def find_business(s, identity):
    """The row of a living business, or -1."""
    if identity != 0:
        for b in range(s.business.id.size):
            if s.business.id[b] == identity:
                return b
    return -1


@kernel
def find_outlet(s, identity):
    """The row of an open outlet, or -1."""
    if identity != 0:
        for o in range(s.outlet.id.size):
            if s.outlet.id[o] == identity:
                return o
    return -1


@kernel
def new_person(s, w, identity, loc, o, b, role, age, skill, experience, loyalty):
    """A person stands in the world: every column of a free row is written; counts of posts follow from `recount`."""
    i = take_person(s)
    person = s.person
    person.id[i] = identity
    person.status[i] = FREE
    person.role[i] = role
    person.business[i] = b
    person.business_id[i] = s.business.id[b] if b >= 0 else np.uint64(0)
    person.outlet[i] = o
    person.post_id[i] = s.outlet.id[o] if o >= 0 else np.uint64(0)
    person.place[i] = loc
    person.age[i] = age
    person.skill[i] = skill
    person.experience[i] = experience
    person.loyalty[i] = loyalty
    person.heat[i] = 0.0
    person.savings[i] = 0.0
    person.habit[i] = 0.0
    person.wealth[i] = 0.0
    person.debt[i] = 0.0
    person.stay[i] = 1.0
    person.shown[i] = 1.0
    person.joined[i] = w
    person.charged[i] = -100000
    person.due[i] = -100000
    person.sentence[i] = 0.0
    person.record[i] = 0
    person.steers[i] = 0
    person.left[i] = 0
    person.leaving[i] = LUCKY
    person.talking[i] = LUCKY
    for level in range(person.knowledge.shape[1]):
        person.knowledge[i, level] = 0.0
    for k in range(SOCIAL_SLOTS):
        person.friend[i, k] = -1
        person.friend_id[i, k] = 0
        person.strength[i, k] = 0.0
        person.bond[i, k] = 0
    return i


@kernel
def attach(s, i, o, role):
    """A person takes up a post at an outlet; an organiser belongs to the business itself, not to one outlet."""
    b = s.outlet.business[o]
    person = s.person
    if person.outlet[i] >= 0 or person.business[i] >= 0:
        detach(s, i)
    person.business[i] = b
    person.business_id[i] = s.business.id[b]
    person.post_id[i] = s.outlet.id[o]
    person.role[i] = role
    person.place[i] = s.outlet.place[o]
    s.business.members[b] += 1
    if role != ORGANISER:
        person.outlet[i] = o
        s.outlet.staff[o] += 1
    if role == RUNNER:
        s.outlet.runners[o] += 1
    elif role == HOLDER and s.outlet.holder[o] < 0:
        s.outlet.holder[o] = i
        s.outlet.holder_id[o] = person.id[i]
    elif role == ORGANISER and s.business.leader[b] < 0:
        s.business.leader[b] = i
        s.business.leader_id[b] = person.id[i]


@kernel
def detach(s, i):
    """A person leaves the post; who it worked for is remembered by identity, so that it may find the way back."""
    person = s.person
    b = person.business[i]
    o = person.outlet[i]
    counted = at_large(person.status[i])
    if o >= 0:
        person.post_id[i] = s.outlet.id[o]
        if counted:
            s.outlet.staff[o] -= 1
            if person.role[i] == RUNNER:
                s.outlet.runners[o] -= 1
        if s.outlet.holder[o] == i:
            s.outlet.holder[o] = -1
            s.outlet.holder_id[o] = 0
    if b >= 0:
        person.business_id[i] = s.business.id[b]
        if counted:
            s.business.members[b] -= 1
        if s.business.leader[b] == i:
            s.business.leader[b] = -1  # `leader_id` still names the last one, until someone succeeds
    person.business[i] = -1
    person.outlet[i] = -1


@kernel
def stop_steering(s, i):
    """Whoever ran a business from prison does so no longer."""
    if s.person.steers[i]:
        b = find_business(s, s.person.business_id[i])
        if b >= 0 and s.business.leader_id[b] == s.person.id[i]:
            s.business.steered[b] = 0
        s.person.steers[i] = 0


@kernel
def remove_person(s, w, i, kind):
    """A person leaves organised crime for good (EXITED, INFORMANT) or dies (DEAD); the tally keeps the count.

    A case goes to court all the same: whoever leaves on bail awaits it, out of the trade. The case of the dead is over.
    """
    stop_steering(s, i)
    event = EVENT_DEATH if kind == DEAD else EVENT_INFORM if kind == INFORMANT else EVENT_EXIT
    role = float(s.person.role[i])
    record(s, w, event, TARGET_PERSON, s.person.id[i], s.person.business_id[i], CAUSE_CHOICE, -1, role)
    detach(s, i)
    if kind == DEAD:
        s.tally.people[PEOPLE_DEAD] += 1
        release_person(s, i)
        return
    s.tally.week[EXITED_PEOPLE] += kind == EXITED
    if s.person.status[i] == BAIL:
        s.person.status[i], s.person.left[i] = EXITED, 1
        return
    s.tally.week[EXITED_UNDER_18] += (kind == EXITED) & (s.person.age[i] == UNDER_18)
    let_go(s, i)


@kernel
def let_go(s, i):
    """A person who has left, and with whom the courts are done, is in the table no more."""
    s.tally.people[PEOPLE_LEFT] += 1
    release_person(s, i)


@kernel
def take_from_pool(s, p, key, w, loc, b, identity, role):
    """One young person at risk becomes a member of a business."""
    if s.place.pool[loc] > 0:
        s.place.pool[loc] -= 1
        s.place.recruited[loc] += 1
    else:
        s.tally.people[PEOPLE_ARRIVED] += 1
    return newcomer(s, p, key, w, loc, b, identity, role)


@kernel
def newcomer(s, p, key, w, loc, b, identity, role):
    """Someone who was counted out of the pool, or as arrived, becomes a member of a business."""
    traits = uniforms(key, identity, w, POPULATE, 0, 0)
    age = age_at_entry(p, role, uniforms(key, identity, w, PEOPLE, 0, 0)[3])
    skill = p.replacement_skill * (0.5 + traits[0])
    i = new_person(s, w, identity, loc, -1, b, role, age, min(1.0, skill), 0.0, traits[2])
    s.tally.week[RECRUITS] += 1
    if age == UNDER_18:
        s.tally.week[RECRUITS_UNDER_18] += 1
    owner = s.business.id[b] if b >= 0 else np.uint64(0)
    record(s, w, EVENT_RECRUIT, TARGET_PERSON, identity, owner, CAUSE_CHOICE, -1, float(role))
    return i


@kernel
def recruit(s, p, key, w, loc, o, role):
    """An outlet hires someone from a locality's at-risk pool; gives the row. Identity: outlet, week and slot."""
    ordinal = max((w + WEEK_ORIGIN) * SLOTS_A_WEEK, s.outlet.hires[o] + 1)
    s.outlet.hires[o] = ordinal
    identity = splitmix(s.outlet.id[o], np.uint64(KIND_PERSON), np.uint64(ordinal))
    i = take_from_pool(s, p, key, w, loc, -1, identity, role)
    attach(s, i, o, role)
    s.person.place[i] = loc
    introduce(s, p, key, w, i, o)
    return i


@kernel
def recruit_member(s, p, key, w, loc, b, role, slot):
    """A business without outlets (commissioning) takes someone on; `slot` tells its newcomers of one week apart."""
    ordinal = (w + WEEK_ORIGIN) * SLOTS_A_WEEK + slot
    identity = splitmix(s.business.id[b], np.uint64(KIND_PERSON), np.uint64(ordinal))
    i = take_from_pool(s, p, key, w, loc, b, identity, role)
    s.business.members[b] += 1
    leader = s.business.leader[b]
    if leader < 0 and role == ORGANISER:
        s.business.leader[b] = i
        s.business.leader_id[b] = identity
    else:
        befriend(s, i, leader, CO_OFFENDING, p.replacement_tie_holder)
    return i


@kernel
def by_identity(rows, count, ids):
    """The first `count` rows in the order of their identities, in place: few rows, so insertion sorts them."""
    for j in range(1, count):
        moving = rows[j]
        k = j
        while k > 0 and ids[rows[k - 1]] > ids[moving]:
            rows[k] = rows[k - 1]
            k -= 1
        rows[k] = moving


@kernel
def people_balance(s):
    """What is missing from the count of people: always zero."""
    alive = 0
    for i in range(s.person.id.size):
        if s.person.status[i] != NOBODY:
            alive += 1
    tally = s.tally.people
    now = alive + tally[PEOPLE_LEFT] + tally[PEOPLE_DEAD]
    came = tally[PEOPLE_INITIAL] + tally[PEOPLE_ARRIVED]
    for loc in range(s.place.id.size):
        now += s.place.pool[loc] + s.place.aged_out[loc]
        came += s.place.aged_in[loc]
    return now - came
