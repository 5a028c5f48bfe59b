"""Goods go down the chain, from source to street: orders, choice, rationing, delivery, rip-offs and credit."""

import math

import numpy as np

from simulation.chance.batches import words_of
from simulation.chance.draws import unit
from simulation.chance.streams import CHEAT, DELIVERY
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.horizon import cheats
from simulation.kernels.imports import import_goods
from simulation.kernels.ledger import lose_stock, pay, sell
from simulation.kernels.orders_placed import place_orders
from simulation.kernels.premium import perceive
from simulation.kernels.search import NOT_LOOKING, REFUSED, SERVED, search
from simulation.kernels.trade_choice import choose, hear_of, pass_over, weigh
from simulation.state.codes import (
    ACTIVE,
    CASH_DIRTY,
    CAUSE_BACKGROUND,
    CHEATED,
    EVENT_CHEAT,
    HONEST,
    IMPORTER,
    INVESTIGATIONS,
    LOSS,
    TARGET_OUTLET,
    TIE_SLOTS,
    TIERS,
    WHOLESALER,
)
from simulation.state.counters import (
    CHEATED_PENCE,
    CHEATS,
    ORDERS_UPSTREAM,
    ORDERS_WHOLESALE,
    REFUSALS,
    REFUSALS_WHOLESALE,
    SEIZED_MG,
    SEIZURES,
    TRADES,
)
from simulation.state.world import GOODS_SEIZED_INLAND


@kernel
def supply(s, v, p, key, w, lw):
    """Outlets order, choose whom to trust and are rationed, tier by tier; some deliveries are seized or never come."""
    perceive(s, p)
    place_orders(s, p, w)
    outlets, markets = s.outlet.id.size, s.chain.landed.size
    rows, count = np.empty((TIERS, outlets), np.int64), np.zeros(TIERS, np.int64)
    near, nearby = np.empty((markets, TIERS, outlets), np.int64), np.zeros((markets, TIERS), np.int64)
    list_tiers(s, rows, count, near, nearby)
    import_goods(s, v, p, key, w, lw, rows[IMPORTER], count[IMPORTER])
    suppliers, looking = np.empty(outlets, np.int64), np.empty(outlets, np.uint8)
    for tier in range(WHOLESALER, TIERS):
        sellers = suppliers_of(s, tier, rows, count, suppliers)
        trade_tier(s, v, p, key, w, lw, suppliers, sellers, rows[tier], count[tier], looking)
        search(s, p, key, w, tier, looking, rows[tier], count[tier], near, nearby)


@kernel
def list_tiers(s, rows, count, near, nearby):
    """The rows of each tier's outlets and how many there are, in all and in each market."""
    state, tier, market = s.outlet.state, s.outlet.tier, s.outlet.market
    for o in range(state.size):
        if state[o] == ACTIVE:
            t, m = tier[o], market[o]
            rows[t, count[t]] = o
            count[t] += 1
            near[m, t, nearby[m, t]] = o
            nearby[m, t] += 1


@kernel
def suppliers_of(s, tier, rows, count, suppliers):
    """The rows of the outlets that one tier buys from, each market's own, and how many there are."""
    n = 0
    for above in range(tier):
        for c in range(count[above]):
            o = rows[above, c]
            if s.chain.above[s.outlet.market[o], tier] == above:
                suppliers[n] = o
                n += 1
    return n


