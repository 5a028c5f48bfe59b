"""Courts are a queue: charge, remand or bail, the oldest case first, custody, licence and return."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.chance.identity import splitmix
from simulation.kernels.custody import take_into_custody
from simulation.kernels.justice import NEVER, justice, places_in_court
from simulation.kernels.recruits import at_large, new_person, people_balance, remove_person
from simulation.state.codes import (
    BAIL,
    CAUSE_BACKGROUND,
    DEAD,
    EXITED,
    FREE,
    FROM_18_TO_24,
    FROM_25,
    INFORMANT,
    LICENCE,
    NOBODY,
    ORGANISER,
    PRISON,
    REMAND,
    RUNNER,
    UNDER_18,
)
from simulation.state.counters import CHARGED, CONVICTIONS, EXITED_PEOPLE, EXITED_UNDER_18, RELEASES
from simulation.state.world import PEOPLE_DEAD, PEOPLE_INITIAL, PEOPLE_LEFT
from tests.kernels.underworld import KEY, Underworld


def crowd(u: Underworld, count: int, role: int = RUNNER, place: int = 0, first: int = 0) -> np.ndarray:
    """So many people without a business."""
    names = [np.uint64(splitmix(np.uint64(5), np.uint64(4), np.uint64(first + n))) for n in range(count)]
    rows = [new_person(u.s, -9, name, place, -1, -1, role, FROM_25, 0.5, 5.0, 0.5) for name in names]
    u.s.tally.people[PEOPLE_INITIAL] += count
    return np.array(rows)


def arrest(u: Underworld, rows: np.ndarray, week: int = 0) -> None:
    for i in rows:
        assert take_into_custody(u.s, u.p, KEY, week, int(i), CAUSE_BACKGROUND, -1)


def court(u: Underworld, week: int) -> None:
    u.s.tally.week[:] = 0
    justice(u.s, u.v, u.p, KEY, week, 0)


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


def waiting(u: Underworld) -> np.ndarray:
    return np.flatnonzero((u.s.person.status > 0) & (u.s.person.charged > NEVER))


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


def test_convictions_follow_charges() -> None:
    u = Underworld(lines=40, people=1024)
    u.p["enforcement_arrest_runner"] = 1.0
    u.p["enforcement_closure"] = 0.0
    u.p["justice_trial"] = u.p["justice_preparation"]
    counts = u.run(300, pool=40)
    ratio = counts[30:, CONVICTIONS].sum() / counts[4:-26, CHARGED].sum()
    assert ratio == pytest.approx(0.85, abs=0.05)


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


def on_bail(count: int = 300) -> tuple[Underworld, np.ndarray]:
    """People charged at week 0 who wait for the court on bail, in a world where every ready case is heard."""
    u = Underworld(people=1024)
    u.s.place.hearings[:] = 2000.0
    rows = crowd(u, count)
    arrest(u, rows)
    court(u, 0)
    return u, rows[u.s.person.status[rows] == BAIL]


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
