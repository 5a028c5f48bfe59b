"""Brokers and their crews: who is found, what a job pays and to whom, and what happens when hands are missing."""

import numpy as np
import pytest

from simulation.kernels.acquisitive import acquisitive
from simulation.kernels.commission import commission
from simulation.kernels.vulnerable import vulnerability
from simulation.state.codes import (
    BROKER,
    CASH_DIRTY,
    COMMISSIONING,
    EQUITY,
    FENCE,
    HOUSEHOLDS,
    LEGAL_ECONOMY,
    REMAND,
    SALES,
    SKILL_OF_ROLE,
    SPECIALIST,
    THIEF,
    WAGES,
)
from simulation.state.counters import ENTRIES, PROJECTS, RECRUITS
from simulation.state.project import ASSEMBLING
from simulation.state.world import PEOPLE_ARRIVED
from tests.kernels.commission_world import FIRST, lonely, ready, weeks
from tests.kernels.place_world import KEY, mirrored, values


def test_jobs_pay_by_the_table_and_books_balance() -> None:
    p = lonely()
    s, v = ready(p)
    done, pence = weeks(s, v, p, 60)
    assert done > 10
    assert (s.ledger.book.sum(axis=1) == 0).all()
    businesses = range(FIRST, FIRST + 3)
    sales = sum(int(s.ledger.flow[b, SALES]) for b in businesses)
    wages = -sum(int(s.ledger.flow[b, WAGES]) for b in businesses)
    assert sales == pence == -s.ledger.flow[LEGAL_ECONOMY, SALES]
    assert wages == s.ledger.book[HOUSEHOLDS, CASH_DIRTY] == s.ledger.flow[HOUSEHOLDS, WAGES]
    shares = s.recipe.share[0].sum()
    assert wages == pytest.approx(shares * sales, abs=4 * done)
    assert sum(int(s.ledger.book[b, CASH_DIRTY]) for b in businesses) == sales - wages
    assert s.ledger.book[FIRST, EQUITY] == -s.ledger.book[FIRST, CASH_DIRTY]
    paid = s.person.savings[: s.person.id.size][np.isin(s.person.role, (THIEF, SPECIALIST, FENCE))]
    assert paid.sum() == pytest.approx(wages / 100, rel=0.001)


def test_crimes_are_counted_where_jobs_are_done() -> None:
    p = lonely()
    s, v = ready(p)
    done = crimes = 0
    for week in range(80):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        done += s.tally.week[PROJECTS]
        crimes += s.place.acquisitive_organised.sum()
        assert s.tally.week[PROJECTS] > 0 or not s.place.acquisitive_organised.any()
    assert crimes / done == pytest.approx(s.recipe.crimes[0], rel=0.15)


def test_rows_do_not_matter() -> None:
    p = values()
    s, v = ready(p, brokers=6, hands=3)
    t = mirrored(s)
    for week in range(80):
        for world in (s, t):
            world.tally.week[:] = 0
            commission(world, v, p, KEY, week, 0)
        assert np.array_equal(s.tally.week, t.tally.week)
        # two businesses founded in one week may stand in either of two rows
        here, there = np.argsort(s.business.id, kind="stable"), np.argsort(t.business.id, kind="stable")
        assert np.array_equal(s.business.id[here], t.business.id[there])
        assert np.array_equal(s.ledger.book[here], t.ledger.book[there])
        assert np.array_equal(s.project.member_id[here], t.project.member_id[there])
        assert np.array_equal(s.place.pool, t.place.pool)
        assert sorted(s.person.id) == sorted(t.person.id)


