"""Before history begins: businesses at the numbers that margins can feed, staffed, stocked, known to each other."""

from __future__ import annotations

import math

import numpy as np

from simulation.chance.draws import lognormal, race_time, uniform, uniforms
from simulation.chance.identity import mix64, splitmix
from simulation.chance.streams import POPULATE
from simulation.kernel import kernel
from simulation.kernels.founding import invest, new_business, new_outlet
from simulation.kernels.gossip import acquaint
from simulation.kernels.ledger import sell
from simulation.kernels.recruits import befriend, new_person
from simulation.kernels.rows import list_markets
from simulation.kernels.search import add_tie, meet_among
from simulation.kernels.succession import recount
from simulation.state.codes import (
    CASH_CLEAN,
    CASH_DIRTY,
    CO_OFFENDING,
    ELSEWHERE,
    FROM_18_TO_24,
    FROM_25,
    HOLDER,
    IMPORTER,
    INDEPENDENT,
    KIND_BUSINESS,
    KIND_OUTLET,
    KIND_PERSON,
    LINE,
    ORGANISER,
    OUTSIDE_SUPPLY,
    RUNNER,
    STAFF,
    TIE_SLOTS,
    TIERS,
    UNDER_18,
)
from simulation.state.world import GOODS_INITIAL, PEOPLE_INITIAL


@kernel
def populate(s, p, key, start, under_18, young):
    """Fill the world at week `start` (negative): one call, so that thousands of rows are made in milliseconds."""
    for m in range(s.chain.landed.size):
        for tier in range(TIERS):
            for n in range(int(s.chain.intended[m, tier])):
                settle(s, p, key, start, m, tier, n, under_18, young)
        near, nearby = list_markets(s)
        for tier in range(1, TIERS):
            for o in near[m, tier, : nearby[m, tier]]:
                make_ties(s, p, key, start, o, near, nearby)
                acquaint(s, p, o, near, nearby)
    recount(s)


@kernel
def first_home(s, p, key, identity, m):
    """A business settles where users are, by a race over localities."""
    best = math.inf
    home = 0
    for l in range(s.place.id.size):
        if s.place.kind[l] == ELSEWHERE:
            continue
        time = race_time(uniform(key, identity, 0, POPULATE, 1, s.place.id[l]), s.place.users[l, m])
        if time < best:
            best = time
            home = l
    return home


@kernel
def settle(s, p, key, start, m, tier, n, under_18, young):
    """One business of one tier, with its outlets, people, money and goods."""
    identity = splitmix(s.chain.id[m] ^ np.uint64(KIND_BUSINESS + 64 * tier), np.uint64(KIND_BUSINESS), np.uint64(n))
    l = first_home(s, p, key, identity, m)
    traits = uniforms(key, identity, 0, POPULATE, 2, 0)
    b = new_business(s, p, start, identity, l, m, tier, INDEPENDENT)
    s.business.born[b] = start - int(traits[0] * p.populate_age)
    outlets = 1
    lines_each = s.chain.lines[m]
    if tier == LINE:
        # geometric around the mean number of lines, at least one
        outlets = 1 + int(math.log(traits[1]) / math.log(1.0 - 1.0 / max(lines_each, 1.001)))
        outlets = min(outlets, int(4.0 * lines_each) + 1)
    invest(s, b, s.chain.capital[m, tier] * outlets * 1.5)
    boss = someone(s, p, key, start, identity, 0, l, -1, b, ORGANISER, under_18, young)
    s.business.leader[b] = boss
    s.business.leader_id[b] = s.person.id[boss]
    for k in range(outlets):
        where = l
        if k > 0:
            where = line_place(s, p, key, identity, k, l, m)
        make_outlet(s, p, key, start, b, where, k, boss, under_18, young)


@kernel
def line_place(s, p, key, identity, k, home, m):
    """Where a further line stands: users, near home."""
    best = math.inf
    where = home
    for l in range(s.place.id.size):
        if s.place.kind[l] == ELSEWHERE:
            continue
        dx = s.place.x[l] - s.place.x[home]
        dy = s.place.y[l] - s.place.y[home]
        near = p.opening_reach + math.exp(-math.sqrt(dx * dx + dy * dy) / p.opening_distance)
        weight = s.place.users[l, m] * near
        if s.place.force[l] != s.place.force[home]:
            weight *= p.populate_abroad
        time = race_time(uniform(key, identity, 0, POPULATE, 64 + k, s.place.id[l]), weight)
        if time < best:
            best = time
            where = l
    return where


