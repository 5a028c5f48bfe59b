"""A market that has only begun grows with its outlets, and falls back without them."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.emergence import emergence
from simulation.state.codes import ACTIVE, LINE
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.place_world import KEY, empty, levers, values

FIRST = 20.0
CEILING = 10.0


def ground(lines: int) -> State:
    """Four places with few users each, and some lines in the first."""
    s = empty()
    s.place.users[:, 0] = s.place.users_rest[:, 0] = s.emerging.first[:, 0] = FIRST
    s.emerging.growth[0] = 0.05
    s.emerging.ceiling[0] = CEILING
    for o in range(lines):
        s.outlet.id[o], s.outlet.state[o], s.outlet.tier[o] = 200 + o, ACTIVE, LINE
        s.outlet.place[o] = s.outlet.market[o] = 0
    return s


def grow(s: State, p: Values, weeks: int, start: int = 0) -> np.ndarray:
    users = np.empty((weeks, s.place.id.size))
    for w in range(weeks):
        emergence(s, levers(s), p, KEY, start + w, 0)
        users[w] = s.place.users[:, 0]
    return users


def test_users_come_with_outlets_and_stop_at_the_ceiling() -> None:
    few, many = grow(ground(1), values(), 600), grow(ground(8), values(), 600)
    assert (np.diff(many[:, 0]) > 0.0).all()
    assert many[100, 0] > few[100, 0] > FIRST
    assert many[-1, 0] <= FIRST * CEILING
    assert many[100, 0] > many[100, 3]  # the nearer the faster


def test_growth_is_logistic_slow_then_fast_then_slow() -> None:
    week = np.diff(grow(ground(8), values(), 400)[:, 0])
    top = int(week.argmax())
    assert 10 < top < 200
    assert week[0] < 0.5 * week[top] > week[-1]


def test_without_outlets_those_who_came_drift_away_and_the_first_stay() -> None:
    s = ground(8)
    p = values()
    grow(s, p, 100)
    s.outlet.state[:] = 0
    left = grow(s, p, 1000)
    assert (np.diff(left[:, 0]) < 0.0).all()
    assert left[-1] == pytest.approx(FIRST, rel=0.01)


def test_switched_off_outlets_do_not_matter() -> None:
    p = values(ablate=("emergence",))
    assert np.array_equal(grow(ground(0), p, 60), grow(ground(8), p, 60))


def test_before_week_0_few_have_heard_of_it_and_settled_markets_stay() -> None:
    assert (grow(ground(8), values(), 50, start=-60) == FIRST).all()
    s = ground(8)
    s.emerging.growth[0] = 0.0
    assert (grow(s, values(), 50) == FIRST).all()
