"""New businesses enter where profit is left on the table; retail businesses open lines where customers are ill served."""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.columns import first_words
from simulation.chance.draws import race_time, unit
from simulation.chance.streams import ENTRY, OPENING
from simulation.kernel import kernel
from simulation.kernels.closing import drift_off, shut
from simulation.kernels.founding import found, open_outlet
from simulation.kernels.gossip import acquaint
from simulation.kernels.line_learning import lasting, remember_lines
from simulation.kernels.premium import margin_asked
from simulation.kernels.recruits import by_identity
from simulation.kernels.reopening import readiness, reopen_lines
from simulation.kernels.rows import list_markets
from simulation.state.codes import ACTIVE, CAUSE_CHOICE, ELSEWHERE, LINE, NEAR, OUTSIDE, TIERS
from simulation.state.counters import UNMET_MG


@kernel
def entry(s, v, p, key, w, lw):
    """New businesses are founded where profit is left lying, locality by locality, in each tier of each chain."""
    near, nearby = list_markets(s)
    for m in range(s.chain.landed.size):
        signals(s, p, m)
        if p.on_entry > 0.0:
            enter(s, v, p, key, w, lw, m, near, nearby)


@kernel
def signals(s, p, m):
    """What one more business would earn in each tier, from orders wanted (not from what incumbents happen to sell)."""
    for t in range(TIERS):
        if s.chain.throughput[m, t] <= 0.0:
            continue  # a short chain has no such tier
        trading = s.tally.trading[m, t]
        if t == LINE:
            wanted = 0
            money = 0
            pure = 0
            for l in range(s.place.id.size):
                wanted += s.place.demand[l, m]
                money += s.place.spent[l, m]
                pure += s.place.consumed[l, m]
            price = money * 10.0 / pure if pure > 0 else s.chain.street_price[m]
            margin = price * margin_asked(s, m)
        else:
            # orders of those who trade below, and the users whom nobody serves: a chain that broke can grow again
            wanted = s.tally.wanted[m, s.chain.below[m, t]] + s.tally.trade[m, UNMET_MG]
            price = s.chain.price[m, t]
            if trading > 0:
                price = s.tally.posted[m, t] * 0.01 / trading
            markup = s.chain.markup[m, t] * s.tally.premium[m, t]
            margin = price * markup / (1.0 + markup)
        wages = p.entry_staff_upstream * p.accounts_wage_staff
        if t == LINE:
            wages = p.accounts_wage_holder + p.entry_staff_line * p.accounts_wage_runner
        profit = wanted * 0.001 / (trading + 1.0) * margin - s.chain.overhead[m, t] - wages
        s.tally.signal[m, t] += p.entry_signal_speed * (profit - s.tally.signal[m, t])


@kernel
def welcome(s, v, p, lw, l, m):
    """How inviting a locality is to a newcomer: people to sell to, against resilience and Hold."""
    if s.place.kind[l] == ELSEWHERE:
        return 0.0
    hostile = 1.0 - p.entry_resilience * s.place.resilience[l]
    return s.place.users_rest[l, m] * hostile * (1.0 - v.reentry_block[lw, l])


@kernel
def enter(s, v, p, key, w, lw, m, near, nearby):
    """Potential founders in each locality start a business with a hazard that rises with the profit to be had."""
    total = 0.0
    for l in range(s.place.id.size):
        if s.place.kind[l] != ELSEWHERE:
            total += s.place.users_rest[l, m]
    if total <= 0.0:
        return
    places = s.place.id.size
    luck = np.empty((TIERS, places), np.uint32)
    market = np.full(places, s.chain.id[m])
    words_of(key, s.place.id, w, ENTRY, 2, market, places, luck[0], luck[1], luck[2], luck[3])
    rate = np.zeros(TIERS)  # a short chain has no founders in the tiers it lacks
    for t in range(TIERS):
        if s.chain.throughput[m, t] > 0.0:
            rate[t] = founding_rate(s, p, m, t)
    for l in range(places):
        share = welcome(s, v, p, lw, l, m) / total
        for t in range(TIERS):
            hazard = rate[t] * share
            drawn = unit(luck[t, l])
            # a chance is never more than its hazard, so that few need the exponential
            if drawn < hazard and drawn < 1.0 - math.exp(-hazard):
                found(s, p, key, w, l, m, t, near, nearby)


@kernel
def founding_rate(s, p, m, t):
    """Hazard a week of a new business in one tier, everywhere together."""
    ratio = s.tally.signal[m, t] / (s.chain.required[m, t] * s.tally.premium[m, t])
    # rises with excess profit without bound, and without a kink where there is none
    excess = math.log1p(math.exp(min(max((ratio - 1.0) / p.entry_spread, -30.0), 30.0)))
    return p.entry_rate * s.chain.intended[m, t] * excess


