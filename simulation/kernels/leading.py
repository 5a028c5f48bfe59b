"""Operations are led and authorised by few: a lead responsible officer has room for so many, a panel decides on so many a
week, and what is beyond either waits its turn.

How much of an officer's attention an operation takes goes by its size. Whoever came first is served first; of those of
one week the one with the lower identity, so that no order of rows matters.
"""

import math

from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, RESOURCES
from simulation.state.police import ASSESS, AUTHORISE, DEVELOP, EXECUTE

THOUSAND = 1000.0
PARTS = 2.0**20  # attention is added up in whole parts, so that the order of operations does not matter
LEAST = 0.25  # of a decision a week: even the smallest agency has somebody who signs


@kernel
def size_of(s, a):
    """Hours a week that an agency has, in thousands."""
    hours = 0.0
    for r in range(RESOURCES):
        hours += s.agency.hours[a, r]
    return hours / THOUSAND


@kernel
def attention(s, p, q):
    """The part of one whole case that an operation is to whoever leads it."""
    needed = 0.0
    for r in range(RESOURCES):
        needed += s.operation.needed[q, r]
    return math.floor(min(1.0, needed / p.leading_whole) * PARTS) / PARTS


@kernel
def in_line(s, w, a, stage):
    """The operation of an agency that has waited longest at a stage: for a leader, or ready to be authorised; -1."""
    op = s.operation
    found, since = -1, 0
    for q in range(op.id.size):
        if op.state[q] != ACTIVE or op.stage[q] != stage or op.agency[q] != a:
            continue
        if (stage == DEVELOP and op.led[q] == 1) or (stage == AUTHORISE and op.due[q] > w):
            continue
        came = op.opened[q] if stage == DEVELOP else op.ready[q]
        if found < 0 or came < since or (came == since and op.id[q] < op.id[found]):
            found, since = q, came
    return found


@kernel
def lead(s, p, w):
    """Operations are taken in hand as lead officers have room; the others wait, and get no hours."""
    op, agency = s.operation, s.agency
    agency.led[:] = 0.0
    agency.unled[:] = 0.0
    for q in range(op.id.size):
        if op.state[q] == ACTIVE and op.stage[q] != ASSESS:
            if op.led[q] == 1:
                agency.led[op.agency[q]] += attention(s, p, q)
            elif op.stage[q] == DEVELOP:
                agency.unled[op.agency[q]] += 1.0
    for a in range(agency.id.size):
        if agency.unled[a] == 0.0:
            continue
        room = max(1.0, p.leading_officers * size_of(s, a) * p.leading_span)
        while agency.unled[a] > 0.0:
            q = in_line(s, w, a, DEVELOP)
            wanted = attention(s, p, q)
            if p.on_leading > 0.0 and agency.led[a] + wanted > room:
                break
            op.led[q] = 1
            agency.led[a] += wanted
            agency.unled[a] -= 1.0
        agency.unled_weeks[a] += agency.unled[a]


@kernel
def authorise(s, p, w):
    """Operations that had their hours are decided on, as many a week as authorising officers can look into."""
    op, agency = s.operation, s.agency
    agency.queued[:] = 0.0
    for q in range(op.id.size):
        if op.state[q] == ACTIVE and op.stage[q] == AUTHORISE and op.due[q] <= w:
            agency.queued[op.agency[q]] += 1.0
    for a in range(agency.id.size):
        week = max(LEAST, p.authorisation_decisions * size_of(s, a))
        agency.panel[a] = min(agency.panel[a] + week, max(1.0, week))  # an idle week is not made up for
        while agency.queued[a] > 0.0 and (agency.panel[a] >= 1.0 or p.on_authorisation == 0.0):
            op.stage[in_line(s, w, a, AUTHORISE)] = EXECUTE
            agency.panel[a] = max(0.0, agency.panel[a] - 1.0)
            agency.queued[a] -= 1.0
        agency.queued_weeks[a] += agency.queued[a]
