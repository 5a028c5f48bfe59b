"""What a court sends people to: prison in part, licence, return, and years that pass inside."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.justice import NEVER
from simulation.kernels.recruits import at_large, people_balance
from simulation.state.codes import (
    BAIL,
    EXITED,
    FREE,
    FROM_18_TO_24,
    FROM_25,
    LICENCE,
    ORGANISER,
    PRISON,
    REMAND,
    UNDER_18,
)
from simulation.state.counters import EXITED_PEOPLE, RELEASES
from tests.kernels.court_world import arrest, court, crowd
from tests.kernels.underworld import Underworld


def test_sentences_are_served_in_part_and_remand_counts() -> None:
    u = Underworld(people=2048)
    crowd_rows = crowd(u, 600)
    arrest(u, crowd_rows)
    u.s.place.hearings[:] = 2000.0
    for week in range(30):
        court(u, week)
    inside = crowd_rows[u.s.person.status[crowd_rows] == PRISON]
    assert inside.size > 100
    served = u.s.person.due[inside] - int(u.p["justice_preparation"])
    full = (u.s.person.sentence[inside] * u.p["justice_served"]).astype(int)
    assert ((served == np.maximum(1, full)) | (served == np.maximum(1, full - 26))).all()
    assert u.s.person.sentence[inside].mean() / 52 * 12 == pytest.approx(u.p["justice_months_street"], rel=0.12)
    spread = np.log(u.s.person.sentence[inside]).std()
    assert spread == pytest.approx(0.5, abs=0.08)
    assert u.s.person.record[inside].min() == 1


def test_nobody_leaves_early_and_those_released_return_or_leave() -> None:
    u = Underworld(people=1024)
    rows = crowd(u, 200)
    u.s.person.status[rows] = PRISON
    u.s.person.sentence[rows] = 100.0
    u.s.person.due[rows] = 10
    court(u, 9)
    assert (u.s.person.status[rows] == PRISON).all()
    assert u.s.tally.week[RELEASES] == 0
    court(u, 10)
    assert u.s.tally.week[RELEASES] == 200
    again = rows[u.s.person.status[rows] == LICENCE]
    assert again.size / 200 == pytest.approx(0.45, abs=0.12)
    assert u.s.tally.week[EXITED_PEOPLE] == 200 - again.size
    assert (u.s.person.due[again] == 10 + 58).all()
    assert people_balance(u.s) == 0
    court(u, 68)
    status = u.s.person.status[again]
    assert (status == FREE).sum() > 0
    assert LICENCE not in status.tolist()


def test_nobody_inside_or_awaiting_the_week_of_court_is_counted_at_work() -> None:
    u = Underworld(lines=40, people=1024)
    u.p["enforcement_arrest_runner"] = 3.0
    u.p["enforcement_closure"] = 0.0
    u.run(80, pool=40)
    person = u.s.person
    inside = np.isin(person.status, (PRISON, REMAND))
    assert inside.sum() > 10
    assert (person.outlet[inside] == -1).all()
    assert (person.business[inside] == -1).all()
    for i in u.alive():
        if not at_large(person.status[i]):
            assert i not in u.s.outlet.holder
            assert i not in u.s.business.leader
    assert people_balance(u.s) == 0


def test_a_leader_sentenced_from_bail_may_steer_too() -> None:
    steered = 0
    for week in range(40):
        u = Underworld(lines=1)
        u.p["justice_pleads"] = 1.0
        u.p["justice_custody_core"] = 1.0
        u.s.place.hearings[:] = 2000.0
        i = int(np.flatnonzero(u.s.person.role == ORGANISER)[0])
        b = int(u.s.person.business[i])
        u.s.person.status[i] = BAIL
        u.s.person.charged[i] = week
        court(u, week + int(u.p["justice_preparation"]))
        assert u.s.person.status[i] == PRISON
        assert u.s.business.leader[b] == -1
        steered += int(u.s.business.steered[b])
    assert 5 < steered < 27


@pytest.mark.parametrize("status", [REMAND, PRISON, EXITED])
def test_those_inside_and_those_who_left_grow_up_while_they_wait(status: int) -> None:
    u = Underworld(people=1024)
    u.s.place.hearings[:] = 0.0
    person = u.s.person
    rows = crowd(u, 64)
    person.status[rows] = status
    person.charged[rows] = NEVER if status == PRISON else 0
    person.due[rows] = 100_000
    person.joined[rows] = 0
    ages = []
    for age, week in ((UNDER_18, 100), (UNDER_18, 110), (FROM_18_TO_24, 300), (FROM_18_TO_24, 320), (FROM_25, 900)):
        person.age[rows] = age
        court(u, week)
        ages.append(set(person.age[rows].tolist()))
    assert ages == [{UNDER_18}, {FROM_18_TO_24}, {FROM_18_TO_24}, {FROM_25}, {FROM_25}]
    assert (person.status[rows] == status).all()
