"""Markets that have only begun: users come with the outlets that serve them, and drift away where there are none."""

import numpy as np

from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, ELSEWHERE, LINE, NEAR


@kernel
def emergence(s, v, p, key, w, lw):
    """Markets that have only begun gain users until they reach their ceiling; before week 0 few have heard of them."""
    if w < 0:
        return
    for m in range(s.emerging.growth.size):
        if s.emerging.growth[m] > 0.0:
            catch_on(s, p, m)


@kernel
def catch_on(s, p, m):
    """Users grow with open outlets in reach, the more there are already, and less near the ceiling."""
    place = s.place
    lines = np.zeros(place.id.size, np.int64)
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] == ACTIVE and s.outlet.tier[o] == LINE and s.outlet.market[o] == m:
            lines[s.outlet.place[o]] += 1
    for l in range(place.id.size):
        first = s.emerging.first[l, m]
        if place.kind[l] == ELSEWHERE or first <= 0.0:
            continue
        near = 0.0
        for n in range(NEAR):
            q = place.near[l, n]
            if q < 0:
                break
            near += place.near_weight[l, n] * lines[q]
        # ablated, users come as if outlets were always half as many as are needed
        served = near / (near + p.emergence_half) if p.on_emergence > 0.0 else 0.5
        users = place.users_rest[l, m]
        change = s.emerging.growth[m] * served * users * (1.0 - users / (first * s.emerging.ceiling[m]))
        if p.on_emergence > 0.0:
            change -= p.emergence_fade * (1.0 - served) * max(0.0, users - first)
        place.users_rest[l, m] += change
        place.users[l, m] += change
