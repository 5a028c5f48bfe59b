"""Draws are uniform, independent, and nobody's luck depends on who else is in the world."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.chance import draws, identity, streams

KEY = draws.make_key(1, 0)
U32 = st.integers(0, 2**32 - 1)
U64 = st.integers(0, 2**64 - 1)
PEOPLE = identity.children(77, identity.PERSON, 0, 20_000)
OPEN = st.floats(1e-9, 1 - 1e-9)


@pytest.mark.parametrize("week", [-1024, -1, 0, 519, 3071])
def test_uniform_over_people(week):
    sample = draws.uniform_column(KEY, PEOPLE, week, streams.CHEAT, 0, 0)
    assert stats.kstest(sample, "uniform").pvalue > 1e-4
    assert sample.min() > 0
    assert sample.max() < 1


def test_uniform_over_the_life_of_one():
    sample = [draws.uniform(KEY, PEOPLE[0], week, 5, draw, 0) for week in range(-500, 500) for draw in range(10)]
    assert stats.kstest(sample, "uniform").pvalue > 1e-4


def test_all_four_words_are_uniform_and_unrelated():
    sample = np.array([draws.uniforms(KEY, name, 3, streams.PEOPLE, 0, 0) for name in PEOPLE[:5000]])
    for column in sample.T:
        assert stats.kstest(column, "uniform").pvalue > 1e-4
    related = np.corrcoef(sample.T) - np.eye(4)
    assert np.abs(related).max() < 4.5 / math.sqrt(len(sample))


def _columns() -> dict[str, np.ndarray]:
    """One column of draws for each way in which two names may differ."""
    other = draws.make_key(2, 0)
    again = draws.make_key(1, 1)
    columns = {row.name: draws.uniform_column(KEY, PEOPLE, 10, row.number, 0, 0) for row in streams.TABLE}
    columns |= {
        "next week": draws.uniform_column(KEY, PEOPLE, 11, 0, 0, 0),
        "next draw": draws.uniform_column(KEY, PEOPLE, 10, 0, 1, 0),
        "a partner": draws.uniform_column(KEY, PEOPLE, 10, 0, 0, PEOPLE[5]),
        "another partner": draws.uniform_column(KEY, PEOPLE, 10, 0, 0, PEOPLE[6]),
        "next seed": draws.uniform_column(other, PEOPLE, 10, 0, 0, 0),
        "next replicate": draws.uniform_column(again, PEOPLE, 10, 0, 0, 0),
    }
    return columns


def test_names_that_differ_in_one_part_are_independent():
    sample = np.array(list(_columns().values()))
    related = np.corrcoef(sample) - np.eye(len(sample))
    assert np.abs(related).max() < 5 / math.sqrt(PEOPLE.size)
    assert len({column.tobytes() for column in sample}) == len(sample)


@given(U64, st.integers(-1024, 3071), st.integers(0, 255), st.integers(0, 4095), U64)
def test_one_part_changed_changes_the_words(name, week, stream, draw, partner):
    base = draws.words(KEY, name, week, stream, draw, partner)
    changed = [
        draws.words(KEY, name ^ 1, week, stream, draw, partner),
        draws.words(KEY, name ^ (1 << 63), week, stream, draw, partner),
        draws.words(KEY, name, week + 1 if week < 3071 else week - 1, stream, draw, partner),
        draws.words(KEY, name, week, stream ^ 1, draw, partner),
        draws.words(KEY, name, week, stream, draw ^ 1, partner),
    ]
    assert base not in changed


def test_one_more_being_changes_nobody_elses_luck():
    week = draws.uniform_column(KEY, PEOPLE, 40, streams.ARREST, 0, 0)
    newcomer = identity.children(77, identity.PERSON, PEOPLE.size, 1)
    for at in (0, 1234, PEOPLE.size):
        crowd = np.insert(PEOPLE, at, newcomer)
        assert np.array_equal(np.delete(draws.uniform_column(KEY, crowd, 40, streams.ARREST, 0, 0), at), week)
    shuffled = np.random.default_rng(0).permutation(PEOPLE.size)
    assert np.array_equal(draws.uniform_column(KEY, PEOPLE[shuffled], 40, streams.ARREST, 0, 0), week[shuffled])


def test_one_more_candidate_wins_or_changes_nothing():
    """A new candidate can only win, never hand the win from one old candidate to another."""
    candidates = PEOPLE[:8]
    taken = 0
    for buyer in PEOPLE[100:1100]:
        times = [draws.race_time(draws.uniform(KEY, buyer, 0, streams.SUPPLY_CHOICE, 0, c), 1.0) for c in candidates]
        before = int(np.argmin(times[:-1]))
        after = int(np.argmin(times))
        assert after in (before, 7)
        taken += after == 7
    assert 80 < taken < 170  # one in eight of a thousand


def test_race_is_won_in_proportion_to_weight():
    weights = np.array([1.0, 2.0, 5.0, 0.0])
    wins = np.zeros(4)
    for buyer in PEOPLE:
        times = [
            draws.race_time(draws.uniform(KEY, buyer, 1, streams.RETAIL, 0, rival), weight)
            for rival, weight in zip(PEOPLE[:4], weights, strict=True)
        ]
        wins[int(np.argmin(times))] += 1
    assert wins[3] == 0
    assert stats.chisquare(wins[:3], weights[:3] / 8 * PEOPLE.size).pvalue > 1e-4


@given(OPEN)
def test_normal_is_the_inverse_of_the_distribution(u):
    assert draws.normal(u) == pytest.approx(stats.norm.ppf(u), rel=1e-12, abs=1e-14)


@given(OPEN, OPEN, st.floats(0, 150))
def test_poisson_is_the_inverse_and_rises_with_luck_and_mean(u, v, mean):
    count = draws.poisson(u, mean)
    assert stats.poisson.cdf(count, mean) >= u - 1e-9
    assert count == 0 or stats.poisson.cdf(count - 1, mean) < u + 1e-9
    assert (draws.poisson(v, mean) - count) * (v - u) >= 0
    assert draws.poisson(u, mean * 1.01) >= count


@given(st.floats(1e-6, 1 - 1e-6), st.floats(200.1, 1e6))
def test_poisson_of_a_large_mean_is_within_two(u, mean):
    assert abs(draws.poisson(u, mean) - stats.poisson.ppf(u, mean)) <= 2


@given(OPEN, st.floats(0.01, 1e6), st.floats(0, 2))
def test_lognormal_has_its_median_and_spread(u, median, sigma):
    assert draws.lognormal(u, median, sigma) == pytest.approx(median * math.exp(sigma * stats.norm.ppf(u)), rel=1e-9)
    assert draws.lognormal(0.5, median, sigma) == pytest.approx(median)


@given(OPEN)
def test_waiting_times(u):
    assert draws.exponential(u) == pytest.approx(stats.expon.isf(u), rel=1e-9)
    assert draws.gumbel(u) == pytest.approx(stats.gumbel_r.ppf(u), rel=1e-6, abs=1e-9)
    assert draws.race_time(u, 0.0) == math.inf
    assert draws.race_time(u, -1.0) == math.inf


@given(U32, st.floats(0, 1))
def test_threshold_agrees_with_comparing_the_draw(word, probability):
    happens = word < draws.threshold(probability)
    if abs(draws.unit(word) - probability) > 1e-9:
        assert happens == (draws.unit(word) < probability)


def test_streams_are_declared_once_each():
    numbers = [row.number for row in streams.TABLE]
    assert numbers == sorted(set(numbers))
    assert max(numbers) < 256
    declared = {name: value for name, value in vars(streams).items() if name.isupper() and isinstance(value, int)}
    assert declared == {row.name: row.number for row in streams.TABLE}
    for row in streams.TABLE:
        purposes = [word for word in row.words if word != "spare"]
        assert len(row.words) == 4
        assert purposes
        assert len(set(purposes)) == len(purposes)
