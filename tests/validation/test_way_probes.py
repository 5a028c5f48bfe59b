"""Probes of market places and ways in agree with what the world itself counts."""

from __future__ import annotations

import numpy as np

from simulation.measures.catalogue import INDEX
from simulation.schema import load_scenario
from simulation.validation.probes import PROBES
from tests.integration.lives import grown_up, spec


def test_trade_over_market_places_is_there_as_long_as_somebody_is_on_one() -> None:
    lived = grown_up(spec("force", weeks=20))
    lived.run(20)
    passed, one = PROBES["market_trade_gbp"]()(lived.state, lived.p, 20)
    platform = lived.state.platform
    there = (platform.fee > 0.0) & (platform.fees > 0)
    assert one == 1.0
    paid_for = float((platform.fees[there] / platform.fee[there]).sum()) / 100.0
    # whoever is short of cash pays no fee; whoever closed or was taken over within the week has paid and is not asked
    assert 0.97 * paid_for <= passed < 1.1 * paid_for
    off = grown_up(spec("force", weeks=20, ablate=["platforms"]))
    off.state.business.market_place[:] = -1
    off.run(20)
    assert PROBES["market_trade_gbp"]()(off.state, off.p, 20) == (0.0, 1.0)


def test_seizures_are_counted_by_the_consignment() -> None:
    """Over a year what is found weighs what the border took, in pieces of a size that the force's importers send."""
    lived = grown_up(spec("force", weeks=52))
    ask = PROBES["grams_a_seizure"]()
    found = []
    lived.run(52, lambda week: found.append(ask(lived.state, lived.p, week)))
    grams, number = np.sum(found, axis=0)
    assert number > 20
    assert 100.0 < grams / number < 50_000.0


def test_fewer_nodes_are_in_use_where_importers_know_their_own_mind() -> None:
    used = []
    for change in ({}, {"routes.spread": 0.02, "routes.stake": 3.0}):
        lived = grown_up(spec("force", weeks=104, parameters=change))
        lived.run(104)
        used.append(PROBES["route_nodes_in_use"]()(lived.state, lived.p, 104)[0])
    assert used[1] < used[0] <= len(load_scenario("force").routes.nodes)
    assert lived.series[:, INDEX["importers"]].min() > 0
