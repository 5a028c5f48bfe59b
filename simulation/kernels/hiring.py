"""Empty posts are filled: by those who know someone there, by others of the place without a post, then from the pool.

Everyone without a post tries one place a week, and a place takes as many as it hires; so nobody's luck depends on the
order in which places are looked at.
"""

import math

import numpy as np

from simulation.chance.draws import race_time, uniform, uniforms
from simulation.chance.streams import PEOPLE
from simulation.kernel import kernel
from simulation.kernels.recruits import at_large, attach, recruit
from simulation.state.codes import (
    ACTIVE,
    LINE,
    RUNNER,
    SOCIAL_SLOTS,
    STAFF,
)

FIRST_POST = 16  # draw numbers of the posts of one outlet


@kernel
def posts_wanted(s, p, o):
    """People an outlet wants for what it expects to sell, between a least and a most."""
    per_head = s.chain.throughput[s.outlet.market[o], s.outlet.tier[o]]
    load = p.replacement_load if s.outlet.tier[o] == LINE else p.replacement_load_core
    need = s.outlet.forecast[o] / max(1.0, per_head * load)
    return int(min(max(math.ceil(need), p.replacement_least), p.replacement_most))


@kernel
def posts_open(s, p, key, w, idle):
    """How many each outlet hires this week: each post is filled with a chance that saturates in the people at hand."""
    outlet = s.outlet
    places = np.zeros(outlet.id.size, np.int32)
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE:
            continue
        line = outlet.tier[o] == LINE
        vacancies = posts_wanted(s, p, o) - (outlet.runners[o] if line else outlet.staff[o])
        if vacancies <= 0:
            continue
        loc = outlet.place[o]
        at_hand = float(s.place.pool[loc] + idle[loc])
        rate = p.replacement_fill if line else p.replacement_fill_core
        filled = p.on_replacement * rate * at_hand / (at_hand + p.replacement_half)
        for k in range(vacancies):
            if uniform(key, outlet.id[o], w, PEOPLE, FIRST_POST + k, 0) < filled:
                places[o] += 1
    return places


@kernel
def choose_place(s, key, w, i, places, first_open, next_open):
    """Where someone without a post applies: where a friend works if it hires, else elsewhere in the locality; or -1."""
    person = s.person
    best = -1
    least = np.inf
    for k in range(SOCIAL_SLOTS):
        f = person.friend[i, k]
        if f < 0 or person.id[f] != person.friend_id[i, k] or not at_large(person.status[f]):
            continue
        o = person.outlet[f]
        if o < 0 or places[o] == 0:
            continue
        race = uniforms(key, person.id[i], w, PEOPLE, 1, person.friend_id[i, k])[2]
        t = race_time(race, float(person.strength[i, k]))
        if t < least:
            least = t
            best = o
    if best >= 0 or person.place[i] < 0:
        return best
    o = first_open[person.place[i]]
    while o >= 0:
        t = race_time(uniforms(key, person.id[i], w, PEOPLE, 2, s.outlet.id[o])[2], 1.0)
        if t < least:
            least = t
            best = o
        o = next_open[o]
    return best


@kernel
def take_applicants(s, key, w, places, choice, free, count):
    """Each outlet takes as many of its applicants as it hires, the first in a race between them."""
    outlets = s.outlet.id.size
    first = np.full(outlets, -1, np.int32)
    following = np.empty(max(1, count), np.int32)
    times = np.empty(max(1, count))
    person = s.person
    for c in range(count):
        o = choice[c]
        if o >= 0:
            following[c] = first[o]
            first[o] = c
            race = uniforms(key, s.outlet.id[o], w, PEOPLE, 3, person.id[free[c]])[2]
            times[c] = race_time(race, 0.5 + person.skill[free[c]])
    for o in range(outlets):
        while places[o] > 0 and first[o] >= 0:
            best = -1
            c = first[o]
            while c >= 0:
                if times[c] >= 0.0 and (best < 0 or times[c] < times[best]):
                    best = c
                c = following[c]
            if best < 0:
                break
            times[best] = -1.0
            places[o] -= 1
            attach(s, free[best], o, RUNNER if s.outlet.tier[o] == LINE else STAFF)


@kernel
def fill_posts(s, p, key, w, free, count):
    """One week of hiring by outlets; crews of commissioned jobs come together elsewhere."""
    person = s.person
    outlet = s.outlet
    idle = np.zeros(s.place.id.size, np.int64)
    for c in range(count):
        idle[person.place[free[c]]] += 1
    places = posts_open(s, p, key, w, idle)
    first_open = np.full(s.place.id.size, -1, np.int32)
    next_open = np.empty(outlet.id.size, np.int32)
    for o in range(outlet.id.size):
        if places[o] > 0:
            next_open[o] = first_open[outlet.place[o]]
            first_open[outlet.place[o]] = o
    choice = np.empty(max(1, count), np.int32)
    for c in range(count):
        choice[c] = choose_place(s, key, w, free[c], places, first_open, next_open)
    take_applicants(s, key, w, places, choice, free, count)
    for o in range(outlet.id.size):
        for _ in range(places[o]):
            recruit(s, p, key, w, outlet.place[o], o, RUNNER if outlet.tier[o] == LINE else STAFF)
