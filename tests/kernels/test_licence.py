"""After prison: supervision on licence, recalls, going back, and orders that cut a jailed leader off."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.custody import take_into_custody
from simulation.state.codes import CAUSE_BACKGROUND, EXPOSURE_OF_ROLE, LICENCE, ORGANISER, PRISON, REMAND, RUNNER
from tests.kernels.court_world import court, crowd
from tests.kernels.underworld import KEY, Underworld


def on_licence(u: Underworld, count: int, role: int = RUNNER) -> np.ndarray:
    """So many people of a role on licence for years."""
    rows = crowd(u, count, role)
    u.s.person.status[rows] = LICENCE
    u.s.person.due[rows] = 1000
    return rows


@pytest.mark.parametrize("role", [RUNNER, ORGANISER])
def test_whoever_is_watched_more_closely_on_licence_is_recalled_more(role: int) -> None:
    recalled = []
    for control in (0.0, 1.0, 4.0):
        u = Underworld(people=1024)
        u.levers.licence_control[:] = control
        rows = on_licence(u, 400, role)
        for week in range(26):
            court(u, week)
        recalled.append(int((u.s.person.status[rows] != LICENCE).sum() + (u.s.person.due[rows] < 1000).sum()))
    assert recalled[0] == 0
    assert 0 < recalled[1] < 0.6 * recalled[2]


def released_to_crime(control: float, role: int, **parameters: float) -> set[int]:
    u = Underworld(people=1024, parameters=parameters)
    u.levers.licence_control[:] = control
    rows = crowd(u, 400, role)
    u.s.person.status[rows] = PRISON
    u.s.person.due[rows] = 0
    court(u, 0)
    return set(rows[u.s.person.status[rows] == LICENCE].tolist())


@pytest.mark.parametrize(("role", "again"), [(RUNNER, 0.45), (ORGANISER, 0.6)])
def test_fewer_of_those_supervised_closely_go_back_to_crime(role: int, again: float) -> None:
    loose, usual, close = (released_to_crime(control, role) for control in (0.5, 1.0, 3.0))
    assert close < usual < loose, "the same luck, another threshold"
    for control, found in ((0.5, loose), (1.0, usual), (3.0, close)):
        assert len(found) / 400 == pytest.approx(again ** (control**0.25), abs=0.07)
    assert released_to_crime(3.0, role, **{"justice.control_return": 0.0}) == usual


def test_supervision_reaches_the_exposure_it_is_for() -> None:
    u = Underworld(people=1024)
    u.levers.licence_control[:, EXPOSURE_OF_ROLE[ORGANISER]] = 0.0
    street, core = on_licence(u, 200), on_licence(u, 200, ORGANISER)
    for week in range(52):
        court(u, week)
    assert (u.s.person.status[core] == LICENCE).all()
    assert (u.s.person.status[street] != LICENCE).any()


def steered(u: Underworld) -> tuple[int, int]:
    """A jailed leader who steers, for a long time, and the business."""
    b = int(np.flatnonzero(u.s.business.leader >= 0)[0])
    i = int(u.s.business.leader[b])
    take_into_custody(u.s, u.p, KEY, 0, i, CAUSE_BACKGROUND, -1)
    u.s.person.status[i] = PRISON
    u.s.person.due[i] = 1000
    u.s.person.steers[i] = 1
    u.s.business.steered[b] = 1
    return i, b


def test_a_jailed_leader_under_an_order_is_cut_off_from_the_business() -> None:
    for hazard, lasts in ((0.0, True), (0.2, False)):
        u = Underworld()
        i, b = steered(u)
        u.levers.custody_control[:] = hazard
        for week in range(60):
            court(u, week)
        assert u.s.person.status[i] == PRISON
        assert bool(u.s.person.steers[i]) == bool(u.s.business.steered[b]) == lasts


def test_nobody_is_cut_off_before_a_conviction() -> None:
    u = Underworld()
    i, _ = steered(u)
    u.s.person.status[i] = REMAND
    u.s.person.charged[i] = 0
    u.levers.custody_control[:] = 9.0
    for week in range(20):
        court(u, week)
    assert u.s.person.status[i] == REMAND
    assert u.s.person.steers[i] == 1
