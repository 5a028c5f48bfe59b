"""What a consignment meets on its way: the risk at each node, what passing costs, and what is learned from it."""

import math

from simulation.kernel import kernel
from simulation.state.route import LANES, STEPS


@kernel
def followed(s, p, o, n):
    """The row of the way that an importer's consignment takes; -1 where its goods are not followed over the border."""
    if p.on_routes == 0.0 or s.lane.owner_id[o] != s.outlet.id[o]:
        return -1
    return s.lane.way[o, n]


@kernel
def danger(s, v, lw, m, node):
    """Risk of losing a consignment at a node: what it always is, more under pressure and where traffic draws notice."""
    return s.route.hazard[node] * s.route.crowd[node] * v.interdiction[lw, m, node]


@kernel
def prospects(s, v, p, lw, o, n):
    """Risk of loss along the way of one consignment, 1 as usual, and the weeks it is held up."""
    k = followed(s, p, o, n)
    if k < 0:
        return 1.0, 0.0
    m = s.outlet.market[o]
    risk, delay = along(s, v, lw, m, k)
    return risk / s.passage.weight[m], delay


@kernel
def along(s, v, lw, m, k):
    """Dangers of the nodes of one way, and the weeks lost at them, added up."""
    risk, delay = 0.0, 0.0
    for step in range(STEPS):
        node = s.passage.way[m, k, step]
        if node < 0:
            break
        risk += danger(s, v, lw, m, node)
        delay += v.transport_delay[lw, m, node]
    return risk, delay


@kernel
def live_through(s, v, p, lw, o, n, fate):
    """A consignment goes from node to node; its owner, and others by hearsay, remember where it came by and was lost.

    `fate` below 0: it arrives; else the share of the way's danger at which it is stopped.
    """
    k = followed(s, p, o, n)
    if k < 0:
        return
    m = s.outlet.market[o]
    end = along(s, v, lw, m, k)[0] if fate >= 0.0 else 0.0
    gone = 0.0
    for step in range(STEPS):
        node = s.passage.way[m, k, step]
        if node < 0:
            break
        s.route.passed[node] += 1
        s.lane.told[o, node] += 1.0
        s.passage.told[m, node] += 1.0
        if fate < 0.0:
            continue
        gone += danger(s, v, lw, m, node)
        if gone >= fate * end:
            s.lane.lost[o, node] += 1.0
            s.passage.lost[m, node] += 1.0
            s.route.found[node] += 1.0
            break


@kernel
def way_cost(s, p, o):
    """What an importer's ways make of the landed price, 1 as usual: dear detours and crowded nodes are paid for."""
    m = s.outlet.market[o]
    total = 0.0
    for n in range(LANES):
        k = followed(s, p, o, n)
        if k < 0:
            return 1.0
        for step in range(STEPS):
            node = s.passage.way[m, k, step]
            if node < 0:
                break
            total += s.route.cost[node] * s.route.crowd[node]
    return 1.0 + total / LANES - s.passage.cost[m]


@kernel
def run_the_gauntlet(s, v, p, lw, o, hazard, draws):
    """What becomes of an importer's consignments that are due: how many are stopped, and milligrams and pence of what
    is seized and of what is held up.
    """
    part = s.outlet.transit[o] // LANES
    part_cost = s.outlet.transit_cost[o] // LANES
    stopped = 0
    seized, seized_cost, held, held_cost = 0, 0, 0, 0
    for n in range(LANES):
        risk, delay = prospects(s, v, p, lw, o, n)
        # the chance is never above the hazard, so that most draws need no exponential
        chance = 1.0 - math.exp(-hazard * risk) if draws[n] < hazard * risk else 0.0
        due, due_cost = part, part_cost
        if delay > 0.0:  # of what waits in a queue, this comes out of it in a week
            due = int(part / (1.0 + delay))
            due_cost = int(part_cost / (1.0 + delay))
            held += part - due
            held_cost += part_cost - due_cost
        caught = draws[n] < chance
        if due > 0:
            live_through(s, v, p, lw, o, n, draws[n] / chance if caught else -1.0)
        if caught:
            stopped += 1
            seized += due
            seized_cost += due_cost
    if seized == 0:
        seized_cost = 0  # a few milligrams make no consignments: nothing is lost
    return stopped, seized, seized_cost, held, held_cost
