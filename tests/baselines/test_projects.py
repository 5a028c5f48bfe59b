"""Every commissioned market of the force goes on for twenty years, with about as many brokers and as much taken."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from simulation.schema import load_scenario
from simulation.state.codes import ACTIVE, COMMISSIONING
from simulation.world.prepare_crews import commissioned
from simulation.world.run import start_engine
from tests.integration.lives import spec

MARKETS = [market.id for market in commissioned(load_scenario("force"))]
REPLICATES = 16
YEARS = 20


@functools.cache
def lived() -> tuple[np.ndarray, np.ndarray]:
    """Brokers at the end of every year, and pounds taken in it: replicates x years x markets."""
    brokers = np.zeros((REPLICATES, YEARS, len(MARKETS)))
    taken = np.zeros((REPLICATES, YEARS + 1, len(MARKETS)))
    for replicate in range(REPLICATES):
        engine = start_engine(spec("force", weeks=52 * YEARS, replicate=replicate))
        taken[replicate, 0] = engine.state.sector.pence_ever[: len(MARKETS)]
        for year in range(YEARS):
            engine.run(52)
            business = engine.state.business
            rows = np.flatnonzero((business.state == ACTIVE) & (business.model == COMMISSIONING))
            which = engine.state.project.recipe[rows]
            brokers[replicate, year] = np.bincount(which, minlength=len(MARKETS))[: len(MARKETS)]
            taken[replicate, year + 1] = engine.state.sector.pence_ever[: len(MARKETS)]
    return brokers, np.diff(taken, axis=1) / 100.0


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
    brokers, taken = lived()
    for values in (brokers.sum(axis=2), taken.sum(axis=2)):
        years = values.mean(axis=0)
        assert abs(years[-5:].mean() / years[:5].mean() - 1.0) < 0.15
