"""The chain's constants as arrays, from the market files of a scenario."""

from __future__ import annotations

import numpy as np

from simulation.schema import Market, Scenario
from simulation.state.codes import IMPORTER, LINE, TIERS
from simulation.state.values import Values
from simulation.state.world import State


def chain_markets(scenario: Scenario) -> list[Market]:
    """The commodity chains of a scenario, in the order of their ids."""
    return [
        scenario.markets[name] for name in sorted(scenario.markets) if scenario.markets[name].kind == "commodity-chain"
    ]


def fill_chain(s: State, scenario: Scenario, p: Values, users: np.ndarray) -> None:
    """Write the constants of every chain; `users` are the dependent users of each, everywhere."""
    for m, market in enumerate(chain_markets(scenario)):
        retail = market.retail
        if retail is None or market.landed_cost is None or market.source_price is None:
            continue
        chain = s.chain
        volume = users[m] * retail.demand.value * 1000.0
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
        chain.seized_usual[m] = market.tiers[market.chain[IMPORTER]].interdiction.value
        s.tally.loss_seen[m] = -np.expm1(-chain.seized_usual[m])
        for t, name in enumerate(market.chain[:TIERS]):
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
