"""Outlets of a business that failed take the best offer of a rival, and franchisees whose brand is gone that of another brand.

An offer is weighed as any trade is: what it brings if the other keeps faith, against what is at stake if not.
"""

import math

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.brands import join_brand, learned, leave_brand, under_brand, worth_of
from simulation.kernels.events import record
from simulation.kernels.ledger import sell
from simulation.kernels.recruits import by_identity
from simulation.kernels.trade_choice import believed, live, strangeness, trust, usual_doubt
from simulation.state.codes import (
    ACTIVE,
    CASH_DIRTY,
    EVENT_DEFECT,
    LINE,
    OUTSIDE,
    TARGET_OUTLET,
    TIE_SLOTS,
)
from simulation.state.franchise import JOINED


@kernel
def best_taker(s, p, o, rivals, count):
    """The rival whose offer for an outlet is best, or -1: none is worth more than going home.

    Among the first `count` rows of `rivals` are all outlets of its market and tier that are open.
    """
    outlet = s.outlet
    best, most = -1, 0.0
    sources = np.empty(TIE_SLOTS, np.int32)
    known = 0
    for k in range(TIE_SLOTS):
        sources[known] = s.tie.supplier[o, k]
        known += live(s, o, k)
    for other in rivals[:count]:
        if outlet.state[other] != ACTIVE:
            continue
        r = outlet.business[other]
        if r == outlet.business[o] or r == best:
            continue
        if s.business.broke[r] > 0 or s.business.leader[r] < 0:
            continue  # it has troubles of its own
        if outlet.place[other] != outlet.place[o] and not same_source(s, other, sources[:known]):
            continue
        offered = offer(s, p, o, r)
        if offered > most or (offered == most and best >= 0 and s.business.id[r] < s.business.id[best]):
            best, most = r, offered
    return best


@kernel
def same_source(s, other, sources):
    """Whether an outlet buys from one of these suppliers, through whom those who do know of each other."""
    for n in range(TIE_SLOTS):
        for j in sources:
            if s.tie.supplier[other, n] == j and live(s, other, n):
                return True
    return False


@kernel
def offer(s, p, o, r):
    """What working for rival r is worth to the people of an outlet, GBP a week, as far as they trust it.

    The rival has to live on it: on what the outlet earns, less wages, royalties and what one outlet more costs to run.
    """
    outlet, b = s.outlet, s.outlet.business[o]
    gross = outlet.gross[o]
    f = under_brand(s, r)
    if f >= 0:
        gross *= s.franchise.custom[r] - s.franchise.royalty[f]
    wages = p.accounts_wage_staff * outlet.staff[o]
    if outlet.tier[o] == LINE:
        wages = p.accounts_wage_runner * outlet.runners[o] + p.accounts_wage_holder * (outlet.holder[o] >= 0)
        gross -= p.accounts_control_cost * (2.0 * s.business.lines[r] + 1.0)
    doubt = s.business.suspicion[r] + 0.5 * s.business.suspicion[b]
    t = believed(p, 0.0, 0.0, 0.0, 0.0, strangeness(s, p, b, r), usual_doubt(s, p), doubt)
    return t * (gross - wages) - (1.0 - t) * wages


@kernel
def buy_goods(s, o, r):
    """The rival counts an outlet as its own, and buys its goods at cost, or for the cash it has where that is less."""
    outlet = s.outlet
    b = outlet.business[o]
    held = outlet.cost[o] + outlet.transit_cost[o]
    paid = min(held, max(0, s.ledger.book[r, CASH_DIRTY]))
    s.business.lines[b] -= 1
    s.business.lines[r] += 1
    sell(s.ledger, b, r, held, paid, 0, CASH_DIRTY, CASH_DIRTY, True)
    if held > 0:
        outlet.cost[o] = np.int64(outlet.cost[o] * (paid / held))
        outlet.transit_cost[o] = paid - outlet.cost[o]
    if outlet.transit[o] == 0:
        outlet.cost[o] += outlet.transit_cost[o]
        outlet.transit_cost[o] = 0


@kernel
def go_over(s, w, o, r, cause):
    """An outlet works for a rival from now on, with its goods and those it knows; its people follow in `drift_off`."""
    outlet = s.outlet
    record(s, w, EVENT_DEFECT, TARGET_OUTLET, outlet.id[o], s.business.id[r], cause, -1, float(outlet.tier[o]))
    outlet.business[o] = r


@kernel
def without_brand(s, p, w, f):
    """Franchisees of a brand that is gone take up the best other brand among their suppliers, or trade on their own."""
    outlet, franchise = s.outlet, s.franchise
    size = s.business.id.size
    best, brand = np.full(size, -math.inf), np.full(size, -1, np.int32)
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE or outlet.tier[o] != LINE or under_brand(s, outlet.business[o]) != f:
            continue
        b = outlet.business[o]
        for k in range(TIE_SLOTS):
            if not live(s, o, k):
                continue
            j = s.tie.supplier[o, k]
            g = outlet.business[j]
            if g == f or franchise.offers[g] == 0:
                continue
            score = worth_of(s, p, outlet.market[o], g, trust(s, p, o, k, j), franchise.units[g] + 1)
            if score > best[b] or (score == best[b] and s.business.id[g] < s.business.id[brand[b]]):
                best[b] = score
                brand[b] = g
    moving, count = np.empty(size, np.int32), 0
    for b in range(OUTSIDE, size):
        if s.business.state[b] == ACTIVE and under_brand(s, b) == f:
            moving[count] = b
            count += 1
    by_identity(moving, count, s.business.id)
    for n in range(count):
        b = moving[n]
        leave_brand(s, b, w)
        if brand[b] >= 0 and best[b] + learned(s, p, b) > p.franchise_autonomy * franchise.independence[b]:
            join_brand(s, b, brand[b], w)
            franchise.tally[JOINED] += 1
