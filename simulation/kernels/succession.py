"""Lines find new holders and businesses new leaders, or do not; a leader's ties to partners pass on in part."""

import numpy as np

from simulation.chance.draws import uniforms
from simulation.chance.streams import PEOPLE
from simulation.kernel import kernel
from simulation.kernels.closing import close_businesses, dealings, outlets_of
from simulation.kernels.events import record
from simulation.kernels.recruits import by_identity
from simulation.kernels.rows import AT_LARGE, rows_in
from simulation.state.codes import (
    ACTIVE,
    BROKER,
    CAUSE_CHOICE,
    CAUSE_LEADERLESS,
    COMMISSIONING,
    EVENT_PROMOTE,
    EVENT_SUCCEED,
    HOLDER,
    LINE,
    ORGANISER,
    OUTSIDE,
    RUNNER,
    SOCIAL_SLOTS,
    TARGET_PERSON,
    TIE_SLOTS,
)
from simulation.state.counters import PROMOTIONS, SUCCESSIONS


@kernel
def before(person, i, other):
    """Whether `i` holds a post rather than `other`: the longer in the trade, the lower identity where equal."""
    if other < 0:
        return True
    if person.experience[i] != person.experience[other]:
        return person.experience[i] > person.experience[other]
    return person.id[i] < person.id[other]


@kernel
def recount(s):
    """Who is where is counted afresh from the people at large: staff (leaders apart), runners, members, who leads."""
    outlet = s.outlet
    business = s.business
    person = s.person
    row_business, row_role, row_outlet = person.business, person.role, person.outlet
    rows = rows_in(person.status, AT_LARGE)
    # Posts and roles follow no pattern that a processor could guess, and where it guesses wrong it loses time. So those of
    # no business and of no outlet are counted too, in the first entry; and those who may lead are listed from the front,
    # those who may hold a line from the back.
    members = np.zeros(business.id.size + 1, np.int32)
    staff, runners = np.zeros(outlet.id.size + 1, np.int32), np.zeros(outlet.id.size + 1, np.int32)
    few = np.empty(rows.size + 2, np.int32)
    leaders, holders = 0, 0
    for i in rows:
        role, b, o = row_role[i], row_business[i], row_outlet[i]
        members[b + 1] += 1
        staff[o + 1] += 1
        runners[o + 1] += role == RUNNER
        few[leaders] = i
        leaders += (b >= 0) & ((role == ORGANISER) | (role == BROKER))
        few[few.size - 1 - holders] = i
        holders += (o >= 0) & (role == HOLDER)
    for b in range(business.id.size):
        business.members[b] = members[b + 1]
        business.leader[b] = -1
    for o in range(outlet.id.size):
        outlet.staff[o] = staff[o + 1]
        outlet.runners[o] = runners[o + 1]
        outlet.holder[o] = -1
    for n in range(leaders):
        i = few[n]
        b = row_business[i]
        if (row_role[i] == ORGANISER or business.model[b] == COMMISSIONING) and before(person, i, business.leader[b]):
            business.leader[b] = i
            business.leader_id[b] = person.id[i]
    for n in range(holders):
        i = few[few.size - 1 - n]
        o = row_outlet[i]
        if before(person, i, outlet.holder[o]):
            outlet.holder[o] = i
            outlet.holder_id[o] = person.id[i]


@kernel
def inherited(s, p, b, i):
    """Share of a business's private trust that passes to `i`: by the tie to the last leader, and by ties inside."""
    person = s.person
    last = s.business.leader_id[b]
    close = 0.0
    inside = 0
    for k in range(SOCIAL_SLOTS):
        f = person.friend[i, k]
        if f < 0:
            continue
        if person.friend_id[i, k] == last:
            close = float(person.strength[i, k])
        if person.id[f] == person.friend_id[i, k] and person.business[f] == b:
            inside += 1
    width = min(SOCIAL_SLOTS, max(1, s.business.members[b] - 1))
    known = min(1.0, inside / width)
    return min(1.0, p.succession_transfer + p.succession_transfer_tie * close + p.succession_transfer_inside * known)


