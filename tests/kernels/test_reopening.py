"""A line that police closed is put back where it stood, with what is left of its customers; others are not."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.closing import close_outlet
from simulation.kernels.founding import new_business
from simulation.kernels.reopening import goodwill, reopen_lines
from simulation.state.codes import (
    ACTIVE,
    CASH_DIRTY,
    CAUSE_BACKGROUND,
    CAUSE_CHOICE,
    CAUSE_INSOLVENCY,
    CAUSE_PLAN,
    CAUSE_SHOCK,
    EQUITY,
    INDEPENDENT,
    LINE,
    SHUT_LINES,
)
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.place_world import KEY, add_business, add_line, empty, levers, values

PLACE = 2


def owners(count: int = 40) -> tuple[State, list[int], list[int]]:
    """Thriving owners with a line at home and one elsewhere."""
    s = empty(people=2000, outlets=200)
    s.chain.required[:] = 4000.0
    s.place.line_weeks[:] = 5000.0  # lines are known to last
    businesses, lines = [], []
    for n in range(count):
        b = add_business(s, 5000 + n, 0)
        s.business.profit[b] = 40_000.0
        s.business.leader[b] = 0
        s.ledger.book[b, CASH_DIRTY], s.ledger.book[b, EQUITY] = 100_000_000, -100_000_000
        add_line(s, 7000 + n, b, 0)
        lines.append(add_line(s, 8000 + n, b, PLACE))
        businesses.append(b)
    return s, businesses, lines


def put_back(p: Values, cause: int = CAUSE_BACKGROUND, weeks: int = 4, block: float = 0.0, cash: bool = True) -> State:
    """The world some weeks after all lines of a place were closed for a reason."""
    s, businesses, lines = owners()
    s.outlet.quality[lines] = 1.7
    s.outlet.reputation[lines] = 0.9
    for o in lines:
        close_outlet(s, p, KEY, 0, o, cause, -1, False)
    if not cash:
        s.ledger.book[businesses, CASH_DIRTY] = s.ledger.book[businesses, EQUITY] = 0
    v = levers(s)
    v.columns.reentry_block[:] = block
    for week in range(1, weeks + 1):
        reopen_lines(s, v, p, KEY, week, 0)
    return s


def standing(s: State) -> np.ndarray:
    """Lines in the place whose lines were closed."""
    return np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.tier == LINE) & (s.outlet.place == PLACE))


@pytest.mark.parametrize("cause", [CAUSE_BACKGROUND, CAUSE_PLAN, CAUSE_SHOCK])
def test_what_police_close_is_soon_back(cause: int) -> None:
    some, most = (standing(put_back(values(), cause, weeks)).size for weeks in (2, 14))
    assert 4 < some < most
    assert most > 25


@pytest.mark.parametrize("cause", [CAUSE_CHOICE, CAUSE_INSOLVENCY])
def test_what_its_owner_gave_up_or_could_not_keep_is_not(cause: int) -> None:
    assert standing(put_back(values(), cause, 14)).size == 0


def test_without_the_mechanism_a_closed_line_is_lost() -> None:
    s, _, lines = owners(4)
    close_outlet(s, values(("reopening",)), KEY, 0, lines[0], CAUSE_BACKGROUND, -1, False)
    assert (s.business.shut_place == -1).all()


def test_hold_keeps_it_shut_and_so_does_want_of_money() -> None:
    free = standing(put_back(values())).size
    assert standing(put_back(values(), block=1.0)).size == 0
    assert standing(put_back(values(), block=0.7)).size < 0.6 * free
    assert standing(put_back(values(), cash=False)).size < 0.2 * free


def test_it_has_its_name_and_what_is_left_of_its_customers() -> None:
    p = values()
    s = put_back(p, weeks=1)
    o = standing(s)[0]
    start = p["retail_reputation_start"]
    assert s.outlet.quality[o] == pytest.approx(1.7)
    assert s.outlet.reputation[o] == pytest.approx(start + goodwill(p, 1) * (0.9 - start))
    assert goodwill(p, 2 * int(p["reopening_custom"])) == pytest.approx(0.25)
    assert (s.business.shut_place[s.outlet.business[standing(s)]] == -1).all(), "a number is answered once"


def test_a_number_that_hardly_anyone_rings_is_given_up() -> None:
    p = values()
    s, _, lines = owners(4)
    close_outlet(s, p, KEY, 0, lines[0], CAUSE_BACKGROUND, -1, False)
    late = int(4 * p["reopening_custom"])
    reopen_lines(s, levers(s), p, KEY, late, 0)
    assert standing(s).size == 3
    assert (s.business.shut_place == -1).all()


def test_the_oldest_of_many_is_forgotten_and_a_new_business_owes_nothing_to_the_row_it_got() -> None:
    p = values()
    s, (b, *_), _ = owners(1)
    more = [add_line(s, 9000 + n, b, 1) for n in range(SHUT_LINES + 1)]
    for week, o in enumerate(more):
        close_outlet(s, p, KEY, week, o, CAUSE_BACKGROUND, -1, False)
    assert sorted(s.business.shut_week[b]) == list(range(1, SHUT_LINES + 1))
    row = new_business(s, p, 9, np.uint64(77), 0, 0, LINE, INDEPENDENT)
    assert (s.business.shut_place[row] == -1).all()
