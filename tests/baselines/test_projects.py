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
    assert commissions.alive(*lived())[MARKETS.index(market)]


@pytest.mark.slow
def test_projects_as_a_whole_do_not_drift() -> None:
    for values in lived():
        assert abs(commissions.drift(values)) < commissions.MOST
