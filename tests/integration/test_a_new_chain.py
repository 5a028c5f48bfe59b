"""A market nobody has thought of yet is one TOML file: it trades, and everything in it adds up."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import pytest

from simulation.state.codes import ACTIVE, OUTSIDE
from simulation.state.counters import CONSUMED_MG, IMPORTED_MG
from tests.conservation.identities import first_faults
from tests.integration.lives import newborn, spec

TIER = """
title = "{name}"
intended = {{ value = {number}, unit = "count", low = 1, high = 12, status = "assumed" }}
outlets = {{ value = 1, unit = "count", low = 0.7, high = 1.35, status = "assumed" }}
staff = {{ value = 3, unit = "people", low = 2, high = 5, status = "assumed" }}
cover = {{ value = 2.5, unit = "weeks", low = 1.5, high = 3.5, status = "assumed" }}
lead = {{ value = 0, unit = "weeks", low = 0, high = 1, status = "assumed" }}
{prices}
overhead = {{ value = 100, unit = "GBP/week", low = 60, high = 150, status = "assumed" }}
required_profit = {{ value = 400, unit = "GBP/week", low = 250, high = 600, status = "assumed" }}
throughput = {{ value = 400, unit = "unit/week", low = 250, high = 600, status = "assumed" }}
working_capital = {{ value = 20000, unit = "GBP", low = 14000, high = 27000, status = "assumed" }}
interdiction = {{ value = 0.02, unit = "share", low = 0.01, high = 0.05, status = "assumed" }}
"""
HEAD = """
title = "Black tea"
kind = "commodity-chain"
commodity = "untaxed tea"
unit = "packet"
chain = {chain}
landed_cost = {{ value = 2.0, unit = "GBP/unit", low = 1, high = 3, status = "assumed" }}
source_price = {{ value = 1.0, unit = "GBP/unit", low = 0.5, high = 1.5, status = "assumed" }}
"""
RETAIL = """
[retail]
street_price = { value = 14.0, unit = "GBP/unit", low = 8, high = 20, status = "assumed" }
margin = { value = 0.4, unit = "share", low = 0.25, high = 0.6, status = "assumed" }
purity_least = { value = 1.0, unit = "share", low = 0.7, high = 1.0, status = "assumed" }
purity_most = { value = 1.0, unit = "share", low = 0.7, high = 1.0, status = "assumed" }
purity_start = { value = 1.0, unit = "share", low = 0.7, high = 1.0, status = "assumed" }
customers = { value = 0.1, unit = "share", low = 0.05, high = 0.2, status = "assumed" }
demand = { value = 1.0, unit = "unit/week", low = 0.5, high = 1.5, status = "assumed" }
delivered = { value = 0.5, unit = "share", low = 0.3, high = 0.8, status = "assumed" }
elasticity_short = { value = -0.3, unit = "ratio", low = -0.6, high = -0.15, status = "assumed" }
elasticity_long = { value = -0.6, unit = "ratio", low = -1.0, high = -0.3, status = "assumed" }
acquisitive_share = { value = 0.0, unit = "share", low = 0.0, high = 0.1, status = "assumed" }
nuisance = { value = 0.0, unit = "ratio", low = 0.0, high = 0.5, status = "assumed" }
turf = { value = 0.1, unit = "ratio", low = 0.05, high = 0.3, status = "assumed" }
"""


def a_file(tiers: tuple[str, ...]) -> str:
    """The text of a market file with these tiers, from source down."""
    text = HEAD.format(chain=list(tiers))
    for n, name in enumerate(tiers):
        cost = f'start_cost = {{ value = {2 + 2 * n}, unit = "GBP/unit", low = 1, high = 12, status = "assumed" }}'
        price = (
            '\nmark_up = { value = 0.8, unit = "ratio", low = 0.5, high = 1.2, status = "assumed" }\n'
            f'start_price = {{ value = {4 + 2 * n}, unit = "GBP/unit", low = 2, high = 14, status = "assumed" }}'
        )
        prices = cost if name == tiers[-1] else cost + price
        text += f"\n[tiers.{name}]" + TIER.format(name=name.title(), number=9 + n, prices=prices)
    return text + RETAIL


def world_with(tiers: tuple[str, ...]) -> dict[str, Any]:
    return {"preset": "estate", "id": "tea-town", "markets": {"black-tea": tomllib.loads(a_file(tiers))}}


@pytest.mark.parametrize(
    "tiers",
    [("maker", "seller"), ("maker", "carter", "seller"), ("maker", "carter", "stockist", "seller")],
    ids=["two tiers", "three tiers", "four tiers"],
)
def test_a_new_chain_market_trades_and_adds_up(tiers: tuple[str, ...]):
    """In four worlds: with nine makers, one of them may lose all for a while."""
    imported = consumed = 0
    later = np.zeros(4)
    alive: set[int] = set()
    for replicate in range(4):
        engine = newborn(spec(world_with(tiers), weeks=80, replicate=replicate))
        assert first_faults(engine, 80) == []
        tea, drugs = engine.markets[:, 0], engine.markets[:, 1]
        later += tea[40:, CONSUMED_MG].reshape(4, -1).sum(axis=1)
        assert drugs[40:, CONSUMED_MG].all()
        imported += tea[:, IMPORTED_MG].sum()
        consumed += tea[:, CONSUMED_MG].sum()
        business = engine.state.business
        own = (business.state == ACTIVE) & (business.market == 0) & (np.arange(business.id.size) >= OUTSIDE)
        alive |= set(business.tier[own].tolist())
    assert imported > consumed
    assert (later > 0).all()
    assert alive == set({2: (0, 3), 3: (0, 2, 3), 4: (0, 1, 2, 3)}[len(tiers)])


def test_a_new_market_leaves_the_luck_of_others_alone():
    """Where nothing is shared yet, in the first week, the old market does to the milligram what it did without the new."""
    alone, beside = (newborn(spec(each, weeks=1)) for each in ("estate", world_with(("maker", "seller"))))
    for engine in (alone, beside):
        engine.run(1)
    assert (alone.markets[0, 0] == beside.markets[0, 1]).all()
