"""The ways into the country as columns, and how they are used as things are: what is usual is what the hazards of the
market files hold at.
"""

from __future__ import annotations

import hashlib

import numpy as np

from simulation.chance.identity import splitmix
from simulation.errors import OutOfRange
from simulation.schema import Scenario
from simulation.schema.route import ENTERS
from simulation.state.route import WAYS
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.constants import chain_markets

ROUNDS = 60  # of choice and hazard following each other; they settle within a few


def name_identity(name: str) -> np.uint64:
    """A lasting identity from a name, so that a node that is added leaves the luck of the others alone."""
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


def fill_routes(s: State, scenario: Scenario, p: Values) -> None:
    """Write nodes and ways, and what passes where as things are; needs the chains and their numbers of importers."""
    route, passage = s.route, s.passage
    names = sorted(scenario.routes.nodes)
    rows = {name: row for row, name in enumerate(names)}
    for name, row in rows.items():
        node = scenario.routes.nodes[name]
        route.id[row] = name_identity(name)
        route.entry[row] = node.kind in ENTERS
        route.hazard[row] = node.hazard.value
        route.cost[row] = node.cost.value
        route.capacity[row] = node.capacity.value
    importers = 0.0
    for m, market in enumerate(chain_markets(scenario)):
        ways = scenario.routes.ways(market.id)
        if len(ways) > WAYS:
            raise OutOfRange(key=f"routes of {market.id}", given=len(ways), allowed=f"at most {WAYS} ways")
        makers = scenario.population.input_firms
        passage.makers[m] = makers or (market.inputs.value if market.inputs is not None else p["inputs_makers"])
        passage.ways[m] = len(ways)
        for k, way in enumerate(ways):
            identity = np.uint64(0)
            for step, name in enumerate(way):
                passage.way[m, k, step] = rows[name]
                identity = np.uint64(splitmix(identity, route.id[rows[name]], np.uint64(step)))
            passage.way_id[m, k] = identity
        if ways:
            share = settle_choices(s, p, m)
            importers += s.chain.intended[m, 0]
            route.usual[:] += s.chain.intended[m, 0] * share
    if importers > 0.0:
        route.usual[:] /= importers
    route.flow[:] = route.usual
    for m, market in enumerate(chain_markets(scenario)):
        if market.emerging is not None:
            s.emerging.growth[m] = market.emerging.growth.value
            s.emerging.ceiling[m] = market.emerging.ceiling.value


def settle_choices(s: State, p: Values, m: int) -> np.ndarray:
    """The share of a market's consignments that passes each node when all know what nodes usually take."""
    route, passage = s.route, s.passage
    on = passage.way[m, : passage.ways[m]].astype(int)
    there = on >= 0
    hazard = np.where(there, route.hazard[on], 0.0).sum(axis=1)
    cost = np.where(there, route.cost[on], 0.0).sum(axis=1)
    mean = hazard.mean()
    chosen = np.full(hazard.size, 1.0 / hazard.size)
    for _ in range(ROUNDS):
        against = cost + p["routes_stake"] * s.chain.seized_usual[m] * hazard / mean
        worth = -against / p["routes_spread"]
        chosen = np.exp(worth - worth.max())
        chosen /= chosen.sum()
        mean = 0.5 * mean + 0.5 * float(chosen @ hazard)
    passage.weight[m] = (chosen @ hazard) * p["routes_unsure"]  # nobody knows that well: bad luck misleads
    passage.cost[m] = chosen @ cost
    share = np.zeros(route.id.size)
    np.add.at(share, on[there], np.broadcast_to(chosen[:, None], on.shape)[there])
    return share
