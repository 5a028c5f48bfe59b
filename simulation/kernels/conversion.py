"""A line run from another force is handed over to those who work it: it stays under the brand and is at home there."""

import math

import numpy as np

from simulation.chance.draws import uniform
from simulation.chance.identity import splitmix
from simulation.chance.streams import FRANCHISE as LUCK
from simulation.kernel import kernel
from simulation.kernels.brands import join_brand, under_brand
from simulation.kernels.closing import clear_debt
from simulation.kernels.events import record
from simulation.kernels.founding import invest, new_business
from simulation.kernels.ledger import sell
from simulation.kernels.line_learning import lasting
from simulation.kernels.recruits import by_identity
from simulation.state.codes import (
    ACTIVE,
    CASH_DIRTY,
    CAUSE_CHOICE,
    EVENT_ENTRY,
    INDEPENDENT,
    KIND_BUSINESS,
    LINE,
    NOBODY,
    ORGANISER,
    TARGET_BUSINESS,
    TIE_SLOTS,
)
from simulation.state.counters import ENTRIES
from simulation.state.franchise import CONVERTED

HANDS_OVER = 6  # draw number
WEEK_ORIGIN = 1024


@kernel
def convert(s, p, key, w):
    """Franchisees hand over lines abroad, the sooner the harder they are hit or the less the line earns."""
    if p.on_conversion == 0.0:
        return
    outlet = s.outlet
    leaving = np.empty(outlet.id.size, np.int32)
    count = 0
    for o in range(outlet.id.size):
        if outlet.tier[o] != LINE or outlet.state[o] != ACTIVE:
            continue
        b = outlet.business[o]
        if under_brand(s, b) < 0 or s.business.lines[b] < 2 or outlet.holder[o] < 0:
            continue
        if s.place.force[s.business.home[b]] == s.place.force[outlet.place[o]]:
            continue
        # a line that will not last is worth the less, beside one at home
        ahead = p.line_learning_horizon
        kept = lasting(s, p, b, outlet.place[o], ahead) / lasting(s, p, b, s.business.home[b], ahead)
        poor = 1.0 - outlet.gross[o] * kept / max(1.0, s.business.required[b])
        hit = s.business.pressure[b] / p.risk_premium_usual - 1.0
        ripe = poor + p.conversion_pressure * hit
        hazard = p.conversion_rate / (1.0 + math.exp((p.conversion_half - ripe) / p.conversion_spread))
        if uniform(key, outlet.id[o], w, LUCK, HANDS_OVER, 0) < hazard:
            leaving[count] = o
            count += 1
    by_identity(leaving, count, outlet.id)
    for k in range(count):
        if s.business.lines[outlet.business[leaving[k]]] > 1:
            hand_over(s, p, w, leaving[k])


@kernel
def hand_over(s, p, w, o):
    """The holder of a line takes it over with its people, buys its goods at cost, and trades under the same brand."""
    outlet, person = s.outlet, s.person
    b = outlet.business[o]
    f = under_brand(s, b)
    for k in range(TIE_SLOTS):
        if s.tie.supplier[o, k] >= 0:
            clear_debt(s, o, k, True)
    identity = splitmix(outlet.id[o], np.uint64(KIND_BUSINESS), np.uint64(w + WEEK_ORIGIN))
    own = new_business(s, p, w, identity, outlet.place[o], outlet.market[o], LINE, INDEPENDENT)
    s.business.founder[own] = s.business.id[b]
    cost = outlet.cost[o] + outlet.transit_cost[o]
    invest(s, own, s.chain.capital[outlet.market[o], LINE] + cost * 0.01 + 1.0)
    sell(s.ledger, b, own, cost, cost, 0, CASH_DIRTY, CASH_DIRTY, True)
    outlet.business[o] = own
    s.business.lines[b] -= 1
    s.business.lines[own] = 1
    for i in range(person.id.size):
        if person.outlet[i] == o and person.status[i] != NOBODY:
            person.business[i] = own
            person.business_id[i] = identity
    promote(s, own, o)
    join_brand(s, own, f, w)
    s.tally.week[ENTRIES] += 1
    record(s, w, EVENT_ENTRY, TARGET_BUSINESS, identity, s.place.id[outlet.place[o]], CAUSE_CHOICE, -1, LINE)
    s.franchise.tally[CONVERTED] += 1


@kernel
def promote(s, own, o):
    """Its holder leads the new business; the line will find another among its runners. Posts are counted this week."""
    boss = s.outlet.holder[o]
    s.person.role[boss] = ORGANISER
    s.person.outlet[boss] = -1
    s.person.post_id[boss] = 0
    s.business.leader[own] = boss
    s.business.leader_id[own] = s.person.id[boss]
    s.outlet.holder[o] = -1
    s.outlet.staff[o] -= 1
