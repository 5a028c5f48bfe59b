"""Work for which there are no hours waits its turn, oldest first, and is done later or lapses; none is lost from sight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulation.policy.queue import Served, serve, waited_weeks
from simulation.state.codes import NEIGHBOURHOOD
from tests.policy.ground import checkpoint, fresh_state, identity, plan_of, programme, whole

WEEKS = 40
PATROL = {"intervention": "hot-spot-patrol", "where": "force"}
HOLD = {"intervention": "hold", "where": "force"}


def window(dose: float, start: int, end: int) -> np.ndarray:
    asked = np.zeros(WEEKS)
    asked[start:end] = dose
    return asked


def done(asked: np.ndarray, one: Served) -> np.ndarray:
    return asked * one.share + one.late


efforts = st.lists(
    st.tuples(st.floats(0.0, 1.0), st.integers(0, 30), st.integers(1, 30), st.lists(st.floats(0.0, 60.0), min_size=3, max_size=3)),
    min_size=1, max_size=4,
)  # fmt: skip


rounding_left = [
    (1.0, 0, 1, [8.0, 0.0, 0.0]),
    (1.0, 1, 1, [2.2e-16, 0.0, 0.0]),
    (0.5, 0, 1, [1.0, 0.0, 0.0]),
    (0.75, 0, 1, [2.0, 0.0, 0.0]),
]


@given(efforts, st.lists(st.floats(0.0, 50.0), min_size=3, max_size=3), st.integers(1, 15))
@example(rounding_left, [2.0, 0.0, 0.0], 2)
def test_what_is_asked_is_done_waits_or_has_lapsed(
    entries: list[tuple[float, int, int, list[float]]], there: list[float], patience: int
) -> None:
    asked = [window(dose, start, start + length) for dose, start, length, _ in entries]
    most = [np.full(WEEKS, dose) for dose, *_ in entries]
    hours = [np.array(needs) for *_, needs in entries]
    served = serve(asked, most, hours, np.array(there), patience)
    used = sum(done(a, s)[:, None] * h for a, s, h in zip(asked, served, hours, strict=True))
    assert (used <= np.array(there) * (1 + 1e-9) + 1e-9).all(), "no more hours than there are"
    for a, m, s in zip(asked, most, served, strict=True):
        d = done(a, s)
        assert (d >= 0.0).all()
        assert (d <= m + 1e-12).all(), "late work is not done faster than the entry's own dose"
        assert np.allclose(np.cumsum(a), np.cumsum(d) + s.waiting + np.cumsum(s.lapsed), atol=1e-9)
    backwards = serve(asked[::-1], most[::-1], hours[::-1], np.array(there), patience)[::-1]
    for s, b in zip(served, backwards, strict=True):
        for one, other in zip(s, b, strict=True):
            assert np.allclose(one, other, atol=1e-9), "the order of entries does not matter"


def test_the_oldest_work_comes_first() -> None:
    first, second = window(1.0, 0, 6), window(1.0, 4, 10)
    ones, hours, there = np.ones(WEEKS), np.array([10.0]), np.array([10.0])
    early, late = serve([first, second], [ones, ones], [hours, hours], there, 30)
    assert done(first, early)[:4].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert done(first, early)[4:8].tolist() == [0.5, 0.5, 0.5, 0.5], "work that came in one week is shared alike"
    assert done(second, late)[8:12].tolist() == [1.0, 1.0, 1.0, 1.0], "then what is left of the later work"
    assert done(first, early).sum() == 6.0
    assert done(second, late).sum() == 6.0


def test_what_waits_too_long_lapses() -> None:
    asked, hours = window(1.0, 0, 20), np.array([10.0])
    for patience, never in ((4, 1.0), (30, 0.0)):
        (one,) = serve([asked], [np.ones(WEEKS)], [hours], np.array([5.0]), patience)
        assert (one.lapsed.sum() > 0.0) == bool(never)
        assert done(asked, one)[:24] == pytest.approx(0.5)
    wait = waited_weeks([asked], [one.waiting], WEEKS)
    assert wait == pytest.approx(10.0), "the first waits not at all, the last 20 weeks, on average half of that"


def test_without_a_queue_nothing_is_touched() -> None:
    asked = window(0.3, 3, 9)
    (one,) = serve([asked], [np.full(WEEKS, 0.3)], [np.array([10.0])], np.array([10.0]), 13)
    assert np.array_equal(done(asked, one), asked)
    assert not one.waiting.any()


def test_a_little_more_is_a_little_more() -> None:
    hours, there = np.array([10.0, 4.0]), np.array([7.0, 3.0])
    other, needs = window(0.7, 5, 25), np.array([3.0, 4.0])

    def all_done(dose: float) -> np.ndarray:
        asked = window(dose, 0, 20)
        one, two = serve([asked, other], [np.full(WEEKS, dose), np.full(WEEKS, 0.7)], [hours, needs], there, 6)
        return np.concatenate([done(asked, one), done(other, two)])

    for dose in np.linspace(0.02, 0.98, 97):
        for more in (1e-2, 1e-4, 1e-6):  # a jump would not shrink with what was added
            assert np.abs(all_done(dose + more) - all_done(dose)).sum() < 80 * more, (dose, more)


def test_a_plan_s_work_that_waited_is_done_after_its_end() -> None:
    state = checkpoint().state
    made = programme(plan_of({**PATROL, "end": 10}, {**HOLD, "end": 10}, {**HOLD, "dose": 0.9, "end": 10}))
    after = [piece.claim.dose.in_force[10:] for piece in made.pieces]
    assert all(late[0] > 0.0 for late in after)
    assert all(late[made._patience + 1 :].sum() == 0.0 for late in after), "by then all is done or has lapsed"
    used = sum(piece.claim.dose.in_force * piece.claim.hours[NEIGHBOURHOOD] for piece in made.pieces)
    agency = state.agency
    assert np.max(used) <= (agency.hours[0, NEIGHBOURHOOD] * agency.portfolio[0, NEIGHBOURHOOD].sum()) + 1e-9
    bill = made.cost(104)
    assert bill["waited_weeks"] > 0.0
    assert made.warnings
    levers, rest = whole(made), identity()
    assert (levers["visibility"][12] > rest["visibility"][12]).any()
    assert np.array_equal(levers["visibility"][40:], rest["visibility"][40:])


def test_a_queue_does_not_know_the_order_of_a_plan() -> None:
    one = whole(
        programme(plan_of(PATROL, HOLD, {**HOLD, "dose": 0.9}, {"intervention": "clear", "where": "force", "end": 13}))
    )
    other = whole(
        programme(plan_of({"intervention": "clear", "where": "force", "end": 13}, {**HOLD, "dose": 0.9}, HOLD, PATROL))
    )
    for name, column in one.items():
        assert np.array_equal(column, other[name]), name


def test_an_entry_at_dose_zero_joins_no_queue() -> None:
    alone = whole(programme(plan_of(PATROL, HOLD, {**HOLD, "dose": 0.9}), fresh_state()))
    beside = whole(programme(plan_of(PATROL, HOLD, {**HOLD, "dose": 0.9}, {**HOLD, "dose": 0.0}), fresh_state()))
    for name, column in alone.items():
        assert np.array_equal(column, beside[name]), name
