"""Left to itself the world goes on: no market dies in silence, no tier withers, nothing drifts."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from simulation.calibration.resting import LEVELS, MOST, drift
from simulation.measures.catalogue import INDEX
from simulation.world.burn_in import checkpoint_key
from simulation.world.run import execute
from tests.integration.lives import spec

TIERS = ("importers", "wholesalers", "distributors", "lines")


@functools.cache
def histories(replicates: int, first: int, last: int, name: str = "force") -> dict[str, np.ndarray]:
    """Every measure of baseline runs of a world from week `first` to `last`, replicates x weeks; and all lines."""
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda n: execute(spec(name, weeks=last, replicate=n)).series, range(replicates)))
    found = {name: np.stack([run[first:, column] for run in runs]) for name, column in INDEX.items()}
    return found | {"lines": found["lines_internal"] + found["lines_external"]}


# alarms: a measure, and what its mean must stay below
ALARMS = (
    ("cheat_share", 0.04),
    ("trades_refused_share", 0.08),
    ("refused_wholesale_share", 0.20),
    ("unmet_share", 0.02),
)
# replicates, first week, last week; the burn-in of five years comes before week 0
SPANS = pytest.mark.parametrize(
    ("replicates", "first", "last"),
    [
        # a year's violence differs by a tenth between worlds: over eight of them, chance alone comes near the bound
        pytest.param(16, 0, 260, marks=pytest.mark.slow, id="years 5 to 10"),
        pytest.param(32, 0, 520, marks=pytest.mark.soak, id="years 5 to 15"),
        pytest.param(32, 260, 780, marks=pytest.mark.soak, id="years 10 to 20"),
    ],
)


@SPANS
@pytest.mark.parametrize(("measure", "bound"), ALARMS, ids=[name for name, _ in ALARMS])
def test_no_alarm_sounds(measure: str, bound: float, replicates: int, first: int, last: int):
    values = histories(replicates, first, last)[measure]
    assert np.nanmean(values[:, :52]) < bound
    assert np.nanmean(values[:, -52:]) < bound


@SPANS
@pytest.mark.parametrize("tier", TIERS)
def test_no_tier_withers(tier: str, replicates: int, first: int, last: int):
    """Each tier by itself: the total would hide one that dies."""
    values = histories(replicates, first, last)[tier]
    start = values[:, :13].mean()
    by_quarter = values[:, : (last - first) // 13 * 13].reshape(replicates, -1, 13).mean(axis=(0, 2))
    assert start > 0.0
    assert by_quarter.min() >= 0.6 * start


@SPANS
def test_no_market_dies(replicates: int, first: int, last: int):
    """In no single replicate does trade stop or shrink to a rest, not even for a quarter."""
    volume = histories(replicates, first, last)["drug_volume_pure_kg"]
    by_quarter = volume[:, : (last - first) // 13 * 13].reshape(replicates, -1, 13).mean(axis=2)
    assert (by_quarter.min(axis=1) >= 0.6 * by_quarter[:, 0]).all()


@SPANS
@pytest.mark.parametrize("measure", LEVELS)
def test_nothing_drifts(measure: str, replicates: int, first: int, last: int):
    assert abs(drift(histories(replicates, first, last)[measure])) < MOST


@pytest.mark.slow
def test_an_estate_lives():
    """A small place may have its ups and downs, but people go on dealing there.

    In seven worlds of eight: with two importers, chance may take both at once, and then its lines are dry for a year or two.
    """
    volume = histories(16, 0, 260, "estate")["drug_volume_pure_kg"]
    first, last = volume[:, :26].mean(axis=1), volume[:, -104:].mean(axis=1)
    assert (first > 0.0).all()
    assert (last >= 0.25 * first).mean() >= 7 / 8


def test_a_market_that_dies_is_noticed():
    """The alarms are not blind: where nobody replaces those who go, trade shrinks and demand goes unmet in four years."""
    usual, dying = (
        np.stack([execute(spec("force", weeks=208, ablate=off, replicate=n)).series for n in range(4)])
        for off in ((), ("replacement",))
    )
    volume, unmet = INDEX["drug_volume_pure_kg"], INDEX["unmet_share"]
    assert abs(drift(usual[:, :, volume])) < MOST
    assert drift(dying[:, :, volume]) < -MOST
    assert usual[:, -52:, unmet].mean() < dict(ALARMS)["unmet_share"] < dying[:, -52:, unmet].mean()


def test_a_burn_in_is_kept_by_what_decides_it():
    """The plan, its length and the shocks of later are no part of it; seed, replicate and parameters are."""
    one = spec("estate", weeks=10)
    assert checkpoint_key(one) == checkpoint_key(spec("estate", "clear-hold-build", weeks=99))
    assert checkpoint_key(one) == checkpoint_key(spec("estate", ablate=["fear"]))
    shocked = {"id": "estate", "preset": "estate", "shocks": [{"week": 1, "kind": "supply", "size": 0.5}]}
    assert checkpoint_key(one) == checkpoint_key(spec(shocked))
    for change in ({"seed": 2}, {"replicate": 1}, {"parameters": {"supply.noise": 0.14}}):
        assert checkpoint_key(one) != checkpoint_key(spec("estate", weeks=10, **change))
