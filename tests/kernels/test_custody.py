"""Arrest empties a post and frightens a business; those let go find their way back, or not."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.closing import close_business, close_outlet
from simulation.kernels.custody import go_back, take_into_custody
from simulation.kernels.recruits import attach, people_balance, remove_person
from simulation.kernels.succession import recount
from simulation.state.codes import (
    CAUSE_BACKGROUND,
    DEAD,
    FREE,
    HOLDER,
    ORGANISER,
    PRISON,
    REMAND,
    RUNNER,
    STAFF,
)
from simulation.state.counters import ARRESTS
from tests.kernels.underworld import DISTRIBUTOR, KEY, Underworld


def member(u: Underworld, role: int) -> int:
    person = u.s.person
    return int(np.flatnonzero((person.role == role) & (person.status == FREE))[0])


def arrest(u: Underworld, i: int, week: int = 0) -> bool:
    return bool(take_into_custody(u.s, u.p, KEY, week, i, CAUSE_BACKGROUND, -1))


@pytest.mark.parametrize("role", [RUNNER, HOLDER, ORGANISER])
def test_an_arrest_empties_the_post_and_counts(role: int) -> None:
    u = Underworld()
    i = member(u, role)
    b = int(u.s.person.business[i])
    members = int(u.s.business.members[b])
    place = int(u.s.person.place[i])
    assert arrest(u, i)
    assert u.s.person.status[i] == REMAND
    assert u.s.person.business[i] == -1
    assert u.s.person.business_id[i] == u.s.business.id[b]
    assert u.s.business.members[b] == members - 1
    assert u.s.tally.week[ARRESTS] == 1
    assert u.s.place.arrests[place] == 1
    assert u.s.person.heat[i] > 0
    kept = u.posts()
    recount(u.s)
    for name, counted in u.posts().items():
        assert np.array_equal(kept[name], counted), name
    assert people_balance(u.s) == 0


def test_the_core_frightens_more_than_the_street() -> None:
    rises = []
    for role in (RUNNER, ORGANISER):
        u = Underworld()
        i = member(u, role)
        b = int(u.s.person.business[i])
        arrest(u, i)
        rises.append((float(u.s.business.pressure[b]), float(u.s.business.suspicion[b])))
    assert 0 < rises[0][0] < rises[1][0]
    assert 0 < rises[0][1] < rises[1][1]


def test_nobody_is_arrested_twice_or_inside() -> None:
    u = Underworld()
    i = member(u, RUNNER)
    assert arrest(u, i)
    assert not arrest(u, i)
    u.s.person.status[i] = PRISON
    assert not arrest(u, i)
    assert u.s.tally.week[ARRESTS] == 1


def test_some_jailed_leaders_steer_and_stop_when_they_die() -> None:
    steered = 0
    for week in range(60):
        u = Underworld(lines=1)
        i = member(u, ORGANISER)
        b = int(u.s.person.business[i])
        arrest(u, i, week)
        assert u.s.business.leader[b] == -1
        assert u.s.person.steers[i] == u.s.business.steered[b]
        steered += int(u.s.business.steered[b])
        remove_person(u.s, week, i, DEAD)
        assert u.s.business.steered[b] == 0
    assert 10 < steered < 38  # 0.4 of 60, within four standard errors


def test_without_the_mechanism_nobody_steers_from_inside() -> None:
    for week in range(20):
        u = Underworld(lines=1, ablate=("succession",))
        i = member(u, ORGANISER)
        arrest(u, i, week)
        assert u.s.person.steers[i] == 0


def test_back_to_the_same_post() -> None:
    u = Underworld()
    i = member(u, HOLDER)
    o = int(u.s.person.outlet[i])
    arrest(u, i)
    u.s.person.status[i] = FREE
    assert go_back(u.s, i)
    assert u.s.person.outlet[i] == o
    assert u.s.outlet.holder[o] == i


def test_whoever_finds_the_post_taken_works_under_the_one_who_took_it() -> None:
    u = Underworld()
    i = member(u, HOLDER)
    o = int(u.s.person.outlet[i])
    arrest(u, i)
    deputy = int(np.flatnonzero((u.s.person.outlet == o) & (u.s.person.role == RUNNER))[0])
    attach(u.s, deputy, o, HOLDER)
    u.s.person.status[i] = FREE
    assert go_back(u.s, i)
    assert u.s.person.role[i] == RUNNER
    assert u.s.outlet.holder[o] == deputy


def test_a_leader_comes_back_to_lead_or_to_serve() -> None:
    u = Underworld()
    i = member(u, ORGANISER)
    b = int(u.s.person.business[i])
    arrest(u, i)
    other = u.copied()
    u.s.person.status[i] = FREE
    assert go_back(u.s, i)
    assert u.s.business.leader[b] == i
    assert u.s.person.outlet[i] == -1
    successor = int(np.flatnonzero((other.s.person.business == b) & (other.s.person.role == RUNNER))[0])
    other.s.person.role[successor] = ORGANISER
    recount(other.s)
    other.s.person.status[i] = FREE
    assert go_back(other.s, i)
    assert other.s.business.leader[b] == successor
    assert other.s.person.role[i] != ORGANISER


def test_no_way_back_to_a_business_that_is_gone() -> None:
    u = Underworld()
    i = member(u, RUNNER)
    b = int(u.s.person.business[i])
    arrest(u, i)
    close_business(u.s, u.p, KEY, 0, b, CAUSE_BACKGROUND)
    assert u.s.person.status[i] == REMAND
    u.s.person.status[i] = FREE
    assert not go_back(u.s, i)
    assert u.s.person.business[i] == -1


def test_an_upstream_worker_returns_to_another_outlet_of_the_business() -> None:
    u = Underworld(lines=1)
    b = u.add_business(77, 0, tier=DISTRIBUTOR)
    first = int(np.flatnonzero(u.s.outlet.business == b)[0])
    recount(u.s)
    i = int(np.flatnonzero((u.s.person.outlet == first) & (u.s.person.role == STAFF))[0])
    spare = u.add_business(78, 1, tier=DISTRIBUTOR)
    second = int(np.flatnonzero(u.s.outlet.business == spare)[0])
    u.s.outlet.business[second] = b
    arrest(u, i)
    close_outlet(u.s, u.p, KEY, 0, first, CAUSE_BACKGROUND, -1, True)
    u.s.person.status[i] = FREE
    assert go_back(u.s, i)
    assert u.s.person.outlet[i] == second
