"""The chain's constants as arrays, from the market files of a scenario."""

from __future__ import annotations

import itertools

import numpy as np

from simulation.chance.identity import name_number
from simulation.schema import Market, Scenario
from simulation.state.codes import ELSEWHERE, LINE
from simulation.state.values import Values
from simulation.state.world import State


def chain_markets(scenario: Scenario) -> list[Market]:
    """The commodity chains of a scenario, in the order of their ids."""
    return [
        scenario.markets[name] for name in sorted(scenario.markets) if scenario.markets[name].kind == "commodity-chain"
    ]


def customers(s: State, scenario: Scenario, market: Market) -> float:
    """How many people buy in a market: its share of all residents, or those who depend on drugs."""
    if market.emerging is not None:
        return market.emerging.users.value
    share = market.retail.customers if market.retail is not None else None
    if share is None:
        return scenario.community.dependent_users.value
    return share.value * float(s.place.population[s.place.kind != ELSEWHERE].sum())


def fill_chain(s: State, scenario: Scenario, p: Values) -> None:
    """Write the constants of every chain; needs the ground."""
    for m, market in enumerate(chain_markets(scenario)):
        retail = market.retail
        if retail is None or market.landed_cost is None or market.source_price is None:
            continue
        chain = s.chain
        volume = customers(s, scenario, market) * retail.demand.value * 1000.0
        chain.id[m] = name_number(market.id)
        chain.hard[m] = market.hard_drug
        chain.dependent[m] = retail.customers is None
        chain.need[m] = retail.acquisitive_share.value
        chain.nuisance[m] = retail.nuisance.value
        chain.delivered[m] = retail.delivered.value
        chain.turf[m] = retail.turf.value
        chain.harm[m] = retail.harm.value if retail.harm is not None else 0.0
        chain.lines[m] = market.tiers[market.chain[-1]].outlets.value
        chain.volume[m] = volume
        chain.landed[m] = market.landed_cost.value
        chain.source_price[m] = market.source_price.value
        chain.street_price[m] = retail.street_price.value
        chain.use[m] = retail.demand.value * 1000.0
        chain.elasticity_short[m] = retail.elasticity_short.value
        chain.elasticity_long[m] = retail.elasticity_long.value
        chain.purity_low[m] = retail.purity_least.value
        chain.purity_high[m] = retail.purity_most.value
        chain.purity_start[m] = retail.purity_start.value
        chain.margin[m] = retail.margin.value
        chain.reach[m] = 1.0
        chain.seized_usual[m] = market.tiers[market.chain[0]].interdiction.value
        s.tally.loss_seen[m] = -np.expm1(-chain.seized_usual[m])
        levels = market.levels()
        for upper, lower in itertools.pairwise(market.chain):
            chain.above[m, levels[lower]] = levels[upper]
            chain.below[m, levels[upper]] = levels[lower]
        for name, t in levels.items():
            tier = market.tiers[name]
            number = scenario.intended(market.id, name)
            chain.cover[m, t] = tier.cover.value
            chain.markup[m, t] = tier.mark_up.value if tier.mark_up else 0.0
            chain.overhead[m, t] = tier.overhead.value
            chain.required[m, t] = tier.required_profit.value
            chain.throughput[m, t] = tier.throughput.value * 1000.0
            chain.capital[m, t] = tier.working_capital.value
            chain.intended[m, t] = number
            chain.price[m, t] = tier.start_price.value if tier.start_price else retail.street_price.value
            chain.seized[m, t] = tier.interdiction.value
            s.tally.pressure_seen[m, t] = p["risk_premium_usual"]
            outlets = number * (tier.outlets.value if t == LINE else 1.0)
            chain.floor[m, t] = p["populate_floor"] * volume / max(1.0, outlets)
