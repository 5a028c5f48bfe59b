"""Draws for many at once are the draws that each would get alone."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.chance.batches import gumbels_of, logs_of, words_of
from simulation.chance.columns import first_words
from simulation.chance.draws import FIRST_WEEK, LAST_WEEK, gumbel, make_key, unit, words

IDENTITIES = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=40)


@given(
    IDENTITIES, st.integers(FIRST_WEEK, LAST_WEEK), st.integers(0, 255), st.integers(0, 4095), st.integers(0, 2**32 - 1)
)
def test_a_batch_draws_what_each_would_draw_alone(
    identities: list[int], week: int, stream: int, draw: int, seed: int
) -> None:
    key = make_key(seed, 3)
    who = np.array(identities, dtype=np.uint64)
    whom = np.roll(who, 1)
    whom[0] = 0
    drawn = [np.empty(who.size, np.uint32) for _ in range(4)]
    words_of(key, who, week, stream, draw, whom, who.size, *drawn)
    for n in range(who.size):
        assert tuple(int(column[n]) for column in drawn) == words(key, who[n], week, stream, draw, whom[n])


@given(IDENTITIES, st.integers(FIRST_WEEK, LAST_WEEK), st.integers(0, 4095))
def test_a_column_of_first_words_is_what_each_would_draw_without_a_partner(
    identities: list[int], week: int, draw: int
) -> None:
    who = np.array(identities, dtype=np.uint64)
    drawn = np.empty(who.size, np.uint32)
    first_words(make_key(5), who, week, 7, draw, drawn)
    assert [int(word) for word in drawn] == [words(make_key(5), being, week, 7, draw, 0)[0] for being in who]


def test_no_more_than_asked_for_is_written() -> None:
    who, drawn = np.arange(9, dtype=np.uint64), [np.zeros(9, np.uint32) for _ in range(4)]
    words_of(make_key(1), who, 0, 0, 0, who, 5, *drawn)
    assert all(column[:5].all() and not column[5:].any() for column in drawn)


@given(st.lists(st.floats(1e-300, 1e300), min_size=1, max_size=40))
def test_logarithms_are_those_of_the_library(values: list[float]) -> None:
    found = np.array(values)
    logs_of(found, found.size)
    for value, log in zip(values, found, strict=True):
        assert abs(log - math.log(value)) <= math.ulp(math.log(value))


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=40))
def test_gumbel_draws_agree_to_a_rounding_error(drawn: list[int]) -> None:
    found = np.empty(len(drawn))
    gumbels_of(np.array(drawn, dtype=np.uint32), len(drawn), found)
    for word, value in zip(drawn, found, strict=True):
        alone = gumbel(unit(np.uint32(word)))
        assert abs(value - alone) <= 1e-9 * max(1.0, abs(alone))
