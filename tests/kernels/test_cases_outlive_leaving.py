"""Whoever leaves the trade on bail is tried like the others, and is gone when the court is done with them."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.recruits import at_large, people_balance, remove_person
from simulation.state.codes import (
    DEAD,
    EXITED,
    INFORMANT,
    LICENCE,
    NOBODY,
    PRISON,
    UNDER_18,
)
from simulation.state.counters import CONVICTIONS, EXITED_PEOPLE, EXITED_UNDER_18, RELEASES
from simulation.state.world import PEOPLE_DEAD, PEOPLE_LEFT
from tests.kernels.court_world import court, crowd, on_bail, waiting
from tests.kernels.underworld import Underworld


def leave(u: Underworld, rows: np.ndarray, kind: int = EXITED, week: int = 1) -> None:
    for i in rows:
        remove_person(u.s, week, int(i), kind)


def sentences(u: Underworld) -> dict[int, tuple[float, int]]:
    """Those in prison by identity: how long, and until when."""
    person = u.s.person
    rows = np.flatnonzero(person.status == PRISON)
    return {int(person.id[i]): (float(person.sentence[i]), int(person.due[i])) for i in rows}


@pytest.mark.parametrize("kind", [EXITED, INFORMANT])
def test_whoever_leaves_on_bail_is_tried_and_punished_like_the_others(kind: int) -> None:
    stayed, bailed = on_bail()
    left = stayed.copied()
    leave(left, bailed, kind)
    counts = []
    for u in (stayed, left):
        counts.append([])
        for week in (int(u.p["justice_preparation"]), int(u.p["justice_trial"])):
            court(u, week)
            counts[-1].append((int(u.s.tally.week[CONVICTIONS]), sorted(sentences(u).items())))
    assert counts[0] == counts[1]
    assert min(convicted for convicted, _ in counts[0]) > 20


def test_whoever_has_left_and_is_not_sent_to_prison_is_gone() -> None:
    u, bailed = on_bail()
    leave(u, bailed)
    assert (u.s.person.status[bailed] == EXITED).all()
    assert not any(at_large(status) for status in u.s.person.status[bailed])
    assert u.s.tally.people[PEOPLE_LEFT] == 0, "not before the court is done with them"
    assert people_balance(u.s) == 0
    court(u, int(u.p["justice_trial"]))
    status = u.s.person.status[bailed]
    assert set(status.tolist()) == {NOBODY, PRISON}
    assert u.s.tally.people[PEOPLE_LEFT] == (status == NOBODY).sum()
    assert people_balance(u.s) == 0


def test_whoever_had_left_is_gone_after_prison_and_counted_out_once() -> None:
    u, bailed = on_bail()
    u.s.tally.week[:] = 0
    leave(u, bailed)
    assert u.s.tally.week[EXITED_PEOPLE] == bailed.size
    court(u, int(u.p["justice_trial"]))
    assert u.s.tally.week[EXITED_PEOPLE] == 0
    inside = bailed[u.s.person.status[bailed] == PRISON]
    assert inside.size > 50
    court(u, 100_000)
    assert u.s.tally.week[RELEASES] >= inside.size
    assert (u.s.person.status[inside] == NOBODY).all(), "nobody comes back to what they had left"
    assert u.s.tally.people[PEOPLE_LEFT] >= bailed.size
    held = inside.size + u.s.tally.week[EXITED_PEOPLE] + (u.s.person.status == LICENCE).sum()
    assert held == u.s.tally.week[RELEASES], "only who was held on remand may leave now"
    assert people_balance(u.s) == 0


def test_a_new_person_in_the_row_of_one_who_had_left_may_come_back_from_prison() -> None:
    u, bailed = on_bail()
    leave(u, bailed)
    court(u, int(u.p["justice_trial"]))
    court(u, 100_000)
    u.p["justice_reentry"] = 1.0
    rows = crowd(u, 400, first=1000)
    assert np.isin(rows, bailed).any()
    u.s.person.status[rows] = PRISON
    u.s.person.due[rows] = 100_001
    court(u, 100_001)
    assert (u.s.person.status[rows] == LICENCE).all()


def test_the_dead_are_not_tried() -> None:
    u, bailed = on_bail()
    leave(u, bailed[::2])
    leave(u, bailed, DEAD)
    assert (u.s.person.status[bailed] == NOBODY).all()
    assert u.s.tally.people[PEOPLE_DEAD] == bailed.size
    assert people_balance(u.s) == 0
    court(u, int(u.p["justice_preparation"]))
    court(u, int(u.p["justice_trial"]))
    assert not np.isin(bailed, waiting(u)).any()


def test_a_child_who_leaves_on_bail_is_not_out_without_a_court() -> None:
    u, bailed = on_bail()
    u.s.person.age[:] = UNDER_18
    others = crowd(u, 20, first=1000)
    u.s.person.age[others] = UNDER_18
    u.s.tally.week[:] = 0
    leave(u, bailed)
    assert u.s.tally.week[EXITED_UNDER_18] == 0
    leave(u, others, week=2)
    assert u.s.tally.week[EXITED_UNDER_18] == 20