@kernel
def opening(s, v, p, key, w, lw):
    """Lines that police closed are put back, businesses that do well open others, and lines that do badly are given up."""
    remember_lines(s, p)
    if p.on_reopening > 0.0:
        reopen_lines(s, v, p, key, w, lw)
    if p.on_opening > 0.0:
        open_lines(s, v, p, key, w, lw)
    if p.on_giving_up > 0.0:
        give_up_lines(s, p, key, w)


@kernel
def open_lines(s, v, p, key, w, lw):
    """Whoever thinks of another line this week decides, market by market; then the new lines' people meet others."""
    size = s.business.id.size
    keen, opened, luck = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.uint32)
    first_words(key, s.business.id, w, OPENING, 0, luck)
    most = p.opening_rate * max(1.0, p.opening_leaderless)
    count = 0
    for b in range(OUTSIDE, size):
        if unit(luck[b]) < most and s.business.state[b] == ACTIVE and s.business.tier[b] == LINE:
            keen[count] = b
            count += 1
    near, nearby = list_markets(s)
    for m in range(s.chain.landed.size):
        new = 0
        looked = False
        for n in range(count):
            b = keen[n]
            if s.business.market[b] == m and unit(luck[b]) < p.opening_rate * readiness(s, p, b):
                if not looked:
                    ill_served(s, m)
                    looked = True
                o = expand(s, v, p, key, w, lw, b, m, near, nearby)
                if o >= 0:
                    opened[new] = o
                    new += 1
        by_identity(opened, new, s.outlet.id)  # whoever opens this week may meet anyone else who does
        for k in range(new):
            acquaint(s, p, opened[k], near, nearby)


@kernel
def give_up_lines(s, p, key, w):
    """Lines that have had their chance close the sooner the less they earn of what their risk asks for."""
    outlets = s.outlet.id.size
    ending, luck = np.empty(outlets, np.int32), np.empty(outlets, np.uint32)
    first_words(key, s.outlet.id, w, OPENING, 1, luck)
    most = p.opening_close * p.on_giving_up  # no hazard is more: few lines need the exponential
    count = 0
    for o in range(outlets):
        if unit(luck[o]) >= most or s.outlet.state[o] != ACTIVE or s.outlet.tier[o] != LINE:
            continue
        if w - s.outlet.born[o] < p.opening_grace:
            continue
        m = s.outlet.market[o]
        worth = s.outlet.gross[o] / (s.chain.required[m, LINE] * s.tally.premium[m, LINE])
        hazard = p.opening_close / (1.0 + math.exp((worth - p.opening_worth) / p.opening_spread))
        if unit(luck[o]) < hazard * p.on_giving_up:
            ending[count] = o
            count += 1
    by_identity(ending, count, s.outlet.id)
    buyers = np.empty(0, np.int32)  # nobody buys from a line but users
    for k in range(count):
        shut(s, p, key, w, ending[k], CAUSE_CHOICE, -1, False, buyers)
    if count > 0:
        drift_off(s)


@kernel
def ill_served(s, m):
    """Demand within reach of each place against what lines there can sell: above 1, customers go without."""
    place = s.place
    for l in range(place.id.size):
        wanted = 0.0
        offered = 0.0
        for n in range(NEAR):
            q = place.near[l, n]
            if q < 0:
                break
            wanted += place.near_weight[l, n] * place.demand[q, m]
            offered += place.near_weight[l, n] * place.room[q, m]
        place.reached[l] = wanted / (offered + 0.05 * wanted + 1.0)


@kernel
def expand(s, v, p, key, w, lw, b, m, near, nearby):
    """One retail business chooses where to open a line; gives the new line's row, or -1."""
    place = s.place
    places = place.id.size
    luck = np.empty((4, places), np.uint32)
    words_of(
        key, np.full(places, s.business.id[b]), w, OPENING, 2, place.id, places, luck[0], luck[1], luck[2], luck[3]
    )
    home = s.business.home[b]
    best = math.inf
    where = -1
    for l in range(places):
        inviting = welcome(s, v, p, lw, l, m)
        if inviting <= 0.0:
            continue
        dx = place.x[l] - place.x[home]
        dy = place.y[l] - place.y[home]
        close = p.opening_reach + math.exp(-math.sqrt(dx * dx + dy * dy) / p.opening_distance)
        brings = place.reached[l] * lasting(s, p, b, l, p.line_learning_horizon)
        # more customers are more to sell to: that a town is one place and a city many is only how the ground is divided
        weight = place.users[l, m] * brings**p.opening_power * (1.0 - v.reentry_block[lw, l]) * close
        weight *= p.opening_resilience - place.resilience[l]
        time = race_time(unit(luck[0, l]), weight)
        if time < best:
            best = time
            where = l
    return open_outlet(s, p, key, w, b, where, near, nearby) if where >= 0 else -1
