"""The day of an operation: it succeeds, or falls short of it by disrupting a little, being found out or meeting the
wrong person.
"""

import math

import numpy as np

from simulation.chance.draws import uniforms
from simulation.chance.streams import OPERATION
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.insiders import warned
from simulation.kernels.lessons import family_of, left_of
from simulation.kernels.orders import push_from, unsettle
from simulation.kernels.recruits import at_large
from simulation.kernels.rows import release_ghost
from simulation.state.codes import (
    CAUSE_OPERATION,
    CAUSE_PLAN,
    EVENT_OPERATION,
    LEVELS,
    ORDER_DISRUPT,
    ORDER_SEIZURE,
    RESOURCES,
    TARGET_BUSINESS,
    TARGET_OUTLET,
    TARGET_PERSON,
)
from simulation.state.counters import CONTACTS_UNINVOLVED, OPERATIONS_DONE, OPERATIONS_FAILED
from simulation.state.police import (
    ASSESS,
    BACKGROUND,
    COMPROMISED,
    GHOST_TARGET,
    PARTIAL,
    SUCCESS,
    TARGET_GONE,
    WRONG_TARGET,
)


@kernel
def finish(s, p, w, q, outcome):
    """An operation is over; it is assessed before it is filed."""
    op = s.operation
    op.stage[q] = ASSESS
    op.outcome[q] = outcome
    op.ended[q] = w + int(p.operations_assess_weeks)
    s.tally.week[OPERATIONS_DONE if outcome == SUCCESS else OPERATIONS_FAILED] += 1
    if outcome != SUCCESS:
        cause = CAUSE_OPERATION if op.intervention[q] == BACKGROUND else CAUSE_PLAN
        record(
            s,
            w,
            EVENT_OPERATION,
            op.target_kind[q],
            op.target_id[q],
            op.id[q],
            cause,
            op.intervention[q],
            float(outcome),
        )


@kernel
def still_there(s, q):
    """Whether the target is still where the picture has it: the same being, and at large."""
    op = s.operation
    row = op.target[q]
    kind = op.target_kind[q]
    if kind == TARGET_PERSON:
        return s.person.id[row] == op.target_id[q] and at_large(s.person.status[row])
    if kind == TARGET_OUTLET:
        return s.outlet.id[row] == op.target_id[q]
    if kind == TARGET_BUSINESS:
        return s.business.id[row] == op.target_id[q]
    return s.ghost.id[row] == op.target_id[q]


@kernel
def place_of(s, q):
    """Where a target is, or -1 where it is no more: somebody else may stand in its row."""
    row = s.operation.target[q]
    kind = s.operation.target_kind[q]
    identity = s.operation.target_id[q]
    if kind == TARGET_PERSON:
        return s.person.place[row] if s.person.id[row] == identity else -1
    if kind == TARGET_OUTLET:
        return s.outlet.place[row] if s.outlet.id[row] == identity else -1
    if kind == TARGET_BUSINESS:
        return s.business.home[row] if s.business.id[row] == identity else -1
    return s.ghost.place[row] if s.ghost.id[row] == identity else -1


@kernel
def meet_uninvolved(s, q):
    """Whoever was looked for is not who was met: someone who has nothing to do with it, where the target was thought to be."""
    s.tally.week[CONTACTS_UNINVOLVED] += 1
    l = place_of(s, q)
    if l >= 0:
        s.place.uninvolved[l] += 1


@kernel
def business_of(s, q):
    """The business behind a target, or -1."""
    row = s.operation.target[q]
    kind = s.operation.target_kind[q]
    if kind == TARGET_PERSON:
        return s.person.business[row]
    if kind == TARGET_OUTLET:
        return s.outlet.business[row]
    if kind == TARGET_BUSINESS:
        return row
    return -1


@kernel
def success_chance(p, knowledge, worked, needed, security):
    """Chance that an operation succeeds on the day."""
    x = (
        p.operations_success_base
        + p.operations_success_knowledge * knowledge
        + p.operations_success_hours * worked / max(needed, 1.0)
        - p.operations_success_security * security
    )
    return 1.0 / (1.0 + math.exp(-x))


@kernel
def execute(s, p, key, w, q):
    """The day comes: one draw decides between success and what falls short of it."""
    op = s.operation
    if not still_there(s, q):
        finish(s, p, w, q, TARGET_GONE)
        return
    row = op.target[q]
    if op.target_kind[q] == GHOST_TARGET:
        meet_uninvolved(s, q)
        release_ghost(s, row)  # nobody believes in it any longer
        finish(s, p, w, q, WRONG_TARGET)
        return
    b = business_of(s, q)
    known = knowledge_of(s, op.target_kind[q], row, s.agency.level[op.agency[q]])
    worked, needed = 0.0, 0.0
    for r in range(RESOURCES):
        worked += op.worked[q, r]
        needed += op.needed[q, r]
    security = s.business.security[b] + warned(s, p, b) if b >= 0 else 0.0
    chance = success_chance(p, known, worked, needed, security)
    role = s.person.role[row] if op.target_kind[q] == TARGET_PERSON else np.uint8(0)
    chance *= left_of(s, p, b, family_of(op.order[q], op.target_kind[q], role))
    luck = uniforms(key, op.id[q], w, OPERATION, 0, op.target_id[q])
    if luck[0] < chance:
        give_order(s, q, op.order[q], p.operations_seizure_share if op.order[q] == ORDER_SEIZURE else 1.0)
        finish(s, p, w, q, SUCCESS)
        return
    if luck[3] < p.operations_wrong_target * (1.0 - known):
        meet_uninvolved(s, q)
        finish(s, p, w, q, WRONG_TARGET)
    elif luck[1] < p.operations_partial_share:
        give_order(s, q, ORDER_DISRUPT, 1.0)
        finish(s, p, w, q, PARTIAL)
    else:
        unsettle(s, p, b, p.operations_compromise_strength)
        forget(s, p, op.target_kind[q], row)
        finish(s, p, w, q, COMPROMISED)


@kernel
def give_order(s, q, kind, value):
    op = s.operation
    cause = CAUSE_OPERATION if op.intervention[q] == BACKGROUND else CAUSE_PLAN
    push_from(s, kind, op.target_kind[q], op.target[q], op.target_id[q], cause, op.intervention[q], value, q)


@kernel
def knowledge_of(s, kind, row, level):
    """What a level knows of a target."""
    if kind == TARGET_PERSON:
        return float(s.person.knowledge[row, level])
    if kind == TARGET_OUTLET:
        return float(s.outlet.knowledge[row, level])
    if kind == TARGET_BUSINESS:
        return float(s.business.knowledge[row, level])
    return float(s.ghost.knowledge[row, level])


@kernel
def forget(s, p, kind, row):
    """A compromised operation costs part of what was known of the target, at every level."""
    kept = 1.0 - p.operations_compromise_loss
    for level in range(LEVELS):
        if kind == TARGET_PERSON:
            s.person.knowledge[row, level] *= kept
        elif kind == TARGET_OUTLET:
            s.outlet.knowledge[row, level] *= kept
        else:
            s.business.knowledge[row, level] *= kept
