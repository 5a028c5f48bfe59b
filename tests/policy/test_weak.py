"""Which market is new, and where a business is weakest, as far as the picture shows."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.policy.weak import newest_lines, weakest_points
from simulation.state.codes import CASH_DIRTY, LINE, OUTSIDE, TARGET_BUSINESS, TARGET_OUTLET
from simulation.state.world import State
from tests.kernels.underworld import Underworld

PLACES = np.arange(4)


def world(lines: int = 6) -> State:
    s = Underworld(lines=lines).s
    s.outlet.knowledge[:lines, 0] = 0.8
    s.business.knowledge[OUTSIDE : OUTSIDE + lines, 0] = 0.8
    s.business.wage_bill[OUTSIDE : OUTSIDE + lines] = 100_000
    return s


def two_markets(lines: int = 8) -> State:
    """Three lines of market 1 among those of market 0, all opened at once."""
    s = world(lines)
    s.outlet.market[[1, 4, 6]] = 1
    return s


def test_the_watch_goes_to_the_market_whose_lines_are_young_and_to_no_other() -> None:
    s = two_markets()
    s.outlet.born[[1, 4, 6]] = 90
    s.outlet.knowledge[[1, 4, 6], 0] = [0.5, 0.9, 0.7]
    found = newest_lines(s, 100, 0, PLACES, np.array([0, 1]), 0.3, 24)
    assert [one.row for one in found] == [4, 6, 1]
    assert {one.kind for one in found} == {TARGET_OUTLET}


def test_two_young_lines_among_many_old_ones_do_not_make_a_new_market() -> None:
    s = two_markets()
    s.outlet.born[[0, 2]] = 95
    s.outlet.born[[1, 4, 6]] = 80
    found = newest_lines(s, 100, 0, PLACES, np.array([0, 1]), 0.3, 24)
    assert {one.row for one in found} == {1, 4, 6}


def test_the_watch_sees_what_its_level_knows_of_and_the_markets_it_is_for() -> None:
    s = two_markets()
    s.outlet.born[[1, 4, 6]] = 90
    s.outlet.knowledge[[1, 4, 6], 0] = 0.1
    assert {one.row for one in newest_lines(s, 100, 0, PLACES, np.array([0, 1]), 0.3, 24)} == {0, 2, 3, 5, 7}
    assert newest_lines(s, 100, 0, PLACES, np.array([1]), 0.3, 24) == []
    assert newest_lines(s, 100, 1, PLACES, np.array([0, 1]), 0.3, 24) == []


def points(s: State, **more: object) -> list:
    return weakest_points(s, 0, PLACES, 0.3, 24, 0.5, **more)  # pyright: ignore[reportArgumentType]


def test_cash_is_taken_of_who_lives_on_it_and_the_line_of_who_earns_by_it() -> None:
    s = world()
    rich, busy = OUTSIDE, OUTSIDE + 1
    s.ledger.book[rich, CASH_DIRTY] = 50_000_000
    s.outlet.gross[1] = 4_000.0
    found = {one.identity: one for one in points(s)}
    assert found[int(s.business.id[rich])].kind == TARGET_BUSINESS
    assert found[int(s.outlet.id[1])].kind == TARGET_OUTLET
    assert s.outlet.business[1] == busy
    assert len(found) == 2  # the others have neither


def test_those_come_first_who_lose_most_of_their_runway_and_the_less_known_later() -> None:
    s = world()
    s.outlet.gross[:3] = 2_000.0
    s.ledger.book[OUTSIDE : OUTSIDE + 3, CASH_DIRTY] = [0, 1_000_000, 2_000_000]
    assert [one.row for one in points(s)] == [0, 1, 2]
    s.business.knowledge[OUTSIDE, 0] = 0.4
    assert [one.row for one in points(s)] == [1, 2, 0]


def test_whom_nobody_knows_is_not_picked_nor_a_line_that_nobody_knows() -> None:
    s = world()
    s.outlet.gross[:2] = 2_000.0
    s.ledger.book[OUTSIDE : OUTSIDE + 2, CASH_DIRTY] = 100_000
    s.business.knowledge[OUTSIDE, 0] = 0.1
    s.outlet.knowledge[1, 0] = 0.1
    found = points(s)
    assert [(one.kind, one.row) for one in found] == [(TARGET_BUSINESS, OUTSIDE + 1)]
    assert points(s, tiers=(LINE - 1,)) == []
    assert found[0].knowledge == pytest.approx(0.8)