@kernel
def pass_on_ties(s, b, share, around):
    """Of the evidence between a business and its trading partners only a share outlives the change of leader.

    `around` holds the rows of its outlets and of all who buy from them.
    """
    tie = s.tie
    outlet = s.outlet
    for o in around:
        if outlet.market[o] != s.business.market[b] or outlet.state[o] != ACTIVE:
            continue  # nobody trades across markets
        mine = outlet.business[o] == b
        for k in range(TIE_SLOTS):
            j = tie.supplier[o, k]
            if j >= 0 and (mine or (outlet.business[j] == b and outlet.id[j] == tie.supplier_id[o, k])):
                tie.good[o, k] *= share
                tie.bad[o, k] *= share


@kernel
def crown(s, p, w, b, i, around):
    """Someone of the business takes it over."""
    person = s.person
    share = 1.0
    if p.on_succession > 0.0:
        share = inherited(s, p, b, i)
        pass_on_ties(s, b, share, around)
    o = person.outlet[i]
    if o >= 0:
        s.outlet.staff[o] -= 1
        if person.role[i] == RUNNER:
            s.outlet.runners[o] -= 1
        if s.outlet.holder[o] == i:
            s.outlet.holder[o] = -1
        person.outlet[i] = -1
    person.role[i] = BROKER if s.business.model[b] == COMMISSIONING else ORGANISER
    s.business.leader[b] = i
    s.business.leader_id[b] = person.id[i]
    s.business.leaderless[b] = 0
    s.business.steered[b] = 0
    s.business.succeeded[b] = w
    s.business.transfer[b] = share
    s.tally.week[SUCCESSIONS] += 1
    record(s, w, EVENT_SUCCEED, TARGET_PERSON, person.id[i], s.business.id[b], CAUSE_CHOICE, -1, share)


@kernel
def replace_leaders(s, p, key, w, heir):
    """A business without a leader finds one inside, sooner if the jailed one steers; after too long it falls apart."""
    business = s.business
    ending = np.empty(business.id.size, np.int32)
    crowned = np.empty(business.id.size, np.int32)
    count = 0
    found = 0
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] != ACTIVE:
            continue
        if business.leader[b] >= 0:
            business.leaderless[b] = 0
            continue
        business.leaderless[b] += 1
        i = heir[b]
        if i >= 0 and s.person.business[i] == b:
            rate = p.succession_rate * (p.succession_steered if business.steered[b] else 1.0)
            rate = 1.0 - p.on_succession * (1.0 - rate)  # without the mechanism the next in line follows at once
            if uniforms(key, business.id[b], w, PEOPLE, 0, 0)[1] < rate:
                crowned[found] = b
                found += 1
                continue
        if business.leaderless[b] >= p.succession_patience:
            ending[count] = b
            count += 1
    # in the order of identities: two who trade with each other both change what is between them
    by_identity(crowned, found, business.id)
    if found > 0:
        around = dealings(s, outlets_of(s, crowned, found))
        for k in range(found):
            crown(s, p, w, crowned[k], heir[crowned[k]], around)
    by_identity(ending, count, business.id)
    close_businesses(s, p, key, w, ending, count, np.full(count, CAUSE_LEADERLESS))


@kernel
def replace_holders(s, p, key, w, promoted):
    """A line without a holder makes one of its longest-serving runner."""
    outlet = s.outlet
    person = s.person
    for o in range(outlet.id.size):
        if (outlet.state[o] != ACTIVE) | (outlet.tier[o] != LINE):
            continue
        if outlet.holder[o] >= 0:
            outlet.vacant[o] = 0
            continue
        outlet.vacant[o] += 1
        i = promoted[o]
        if i < 0 or person.outlet[i] != o or person.role[i] != RUNNER:
            continue
        rate = 1.0 - p.on_succession * (1.0 - p.succession_promotion)
        if uniforms(key, outlet.id[o], w, PEOPLE, 0, 0)[1] < rate:
            person.role[i] = HOLDER
            outlet.holder[o] = i
            outlet.holder_id[o] = person.id[i]
            outlet.runners[o] -= 1
            outlet.vacant[o] = 0
            s.tally.week[PROMOTIONS] += 1
            record(s, w, EVENT_PROMOTE, TARGET_PERSON, person.id[i], outlet.id[o], CAUSE_CHOICE, -1, float(HOLDER))


@kernel
def succeed(s, p, key, w, promoted, heir):
    """Vacant leaderships and lines are taken over, by the heirs and senior runners that the pass over people found."""
    replace_leaders(s, p, key, w, heir)
    replace_holders(s, p, key, w, promoted)
