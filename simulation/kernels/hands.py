"""Hands for jobs: who is free to be asked, role by role and place by place."""

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.rows import AT_LARGE, rows_in
from simulation.state.codes import COMMISSIONING, FREELANCE_OF_ROLE, ROLES
from simulation.state.project import PROJECT_SLOTS


@kernel
def free_hands(s, brokers):
    """Rows of freelances at large who are bound neither to a drug business nor to a project, role by role.

    And where in them each role begins, and the position in them of each person, -1 for those who are not.
    """
    person = s.person
    roles = person.role
    busy = np.zeros(person.id.size, np.uint8)
    for b in brokers:
        for k in range(PROJECT_SLOTS):
            if s.project.member[b, k] >= 0:
                busy[s.project.member[b, k]] = 1
    found = np.empty(person.id.size, np.int32)
    first = np.zeros(ROLES + 1, np.int64)
    count = 0
    for i in rows_in(person.status, AT_LARGE):
        b = person.business[i]
        unbound = (b < 0) | (s.business.model[max(b, 0)] == COMMISSIONING)
        found[count] = i
        count += unbound & (FREELANCE_OF_ROLE[roles[i]] != 0) & (busy[i] == 0) & (person.place[i] >= 0)
    for n in range(count):
        first[roles[found[n]] + 1] += 1
    for role in range(ROLES):
        first[role + 1] += first[role]
    at = first.copy()
    free, position = np.empty(count, np.int32), np.full(person.id.size, -1, np.int32)
    for n in range(count):
        role = roles[found[n]]
        free[at[role]] = found[n]
        position[found[n]] = at[role]
        at[role] += 1
    return free, first, position


@kernel
def by_place(s, free, first):
    """The positions of the free by role and, within one, by where they are; and where each role and place begins."""
    places = s.place.id.size
    start = np.zeros(ROLES * places + 1, np.int32)
    for role in range(ROLES):
        for c in range(first[role], first[role + 1]):
            start[role * places + s.person.place[free[c]] + 1] += 1
    for n in range(start.size - 1):
        start[n + 1] += start[n]
    at, order = start.copy(), np.empty(free.size, np.int32)
    for role in range(ROLES):
        for c in range(first[role], first[role + 1]):
            n = role * places + s.person.place[free[c]]
            order[at[n]] = c
            at[n] += 1
    return order, start
