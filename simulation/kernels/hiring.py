"""Empty posts are filled: by those who know someone there, by others nearby without a post, then from the pool.

Everyone without a post tries one place a week, and a place takes as many as it hires; so nobody's luck depends on the
order in which places are looked at.
"""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import race_time, uniforms, unit
from simulation.chance.streams import PEOPLE
from simulation.kernel import kernel
from simulation.kernels.recruits import at_large, attach, recruit
from simulation.state.codes import (
    ACTIVE,
    LINE,
    NEAR,
    RUNNER,
    SOCIAL_SLOTS,
    STAFF,
)

# draw numbers of one being's week
WHERE, AMONG = 2, 4  # of who looks for a post: among places, among the outlets of one
FIRST_POST = 16  # of an outlet: its posts, one after the other


@kernel
def posts_wanted(p, forecast, per_head, line):
    """People an outlet wants for what it expects to sell, between a least and a most."""
    load = p.replacement_load if line else p.replacement_load_core
    need = forecast / max(1.0, per_head * load)
    return int(min(max(math.ceil(need), p.replacement_least), p.replacement_most))


@kernel
def posts_open(s, p, key, w, idle):
    """How many each outlet hires this week: each post is filled with a chance that saturates in the people at hand."""
    identity, state, tier, market = s.outlet.id, s.outlet.state, s.outlet.tier, s.outlet.market
    forecast, runners, staff, place = s.outlet.forecast, s.outlet.runners, s.outlet.staff, s.outlet.place
    throughput, pool = s.chain.throughput, s.place.pool
    places = np.zeros(identity.size, np.int32)
    rows, vacant, chance = np.empty(identity.size, np.int32), np.empty(identity.size, np.int64), np.empty(identity.size)
    count = 0
    for o in range(identity.size):
        if state[o] != ACTIVE:
            continue
        line = tier[o] == LINE
        wanted = posts_wanted(p, forecast[o], throughput[market[o], tier[o]], line)
        vacancies = wanted - (runners[o] if line else staff[o])
        if vacancies <= 0:
            continue
        at_hand = float(pool[place[o]] + idle[place[o]])
        rate = p.replacement_fill if line else p.replacement_fill_core
        rows[count], vacant[count] = o, vacancies
        chance[count] = p.on_replacement * rate * at_hand / (at_hand + p.replacement_half)
        count += 1
    fill_chances(s, key, w, rows, vacant, chance, count, places)
    return places


@kernel
def fill_chances(s, key, w, rows, vacant, chance, count, places):
    """Each vacant post of the first `count` outlets in `rows` is filled or not: all their first posts, then their second."""
    who, nobody = np.empty(count, np.uint64), np.zeros(count, np.uint64)
    one, two = np.empty(count, np.uint32), np.empty(count, np.uint32)
    three, four = np.empty(count, np.uint32), np.empty(count, np.uint32)
    post = 0
    while count > 0:
        for n in range(count):
            who[n] = s.outlet.id[rows[n]]
        words_of(key, who, w, PEOPLE, FIRST_POST + post, nobody, count, one, two, three, four)
        post += 1
        more = 0
        for n in range(count):
            places[rows[n]] += unit(one[n]) < chance[n]
            rows[more], vacant[more], chance[more] = rows[n], vacant[n], chance[n]
            more += vacant[more] > post
        count = more


@kernel
def ask_friends(s, key, w, i, places):
    """Where a friend works if it hires, sooner that of a close one; or -1."""
    person = s.person
    friend, friend_id, outlet, identity = person.friend[i], person.friend_id[i], person.outlet, person.id
    best = -1
    least = np.inf
    for k in range(SOCIAL_SLOTS):
        f = friend[k]
        if f < 0 or outlet[f] < 0 or places[outlet[f]] == 0 or identity[f] != friend_id[k]:
            continue
        if not at_large(person.status[f]):
            continue
        race = uniforms(key, identity[i], w, PEOPLE, 1, friend_id[k])[2]
        t = race_time(race, float(person.strength[i, k]))
        if t < least:
            least = t
            best = outlet[f]
    return best