@kernel
def trade_tier(s, v, p, key, w, lw, suppliers, sellers, buyers, number, looking):
    """Every outlet of one tier buys from the tier above, in two rounds, so that an unfilled order can go elsewhere.

    `looking` then says of each buyer what it is about.
    """
    outlet = s.outlet
    for n in range(sellers):
        o = suppliers[n]
        outlet.stock_before[o] = outlet.stock[o]
        outlet.cost_before[o] = outlet.cost[o]
        outlet.room[o] = int(outlet.room[o] * v.input_capacity[lw, outlet.market[o], outlet.tier[o]])
        hear_of(s, p, o)
    looking[:number] = NOT_LOOKING
    skip, slots, deals = np.empty(number, np.int64), np.empty(number, np.int64), np.empty(number, np.int64)
    first, slot = np.empty(number + 1, np.int64), np.empty(number * TIE_SLOTS, np.int64)
    worth, faith, refusal = np.empty(number * TIE_SLOTS), np.empty(number * TIE_SLOTS), np.empty(number)
    tick = np.empty(number)
    weigh(s, p, key, w, buyers, number, first, slot, worth, faith, refusal)
    for turn in range(2):
        for n in range(sellers):
            outlet.pressed[suppliers[n]] = 0
            outlet.requested[suppliers[n]] = 0
        for n in range(number):
            o = buyers[n]
            skip[n] = -1 if turn == 0 else outlet.first[o]
            if outlet.wanted[o] <= 0 or (turn == 1 and outlet.first[o] < 0):
                skip[n] = -2
        if turn == 1:
            pass_over(s, buyers, number, skip, first, slot, worth)
        choose(s, buyers, number, skip, slots, first, slot, worth, faith, refusal)
        count = 0
        for n in range(number):
            o = buyers[n]
            outlet.choice[o] = -1
            if turn == 0 and skip[n] == -1:
                looking[n] = REFUSED if slots[n] < 0 else SERVED
                reckon(s, o, slots[n])
            if slots[n] >= 0:
                tick[count] = tick_share(s, p, o, slots[n])
                if ask(s, o, slots[n], tick[count]):
                    deals[count] = o
                    count += 1
        ration(s, p, deals, count)
        deliver_all(s, p, key, w, deals, count, tick)


@kernel
def reckon(s, o, slot):
    """What a buyer meant to order is counted by value, and so is what it did not order of anyone: the refusals."""
    outlet = s.outlet
    tier = outlet.tier[o]
    value = int(outlet.wanted[o] * outlet.price[o] / 10.0)
    outlet.first[o] = slot
    s.tally.ordered_pence[tier] += value
    s.tally.week[ORDERS_UPSTREAM] += 1
    if tier == WHOLESALER:
        s.tally.week[ORDERS_WHOLESALE] += 1
    if slot == -1:
        s.tally.week[REFUSALS] += 1
        if tier == WHOLESALER:
            s.tally.week[REFUSALS_WHOLESALE] += 1
        s.tally.refused_pence[tier] += value
        s.business.refused[outlet.business[o]] += value


@kernel
def asked_price(s, j):
    """What a pure gram costs at a supplier, which may still be new and sell for less."""
    return s.outlet.price[j] * (1.0 - s.outlet.discount[j])


@kernel
def ask(s, o, slot, tick):
    """A buyer turns to one supplier, for as much as it wants and can pay; says whether that is anything."""
    outlet = s.outlet
    j = s.tie.supplier[o, slot]
    afford = int(outlet.budget[o] * 10.0 / (asked_price(s, j) * (1.0 - tick)))
    quantity = min(outlet.wanted[o], afford)
    if quantity <= 0:
        return False
    outlet.choice[o] = slot
    outlet.request[o] = quantity
    outlet.asked[j] += quantity
    outlet.requested[j] += quantity
    return True


@kernel
def tick_share(s, p, o, slot):
    """The share of a delivery that is had on credit: more with trust, none once too much is owed."""
    j = s.tie.supplier[o, slot]
    t = s.outlet.faith[o]
    b = s.outlet.business[o]
    limit = t * p.supply_credit_weeks * s.tie.volume[o, slot] * asked_price(s, j) / 10.0
    own = s.franchise.franchisor[b] == s.outlet.business[j]
    tick = (p.franchise_tick if own else p.supply_tick) * (1.0 - s.franchise.called[b])
    return tick * t if s.tie.credit[o, slot] <= limit else 0.0


@kernel
def claim_on(quantity, t, p):
    """A trusted buyer's request counts for more when goods are short (whole units of 1/16 mg)."""
    return int(quantity * 16.0 * math.exp(p.supply_ration_trust * (t - 1.0)))


@kernel
def ration(s, p, deals, count):
    """A supplier short of goods or hands serves its buyers in proportion to their weighted requests."""
    outlet = s.outlet
    claim = np.full(count, -1, np.int64)
    for n in range(count):
        o = deals[n]
        j = s.tie.supplier[o, outlet.choice[o]]
        if outlet.requested[j] > min(outlet.stock[j], outlet.room[j]):
            claim[n] = claim_on(outlet.request[o], outlet.faith[o], p)
            outlet.pressed[j] += claim[n]
    for n in range(count):
        if claim[n] >= 0:
            o = deals[n]
            j = s.tie.supplier[o, outlet.choice[o]]
            share = int(min(outlet.stock[j], outlet.room[j]) * (claim[n] / outlet.pressed[j]))
            outlet.request[o] = min(outlet.request[o], share)


