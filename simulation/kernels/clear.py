"""Clear: where it is in force, people who work in the place are arrested and lines there are closed, far faster than
as now.

It gives orders; hours and lead time are the plan's affair. The effort comes to bear over `place.clear`, which the
community keeps. Those whom police know of are the likelier to be picked up, and all hazards rise in proportion to the
effort.
"""

import math

import numpy as np

from simulation.chance.draws import uniform
from simulation.chance.streams import ARREST
from simulation.kernel import kernel
from simulation.kernels.lessons import family_of_arrest, left_of
from simulation.kernels.orders import push
from simulation.kernels.recruits import at_large
from simulation.state.codes import (
    ACTIVE,
    CAUSE_PLAN,
    EXPOSURE_OF_ROLE,
    EXPOSURES,
    FAMILY_PLACE,
    LINE,
    LOCAL,
    ORDER_ARREST,
    ORDER_CLOSURE,
    TARGET_OUTLET,
    TARGET_PERSON,
)
from simulation.state.police import BY_CLEAR

SWEEP = 1  # draw of the ARREST stream; 0 is background arrest


@kernel
def clear_hazards(p):
    """Arrests a week of full Clear by exposure, of someone known for certain."""
    hazards = np.empty(EXPOSURES)
    hazards[0] = p.clear_core
    hazards[1] = p.clear_upper
    hazards[2] = p.clear_middle
    hazards[3] = p.clear_street
    return hazards


@kernel
def clear(s, v, p, key, w, lw):
    """Where Clear is in force, the known who work there are arrested and lines are closed."""
    if p.on_clear == 0.0:
        return
    effort = s.place.clear
    anywhere = False
    for l in range(effort.size):
        if effort[l] > 0.0:
            anywhere = True
    if not anywhere:
        return
    hazards = clear_hazards(p)
    person = s.person
    where, status = person.place, person.status
    for i in range(where.size):
        l = where[i]
        if l < 0 or effort[l] <= 0.0 or not at_large(status[i]):
            continue
        known = 1.0 - p.clear_need_to_know * (1.0 - person.knowledge[i, LOCAL])
        hazard = hazards[EXPOSURE_OF_ROLE[person.role[i]]] * effort[l] * known
        hazard *= left_of(s, p, person.business[i], family_of_arrest(person.role[i]))
        if uniform(key, person.id[i], w, ARREST, SWEEP, np.uint64(0)) < -math.expm1(-hazard):
            push(s, ORDER_ARREST, TARGET_PERSON, i, person.id[i], CAUSE_PLAN, BY_CLEAR, 0.0)
    outlet = s.outlet
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE or outlet.tier[o] != LINE or effort[outlet.place[o]] <= 0.0:
            continue
        hazard = p.clear_closure * effort[outlet.place[o]] * left_of(s, p, outlet.business[o], FAMILY_PLACE)
        if uniform(key, outlet.id[o], w, ARREST, SWEEP, np.uint64(0)) < -math.expm1(-hazard):
            push(s, ORDER_CLOSURE, TARGET_OUTLET, o, outlet.id[o], CAUSE_PLAN, BY_CLEAR, 0.0)
