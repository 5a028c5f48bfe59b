"""People leave, inform, grow old and know each other better or worse; empty posts are filled.

One pass over the people decides who leaves and who talks, and notes on the way who is free to be hired; another finds
who would take over where nobody leads. Posts are then filled by people without one who know someone there, by others of the locality without a post,
and last from the pool of young people at risk.
"""

import math

import numpy as np

from simulation.chance.draws import unit
from simulation.kernel import kernel
from simulation.kernels.ages import grow_up
from simulation.kernels.events import record
from simulation.kernels.hiring import fill_posts
from simulation.kernels.lessons import left_of, shaken
from simulation.kernels.lifestyle import live_well, pace_of_life
from simulation.kernels.recruits import by_identity, remove_person
from simulation.kernels.rows import AT_LARGE, rows_in
from simulation.kernels.succession import recount, succeed
from simulation.kernels.workmates import meet_at_work
from simulation.state.codes import (
    ACTIVE,
    CAUSE_CHOICE,
    CORE,
    EVENT_LIFESTYLE,
    EXITED,
    EXPOSURE_OF_ROLE,
    EXPOSURES,
    FAMILY_EXPOSURE,
    FREELANCE_OF_ROLE,
    INFORMANT,
    LEVELS,
    LINE,
    MIDDLE,
    RUNNER,
    SOCIAL_SLOTS,
    STREET,
    TARGET_PERSON,
    UPPER,
)
from simulation.state.counters import INFORMED

WEEKS_A_YEAR = 52.0
UPKEEP = 16  # ties and skills are brought up to date every 16 weeks, a sixteenth of the people a week
PHASE = np.uint64(UPKEEP - 1)


@kernel
def exit_table(s, v, p, lw):
    """Weekly hazard of leaving the trade by locality and exposure, before loyalty and savings.

    A stronger community has more to offer to those on the street: work, help, somebody to turn to.
    """
    of_a_year = p.on_exit / WEEKS_A_YEAR
    weekly = np.empty(EXPOSURES)
    weekly[CORE] = p.exit_core * of_a_year
    weekly[UPPER] = p.exit_upper * of_a_year
    weekly[MIDDLE] = p.exit_middle * of_a_year
    weekly[STREET] = p.exit_street * of_a_year
    lever = v.exit_hazard[lw]
    table = np.empty(lever.shape)
    for loc in range(table.shape[0]):
        for exposure in range(EXPOSURES):
            table[loc, exposure] = weekly[exposure] * lever[loc, exposure]
        stronger = s.place.resilience[loc] - s.place.resilience_usual[loc]
        table[loc, STREET] *= math.exp(p.exit_resilience * stronger)
    return table


@kernel
def inform(s, p, w, i):
    """Someone tells the police what they know: of the business, its outlets' posts and friends; and is gone."""
    person = s.person
    b = person.business[i]
    o = person.outlet[i]
    gain = p.informants_gain * min(1.0, left_of(s, p, b, FAMILY_EXPOSURE))
    for level in range(LEVELS):
        if b >= 0:
            s.business.knowledge[b, level] += (1.0 - s.business.knowledge[b, level]) * gain
        if o >= 0:
            s.outlet.knowledge[o, level] += (1.0 - s.outlet.knowledge[o, level]) * gain
        for k in range(SOCIAL_SLOTS):
            f = person.friend[i, k]
            if f >= 0 and person.id[f] == person.friend_id[i, k]:
                known = gain * person.strength[i, k]
                person.knowledge[f, level] += (1.0 - person.knowledge[f, level]) * known
    if b >= 0:
        rise = max(0.0, 1.0 - s.business.suspicion[b]) * p.informants_exposed
        s.business.suspicion[b] += rise
        shaken(s, p, b, rise)
    s.tally.week[INFORMED] += 1
    remove_person(s, w, i, INFORMANT)


@kernel
def keep_up(s, p, w, i):
    """Ties grow between those who work together and fade between others; skills grow at work; bands of age are left."""
    person = s.person
    b = person.business[i]
    friend, friend_id, strength = person.friend[i], person.friend_id[i], person.strength[i]
    for k in range(SOCIAL_SLOTS):  # without a branch: nobody could guess who is still there
        f = max(friend[k], 0)
        there = (friend[k] >= 0) & (person.id[f] == friend_id[k])
        held = strength[k]
        grown = held + (1.0 - held) * p.replacement_tie_growth
        faded = held * p.replacement_tie_fade
        kept = grown if (b >= 0) & (person.business[f] == b) else faded
        friend[k] = friend[k] if there else -1
        friend_id[k] = friend_id[k] if there else np.uint64(0)
        strength[k] = kept if there else 0.0
    if b >= 0:
        person.skill[i] += (1.0 - person.skill[i]) * p.replacement_learning
    grow_up(s, p, w, i)


@kernel
def keep_all_up(s, v, p, key, w, lw, rows, count):
    """A sixteenth of the people a week, before anyone leaves, so that it does not matter who is looked at first."""
    phase = np.uint64(w & (UPKEEP - 1))
    identity = s.person.id
    pace = pace_of_life(p, UPKEEP)
    due, number = np.empty(count, np.int32), 0
    for n in range(count):
        due[number] = rows[n]
        number += identity[rows[n]] & PHASE == phase
    for i in due[:number]:
        keep_up(s, p, w, i)
    for i in due[:number]:
        live_well(s, v, p, lw, i, UPKEEP, pace)
    meet_at_work(s, p, key, w, due[:number], UPKEEP)