@kernel
def deliver_all(s, p, key, w, deals, count, tick):
    """What was asked for is delivered, buyer by buyer; luck is drawn for all of them together."""
    names, drawn = np.empty((2, count), np.uint64), np.empty((5, count), np.uint32)
    buyer, seller, honest, safe = names[0], names[1], drawn[0], drawn[1]
    for n in range(count):
        o = deals[n]
        buyer[n] = s.outlet.id[o]
        seller[n] = s.outlet.id[s.tie.supplier[o, s.outlet.choice[o]]]
    words_of(key, seller, w, CHEAT, 0, buyer, count, honest, drawn[2], drawn[3], drawn[4])
    words_of(key, buyer, w, DELIVERY, 1, seller, count, safe, drawn[2], drawn[3], drawn[4])
    for n in range(count):
        deliver(s, p, w, deals[n], tick[n], unit(honest[n]), unit(safe[n]))


@kernel
def deliver(s, p, w, o, tick, honest, safe):
    """Goods are handed over, stolen on the way, or never come; money and memory follow.

    `honest` and `safe` are draws between 0 and 1: low ones mean that the supplier cheats, and that the goods are seized.
    """
    outlet = s.outlet
    slot = outlet.choice[o]
    quantity = outlet.request[o]
    j = s.tie.supplier[o, slot]
    quantity = min(quantity, outlet.stock[j])
    if quantity <= 0:
        return
    b = outlet.business[o]
    c = outlet.business[j]
    pence = int(quantity * asked_price(s, j) / 10.0)
    prepaid = min(int(pence * (1.0 - tick)), outlet.budget[o])
    s.tally.week[TRADES] += 1
    if cheats(s, p, j, o, slot, honest):
        pay(s.ledger, b, CASH_DIRTY, c, CASH_DIRTY, prepaid, LOSS)
        outlet.budget[o] -= prepaid
        outlet.failed[j] += 1
        outlet.cheated[o] = 1
        s.tie.bad[o, slot] += p.trust_failure_weight
        s.tie.outcome[o, slot] = CHEATED
        s.tally.week[CHEATS] += 1
        s.tally.week[CHEATED_PENCE] += prepaid
        outlet.wanted[o] = 0
        record(s, w, EVENT_CHEAT, TARGET_OUTLET, outlet.id[j], outlet.id[o], CAUSE_BACKGROUND, -1, prepaid)
        return
    usual = outlet.cost_before[j] * (quantity / outlet.stock_before[j]) if outlet.stock_before[j] > 0 else 0.0
    stock_pence = min(int(usual), outlet.cost[j])
    if quantity == outlet.stock[j]:
        stock_pence = outlet.cost[j]
    sell(s.ledger, c, b, stock_pence, prepaid, pence - prepaid, CASH_DIRTY, CASH_DIRTY, True)
    s.tie.credit[o, slot] += pence - prepaid
    outlet.budget[o] -= prepaid
    outlet.stock[j] -= quantity
    outlet.cost[j] -= stock_pence
    outlet.room[j] -= quantity
    outlet.sold[j] += quantity
    outlet.takings[j] += pence
    outlet.outlay[j] += stock_pence
    outlet.wanted[o] -= quantity
    s.tie.volume[o, slot] += quantity
    m = outlet.market[o]
    hazard = s.chain.seized[m, outlet.tier[o]] * s.place.effort[outlet.place[o], INVESTIGATIONS]
    hazard *= p.on_interdiction
    if safe < hazard and safe < 1.0 - math.exp(-hazard):  # the chance is below the hazard, and seldom asked for
        lose_stock(s.ledger, b, pence)
        s.tally.goods[m, GOODS_SEIZED_INLAND] += quantity
        s.tally.trade[m, SEIZED_MG] += quantity
        s.tally.week[SEIZURES] += 1
        outlet.lost[o] += quantity
        s.business.pressure[b] += p.cheating_pressure_seizure
    else:
        outlet.stock[o] += quantity
        outlet.cost[o] += pence
    outlet.served[j] += 1
    s.tie.good[o, slot] += 1.0
    s.tie.outcome[o, slot] = HONEST
    s.tie.last[o, slot] = w