@pytest.mark.parametrize("led", [True, False], ids=["a broker at large", "no broker"])
def test_who_is_held_takes_no_part(led: bool) -> None:
    p = lonely()
    s, v = ready(p)
    s.recipe.projects[:] = 0.0
    s.project.owner_id[FIRST] = s.business.id[FIRST]
    s.project.stage[FIRST] = ASSEMBLING
    s.project.jobs[FIRST] = 1
    s.project.place[FIRST] = 0
    here = (s.person.place == 0) & (s.person.status > 0)
    hands = [np.flatnonzero(here & (s.person.role == role)) for role in s.recipe.role[0, : s.recipe.slots[0]]]
    crew = [int(hands[k][int(k == 1)]) for k in range(len(hands))]
    s.project.member[FIRST, : len(crew)] = crew
    s.project.member_id[FIRST, : len(crew)] = s.person.id[crew]
    s.person.status[crew[3]] = REMAND
    held = s.person.id[crew[3]]
    if not led:
        s.person.status[s.business.leader[FIRST]] = REMAND
    commission(s, v, p, KEY, 0, 0)
    assert held not in s.project.member_id[FIRST]
    if not led:
        assert s.project.member[FIRST, 0] == crew[0], "the others wait for the broker"


@pytest.mark.parametrize("role", [THIEF, SPECIALIST, FENCE])
def test_a_missing_skill_stops_the_work_and_ends_projects(role: int) -> None:
    p = lonely()
    s, v = ready(p)
    s.person.status[s.person.role == role] = REMAND
    done, _ = weeks(s, v, p, 40)
    assert done == 0
    opened = s.project.opened[s.project.stage == ASSEMBLING]
    assert (40 - opened <= p["commission_patience"]).all()


def test_scarce_skill_slows_the_work() -> None:
    p = lonely()
    plenty, v = ready(p, brokers=4, hands=12)
    few, _ = ready(p, brokers=4, hands=12)
    few.person.status[np.flatnonzero(few.person.role == SPECIALIST)[2:]] = REMAND
    assert weeks(few, v, p, 80)[0] < 0.8 * weeks(plenty, v, p, 80)[0]


def test_dearer_specialists_agree_less_and_those_who_do_are_paid_more_out_of_the_brokers_share() -> None:
    """What is paid never passes what was taken, and other skills are paid as ever."""
    p = lonely()
    jobs, paid, others = [], [], []
    for factor in (1.0, 2.0, 200.0):
        s, v = ready(p, brokers=4, hands=12)
        v.columns.specialist_wage[:, SKILL_OF_ROLE[SPECIALIST]] = factor
        done, pence = weeks(s, v, p, 80)
        jobs.append(done)
        wages = s.person.savings * 100.0
        paid.append(wages[s.person.role == SPECIALIST].sum() / pence)
        others.append(wages[s.person.role == THIEF].sum() / pence)
        assert (s.ledger.book.sum(axis=1) == 0).all()
        assert -s.ledger.flow[FIRST : FIRST + 4, WAGES].sum() <= pence
    assert jobs[1] < 0.95 * jobs[0]
    assert jobs[2] < jobs[1]
    share = float(s.recipe.share[0][s.recipe.role[0] == SPECIALIST].sum())
    assert paid[0] == pytest.approx(share, rel=0.01)
    assert paid[1] == pytest.approx(share * (1.0 + p["commission_wage_met"]), rel=0.01)
    assert others[1] == pytest.approx(others[0], rel=0.01)


def test_a_rise_that_brokers_meet_in_full_keeps_nobody_away() -> None:
    jobs = []
    for factor in (1.0, 1.5):
        p = lonely(commission_wage_met=1.0)
        s, v = ready(p, brokers=4, hands=12)
        v.columns.specialist_wage[:] = factor
        jobs.append(weeks(s, v, p, 60)[0])
    assert jobs[1] == jobs[0]


def test_a_broker_in_custody_stops_unless_the_business_is_steered() -> None:
    p = lonely()
    s, v = ready(p, brokers=1)
    s.person.status[s.business.leader[FIRST]] = REMAND
    assert weeks(s, v, p, 30)[0] == 0
    s.business.steered[FIRST] = 1
    assert weeks(s, v, p, 60, first=30)[0] > 0


