"""Residents buy: demand follows the price of a pure gram, customers choose among lines near them, purity absorbs shortage."""

import math

import numpy as np

from simulation.chance.draws import uniform
from simulation.chance.streams import PRICE
from simulation.kernel import kernel
from simulation.kernels.ledger import sell
from simulation.kernels.premium import margin_asked
from simulation.state.codes import ACTIVE, CASH_DIRTY, CUSTOMERS, LINE, NEAR
from simulation.state.counters import BULK_MG, CONSUMED_MG, DEMAND_MG, SALES_PENCE, UNMET_MG
from simulation.state.world import GOODS_CONSUMED


@kernel
def retail(s, v, p, key, w, lw):
    """Residents buy from lines near them; shortage shows in purity first and in price last."""
    rows, count = lines_by_market(s)
    for m in range(count.size):
        lines = rows[m, : count[m]]
        purity_and_price(s, p, key, w, m, lines)
        want(s, v, p, lw, m)
        attract(s, v, p, lw, m, lines)
        turn_to(s, m)
        brought, spare = first_come(s, m, lines)
        hand_over(s, m, lines, brought, spare)
        experience(s, p, m)


@kernel
def lines_by_market(s):
    """Who sells on the street: rows of the lines of each market, in their order, and how many there are."""
    markets = s.place.demand.shape[1]
    rows = np.empty((markets, s.outlet.id.size), np.int32)
    count = np.zeros(markets, np.int64)
    state, tier, market = s.outlet.state, s.outlet.tier, s.outlet.market
    for o in range(state.size):
        m = market[o]
        rows[m, count[m]] = o
        count[m] += (state[o] == ACTIVE) & (tier[o] == LINE)
    return rows, count


@kernel
def purity_and_price(s, p, key, w, m, lines):
    """A line cuts to what its costs and stock allow; its street price moves seldom, and only when purity cannot."""
    outlet = s.outlet
    least, usual, most = s.chain.purity_low[m], s.chain.purity_start[m], s.chain.purity_high[m]
    weakest = least + p.retail_purity_tolerated_low * (usual - least)
    strongest = usual + p.retail_purity_tolerated_high * (most - usual)
    left_for_goods = 1.0 - margin_asked(s, m)
    for o in lines:
        if outlet.stock[o] <= 0:
            continue
        unit = outlet.cost[o] * 10.0 / outlet.stock[o]
        affordable = outlet.price[o] * left_for_goods / max(unit, 1.0)
        target = min(max(affordable, least), most)
        if outlet.stock[o] < outlet.forecast[o]:
            target *= math.sqrt(outlet.stock[o] / outlet.forecast[o])
        target = min(max(target, least), most)
        if p.on_sticky_price > 0.0:
            outlet.purity[o] += p.retail_purity_speed * (target - outlet.purity[o])
            if affordable < weakest or affordable > strongest:
                if uniform(key, outlet.id[o], w, PRICE, 0, 0) < p.retail_price_chance:
                    edge = strongest if affordable > strongest else weakest
                    outlet.price[o] *= 1.0 + p.retail_price_step * (edge / affordable - 1.0)
        else:
            # flexible price: purity stays and the price passes costs on
            wanted = outlet.purity[o] * unit / left_for_goods
            outlet.price[o] += p.retail_purity_speed * (wanted - outlet.price[o])


@kernel
def want(s, v, p, lw, m):
    """Demand of each locality's users (mg pure), by the price they have come to see, in the short and the long run."""
    place = s.place
    short = s.chain.elasticity_short[m]
    long = s.chain.elasticity_long[m]
    for l in range(place.id.size):
        ratio = math.log(place.price_seen[l, m] / place.price_rest[l, m])
        place.habit[l, m] += p.retail_habit_speed * ((long - short) * ratio - place.habit[l, m])
        demand = place.users[l, m] * s.chain.use[m] * math.exp(short * ratio + place.habit[l, m]) * v.demand[lw, l, m]
        wanted = int(demand)
        s.tally.trade[m, DEMAND_MG] += wanted
        place.adrift[l, m] = int(place.adrift[l, m] * (1.0 - p.retail_reconnect))
        place.demand[l, m] = max(0, wanted - min(place.adrift[l, m], wanted))
        s.tally.trade[m, UNMET_MG] += wanted - place.demand[l, m]


