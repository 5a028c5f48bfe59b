"""Binomial counts from one uniform draw: the exact inverse of the distribution, monotone in draw and chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.kernels.counts import binomial, events


@pytest.mark.parametrize("trials", [1, 5, 30, 150])
@pytest.mark.parametrize("chance", [0.004, 0.015, 0.3, 0.5])
def test_binomial_is_the_inverse_of_its_distribution(trials: int, chance: float) -> None:
    draws = np.linspace(0.0005, 0.9995, 199)
    found = np.array([binomial(u, trials, chance) for u in draws])
    assert np.abs(found - stats.binom.ppf(draws, trials, chance)).max() <= (0 if trials * chance < 25 else 1)


@pytest.mark.parametrize(("trials", "chance"), [(40, 0.97), (2000, 0.9), (100_000, 0.4), (9_000, 0.02)])
def test_mean_and_variance_hold_for_large_numbers_and_large_chances(trials: int, chance: float) -> None:
    draws = (np.arange(4000) + 0.5) / 4000
    counts = np.array([binomial(u, trials, chance) for u in draws])
    assert counts.mean() == pytest.approx(trials * chance, rel=0.002)
    assert counts.var() == pytest.approx(trials * chance * (1 - chance), rel=0.05)


@given(st.floats(1e-9, 1 - 1e-9), st.integers(0, 3000), st.floats(-0.1, 1.1), st.floats(0, 0.3))
def test_counts_stay_within_the_trials_and_rise_with_the_chance(u: float, trials: int, low: float, more: float) -> None:
    count = binomial(u, trials, low)
    assert 0 <= count <= trials
    if (low <= 0.5) == (low + more <= 0.5) and (trials * low <= 25.0) == (trials * (low + more) <= 25.0):
        assert count <= binomial(u, trials, low + more) or low > 0.5


@pytest.mark.parametrize("mean", [0.3, 8.0, 24.0, 40.0, 300.0])
def test_events_have_the_distribution_of_poisson(mean: float) -> None:
    draws = np.linspace(0.001, 0.999, 500)
    found = np.array([events(u, mean) for u in draws])
    assert np.abs(found - stats.poisson.ppf(draws, mean)).max() <= (0 if mean < 25 else 1)
    assert (np.diff(found) >= 0).all()
