"""Paired figures are those a statistics book gives, and say nothing where nothing can be said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.experiments.outcomes import discount, outcome
from simulation.experiments.paired import interval, paired, ratio_of_means, variance_ratio


def test_the_interval_is_students(rng: np.random.Generator) -> None:
    values = rng.normal(3.0, 2.0, 40)
    low, high = interval(values)
    expected = stats.t.interval(0.9, 39, loc=values.mean(), scale=stats.sem(values))
    assert (low, high) == pytest.approx(expected)


def test_a_leaning_sample_is_bootstrapped_and_always_alike(rng: np.random.Generator) -> None:
    values = rng.exponential(1.0, 60) ** 2
    found = interval(values)
    assert found == interval(values.copy())
    expected = stats.t.interval(0.9, 59, loc=values.mean(), scale=stats.sem(values))
    assert found != pytest.approx(expected, rel=1e-3)
    assert found[0] < values.mean() < found[1]
    assert found[1] - values.mean() > values.mean() - found[0]


def test_the_interval_covers_as_often_as_it_says(rng: np.random.Generator) -> None:
    hits = 0
    for _ in range(400):
        low, high = interval(rng.normal(1.0, 1.0, 16))
        hits += low <= 1.0 <= high
    assert 0.86 <= hits / 400 <= 0.94


def test_better_depends_on_the_direction_and_ties_are_halves() -> None:
    before = np.array([1.0, 1.0, 1.0, 1.0])
    after = np.array([2.0, 1.0, 0.0, 0.0])
    assert paired(before, after, "down").probability_better == pytest.approx(0.625)
    assert paired(before, after, "up").probability_better == pytest.approx(0.375)
    assert math.isnan(paired(before, after, "neither").probability_better)


def test_pairs_with_a_gap_are_left_out() -> None:
    found = paired(np.array([1.0, np.nan, 3.0]), np.array([2.0, 5.0, np.inf]), "up")
    assert (found.replicates, found.baseline, found.value, found.difference) == (1, 1.0, 2.0, 1.0)
    assert math.isnan(found.low)
    empty = paired(np.array([np.nan]), np.array([1.0]), "up")
    assert empty.replicates == 0
    assert math.isnan(empty.difference)


def test_no_change_is_sure() -> None:
    values = np.array([1.1, 2.2, 3.3])
    found = paired(values, values, "down")
    assert (found.low, found.difference, found.high) == (0.0, 0.0, 0.0)
    assert found.probability_better == 0.5


def test_common_chance_shows_in_the_variance_ratio(rng: np.random.Generator) -> None:
    shared = rng.normal(0, 10, 300)
    found = variance_ratio(shared, [shared + rng.normal(1, 1, 300)])
    assert found is not None
    ratio, low, high = found
    assert low < ratio < high
    assert 120 < ratio < 350  # (100 + 101) / 1
    apart = variance_ratio(rng.normal(0, 1, 3000), [rng.normal(0, 1, 3000)])
    assert apart is not None
    assert apart[0] == pytest.approx(1.0, abs=0.1)
    assert variance_ratio(shared, [shared]) is None
    assert variance_ratio(shared[:2], [shared[:2]]) is None


def test_the_ratio_of_means_is_no_mean_of_ratios() -> None:
    ratio, low, high = ratio_of_means(np.array([10.0, 30.0]), np.array([1.0, 9.0]))
    assert ratio == 4.0
    assert low <= ratio <= high


def test_a_run_comes_to_one_figure() -> None:
    values = np.array([1.0, 2.0, np.nan, 4.0])
    assert outcome(values, "arrests", "sum") == 7.0
    assert outcome(values, "arrests", "mean") == pytest.approx(7 / 3)
    assert outcome(values, "arrests", "last") == 4.0
    assert outcome(values[:3], "arrests", "last") == 2.0
    assert math.isnan(outcome(np.array([np.nan, np.nan]), "arrests", "sum"))


def test_later_harm_counts_for_less() -> None:
    weeks = 523
    total = float(outcome(np.ones(weeks), "harm_gbp", "sum"))
    assert total == pytest.approx(discount(weeks).sum())
    assert discount(weeks)[522] == pytest.approx(1.035 ** (-522 * 7 / 365.25))
    assert float(outcome(np.ones(weeks), "arrests", "sum")) == weeks


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30), st.floats(-1e3, 1e3))
def test_shifting_both_arms_changes_no_difference(values: list[float], shift: float) -> None:
    before = np.array(values)
    after = before[::-1].copy()
    plain, moved = paired(before, after, "up"), paired(before + shift, after + shift, "up")
    assert moved.difference == pytest.approx(plain.difference, abs=1e-6)
    assert plain.low <= plain.difference + 1e-9
    assert plain.high >= plain.difference - 1e-9


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)
