"""Few lead and few authorise: what is beyond their span waits its turn, and the weeks it waits are counted."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.operations import operations
from simulation.state.codes import INVESTIGATORS, PRISON
from simulation.state.police import AUTHORISE, DEVELOP, EXECUTE
from simulation.state.world import State
from tests.kernels.police_world import KEY, felt, levers, parameters, police_world
from tests.kernels.test_operations import investigate

MANY = 8


def desk(hours: float = 4000.0, weeks: float = 40.0, **changes: float) -> tuple[State, list[int]]:
    """Eight cases of one force, which has hours for all of them, and the first week."""
    s = police_world()
    s.agency.hours[:, INVESTIGATORS] = 1e6
    s.agency.hours[:, 1:] = 0.0
    rows = [investigate(s, row=n, hours=hours, weeks=weeks) for n in range(MANY)]
    live(s, range(1), **changes)
    return s, rows


def live(s: State, weeks: range, **changes: float) -> State:
    """Weeks in which officers lead `leading_span` whole cases in all, and decide on so many as `changes` say."""
    room = {"leading_officers": 1.0 / 1000.0, "leading_span": 3.0, "authorisation_decisions": 1.0}
    hold, p = felt(s, levers(s)), parameters(**{**room, **changes})
    for w in weeks:
        operations(s, hold, p, KEY, w, 0)
    return s


def test_so_many_cases_are_in_hand_as_officers_have_room_for_and_the_others_get_no_hours() -> None:
    s, rows = desk()
    led = s.operation.led[rows] == 1
    assert led.sum() == 3
    assert s.agency.led[0] == 3.0
    assert s.agency.unled[0] == MANY - 3
    assert (s.operation.worked[rows][led].sum(axis=1) > 0.0).all()
    assert (s.operation.worked[rows][~led] == 0.0).all()
    live(s, range(1, 10))
    assert s.agency.unled_weeks[0] == 10 * (MANY - 3)


def test_off_everything_that_is_opened_is_led() -> None:
    s, rows = desk(on_leading=0.0)
    assert (s.operation.led[rows] == 1).all()
    assert s.agency.unled[0] == s.agency.unled_weeks[0] == 0.0


def test_a_wider_span_leads_more_and_small_cases_take_less_of_it() -> None:
    wide, rows = desk(leading_span=6.0)
    assert wide.operation.led[rows].sum() == 6
    small, rows = desk(hours=500.0)
    assert small.operation.led[rows].sum() == MANY  # a quarter of a whole case each
    smaller, rows = desk(hours=500.0, leading_span=1.0)
    assert smaller.operation.led[rows].sum() == 4


def test_those_opened_first_are_led_first_in_whatever_rows_they_stand() -> None:
    s = police_world()
    s.agency.hours[:, INVESTIGATORS] = 1e6
    late = [investigate(s, row=n, hours=4000.0, weeks=40.0, week=1) for n in range(4)]
    early = [investigate(s, row=n, hours=4000.0, weeks=40.0, week=0) for n in range(4, 7)]
    live(s, range(1, 2))
    assert (s.operation.led[early] == 1).all()
    assert (s.operation.led[late] == 0).all()


def test_when_one_is_over_the_next_is_taken_in_hand() -> None:
    s, _ = desk(hours=2000.0, weeks=1.0)
    live(s, range(1, 12))
    assert s.agency.unled[0] == 0.0
    assert 5.0 <= s.agency.unled_weeks[0] < 60.0


def ready(number: int = 6) -> tuple[State, list[int]]:
    """Cases that have had all their hours."""
    s = police_world()
    rows = [investigate(s, row=n, hours=1.0, weeks=1.0, lead=0) for n in range(number)]
    s.operation.worked[rows] = s.operation.needed[rows]
    return s, rows


def test_officers_decide_on_so_many_a_week_and_the_rest_waits_to_be_authorised() -> None:
    s, rows = ready()
    s.person.status[:20] = PRISON  # so that nobody is there on the day, and nothing else changes
    live(s, range(1), leading_span=100.0, authorisation_decisions=2.0 / 1.6)
    assert (s.operation.stage[rows] == AUTHORISE).sum() == 4
    assert s.agency.queued[0] == 4.0
    live(s, range(1, 3), leading_span=100.0, authorisation_decisions=2.0 / 1.6)
    assert not (s.operation.stage[rows] == AUTHORISE).any()
    assert s.agency.queued_weeks[0] == 4.0 + 2.0


def test_off_whatever_is_ready_is_executed() -> None:
    s, rows = ready()
    live(s, range(1), leading_span=100.0, authorisation_decisions=0.01, on_authorisation=0.0)
    assert not np.isin(s.operation.stage[rows], (DEVELOP, AUTHORISE, EXECUTE)).any()
    assert s.agency.queued_weeks[0] == 0.0


@pytest.mark.parametrize("column", ["unled_weeks", "queued_weeks"])
def test_no_order_of_rows_matters(column: str) -> None:
    one, rows = ready()
    other, _ = ready()
    order = list(reversed(rows))
    for table in other.operation:
        table[rows] = table[order]
    for s in (one, other):
        live(s, range(6), leading_span=1.0, leading_whole=2.0, authorisation_decisions=0.5)
    left = [set(s.operation.id[s.operation.state == 1].tolist()) for s in (one, other)]
    assert left[0] == left[1]
    assert getattr(one.agency, column)[0] == getattr(other.agency, column)[0]