def test_brokers_come_back_to_people_they_know() -> None:
    p = lonely()
    s, v = ready(p, brokers=1, hands=12)
    weeks(s, v, p, 100)
    broker = s.business.leader[FIRST]
    friends = s.person.friend[broker][s.person.friend[broker] >= 0]
    assert friends.size >= 4
    assert s.person.strength[broker].max() > 0.3
    assert (s.person.experience >= 0).all()
    assert s.person.skill[friends].max() > 0.5


def test_police_seen_and_strong_communities_cost_brokers_money() -> None:
    p = lonely()
    usual, v = ready(p, hands=12)
    watched, seen = ready(p, hands=12)
    seen.columns.visibility[:] = 1.0
    strong, _ = ready(p, hands=12)
    strong.place.resilience[:] = 0.9
    takings = weeks(usual, v, p, 60)[1]
    assert weeks(watched, seen, p, 60)[1] < 0.85 * takings
    assert weeks(strong, v, p, 60)[1] < 0.85 * takings


def test_brokers_short_of_hands_take_on_young_people_at_risk() -> None:
    p = values()
    s, v = ready(p, hands=1)
    pool = s.place.pool.sum()
    recruits = 0
    for week in range(60):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        recruits += s.tally.week[RECRUITS]
    assert recruits > 3
    assert pool - s.place.pool.sum() + s.tally.people[PEOPLE_ARRIVED] == recruits
    assert s.place.recruited.sum() == pool - s.place.pool.sum()
    assert (s.place.pool >= 0).all()
    off = lonely()
    t, _ = ready(off, hands=1)
    weeks(t, v, off, 60)
    assert not t.place.recruited.any()


def test_fences_set_up_for_themselves_when_brokers_prosper() -> None:
    def founded(ratio: float) -> int:
        p = values(freelance_found=0.02)
        s, v = ready(p, hands=8)
        entries = 0
        for week in range(60):
            s.business.profit[:] = ratio * s.business.required
            s.tally.week[:] = 0
            commission(s, v, p, KEY, week, 0)
            entries += s.tally.week[ENTRIES]
        new = (s.business.state == 1) & (s.business.model == COMMISSIONING) & (s.business.founder > 0)
        assert new.sum() == entries
        assert (s.ledger.book.sum(axis=1) == 0).all()
        for b in np.flatnonzero(new):
            assert s.person.role[s.business.leader[b]] == BROKER
            assert s.person.id[s.business.leader[b]] == s.business.founder[b]
        return int(entries)

    assert founded(3.0) > 2 * founded(0.0)


def test_a_row_given_to_another_business_starts_afresh() -> None:
    p = lonely()
    s, v = ready(p)
    s.recipe.projects[:] = 0.0
    s.project.owner_id[FIRST] = 77
    s.project.stage[FIRST] = ASSEMBLING
    s.project.jobs[FIRST] = 3
    commission(s, v, p, KEY, 0, 0)
    assert s.project.stage[FIRST] == 0
    assert s.project.jobs[FIRST] == 0


def test_without_the_mechanism_nobody_brokers() -> None:
    p = values(ablate=("commission",))
    s, v = ready(p)
    s.place.acquisitive_organised[:] = 3
    assert weeks(s, v, p, 30) == (0, 0)
    assert not s.place.acquisitive_organised.any()


def test_what_is_taken_makes_a_place_harder_to_take_from() -> None:
    p = lonely()
    s, v = ready(p)
    before = vulnerability(s, v, p, 0, 1)
    s.place.plundered[1] = p["commission_depletion"]
    assert vulnerability(s, v, p, 0, 1) == pytest.approx(before / 2)
    s.place.acquisitive_organised[2] = 10
    acquisitive(s, v, p, KEY, 0, 0)
    assert s.place.plundered[2] > 0
    assert 0 < s.place.plundered[1] < p["commission_depletion"]
