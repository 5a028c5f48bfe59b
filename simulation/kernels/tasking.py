"""Before a tasking meeting the picture is ranked: who does most harm, can be got at, and is well enough known.

One scan ranks for all agencies of a level at once. The score is harm x likelihood x confidence, each between 0 and
10, in the manner of MoRiLE; it reads role, the size of the business, security as far as it shows, and knowledge, and
nothing about who someone is (no age, no deprivation of place). Only what the level knows of counts, and ghosts count
as if they were there.
"""

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.rows import AT_LARGE, rows_in
from simulation.state.codes import (
    ACTIVE,
    EXPOSURE_OF_ROLE,
    IMPORTER,
    LOCAL,
    NATIONAL,
    STREET,
    TARGET_PERSON,
    WHOLESALER,
)
from simulation.state.police import ASSESS, DEVELOP, GHOST_TARGET, PARTNER

SCALE = 10.0
HOUR = 2.0**20


@kernel
def agencies_by_place(place, agency, level):
    """The agency of a level that has a locality in its jurisdiction; -1 where none has."""
    found = np.full(place.id.size, -1, np.int64)
    for a in range(agency.id.size):
        if agency.id[a] == 0 or agency.level[a] != level or agency.kind[a] == PARTNER:
            continue
        for l in range(place.id.size):
            if covers(place, agency, a, l):
                found[l] = a
    return found


@kernel
def covers(place, agency, a, l):
    """Whether a locality lies in an agency's jurisdiction (as `sense.within`, without the whole state at hand)."""
    if agency.force[a] >= 0:
        return place.force[l] == agency.force[a]
    return agency.region[a] < 0 or place.region[l] == agency.region[a]


@kernel
def role_weight(p, exposure):
    """Harm that a person of this exposure stands for."""
    if exposure == 0:
        return p.tasking_weight_core
    if exposure == 1:
        return p.tasking_weight_upper
    return p.tasking_weight_middle


@kernel
def reach_weight(p, level, tier):
    """How far a tier of the market is the business of a level: regional and national agencies look upstream."""
    if level == LOCAL or tier < 0:
        return 1.0
    if level == NATIONAL:
        return 1.0 if tier <= WHOLESALER else p.tasking_national_retail
    return 1.0 if tier <= WHOLESALER else p.tasking_regional_retail


@kernel
def score(p, level, exposure, lines, tier, security, knowledge):
    """Harm x likelihood x confidence, 0 to 1000."""
    size = role_weight(p, exposure) * reach_weight(p, level, tier) * (1.0 + p.tasking_line_weight * lines)
    harm = SCALE * size / (size + p.tasking_half_harm)
    return harm * SCALE * (1.0 - security) * SCALE * knowledge


@kernel
def under_way(operation):
    """Rows of the operations on a target that are not over."""
    rows = np.empty(operation.state.size, np.int32)
    count = 0
    for q in range(rows.size):
        rows[count] = q
        count += (operation.state[q] == ACTIVE) & (operation.stage[q] != ASSESS)
    return rows[:count]


@kernel
def worked_on(operation, rows, agency, kind, identity):
    """Whether an agency already has an operation on a target, among those in `rows`."""
    for q in rows:
        if operation.target_id[q] == identity and operation.target_kind[q] == kind and operation.agency[q] == agency:
            return True
    return False


@kernel
def insert(rows, kinds, ids, scores, known, a, row, kind, identity, value, knowledge):
    """A target takes its place on an agency's list, if it is good enough; ties go to the lower identity."""
    last = scores.shape[1] - 1
    if value < scores[a, last] or (value == scores[a, last] and ids[a, last] != 0 and identity > ids[a, last]):
        return
    n = last
    while n > 0 and (value > scores[a, n - 1] or (value == scores[a, n - 1] and identity < ids[a, n - 1])):
        rows[a, n] = rows[a, n - 1]
        kinds[a, n] = kinds[a, n - 1]
        ids[a, n] = ids[a, n - 1]
        scores[a, n] = scores[a, n - 1]
        known[a, n] = known[a, n - 1]
        n -= 1
    rows[a, n] = row
    kinds[a, n] = kind
    ids[a, n] = identity
    scores[a, n] = value
    known[a, n] = knowledge


@kernel
def shortlists(s, p, level, length):
    """The best targets of every agency of a level: (rows, kinds, identities, scores, knowledge), each agencies x
    length; row -1: none.
    """
    place, person, business, ghost = s.place, s.person, s.business, s.ghost
    operation, agency = s.operation, s.agency
    shape = (agency.id.size, length)
    rows = np.full(shape, -1, np.int64)
    kinds = np.zeros(shape, np.int64)
    ids = np.zeros(shape, np.uint64)
    scores = np.zeros(shape)
    known = np.zeros(shape)
    whose = agencies_by_place(place, agency, level)
    busy = under_way(operation)
    # columns by name of their own: read once from the handle instead of for every row
    status, role, where, employer = person.status, person.role, person.place, person.business
    identity, knowledge = person.id, person.knowledge
    run, tiers, posture = business.lines, business.tier, business.security
    # listed first, since nobody could guess who it is, and a processor that guesses wrong loses time
    above, count = np.empty(status.size, np.int32), 0
    for i in rows_in(status, AT_LARGE):
        above[count] = i
        count += EXPOSURE_OF_ROLE[role[i]] != STREET
    for i in above[:count]:
        exposure = EXPOSURE_OF_ROLE[role[i]]
        seen = float(knowledge[i, level])
        if seen < p.tasking_perceived:
            continue
        l = where[i]
        if l < 0 or whose[l] < 0:
            continue
        b = employer[i]
        lines, tier, security = 0, -1, 0.0
        if b >= 0:
            lines, tier, security = run[b], tiers[b], posture[b]
        value = score(p, level, exposure, lines, tier, security, seen)
        a = whose[l]
        if value >= scores[a, length - 1] and not worked_on(operation, busy, a, TARGET_PERSON, identity[i]):
            insert(rows, kinds, ids, scores, known, a, i, TARGET_PERSON, identity[i], value, seen)
    for g in range(ghost.id.size):
        if ghost.state[g] != ACTIVE:
            continue
        seen = float(ghost.knowledge[g, level])
        a = whose[ghost.place[g]]
        if seen < p.tasking_perceived or a < 0:
            continue
        value = score(p, level, EXPOSURE_OF_ROLE[ghost.role[g]], 1, IMPORTER, 0.5, seen)
        if value >= scores[a, length - 1] and not worked_on(operation, busy, a, GHOST_TARGET, ghost.id[g]):
            insert(rows, kinds, ids, scores, known, a, g, GHOST_TARGET, ghost.id[g], value, seen)
    return rows, kinds, ids, scores, known


@kernel
def committed(s, a, intervention):
    """Hours that an agency's operations under one intervention (or BACKGROUND) still need, by resource."""
    operation = s.operation
    parts = np.zeros(operation.needed.shape[1], np.int64)  # whole parts: the sum must not depend on the order of rows
    for q in range(operation.id.size):
        if (
            operation.state[q] == ACTIVE
            and operation.stage[q] == DEVELOP
            and operation.agency[q] == a
            and operation.intervention[q] == intervention
        ):
            for r in range(parts.size):
                parts[r] += np.int64((operation.needed[q, r] - operation.worked[q, r]) * HOUR)
    return parts / HOUR
