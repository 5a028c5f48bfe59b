"""Every chain market of every preset goes on by itself: none dies, none explodes, none drifts away."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from simulation.schema import list_scenarios, load_scenario
from simulation.state.counters import CONSUMED_MG, DEMAND_MG, IMPORTED_MG, SALES_PENCE, SEIZED_MG, UNMET_MG
from simulation.world.run import execute
from tests.integration.lives import spec

WORLDS = 8
FEW = 2  # of the country: chance weighs little in a world thirty times as large
YEAR = 52
CHAINS = [
    (preset, market.id)
    for preset in list_scenarios()
    for market in load_scenario(preset).markets.values()
    if market.chain
]
LARGE = [(preset, market) for preset, market in CHAINS if preset != "estate"]
CHAIN = pytest.mark.parametrize(("preset", "market"), CHAINS, ids=[f"{preset} {market}" for preset, market in CHAINS])
LARGE_CHAIN = pytest.mark.parametrize(
    ("preset", "market"), LARGE, ids=[f"{preset} {market}" for preset, market in LARGE]
)
# the burn-in of five years comes before week 0
SPAN = pytest.mark.parametrize(
    "weeks",
    [
        pytest.param(260, marks=pytest.mark.slow, id="years 5 to 10"),
        pytest.param(780, marks=pytest.mark.soak, id="years 5 to 20"),
    ],
)


def worlds_of(preset: str) -> int:
    """How many worlds are lived."""
    return FEW if preset == "national" else WORLDS


@functools.cache
def lives(preset: str, weeks: int) -> tuple[np.ndarray, list[str]]:
    """What each market did: worlds x weeks x markets x counters; and the markets' names."""
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda n: execute(spec(preset, weeks=weeks, replicate=n)), range(worlds_of(preset))))
    return np.stack([run.markets for run in runs]).astype(float), runs[0].chains


def yearly(preset: str, market: str, weeks: int, counter: int) -> np.ndarray:
    """Worlds x years, mean of a week."""
    found, chains = lives(preset, weeks)
    weekly = found[:, :, chains.index(market), counter]
    return weekly[:, : weeks // YEAR * YEAR].reshape(len(found), -1, YEAR).mean(axis=2)


@SPAN
@LARGE_CHAIN
def test_a_market_lives_in_every_world(preset: str, market: str, weeks: int):
    """Not in one world, not for one year, does trade shrink to a rest or grow to a multiple."""
    volume = yearly(preset, market, weeks, CONSUMED_MG)
    assert volume.min() > 0.5 * volume.mean()
    assert volume.max() < 1.5 * volume.mean()


@SPAN
@LARGE_CHAIN
def test_a_market_does_not_drift(preset: str, market: str, weeks: int):
    """What is sold in the last year is what was sold in the first, but for chance between worlds."""
    volume = yearly(preset, market, weeks, CONSUMED_MG)
    change = volume[:, -1] / volume[:, 0] - 1.0
    error = change.std(ddof=1) / np.sqrt(change.size)
    assert abs(change.mean()) < 0.10 + 2.0 * error


@SPAN
@CHAIN
def test_most_of_demand_is_served(preset: str, market: str, weeks: int):
    """Customers of small markets are far from sellers now and then; those of large ones are served."""
    found, chains = lives(preset, weeks)
    here = found[:, :, chains.index(market)].sum(axis=1)
    unmet = here[:, UNMET_MG] / here[:, DEMAND_MG]
    error = unmet.std(ddof=1) / np.sqrt(
        unmet.size
    )  # one world in which trade stops for a season weighs much in the mean
    bound = 0.03 if load_scenario(preset).markets[market].hard_drug else 0.25
    assert unmet.mean() < bound + 2.0 * error


@CHAIN
def test_every_market_counts_what_it_does(preset: str, market: str):
    """Goods come in, some are seized, the rest is sold for money: no counter of a market is idle."""
    found, chains = lives(preset, 260)
    here = found[:, :, chains.index(market)].sum(axis=(0, 1))
    assert (here[[CONSUMED_MG, DEMAND_MG, IMPORTED_MG, SALES_PENCE, SEIZED_MG]] > 0).all()
    assert here[CONSUMED_MG] < here[DEMAND_MG]
