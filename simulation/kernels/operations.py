"""Operations are developed, authorised, executed and assessed; they take hours, and not all of them end as they were
meant to.

Hours for operations are what the do-as-now portfolio gives to investigations, and what a plan adds. Where they do not
suffice, every operation of the agency gets the same share of what it could have used, and takes longer. On the day
the chance of success rises with what is known of the target and with the hours worked, and falls with its security.
Short of success an operation disrupts a little, is compromised (the business grows suspicious, knowledge is lost) or
meets the wrong person; one that followed a ghost always does.
"""

import math

import numpy as np

from simulation.chance.identity import splitmix
from simulation.kernel import kernel
from simulation.kernels.execution import execute, finish
from simulation.kernels.leading import authorise, lead
from simulation.kernels.recruits import by_identity
from simulation.kernels.rows import release_operation, take_operation
from simulation.state.codes import (
    ACTIVE,
    INVESTIGATIONS,
    KIND_OPERATION,
    RESOURCES,
)
from simulation.state.counters import GHOST_HOURS
from simulation.state.police import (
    ASSESS,
    AUTHORISE,
    BACKGROUND,
    DEVELOP,
    EXECUTE,
    GHOST_TARGET,
    PENDING,
    TARGET_GONE,
)
from simulation.state.world import FREE_OPERATION, OVERRUN

HOUR = 2.0**20  # hours are added up in whole parts of this, so that the order of operations does not matter
WEEK_ORIGIN = 1024
POOLS = 2  # hours of the portfolio, hours of the plan


@kernel
def operations(s, v, p, key, w, lw):
    """Agencies spend their hours on the operations that their meetings opened, and give orders as these end."""
    if p.on_operations == 0.0:
        return
    give_hours(s, v, p, lw)
    lead(s, p, w)
    asked = hours_asked(s)
    op = s.operation
    due = np.empty(op.id.size, np.int32)
    count = 0
    for q in range(op.id.size):
        if op.state[q] != ACTIVE or op.stage[q] != DEVELOP:
            continue
        if op.led[q] == 1:
            work_on(s, v, lw, q, asked)
        if fully_worked(s, q):
            op.stage[q] = AUTHORISE
            op.ready[q] = w
        elif w - op.opened[q] >= p.operations_patience:
            finish(s, p, w, q, TARGET_GONE)
    authorise(s, p, w)
    for q in range(op.id.size):
        if op.state[q] != ACTIVE:
            continue
        if op.stage[q] == EXECUTE:
            due[count] = q
            count += 1
        elif op.stage[q] == ASSESS and w >= op.ended[q]:
            release_operation(s, q)
    # in the order of identities: one that is compromised costs the next on the same target part of what was known
    by_identity(due, count, op.id)
    for k in range(count):
        execute(s, p, key, w, due[k])


@kernel
def give_hours(s, v, p, lw):
    """Hours for operations this week, by agency and resource."""
    agency = s.agency
    for a in range(agency.id.size):
        for r in range(RESOURCES):
            agency.spent[a, r] = 0.0
            agency.free[a, r] = background_hours(s, v, p, lw, a, r) + v.capacity[lw, a, r]


@kernel
def background_hours(s, v, p, lw, a, r):
    """Hours of the do-as-now portfolio that go to tasked operations."""
    share = s.agency.portfolio[a, r, INVESTIGATIONS] * p.operations_tasked_share * p.on_tasking
    return s.agency.hours[a, r] * share * v.portfolio[lw, a, INVESTIGATIONS]


@kernel
def pool_of(intervention):
    return 0 if intervention == BACKGROUND else 1


@kernel
def could_use(s, q, r):
    """Hours of a resource an operation asks for in a week: its pace, as long as anything is left to be done.

    Were it to ask for the rest alone, a share of the rest would be all it got, week after week, and it would never end.
    """
    op = s.operation
    return op.pace[q] * op.needed[q, r] if op.worked[q, r] < op.needed[q, r] else 0.0


@kernel
def hours_asked(s):
    """Hours that operations under development could use, by agency, resource and pool, in whole parts."""
    op = s.operation
    asked = np.zeros((s.agency.id.size, RESOURCES, POOLS), np.int64)
    for q in range(op.id.size):
        if op.state[q] == ACTIVE and op.stage[q] == DEVELOP and op.led[q] == 1:
            pool = pool_of(op.intervention[q])
            for r in range(RESOURCES):
                asked[op.agency[q], r, pool] += np.int64(could_use(s, q, r) * HOUR)
    return asked


@kernel
def work_on(s, v, lw, q, asked):
    """One operation gets its share of the hours there are."""
    op = s.operation
    a = op.agency[q]
    pool = pool_of(op.intervention[q])
    spent = 0.0
    for r in range(RESOURCES):
        wanted = could_use(s, q, r)
        if wanted <= 0.0:
            continue
        planned = v.capacity[lw, a, r]
        there = planned if pool == 1 else s.agency.free[a, r] - planned
        hours = wanted * min(1.0, there * HOUR / asked[a, r, pool]) if asked[a, r, pool] > 0 else 0.0
        hours = (
            math.floor(min(hours, op.needed[q, r] - op.worked[q, r]) * HOUR) / HOUR
        )  # so that any order adds up alike
        op.worked[q, r] += hours
        s.agency.spent[a, r] += hours
        if pool == 1:
            s.agency.plan_spent[a, r] += hours
        spent += hours
    if op.target_kind[q] == GHOST_TARGET:
        s.tally.week[GHOST_HOURS] += np.int64(spent)


@kernel
def fully_worked(s, q):
    """Whether an operation has had the hours it needs (to one part in 2**20)."""
    missing = 0.0
    for r in range(RESOURCES):
        missing = max(missing, s.operation.needed[q, r] - s.operation.worked[q, r])
    return missing <= 1.0 / HOUR


@kernel
def open_operation(s, w, a, intervention, name, kind, row, identity, order, needed, weeks, lead, knowledge):
    """An agency takes on a target: gives the row. One target has one operation of an agency and week; `name` is the
    number of the intervention's name, so that other interventions, or their order, do not change its luck.

    The driver keeps room for a meeting; where it is not enough that is noted (-1), and the driver gives the run up.
    """
    if s.tally.count[FREE_OPERATION] == 0:
        s.tally.count[OVERRUN] += 1
        return -1
    q = take_operation(s)
    op = s.operation
    meeting = splitmix(s.agency.id[a], np.uint64(KIND_OPERATION), np.uint64(w + WEEK_ORIGIN))
    op.id[q] = splitmix(meeting, name, identity)
    op.agency[q] = a
    op.intervention[q] = intervention
    op.target_kind[q] = kind
    op.target[q] = row
    op.target_id[q] = identity
    op.stage[q] = DEVELOP
    op.led[q] = 0
    op.ready[q] = -100000
    s.agency.opened[a] += 1
    op.outcome[q] = PENDING
    op.opened[q] = w
    op.due[q] = w + lead
    op.ended[q] = -100000
    op.order[q] = order
    op.pace[q] = 1.0 / max(1.0, weeks)
    op.knowledge[q] = knowledge
    for r in range(RESOURCES):
        op.needed[q, r] = needed[r]
        op.worked[q, r] = 0.0
    return q