@kernel
def in_the_open(s, p, l):
    """What part of its usual sales a line can make in a place, under the eyes of police who hold it and of its residents.

    Residents of a community that is stronger than it usually is look out, ask, stay about and call: selling takes longer.
    """
    stronger = s.place.resilience[l] - s.place.resilience_usual[l]
    watched = math.exp(-p.on_guardianship * p.guardianship_strength * stronger)
    return (1.0 - p.retail_hold_cost * s.place.hold[l]) * watched


@kernel
def attract(s, v, p, lw, m, lines):
    """How much each line draws customers, and how much it can sell; summed by place in whole numbers."""
    outlet = s.outlet
    place = s.place
    openly = np.empty(place.id.size)
    for l in range(place.id.size):
        place.pull[l] = 0
        place.asked[l] = 0
        place.room[l, m] = 0
        openly[l] = in_the_open(s, p, l)
    for o in lines:
        l = outlet.place[o]
        b = outlet.business[o]
        hands = outlet.runners[o] * s.chain.throughput[m, LINE] * v.input_capacity[lw, m, LINE]
        if outlet.holder[o] < 0:
            hands *= p.retail_no_holder
        hands *= 1.0 - outlet.wrecked[o]
        hands *= (1.0 - p.security_cost * s.business.security[b]) * openly[l]
        outlet.room[o] = min(int(hands), outlet.stock[o])
        if outlet.room[o] <= 0:
            outlet.pressed[o] = 0
            place.room[l, m] += outlet.room[o]
            continue
        value = outlet.purity[o] / outlet.price[o] * s.chain.street_price[m]
        pull = outlet.quality[o] * outlet.reputation[o] * value * math.sqrt(value) * hands * 1e-3
        pull *= s.franchise.custom[b]
        outlet.pressed[o] = int(pull * 1024.0)
        place.pull[l] += outlet.pressed[o]
        place.room[l, m] += outlet.room[o]


@kernel
def turn_to(s, m):
    """Residents of each place ask near lines by their pull; where there are none, some have it brought from afar."""
    place = s.place
    demand, near, weight, pull, asked = place.demand, place.near, place.near_weight, place.pull, place.asked
    everywhere = 0
    for l in range(place.id.size):
        everywhere += pull[l]
    far = 0.0
    for l in range(place.id.size):
        place.served[l] = 0.0
        total = 0.0
        for n in range(NEAR):
            q = near[l, n]
            if q < 0:
                break
            total += weight[l, n] * pull[q]
        if total <= 0.0:
            brought = int(s.chain.delivered[m] * demand[l, m]) if everywhere > 0 else 0
            s.tally.trade[m, UNMET_MG] += demand[l, m] - brought
            place.reached[l] = 0.0
            if brought > 0:
                place.served[l] = brought / everywhere
                far += place.served[l]
            continue
        scale = demand[l, m] / total
        place.reached[l] = scale
        for n in range(NEAR):
            q = near[l, n]
            if q < 0:
                break
            asked[q] += int(scale * weight[l, n] * pull[q])
    for l in range(place.id.size):
        asked[l] += int(far * pull[l])


@kernel
def first_come(s, m, lines):
    """What each line sells of what is asked in its place; how much is brought to those left over, and by how much room.

    Some of those who found nothing left near them have it brought from wherever there is.
    """
    outlet, place = s.outlet, s.place
    for l in range(place.id.size):
        place.left[l] = place.asked[l]
        place.spare[l] = 0
    for o in lines:
        l = outlet.place[o]
        outlet.request[o] = 0
        if place.pull[l] <= 0:
            continue
        faced = int(place.asked[l] * (outlet.pressed[o] / place.pull[l]))
        outlet.asked[o] = faced
        outlet.request[o] = min(faced, outlet.room[o])
        place.left[l] -= outlet.request[o]
        place.spare[l] += outlet.room[o] - outlet.request[o]
    overflow = 0
    spare = 0
    for l in range(place.id.size):
        kept = min(place.left[l], place.spare[l])
        place.second[l] = kept
        overflow += place.left[l] - kept
        spare += place.spare[l] - kept
    brought = min(int(s.chain.delivered[m] * overflow), spare)
    s.tally.trade[m, UNMET_MG] += overflow - brought
    return brought, spare