@kernel
def look_near(s, key, w, hiring, choice, free, count):
    """Whoever has no choice yet applies near home: in a place by its nearness and how many hire there, at any of those."""
    place = s.outlet.place
    first, following = np.full(s.place.id.size, -1, np.int32), np.empty(hiring.size, np.int32)
    number = np.zeros(s.place.id.size, np.int64)
    for n in range(hiring.size):
        where = place[hiring[n]]
        following[n] = first[where]
        first[where] = n
        number[where] += 1
    chosen = choose_places(s, key, w, number, choice, free, count)
    room = 0
    for c in range(count):
        room += number[chosen[c]] if chosen[c] >= 0 else 0
    seeker, where = np.empty(room, np.int32), np.empty(room, np.int32)
    who, whom = np.empty(room, np.uint64), np.empty(room, np.uint64)
    met = 0
    for c in range(count):
        n = first[chosen[c]] if chosen[c] >= 0 else -1
        while n >= 0:
            seeker[met], where[met] = c, hiring[n]
            who[met], whom[met] = s.person.id[free[c]], s.outlet.id[hiring[n]]
            met += 1
            n = following[n]
    drawn = np.empty((4, met), np.uint32)
    words_of(key, who, w, PEOPLE, AMONG, whom, met, drawn[0], drawn[1], drawn[2], drawn[3])
    luck, most = drawn[2], np.full(count, -1, np.int64)
    for m in range(met):  # all alike, so that the largest word is the first to come
        c = seeker[m]
        better = luck[m] > most[c]
        most[c] = luck[m] if better else most[c]
        choice[c] = where[m] if better else choice[c]


@kernel
def choose_places(s, key, w, number, choice, free, count):
    """The place where each of those without a choice applies, or -1: the first in a race between places that hire near home."""
    person, near = s.person, s.place.near
    seeker, where = np.empty(count * NEAR, np.int32), np.empty(count * NEAR, np.int32)
    weight, who, whom = np.empty(count * NEAR), np.empty(count * NEAR, np.uint64), np.empty(count * NEAR, np.uint64)
    met = 0
    for c in range(count):
        home = person.place[free[c]]
        if choice[c] >= 0 or home < 0:
            continue
        for k in range(NEAR):
            q = near[home, k]
            if q < 0:
                break
            seeker[met], where[met] = c, q
            weight[met] = s.place.near_weight[home, k] * number[q]
            who[met], whom[met] = person.id[free[c]], s.place.id[q]
            met += number[q] > 0
    drawn = np.empty((4, met), np.uint32)
    words_of(key, who, w, PEOPLE, WHERE, whom, met, drawn[0], drawn[1], drawn[2], drawn[3])
    chosen, least = np.full(count, -1, np.int32), np.full(count, np.inf)
    for m in range(met):
        c = seeker[m]
        u = unit(drawn[2, m])
        # -log(u) is more than 1 - u: most come too late to be first, and need no logarithm
        if (1.0 - u) / weight[m] < least[c]:
            time = race_time(u, weight[m])
            if time < least[c]:
                least[c] = time
                chosen[c] = where[m]
    return chosen


@kernel
def take_applicants(s, key, w, places, hiring, choice, free, count):
    """Each outlet takes as many of its applicants as it hires, the first in a race between them."""
    first = np.full(places.size, -1, np.int32)
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
    for o in hiring:
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
    choice = np.empty(max(1, count), np.int32)
    for c in range(count):
        choice[c] = ask_friends(s, key, w, free[c], places)
    hiring = np.empty(places.size, np.int32)
    number = 0
    for o in range(places.size):
        hiring[number] = o
        number += places[o] > 0
    hiring = hiring[:number]
    look_near(s, key, w, hiring, choice, free, count)
    take_applicants(s, key, w, places, hiring, choice, free, count)
    for o in hiring:
        for _ in range(places[o]):
            recruit(s, p, key, w, outlet.place[o], o, RUNNER if outlet.tier[o] == LINE else STAFF)
