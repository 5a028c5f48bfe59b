"""Importers choose the ways their consignments take, by what they lived through, heard and must pay; and forget.

Every fourth week an importer sends each of its four consignments by the way that wins a race: cost and expected loss
speak against a way, chance lets it try others. What it expects at a node is its own and others' losses there, weighed
against what such a node usually takes. Traffic beyond what passes a node without notice makes it dearer and riskier.
"""

import math

import numpy as np

from simulation.chance.batches import gumbels_of, words_of
from simulation.chance.streams import ROUTE
from simulation.kernel import kernel
from simulation.kernels.events import record
from simulation.state.codes import ACTIVE, CAUSE_CHOICE, EVENT_ROUTE, IMPORTER, TARGET_OUTLET
from simulation.state.route import LANES, ROUTE_NODES, STEPS, WAYS

REVIEW_MASK = np.uint64(3)  # every fourth week
WEEK_ORIGIN = 1024


@kernel
def routes(s, v, p, key, w, lw):
    """Importers look back on what they lost on the way in, and a quarter of them choose their ways anew."""
    if p.on_routes == 0.0:
        return
    kept = 2.0 ** (-1.0 / p.routes_half_life)
    traffic(s, p, kept)
    for m in range(s.passage.ways.size):
        fade(s.passage.told[m], kept)
        fade(s.passage.lost[m], kept)
    turn = np.uint64(w + WEEK_ORIGIN) & REVIEW_MASK
    for o in range(s.outlet.id.size):
        if s.outlet.state[o] != ACTIVE or s.outlet.tier[o] != IMPORTER or s.passage.ways[s.outlet.market[o]] == 0:
            continue
        new = s.lane.owner_id[o] != s.outlet.id[o]
        s.lane.owner_id[o] = s.outlet.id[o]
        fade(s.lane.told[o], 0.0 if new else kept)
        fade(s.lane.lost[o], 0.0 if new else kept)
        if new:
            s.lane.way[o, :] = -1  # of whoever stood in this row before
        if new or (s.outlet.id[o] & REVIEW_MASK) == turn:
            choose_ways(s, p, key, w, o)


@kernel
def fade(memory, kept):
    """Of what is remembered of each node, a share is kept."""
    for node in range(memory.size):
        memory[node] *= kept


@kernel
def traffic(s, p, kept):
    """How much of all that comes in has passed each node of late, and what that makes of notice and cost there."""
    route = s.route
    total = 0
    for node in range(ROUTE_NODES):
        if route.entry[node] == 1:
            total += route.passed[node]
    for node in range(ROUTE_NODES):
        route.found[node] *= kept
        if route.id[node] == 0:
            continue
        if total > 0:
            route.flow[node] += p.routes_notice * (route.passed[node] / total - route.flow[node])
        route.crowd[node] = math.exp(p.routes_crowding * (route.flow[node] - route.usual[node]) / route.capacity[node])
        route.passed[node] = 0


@kernel
def expected(s, p, o, m, node):
    """Loss that an importer expects at a node: what such a node takes, corrected by what it lived and was told."""
    usual = s.chain.seized_usual[m] * s.route.hazard[node] / s.passage.weight[m]
    if p.on_route_learning == 0.0:
        return usual
    heard = p.routes_hearsay
    lost = s.lane.lost[o, node] + heard * s.passage.lost[m, node]
    told = s.lane.told[o, node] + heard * s.passage.told[m, node]
    return (p.routes_prior * usual + lost) / (p.routes_prior + told)


@kernel
def choose_ways(s, p, key, w, o):
    """Each consignment of an importer gets the way that wins its race."""
    m = s.outlet.market[o]
    ways = s.passage.ways[m]
    against = np.empty(ROUTE_NODES)
    for node in range(ROUTE_NODES):
        if s.route.id[node] != 0:
            loss = expected(s, p, o, m, node)
            against[node] = s.route.cost[node] * s.route.crowd[node] + p.routes_stake * loss
    worth = np.empty(WAYS)
    for k in range(ways):
        total = 0.0
        for step in range(STEPS):
            node = s.passage.way[m, k, step]
            if node < 0:
                break
            total += against[node]
        worth[k] = -total / p.routes_spread
    beings = np.full(ways, s.outlet.id[o], np.uint64)
    drawn = np.empty((LANES, ways), np.uint32)
    words_of(key, beings, w, ROUTE, 0, s.passage.way_id[m], ways, drawn[0], drawn[1], drawn[2], drawn[3])
    luck = np.empty((LANES, ways))
    gumbels_of(drawn.ravel(), luck.size, luck.ravel())
    for n in range(LANES):
        best, most = -1, -math.inf
        for k in range(ways):
            total = luck[n, k] + worth[k]
            if total > most:
                best, most = k, total
        old = s.lane.way[o, n]
        if old >= 0 and old != best:
            spared = (worth[best] - worth[old]) * p.routes_spread
            way = s.passage.way_id[m, best]
            record(s, w, EVENT_ROUTE, TARGET_OUTLET, s.outlet.id[o], way, CAUSE_CHOICE, -1, spared)
        s.lane.way[o, n] = best
