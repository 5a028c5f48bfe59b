"""Courts are a queue: charge, remand or bail, the oldest case first."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.justice import NEVER, places_in_court
from simulation.state.codes import (
    BAIL,
    FREE,
    ORGANISER,
    REMAND,
    RUNNER,
)
from simulation.state.counters import CHARGED, CONVICTIONS
from tests.kernels.court_world import arrest, court, crowd, waiting
from tests.kernels.underworld import Underworld


def charged(u: Underworld, heat: float, knowledge: float, role: int = RUNNER) -> np.ndarray:
    rows = crowd(u, 400, role)
    arrest(u, rows)
    u.s.person.heat[rows] = heat
    u.s.person.knowledge[rows, 1] = knowledge
    court(u, 0)
    return rows[u.s.person.charged[rows] == 0]


def test_the_better_the_case_the_likelier_the_charge() -> None:
    cases = [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5), (1.0, 0.0)]
    sets = [set(charged(Underworld(people=1024), *case).tolist()) for case in cases]
    assert sets[0] < sets[1] == sets[2] < sets[3] < sets[4]
    low, high = 0.55, 0.95
    for (heat, known), found in zip(cases, sets, strict=True):
        evidence = 1 - (1 - heat) * (1 - known)
        assert len(found) / 400 == pytest.approx(low + (high - low) * evidence, abs=0.08)


def test_whoever_is_not_charged_is_free_the_same_week() -> None:
    u = Underworld(people=1024)
    rows = crowd(u, 300)
    arrest(u, rows)
    court(u, 0)
    status = u.s.person.status[rows]
    assert set(status.tolist()) == {FREE, REMAND, BAIL}
    assert ((status == FREE) == (u.s.person.charged[rows] == NEVER)).all()
    assert u.s.tally.week[CHARGED] == (status != FREE).sum()


def test_the_core_is_remanded_the_street_bailed() -> None:
    shares = []
    for role in (RUNNER, ORGANISER):
        u = Underworld(people=1024)
        rows = charged(u, 0.5, 0.5, role)
        shares.append((u.s.person.status[rows] == REMAND).mean())
    assert shares[0] == pytest.approx(0.25, abs=0.1)
    assert shares[1] == pytest.approx(0.6, abs=0.1)


def test_without_the_mechanism_everyone_arrested_goes_home() -> None:
    u = Underworld(people=1024, ablate=("justice",))
    rows = crowd(u, 50)
    arrest(u, rows)
    court(u, 0)
    assert set(u.s.person.status[rows].tolist()) == {FREE}


def test_courts_hear_a_finite_number_a_week_the_oldest_first() -> None:
    u = Underworld(people=1024)
    u.p["justice_pleads"] = 1.0
    rows = crowd(u, 300)
    for week in range(6):
        arrest(u, rows[week * 50 : week * 50 + 50], week)
        court(u, week)
    prepared = int(u.p["justice_preparation"])
    heard_each = []
    for week in range(6, prepared + 60):
        queue = sorted(
            (int(u.s.person.charged[i]), int(u.s.person.id[i])) for i in waiting(u)
            if week - u.s.person.charged[i] >= prepared
        )  # fmt: skip
        court(u, week)
        left = {int(u.s.person.id[i]) for i in waiting(u)}
        heard = [case for case in queue if case[1] not in left]
        assert heard == queue[: len(heard)], "first charged, first heard"
        assert len(heard) <= 5
        heard_each.append(len(heard))
    rate = u.s.place.hearings.sum()
    busy = [n for n in heard_each if n]
    assert np.mean(busy[:-1]) == pytest.approx(rate, rel=0.1)


def test_pleas_and_the_trials_of_those_held_are_heard_soon_other_trials_late() -> None:
    u = Underworld(people=1024)
    u.s.place.hearings[:] = 2000.0
    rows = crowd(u, 600)
    arrest(u, rows)
    court(u, 0)
    bailed = rows[u.s.person.status[rows] == BAIL]
    prepared, trial = int(u.p["justice_preparation"]), int(u.p["justice_trial"])
    court(u, prepared - 1)
    assert np.isin(bailed, waiting(u)).all()
    court(u, prepared)
    assert (u.s.person.status[waiting(u)] == BAIL).all(), "nobody held waits for longer"
    assert waiting(u).size / bailed.size == pytest.approx(1.0 - u.p["justice_pleads"], abs=0.08)
    before = waiting(u).size
    court(u, trial - 1)
    assert waiting(u).size == before
    court(u, trial)
    assert waiting(u).size == 0


def test_capacity_follows_residents_and_keeps_fractions() -> None:
    u = Underworld(localities=4)
    u.s.place.region[:] = [0, 0, 0, 1]
    total = np.array([places_in_court(u.s, u.v, u.p, week, 0) for week in range(-200, 800)])
    expected = np.array([u.s.place.hearings[:3].sum(), u.s.place.hearings[3]])
    assert total.mean(axis=0) == pytest.approx(expected, abs=0.002)
    assert (np.ptp(total, axis=0) <= 1).all()


def test_surge_courts_hear_more_in_their_region() -> None:
    u = Underworld(localities=4)
    u.s.place.region[:] = [0, 0, 0, 1]
    usual = np.array([places_in_court(u.s, u.v, u.p, week, 0) for week in range(400)]).sum(axis=0)
    u.levers.court_throughput[:, 1] = 1.5
    more = np.array([places_in_court(u.s, u.v, u.p, week, 0) for week in range(400)]).sum(axis=0)
    assert more[0] == usual[0]
    assert more[1] == pytest.approx(1.5 * usual[1], rel=0.02)


def test_surge_courts_shorten_the_queue() -> None:
    left = []
    for factor in (1.0, 1.5):
        u = Underworld(people=1024)
        u.levers.court_throughput[:] = factor
        arrest(u, crowd(u, 400))
        for week in range(60):
            court(u, week)
        left.append(waiting(u).size)
    assert left[1] < left[0]
    assert left[0] > 0


def test_doubling_arrests_makes_cases_wait_longer() -> None:
    def longest(arrested: int) -> int:
        u = Underworld(people=2048)
        u.p["justice_pleads"] = 1.0
        rows = crowd(u, 1600)
        waited = 0
        for week in range(100):
            arrest(u, rows[week * arrested : (week + 1) * arrested], week)
            court(u, week)
            queue = waiting(u)
            if queue.size:
                waited = max(waited, week - int(u.s.person.charged[queue].min()))
        return waited

    assert longest(4) < 40 < longest(14)


def test_convictions_follow_charges() -> None:
    u = Underworld(lines=40, people=1024)
    u.p["enforcement_arrest_runner"] = 1.0
    u.p["enforcement_closure"] = 0.0
    u.p["justice_trial"] = u.p["justice_preparation"]
    counts = u.run(300, pool=40)
    ratio = counts[30:, CONVICTIONS].sum() / counts[4:-26, CHARGED].sum()
    assert ratio == pytest.approx(0.85, abs=0.05)
