"""People are arrested and held, and find their way back to a post if there is one; a jailed leader may steer on."""

import numpy as np

from simulation.chance.draws import uniforms
from simulation.chance.streams import LICENCE as LICENCE_STREAM
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.insiders import reached_inside
from simulation.kernels.lessons import family_of_arrest, put_down, wage, weekly
from simulation.kernels.recruits import at_large, attach, detach, find_business, find_outlet, stop_steering
from simulation.state.codes import (
    ACTIVE,
    CORE,
    EVENT_ARREST,
    EXPOSURE_OF_ROLE,
    FAMILY_LEADER,
    HOLDER,
    LINE,
    ORGANISER,
    REMAND,
    RUNNER,
    STAFF,
    STREET,
    TARGET_PERSON,
)
from simulation.state.counters import ARRESTS


@kernel
def take_into_custody(s, p, key, w, row, cause, intervention):
    """A person at large is arrested: the post is empty, the business under pressure and wary. Says whether it happened.

    Whether it is charged is decided by `justice` in the same week.
    """
    person = s.person
    if not at_large(person.status[row]):
        return False
    street = EXPOSURE_OF_ROLE[person.role[row]] == STREET
    b = person.business[row]
    s.tally.week[ARRESTS] += 1
    if person.place[row] >= 0:
        s.place.arrests[person.place[row]] += 1
    owner = s.business.id[b] if b >= 0 else np.uint64(0)
    record(s, w, EVENT_ARREST, TARGET_PERSON, person.id[row], owner, cause, intervention, float(person.role[row]))
    if b >= 0:
        family = family_of_arrest(person.role[row])
        pay = weekly(s, b) if family == FAMILY_LEADER else wage(p, person.role[row])
        put_down(s, p, b, family, p.adaptation_replacement * pay)
        s.business.pressure[b] += p.enforcement_pressure_street if street else p.enforcement_pressure_core
        jump = p.enforcement_suspicion_street if street else p.enforcement_suspicion_core
        s.business.suspicion[b] += jump * max(0.0, 1.0 - s.business.suspicion[b])
    lock_up(s, p, key, w, row)
    person.status[row] = REMAND
    person.heat[row] += (1.0 - person.heat[row]) * p.enforcement_evidence
    return True


@kernel
def lock_up(s, p, key, w, i):
    """A person cannot work any more; whoever led a business may go on steering it from inside."""
    b = s.person.business[i]
    if b >= 0 and s.business.leader[b] == i:
        may = uniforms(key, s.person.id[i], w, LICENCE_STREAM, 0, 0)[3]
        if may < p.succession_steer * p.on_succession * reached_inside(s, p, b):
            s.person.steers[i] = 1
            s.business.steered[b] = 1
        s.business.leaderless[b] = 0
    detach(s, i)


@kernel
def post_in(s, b, role):
    """The outlet of a business with the fewest people (ties by identity), where a returner is of most use; else -1."""
    best = -1
    outlet = s.outlet
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE or outlet.business[o] != b:
            continue
        if role in (RUNNER, HOLDER) and outlet.tier[o] != LINE:
            continue
        if (
            best < 0
            or outlet.staff[o] < outlet.staff[best]
            or (outlet.staff[o] == outlet.staff[best] and outlet.id[o] < outlet.id[best])
        ):
            best = o
    return best


@kernel
def go_back(s, i):
    """A person free again goes back to the business it worked for; says whether there was a place."""
    return go_back_to(s, i, find_business(s, s.person.business_id[i]), find_outlet(s, s.person.post_id[i]))


@kernel
def go_back_to(s, i, b, o):
    """A person free again returns to the old outlet, else to another of the business; says whether there was a place.

    Whoever finds its post taken works under the one who took it. What is gone has the row -1.
    """
    stop_steering(s, i)
    person = s.person
    if b < 0:
        return False
    role = person.role[i]
    if o < 0 or s.outlet.business[o] != b:
        o = post_in(s, b, role)
    if role == ORGANISER and s.business.leader[b] >= 0:
        role = HOLDER if o >= 0 and s.outlet.tier[o] == LINE else STAFF
    if role == HOLDER and (o < 0 or s.outlet.holder[o] >= 0):
        role = RUNNER
    if o >= 0 and role != ORGANISER:
        attach(s, i, o, role)
        return True
    if EXPOSURE_OF_ROLE[role] == CORE:  # leaders belong to the business itself
        person.business[i] = b
        person.role[i] = role
        s.business.members[b] += 1
        if s.business.leader[b] < 0:
            s.business.leader[b] = i
            s.business.leader_id[b] = person.id[i]
            s.business.steered[b] = 0
        return True
    return False