@kernel
def make_outlet(s, p, key, start, b, l, k, boss, under_18, young):
    """An outlet at its usual size, with stock at cost and its people."""
    s.business.children[b] += 1
    identity = splitmix(s.business.id[b], np.uint64(KIND_OUTLET), np.uint64(s.business.children[b]))
    traits = uniforms(key, identity, 0, POPULATE, 3, 0)
    o = new_outlet(s, p, start, identity, b, l, lognormal(traits[0], 1.0, p.retail_quality_spread))
    m = s.outlet.market[o]
    t = s.outlet.tier[o]
    outlet = s.outlet
    outlet.born[o] = start - int(traits[1] * p.populate_age)
    outlet.forecast[o] = s.chain.floor[m, t] / p.populate_floor
    outlet.reputation[o] = 0.6 + 0.4 * traits[2]
    outlet.good[o] = p.populate_reports
    quantity = int(s.chain.cover[m, t] * outlet.forecast[o])
    unit = s.chain.landed[m] if t == IMPORTER else s.chain.price[m, s.chain.above[m, t]]
    pence = int(quantity * unit / 10.0)
    invest(s, b, pence * 0.01 + 1.0)
    sell(s.ledger, OUTSIDE_SUPPLY, b, 0, pence, 0, CASH_CLEAN, CASH_DIRTY, True)
    outlet.stock[o] = quantity
    outlet.cost[o] = pence
    s.tally.goods[m, GOODS_INITIAL] += quantity
    if t == LINE:
        keeper = someone(s, p, key, start, identity, 0, l, o, b, HOLDER, under_18, young)
        befriend(s, keeper, boss, CO_OFFENDING, 0.6)
        outlet.holder[o] = keeper
        outlet.holder_id[o] = s.person.id[keeper]
        last = keeper
        for n in range(int(p.populate_runners)):
            i = someone(s, p, key, start, identity, n + 1, l, o, b, RUNNER, under_18, young)
            befriend(s, i, keeper, CO_OFFENDING, 0.5)
            befriend(s, i, last, CO_OFFENDING, 0.4)
            last = i
    else:
        last = boss
        for n in range(int(p.populate_staff)):
            i = someone(s, p, key, start, identity, n + 1, l, o, b, STAFF, under_18, young)
            befriend(s, i, boss, CO_OFFENDING, 0.5)
            befriend(s, i, last, CO_OFFENDING, 0.4)
            last = i


@kernel
def someone(s, p, key, start, parent, n, l, o, b, role, under_18, young):
    """One person who is in the trade when the world begins."""
    identity = splitmix(parent, np.uint64(KIND_PERSON), np.uint64(n))
    traits = uniforms(key, identity, 0, POPULATE, 4, 0)
    age = FROM_25
    if role == RUNNER and traits[0] < under_18:
        age = UNDER_18
    elif traits[0] < under_18 + young:
        age = FROM_18_TO_24
    experience = traits[1] * p.populate_experience
    i = new_person(
        s, start - int(experience), identity, l, o, b, role, age, 0.2 + 0.6 * traits[2], experience, traits[3]
    )
    s.tally.people[PEOPLE_INITIAL] += 1
    return i


@kernel
def make_ties(s, p, key, start, o, near, nearby):
    """An outlet knows a few suppliers of the tier above and has long traded with them."""
    m = s.outlet.market[o]
    above = s.chain.above[m, s.outlet.tier[o]]
    for n in range(int(p.populate_ties)):
        salt = mix64(s.outlet.id[o] ^ np.uint64(n + 7) ^ key)
        j = meet_among(s, near[m, above], nearby[m, above], salt, -1)
        add_tie(s, start, o, j, p.populate_tie_evidence)
    for k in range(TIE_SLOTS):
        if s.tie.supplier[o, k] >= 0:
            s.tie.volume[o, k] = s.outlet.forecast[o] / p.populate_ties
