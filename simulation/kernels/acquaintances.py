"""People come to know each other; each keeps a few ties, the strongest, whatever the order in which they were made."""

import numpy as np

from simulation.chance.draws import race_time, uniform
from simulation.chance.streams import SOCIAL
from simulation.kernel import kernel
from simulation.state.codes import CO_OFFENDING, INTRODUCED, LINE, SOCIAL_SLOTS


@kernel
def knows(s, i, j, bond, strength):
    """`i` comes to know `j`: its list keeps the strongest (of equals, the higher identities), whatever the order."""
    person = s.person
    worst = -1
    for k in range(SOCIAL_SLOTS):
        f = person.friend[i, k]
        if f == j and person.friend_id[i, k] == person.id[j]:
            person.strength[i, k] = max(person.strength[i, k], strength)
            return
        if f < 0 or person.id[f] != person.friend_id[i, k]:
            person.strength[i, k] = 0.0
            person.friend_id[i, k] = 0
            person.friend[i, k] = -1
        if (
            worst < 0
            or person.strength[i, k] < person.strength[i, worst]
            or (
                person.strength[i, k] == person.strength[i, worst]
                and person.friend_id[i, k] < person.friend_id[i, worst]
            )
        ):
            worst = k
    weakest = person.strength[i, worst]
    if weakest > strength or (weakest == strength and person.friend_id[i, worst] > person.id[j]):
        return
    person.friend[i, worst] = j
    person.friend_id[i, worst] = person.id[j]
    person.strength[i, worst] = strength
    person.bond[i, worst] = bond


@kernel
def befriend(s, i, j, bond, strength):
    """Two people come to know each other."""
    if i != j and i >= 0 and j >= 0:
        knows(s, i, j, bond, strength)
        knows(s, j, i, bond, strength)


@kernel
def introduce(s, p, key, w, i, o):
    """A newcomer gets to know whoever runs the place, and one of the people that one knows there."""
    h = s.outlet.holder[o] if s.outlet.tier[o] == LINE else s.business.leader[s.outlet.business[o]]
    if h < 0 or h == i:
        return
    person = s.person
    best = -1
    least = np.inf
    for k in range(SOCIAL_SLOTS):
        f = person.friend[h, k]
        if f < 0 or f == i or person.id[f] != person.friend_id[h, k] or person.outlet[f] != o:
            continue
        t = race_time(uniform(key, person.id[i], w, SOCIAL, 0, person.id[f]), float(person.strength[h, k]))
        if t < least:
            least = t
            best = f
    befriend(s, i, h, CO_OFFENDING, p.replacement_tie_holder)
    if best >= 0:
        befriend(s, i, best, INTRODUCED, p.replacement_tie_colleague)
