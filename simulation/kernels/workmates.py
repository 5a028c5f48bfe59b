"""Those who work at one place come to know each other: first who runs it, then whom that one knows there.

Everyone whose turn it is chooses by the ties as they were before; only then are any made, so that no order matters.
"""

import numpy as np

from simulation.chance.draws import race_time, uniform
from simulation.chance.streams import SOCIAL
from simulation.kernel import kernel
from simulation.kernels.acquaintances import knows
from simulation.state.codes import CO_OFFENDING, INTRODUCED, LINE, SOCIAL_SLOTS

WHETHER, WHOM = 1, 2  # draws of the stream beside those of a first day


@kernel
def tied(s, i, j):
    """Whether someone has a tie to another, and how many ties they have."""
    person = s.person
    number, known = 0, False
    for k in range(SOCIAL_SLOTS):
        f = person.friend[i, k]
        if f >= 0 and person.id[f] == person.friend_id[i, k]:
            number += 1
            known = known or f == j
    return known, number


@kernel
def workmate(s, key, w, i):
    """Whom someone comes to know next: who runs the place, else one of those whom that one knows there; or -1."""
    person = s.person
    o = person.outlet[i]
    leader = s.business.leader[s.outlet.business[o]]
    h = s.outlet.holder[o] if s.outlet.tier[o] == LINE else leader
    if h == i or h < 0:
        h = leader
    if h < 0 or h == i:
        return -1
    if not tied(s, i, h)[0]:
        return h
    best = -1
    least = np.inf
    for k in range(SOCIAL_SLOTS):
        f = person.friend[h, k]
        if f < 0 or f == i or person.id[f] != person.friend_id[h, k] or person.outlet[f] != o or tied(s, i, f)[0]:
            continue
        t = race_time(uniform(key, person.id[i], w, SOCIAL, WHOM, person.id[f]), float(person.strength[h, k]))
        if t < least:
            least = t
            best = f
    return best


@kernel
def meet_at_work(s, p, key, w, due, weeks):
    """Those whose turn it is, once in so many weeks, get to know one of those they work with."""
    person = s.person
    chance = p.on_workmates * (1.0 - 2.0 ** (-weeks / p.workmates_half_life))
    found, both = np.full(due.size, -1, np.int32), np.zeros(due.size, np.bool_)
    for n in range(due.size):
        i = due[n]
        if person.outlet[i] < 0 or tied(s, i, -1)[1] >= p.workmates_room:
            continue
        if uniform(key, person.id[i], w, SOCIAL, WHETHER, np.uint64(0)) < chance:
            found[n] = workmate(s, key, w, i)
            both[n] = found[n] >= 0 and tied(s, found[n], -1)[1] < p.workmates_room
    for n in range(due.size):
        i, j = due[n], found[n]
        if j < 0:
            continue
        chief = j == s.outlet.holder[person.outlet[i]] or j == s.business.leader[person.business[i]]
        bond = CO_OFFENDING if chief else INTRODUCED
        strength = p.replacement_tie_holder if chief else p.replacement_tie_colleague
        knows(s, i, j, bond, strength)
        if both[n]:
            knows(s, j, i, bond, strength)