@kernel
def hand_over(s, m, lines, brought, spare):
    """Lines sell: first by attraction, then what is left by room."""
    outlet, place = s.outlet, s.place
    for l in range(place.id.size):
        place.money[l] = 0
        place.sold_m[l] = 0
        place.bulk[l] = 0
    for o in lines:
        l = outlet.place[o]
        quantity = outlet.request[o]
        free = outlet.room[o] - quantity
        if place.spare[l] > 0 and free > 0:
            quantity += int(place.second[l] * (free / place.spare[l]))
        if spare > 0 and outlet.room[o] > quantity:
            quantity += int(brought * ((outlet.room[o] - quantity) / spare))
        quantity = min(quantity, outlet.room[o])
        if quantity <= 0:
            continue
        bulk = quantity / outlet.purity[o]
        pence = int(bulk * outlet.price[o] / 10.0)
        stock_pence = (
            outlet.cost[o] if quantity == outlet.stock[o] else int(outlet.cost[o] * (quantity / outlet.stock[o]))
        )
        sell(s.ledger, outlet.business[o], CUSTOMERS, stock_pence, pence, 0, CASH_DIRTY, CASH_DIRTY, False)
        outlet.stock[o] -= quantity
        outlet.cost[o] -= stock_pence
        outlet.sold[o] += quantity
        outlet.takings[o] += pence
        outlet.outlay[o] += stock_pence
        place.dealing[l] += int(s.chain.nuisance[m] * quantity)
        place.sold_m[l] += quantity
        place.money[l] += pence
        place.bulk[l] += int(bulk)
    trade = s.tally.trade[m]
    for l in range(place.id.size):
        if s.chain.hard[m] > 0:
            place.sold[l] += place.sold_m[l]
        s.tally.goods[m, GOODS_CONSUMED] += place.sold_m[l]
        trade[CONSUMED_MG] += place.sold_m[l]
        trade[SALES_PENCE] += place.money[l]
        trade[BULK_MG] += place.bulk[l]


@kernel
def experience(s, p, m):
    """Residents learn what a pure gram costs where they buy, and how much they spent."""
    place = s.place
    near, weight = place.near, place.near_weight
    places = place.id.size
    of = np.empty((4, places))
    pull, asked, sold, takings = of[0], of[1], of[2], of[3]
    sellers = np.empty(places, np.int32)  # places where anything was sold; of the others nothing is learned
    count = 0
    for q in range(places):
        pull[q], asked[q], sold[q], takings[q] = 0.0, 1.0, 0.0, 0.0
        if place.sold_m[q] > 0 and place.asked[q] > 0:
            pull[q], asked[q], sold[q], takings[q] = place.pull[q], place.asked[q], place.sold_m[q], place.money[q]
            sellers[count] = q
            count += 1
    for l in range(places):
        served, reached = place.served[l], place.reached[l]
        pure = 0.0
        money = 0.0
        if served > 0.0:
            for n in range(count):
                q = sellers[n]
                share = served * pull[q] / asked[q]
                pure += share * sold[q]
                money += share * takings[q]
        elif reached > 0.0:
            for n in range(NEAR):
                q = near[l, n]
                if q < 0:
                    break
                share = reached * weight[l, n] * pull[q] / asked[q]
                pure += share * sold[q]
                money += share * takings[q]
        else:
            continue
        place.consumed[l, m] = int(pure)
        place.spent[l, m] = int(money)
        if pure > 1.0:
            place.price_seen[l, m] += p.retail_price_notice * (money * 10.0 / pure - place.price_seen[l, m])
