"""Before trade, the terms of the week are known: who trades under which brand, who must buy where, what credit is called in."""

import numpy as np

from simulation.chance.draws import uniform
from simulation.chance.streams import FRANCHISE as LUCK
from simulation.kernel import kernel
from simulation.kernels.brands import leave_brand, pull_of, traits, under_brand
from simulation.kernels.lessons import left_of
from simulation.kernels.search import add_tie, know
from simulation.state.codes import ACTIVE, DISTRIBUTOR, FAMILY_TAKEOVER, FRANCHISE, INDEPENDENT, LINE, OUTSIDE

BOUND = 0  # draw number


@kernel
def franchise_terms(s, v, p, key, w, lw):
    """What a brand draws, lends and keeps to itself is settled for this week's trade, business by business."""
    franchise, business = s.franchise, s.business
    franchise.tally[:] = 0
    for b in range(OUTSIDE, business.id.size):
        if business.state[b] != ACTIVE or business.tier[b] < 0:
            continue
        if franchise.gearing[b] < 0.0:
            traits(s, p, key, b)
        called = p.on_credit_recall * v.credit_recall[lw, business.market[b]]
        franchise.called[b] = called * min(1.0, left_of(s, p, b, FAMILY_TAKEOVER))
        franchise.units[b] = 0
    count_units(s, p, w)
    units = 0
    for b in range(OUTSIDE, business.id.size):
        f = franchise.franchisor[b]
        if (f < 0 and franchise.offers[b] == 0) or business.state[b] != ACTIVE or business.tier[b] < 0:
            continue
        if franchise.offers[b] == 1:
            business.model[b] = FRANCHISE if franchise.units[b] > 0 else INDEPENDENT
        if f < 0:
            continue
        units += 1
        franchise.custom[b] = 1.0 + pull_of(s, p, f, franchise.units[f])
        lifted = v.exclusivity[lw, business.market[b]]
        keeps = lifted <= 0.0 or uniform(key, business.id[b], w, LUCK, BOUND, 0) >= lifted
        franchise.bound[b] = f if keeps and p.on_exclusivity > 0.0 else -1
    if units > 0:
        introduce_franchisors(s, p, w)


@kernel
def count_units(s, p, w):
    """Franchisees of each brand; those whose franchisor is gone, or where brands mean nothing, trade on their own."""
    for b in range(OUTSIDE, s.business.id.size):
        if s.franchise.franchisor[b] < 0 or s.business.state[b] != ACTIVE:
            continue
        f = under_brand(s, b)
        if f < 0 or p.on_franchise == 0.0:
            leave_brand(s, b, w)
        else:
            s.franchise.units[f] += 1


@kernel
def introduce_franchisors(s, p, w):
    """Each line of a franchisee knows the outlet of its franchisor (of several, that of the lowest identity)."""
    outlet = s.outlet
    door = np.full(s.business.id.size, -1, np.int32)
    lines, count = np.empty(outlet.id.size, np.int32), 0
    for o in range(outlet.id.size):
        if outlet.state[o] != ACTIVE:
            continue
        b = outlet.business[o]
        if s.franchise.franchisor[b] >= 0 and outlet.tier[o] == LINE:
            lines[count] = o
            count += 1
        if (
            s.franchise.units[b] > 0
            and outlet.tier[o] == DISTRIBUTOR
            and (door[b] < 0 or outlet.id[o] < outlet.id[door[b]])
        ):
            door[b] = o
    for o in lines[:count]:
        j = door[s.franchise.franchisor[outlet.business[o]]]
        if j >= 0 and not know(s, o, j):
            add_tie(s, w, o, j, p.search_introduced_evidence)
