"""Every commissioned market of the force goes on for twenty years, with about as many brokers and as much taken."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from simulation.calibration import commissions
from simulation.schema import load_scenario
from simulation.world.prepare_crews import commissioned

MARKETS = [market.id for market in commissioned(load_scenario("force"))]


@functools.cache
def lived() -> tuple[np.ndarray, np.ndarray]:
    """Brokers at the end of every year, and pounds taken in it: replicates x years x markets."""
    return commissions.lives("force", {})


@pytest.mark.slow
@pytest.mark.parametrize("market", MARKETS)
def test_no_project_market_dies(market: str) -> None:
    """There may be years without a broker in a small one; in nine worlds of ten it is alive at the end."""
    brokers, taken = lived()
    which = MARKETS.index(market)
    assert brokers[:, -5:, which].mean() >= max(0.5 * brokers[:, :5, which].mean(), 0.75)
    assert (taken[:, -5:, which].sum(axis=1) > 0).mean() >= 0.9


@pytest.mark.slow
def test_projects_as_a_whole_do_not_drift() -> None:
    for values in lived():
        years = values.sum(axis=2).mean(axis=0)
        assert abs(years[-5:].mean() / years[:5].mean() - 1.0) < 0.15
