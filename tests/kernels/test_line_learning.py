"""Owners learn where lines last: what police closed is remembered by kind and place, kept from, and handed over."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.closing import close_outlet
from simulation.kernels.entry import opening
from simulation.kernels.founding import new_business
from simulation.kernels.line_learning import lasting, remember_lines
from simulation.state.codes import (
    ABROAD,
    ACTIVE,
    AT_HOME,
    CASH_DIRTY,
    CAUSE_BACKGROUND,
    CAUSE_CHOICE,
    CAUSE_INSOLVENCY,
    CAUSE_SHOCK,
    EQUITY,
    INDEPENDENT,
    LINE,
    OUTSIDE,
)
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.place_world import KEY, add_business, add_line, empty, levers, values
from tests.kernels.test_conversion import abroad, live

OFF = ("line_learning",)
AHEAD = 52.0


def border(p: Values) -> tuple[State, int, int, int]:
    """A business of the first force with a line at home and one in the other, which a business there trades in, too."""
    s = empty()
    s.place.force[:] = [0, 0, 1, 1]
    s.place.users[:] = s.place.users_rest[:] = 200.0
    s.place.demand[:] = 440_000
    b, local = add_business(s, 5000, 0), add_business(s, 5001, 2)
    at_home, over = add_line(s, 7000, b, 0), add_line(s, 7001, b, 2)
    add_line(s, 7002, local, 2)
    return s, b, at_home, over


def keen(ablate: tuple[str, ...] = ()) -> Values:
    """Owners to whom a line abroad is as near as one at home."""
    return values(ablate, opening_rate=0.2, opening_distance=1000.0)


def opened(p: Values, lost: float) -> tuple[int, int]:
    """Lines that thriving businesses of the first force open at home and abroad, where so many abroad were closed."""
    s, _, _, _ = border(p)
    s.chain.required[:] = 4000.0
    for n in range(12):
        b = add_business(s, 5100 + n, n % 2)
        s.business.profit[b] = 40_000.0
        s.ledger.book[b, CASH_DIRTY], s.ledger.book[b, EQUITY] = 100_000_000, -100_000_000
        s.business.line_losses[b, ABROAD] = lost
    s.outlet.gross[s.outlet.state == ACTIVE] = 40_000.0
    v = levers(s)
    for week in range(26):
        opening(s, v, p, KEY, week, 0)
    new = np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.born >= 0))
    over = s.place.force[s.outlet.place[new]] != s.place.force[s.business.home[s.outlet.business[new]]]
    return int((~over).sum()), int(over.sum())


def test_who_lost_lines_over_the_border_opens_the_next_at_home_unless_nobody_learns() -> None:
    at_home, over = opened(keen(), 0.0)
    assert over > 0.15 * (at_home + over)
    at_home, seldom = opened(keen(), 30.0)
    assert at_home + seldom > 10
    assert seldom < over / 2
    assert opened(keen(OFF), 30.0) == opened(keen(OFF), 0.0)


@pytest.mark.parametrize(("cause", "told"), [
    (CAUSE_BACKGROUND, 1.0), (CAUSE_SHOCK, 1.0), (CAUSE_CHOICE, 0.0), (CAUSE_INSOLVENCY, 0.0),
])  # fmt: skip
def test_only_what_police_closed_counts_as_lost_and_where_it_stood_is_told(cause: int, told: float) -> None:
    p = values()
    s, b, at_home, over = border(p)
    close_outlet(s, p, KEY, 0, over, cause, -1, False)
    assert s.business.line_losses[b].tolist() == [0.0, told]
    assert s.place.line_losses[2, 0].tolist() == [0.0, told]
    close_outlet(s, p, KEY, 0, at_home, cause, -1, False)
    assert s.business.line_losses[b].tolist() == [told, told]
    assert s.place.line_losses[:, 0].sum() == 2.0 * told


def test_others_hear_of_it_where_it_happened_and_of_that_kind_alone() -> None:
    p = values()
    s, _, _, over = border(p)
    other, local = add_business(s, 5200, 1), add_business(s, 5201, 3)
    before = [lasting(s, p, other, 2, AHEAD), lasting(s, p, other, 3, AHEAD), lasting(s, p, local, 2, AHEAD)]
    close_outlet(s, p, KEY, 0, over, CAUSE_BACKGROUND, -1, False)
    assert lasting(s, p, other, 2, AHEAD) < before[0]
    assert lasting(s, p, other, 3, AHEAD) == before[1]
    assert lasting(s, p, local, 2, AHEAD) == before[2]


def test_lines_that_stand_speak_for_themselves_and_all_of_it_fades() -> None:
    p = values()
    s, b, _, over = border(p)
    at_first = lasting(s, p, b, 2, AHEAD)
    for _ in range(52):
        remember_lines(s, p)
    assert lasting(s, p, b, 2, AHEAD) > at_first
    weeks = s.business.line_weeks[b].copy()
    assert 30.0 < weeks[AT_HOME] < 52.0
    assert s.place.line_weeks[2, 0].tolist() == [weeks[AT_HOME], weeks[ABROAD]]
    close_outlet(s, p, KEY, 0, over, CAUSE_BACKGROUND, -1, False)
    shy = lasting(s, p, b, 2, AHEAD)
    assert shy < at_first
    for _ in range(3 * int(p["line_learning_half_life"])):
        remember_lines(s, p)
    assert shy < lasting(s, p, b, 2, AHEAD)
    assert s.business.line_losses[b, ABROAD] == pytest.approx(0.125)


def test_a_new_business_remembers_nothing_of_whoever_had_its_row() -> None:
    p = values()
    s, *_ = border(p)
    s.business.line_weeks[OUTSIDE:] = s.business.line_losses[OUTSIDE:] = 9.0
    b = new_business(s, p, 0, np.uint64(9), 0, 0, LINE, INDEPENDENT)
    assert not s.business.line_weeks[b].any()
    assert not s.business.line_losses[b].any()


def handed_over(p: Values, lost: float) -> int:
    """Lines abroad that earn as they should, handed over within two years, where so many of the owner's were closed."""
    s, o = abroad(p, gross=1.2 * 4000.0)
    s.business.line_losses[s.outlet.business[o], ABROAD] = lost
    return live(s, p, 104)


def test_a_line_that_will_not_last_is_handed_over_though_it_earns_unless_nobody_learns() -> None:
    assert handed_over(values(), 0.0) == 0
    assert handed_over(values(), 40.0) == 1
    assert handed_over(values(ablate=OFF), 40.0) == 0
