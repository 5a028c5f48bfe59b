"""Goods come into the country: importers order from outside, and what they ordered runs past the border."""

import numpy as np

from simulation.chance.draws import uniforms
from simulation.chance.streams import DELIVERY
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.kernels.insiders import eased
from simulation.kernels.ledger import lose_stock, sell
from simulation.kernels.lessons import left_of, put_down
from simulation.kernels.premium import landed_price, loss_seen
from simulation.kernels.route_risk import run_the_gauntlet, way_cost
from simulation.kernels.sources import send
from simulation.state.codes import (
    AT_PORT,
    BORDER,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_BACKGROUND,
    EVENT_INTERDICT,
    FAMILY_SUPPLY,
    IMPORTER,
    OUTSIDE_SUPPLY,
    TARGET_OUTLET,
)
from simulation.state.counters import IMPORTED_MG, SEIZED_MG, SEIZURES, SHIPPED_MG
from simulation.state.world import GOODS_IMPORTED, GOODS_SEIZED_BORDER


@kernel
def import_goods(s, v, p, key, w, lw, importers, number):
    """Last week's shipments arrive, less what the border stops; importers order the next from outside.

    The first `number` of `importers` are their rows.
    """
    outlet = s.outlet
    shipped = np.zeros(s.chain.landed.size, np.int64)
    seized = np.zeros(s.chain.landed.size, np.int64)
    ordered = np.zeros(s.chain.landed.size, np.int64)
    unit = np.empty(number)
    for n in range(number):
        o = importers[n]
        m = outlet.market[o]
        if outlet.transit[o] > 0:
            shipped[m] += outlet.transit[o]
            seized[m] += arrive(s, v, p, key, w, lw, o)
            shipped[m] -= outlet.transit[o]  # what is held up has not arrived
        unit[n] = landed_price(s, m) * s.passage.dear[m] * way_cost(s, p, o)  # sources ask what they asked last week
        outlet.request[o] = max(0, min(outlet.wanted[o], int(outlet.budget[o] * 10.0 / unit[n])))
        ordered[m] += outlet.request[o]
    send(s, v, p, lw, ordered)
    for n in range(number):
        o = importers[n]
        m = outlet.market[o]
        quantity = int(outlet.request[o] * s.passage.sent[m])
        outlet.request[o] = 0
        if quantity <= 0:
            continue
        pence = int(quantity * unit[n] / 10.0)
        sell(s.ledger, OUTSIDE_SUPPLY, outlet.business[o], 0, pence, 0, CASH_CLEAN, CASH_DIRTY, True)
        outlet.transit[o] += quantity
        outlet.transit_cost[o] += pence
        outlet.budget[o] -= pence
        s.tally.goods[m, GOODS_IMPORTED] += quantity
        s.tally.trade[m, IMPORTED_MG] += quantity
    for m in range(shipped.size):
        loss_seen(s, p, m, shipped[m], seized[m])


@kernel
def arrive(s, v, p, key, w, lw, o):
    """A shipment comes in consignments, each of which the border may stop; gives the milligrams it stopped."""
    outlet = s.outlet
    b = outlet.business[o]
    l = outlet.place[o]
    m = outlet.market[o]
    hazard = s.chain.seized[m, IMPORTER] * s.place.effort[l, BORDER] * p.on_interdiction
    hazard *= left_of(s, p, b, FAMILY_SUPPLY)
    hazard *= eased(s, p, b, AT_PORT, p.insiders_port_effect, p.insiders_usual_port)
    left = outlet.transit[o]
    left_cost = outlet.transit_cost[o]
    draws = uniforms(key, outlet.id[o], w, DELIVERY, 0, 0)
    stopped, seized, seized_cost, held, held_cost = run_the_gauntlet(s, v, p, lw, o, hazard, draws)
    if seized > 0:
        lose_stock(s.ledger, b, seized_cost)
        put_down(s, p, b, FAMILY_SUPPLY, seized_cost * 0.01)
        s.tally.goods[m, GOODS_SEIZED_BORDER] += seized
        s.tally.trade[m, SEIZED_MG] += seized
        s.tally.week[SEIZURES] += stopped
        outlet.lost[o] += seized
        s.business.pressure[b] += p.cheating_pressure_seizure * stopped
        record(s, w, EVENT_INTERDICT, TARGET_OUTLET, outlet.id[o], s.business.id[b], CAUSE_BACKGROUND, -1, seized)
    s.tally.trade[m, SHIPPED_MG] += left - held
    outlet.stock[o] += left - seized - held
    outlet.cost[o] += left_cost - seized_cost - held_cost
    outlet.transit[o] = held
    outlet.transit_cost[o] = held_cost
    return seized
