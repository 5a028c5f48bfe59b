"""People leave, inform, grow old and know each other better or worse; empty posts are filled.

One pass over the people decides who leaves and who talks, and notes on the way who is free to be hired and who would be
promoted. Posts are then filled by people without one who know someone there, by others of the locality without a post,
and last from the pool of young people at risk.
"""

import math

import numpy as np

from simulation.chance.draws import unit
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.hiring import fill_posts
from simulation.kernels.lifestyle import live_well
from simulation.kernels.recruits import at_large, by_identity, remove_person
from simulation.kernels.succession import recount, succeed
from simulation.state.codes import (
    CAUSE_CHOICE,
    CORE,
    EVENT_LIFESTYLE,
    EXITED,
    EXPOSURE_OF_ROLE,
    EXPOSURES,
    FREELANCE_OF_ROLE,
    FROM_18_TO_24,
    FROM_25,
    INFORMANT,
    LEVELS,
    MIDDLE,
    RUNNER,
    SOCIAL_SLOTS,
    STREET,
    TARGET_PERSON,
    UNDER_18,
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
    yearly = np.empty(EXPOSURES)
    yearly[CORE] = p.exit_core
    yearly[UPPER] = p.exit_upper
    yearly[MIDDLE] = p.exit_middle
    yearly[STREET] = p.exit_street
    weekly = yearly * (p.on_exit / WEEKS_A_YEAR)
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
    gain = p.informants_gain
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
        doubt = max(0.0, 1.0 - s.business.suspicion[b])
        s.business.suspicion[b] += doubt * p.informants_exposed
    s.tally.week[INFORMED] += 1
    remove_person(s, w, i, INFORMANT)


@kernel
def keep_up(s, p, w, i):
    """Ties grow between those who work together and fade between others; skills grow at work; bands of age are left."""
    person = s.person
    b = person.business[i]
    for k in range(SOCIAL_SLOTS):
        f = person.friend[i, k]
        if f < 0:
            continue
        if person.id[f] != person.friend_id[i, k]:
            person.friend[i, k] = -1
            person.friend_id[i, k] = 0
            person.strength[i, k] = 0.0
        elif b >= 0 and person.business[f] == b:
            person.strength[i, k] += (1.0 - person.strength[i, k]) * p.replacement_tie_growth
        else:
            person.strength[i, k] *= p.replacement_tie_fade
    if b >= 0:
        person.skill[i] += (1.0 - person.skill[i]) * p.replacement_learning
    years = (w - person.joined[i]) / WEEKS_A_YEAR
    if person.age[i] == UNDER_18 and years >= p.replacement_years_young:
        person.age[i] = FROM_18_TO_24
    elif person.age[i] == FROM_18_TO_24 and years >= p.replacement_years_grown:
        person.age[i] = FROM_25


@kernel
def keep_all_up(s, v, p, w, lw):
    """A sixteenth of the people a week, before anyone leaves, so that it does not matter who is looked at first."""
    phase = np.uint64(w & (UPKEEP - 1))
    identity, status = s.person.id, s.person.status
    for i in range(identity.size):
        if identity[i] & PHASE == phase and at_large(status[i]):
            keep_up(s, p, w, i)
            live_well(s, v, p, lw, i, UPKEEP)


@kernel
def lives(s, v, p, w, lw, free, promoted, heir):
    """Leaving and informing, one pass; gives how many are `free` to hire, and notes the best to promote and succeed."""
    table = exit_table(s, v, p, lw)
    talk = p.on_informants * p.informants_hazard / WEEKS_A_YEAR
    cooling = np.float32(0.5 ** (1.0 / p.enforcement_evidence_half_life))
    asked = p.on_informants * v.informant_hazard[lw]
    # columns by name once, so that the loop has their addresses at hand
    identity, status, roles, business = s.person.id, s.person.status, s.person.role, s.person.business
    outlet, place, loyalty, heat = s.person.outlet, s.person.place, s.person.loyalty, s.person.heat
    savings, experience, leaves, talks = s.person.savings, s.person.experience, s.person.leaving, s.person.talking
    stay, lifestyle = s.person.stay, p.on_lifestyle != 0.0
    floor, scale = p.informants_floor, p.exit_savings_scale
    wealth, bond, idle = p.exit_savings, p.exit_loyalty, p.exit_unattached
    saving_street, saving_core = p.exit_saving_street, p.exit_saving_core
    # those who leave fill one list from the front, those who inform from the back
    gone = np.empty(identity.size, np.int32)
    leaving = 0
    last = identity.size
    count = 0
    for i in range(identity.size):
        if not at_large(status[i]):
            continue
        role = roles[i]
        exposure = EXPOSURE_OF_ROLE[role]
        b = business[i]
        wavering = 0.5 - loyalty[i]
        saved = savings[i]
        leave = table[place[i], exposure] * (1.0 + bond * wavering) * (1.0 + wealth * saved / (saved + scale))
        freelance = FREELANCE_OF_ROLE[role] != 0  # they need no post, and look for none
        if b < 0 and not freelance:
            leave *= idle
        held = stay[i] if lifestyle else 1.0
        leave *= held
        u = unit(leaves[i])
        if u < leave and u < -math.expm1(-leave):
            gone[leaving] = i
            leaving += 1
            if u >= -math.expm1(-leave / held):  # a life as usual would have kept them
                record(s, w, EVENT_LIFESTYLE, TARGET_PERSON, identity[i], 0, CAUSE_CHOICE, -1, held)
            continue
        tell = talk * (0.5 + wavering) * (floor + heat[i]) + asked[exposure]
        u = unit(talks[i])
        if u < tell and u < -math.expm1(-tell):
            last -= 1
            gone[last] = i
            continue
        heat[i] *= cooling
        if b >= 0:
            experience[i] += 1.0
            savings[i] += saving_street if exposure == STREET else saving_core
            o = outlet[i]
            if role == RUNNER and o >= 0 and senior(s, i, promoted[o]):
                promoted[o] = i
            if worthier(s, i, heir[b]):
                heir[b] = i
        elif freelance:
            experience[i] += 1.0
        else:
            free[count] = i
            count += 1
    for k in range(leaving):
        remove_person(s, w, gone[k], EXITED)
    telling = gone[last:]
    by_identity(telling, telling.size, identity)  # two may know the same friend
    for k in range(telling.size):
        inform(s, p, w, telling[k])
    return count


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
def people(s, v, p, key, w, lw):
    """One week of leaving, informing, succession, promotion and hiring; then posts are counted."""
    free = np.empty(s.person.id.size, np.int32)
    promoted = np.full(s.outlet.id.size, -1, np.int32)
    heir = np.full(s.business.id.size, -1, np.int32)
    keep_all_up(s, v, p, w, lw)
    count = lives(s, v, p, w, lw, free, promoted, heir)
    succeed(s, p, key, w, promoted, heir)
    fill_posts(s, p, key, w, free, count)
    recount(s)