@kernel
def lives(s, v, p, w, lw, rows, count, free):
    """Leaving and informing among those at large, one pass; gives how many are `free` to hire.

    Roles and posts follow no pattern that a processor could guess, so that nothing is decided by a branch but who goes.
    """
    table = exit_table(s, v, p, lw)
    talk = p.on_informants * p.informants_hazard / WEEKS_A_YEAR
    cooling = np.float32(0.5 ** (1.0 / p.enforcement_evidence_half_life))
    asked = v.informant_hazard[lw]
    earned = np.full(EXPOSURES, p.exit_saving_core)
    earned[STREET] = p.exit_saving_street
    # columns by name once, so that the loop has their addresses at hand
    identity, roles, business, place = s.person.id, s.person.role, s.person.business, s.person.place
    loyalty, heat, savings, experience = s.person.loyalty, s.person.heat, s.person.savings, s.person.experience
    leaves, talks, stay, lifestyle = s.person.leaving, s.person.talking, s.person.stay, p.on_lifestyle != 0.0
    floor, scale = p.informants_floor, p.exit_savings_scale
    wealth, bond, idle, asks = p.exit_savings, p.exit_loyalty, p.exit_unattached, p.on_informants
    # those who leave fill one list from the front, those who inform from the back
    gone = np.empty(count, np.int32)
    leaving = 0
    last = count
    hands = 0
    for n in range(count):
        i = rows[n]
        role = roles[i]
        exposure = EXPOSURE_OF_ROLE[role]
        employed = business[i] >= 0
        busy = employed | (FREELANCE_OF_ROLE[role] != 0)  # freelances need no post, and look for none
        wavering = 0.5 - loyalty[i]
        saved = savings[i]
        leave = table[place[i], exposure] * (1.0 + bond * wavering) * (1.0 + wealth * saved / (saved + scale))
        leave *= 1.0 if busy else idle
        held = stay[i] if lifestyle else 1.0
        leave *= held
        tell = talk * (0.5 + wavering) * (floor + heat[i]) + asks * asked[exposure]
        u, told = unit(leaves[i]), unit(talks[i])
        if (u < leave) | (told < tell):
            if u < -math.expm1(-leave):
                gone[leaving] = i
                leaving += 1
                if u >= -math.expm1(-leave / held):  # a life as usual would have kept them
                    record(s, w, EVENT_LIFESTYLE, TARGET_PERSON, identity[i], 0, CAUSE_CHOICE, -1, held)
                continue
            if told < -math.expm1(-tell):
                last -= 1
                gone[last] = i
                continue
        heat[i] *= cooling
        experience[i] += 1.0 if busy else 0.0
        savings[i] += earned[exposure] if employed else 0.0
        free[hands] = i
        hands += not busy
    for k in range(leaving):
        remove_person(s, w, gone[k], EXITED)
    telling = gone[last:]
    by_identity(telling, telling.size, identity)  # two may know the same friend
    for k in range(telling.size):
        inform(s, p, w, telling[k])
    return hands


@kernel
def senior(s, i, other):
    """Whether `i` has been in the trade longer than `other` (lower identity where equal); anyone beats nobody."""
    if other < 0:
        return True
    person = s.person
    if person.experience[i] != person.experience[other]:
        return person.experience[i] > person.experience[other]
    return person.id[i] < person.id[other]


@kernel
def worthier(s, i, other):
    """Whether `i` would lead before `other`: above the street first, then by skill and experience."""
    if other < 0:
        return True
    person = s.person
    here = EXPOSURE_OF_ROLE[person.role[i]] == STREET
    there = EXPOSURE_OF_ROLE[person.role[other]] == STREET
    if here != there:
        return there
    mine = person.skill[i] * person.experience[i]
    theirs = person.skill[other] * person.experience[other]
    if mine != theirs:
        return mine > theirs
    return person.id[i] < person.id[other]


@kernel
def vacant(s):
    """Whether a business wants for a leader, or one of its lines for a holder; first entry: those of no business."""
    outlet, leader = s.outlet, s.business.leader
    found = np.zeros(leader.size + 1, np.bool_)
    for b in range(leader.size):
        found[b + 1] = leader[b] < 0
    for o in range(outlet.id.size):
        if (outlet.state[o] == ACTIVE) & (outlet.tier[o] == LINE) & (outlet.holder[o] < 0):
            found[outlet.business[o] + 1] = True
    return found


@kernel
def next_in_line(s, rows, count):
    """Whoever is first to succeed and to be promoted in those few businesses that want for somebody."""
    business, outlet, role = s.person.business, s.person.outlet, s.person.role
    wanting = vacant(s)
    promoted = np.full(s.outlet.id.size, -1, np.int32)
    heir = np.full(s.business.id.size, -1, np.int32)
    able, number = np.empty(count, np.int32), 0
    for n in range(count):
        able[number] = rows[n]
        number += wanting[business[rows[n]] + 1]
    for i in able[:number]:
        b = business[i]
        if worthier(s, i, heir[b]):
            heir[b] = i
        o = outlet[i]
        if role[i] == RUNNER and o >= 0 and senior(s, i, promoted[o]):
            promoted[o] = i
    return promoted, heir


@kernel
def people(s, v, p, key, w, lw):
    """People leave, inform, rise and take over; empty posts are filled, and everyone's post is counted."""
    free = np.empty(s.person.id.size, np.int32)
    rows = rows_in(s.person.status, AT_LARGE)
    count = rows.size
    keep_all_up(s, v, p, key, w, lw, rows, count)
    hands = lives(s, v, p, w, lw, rows, count, free)
    promoted, heir = next_in_line(s, rows, count)
    succeed(s, p, key, w, promoted, heir)
    fill_posts(s, p, key, w, free, hands)
    recount(s)
