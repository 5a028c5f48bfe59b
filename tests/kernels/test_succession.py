"""Who takes over, when, and what of the business's trust comes with it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.kernels.people import worthier
from simulation.kernels.recruits import befriend, detach, people_balance, remove_person
from simulation.kernels.succession import inherited, pass_on_ties, recount, succeed
from simulation.state.codes import ACTIVE, BROKER, COMMISSIONING, DEAD, HOLDER, LINE, ORGANISER, OUTSIDE, RUNNER
from simulation.state.counters import PROMOTIONS, SUCCESSIONS
from tests.kernels.underworld import KEY, Underworld

CALM = ("enforcement", "exit", "informants", "replacement")


def businesses(u: Underworld) -> np.ndarray:
    return np.flatnonzero(u.s.business.state == ACTIVE)


def behead(u: Underworld) -> None:
    """Every leader dies."""
    for b in businesses(u):
        remove_person(u.s, 0, int(u.s.business.leader[b]), DEAD)


def weeks_without(u: Underworld, limit: int) -> np.ndarray:
    """Leaderless businesses by week."""
    left = []
    for _ in range(limit):
        u.run(1)
        left.append(int((u.s.business.leader[businesses(u)] < 0).sum()))
    return np.array(left)


def test_leaders_are_replaced_at_the_weekly_rate() -> None:
    u = Underworld(lines=120, people=1024, ablate=CALM)
    behead(u)
    left = weeks_without(u, 15)
    assert left[4] / 120 == pytest.approx(0.88**5, abs=0.16)
    assert left[14] / 120 == pytest.approx(0.88**15, abs=0.12)
    assert (np.diff(left) <= 0).all()


def test_the_jailed_leaders_word_speeds_it_up() -> None:
    u = Underworld(lines=120, people=1024, ablate=CALM)
    behead(u)
    slow = u.copied()
    u.s.business.steered[:] = 1
    assert weeks_without(u, 4)[-1] < weeks_without(slow, 4)[-1]


def test_without_the_mechanism_succession_is_immediate_and_loses_no_trust() -> None:
    u = Underworld(lines=40, people=512, ablate=(*CALM, "succession"))
    behead(u)
    u.s.tie.supplier[:, 0] = 0
    u.s.tie.supplier_id[:, 0] = u.s.outlet.id[0]
    u.s.tie.good[:, 0] = 6.0
    assert weeks_without(u, 1)[0] == 0
    assert (u.s.tie.good[u.s.outlet.state == ACTIVE, 0] == 6.0).all()


def test_the_most_able_above_the_street_follows() -> None:
    u = Underworld(lines=1, ablate=(*CALM, "succession"))
    b = int(businesses(u)[0])
    person = u.s.person
    rows = np.flatnonzero(person.business == b)
    holder = int(rows[person.role[rows] == HOLDER][0])
    runners = rows[person.role[rows] == RUNNER]
    person.experience[runners] = 900.0
    assert worthier(u.s, holder, int(runners[0]))
    behead(u)
    u.run(1)
    assert u.s.business.leader[b] == holder
    assert person.role[holder] == ORGANISER
    assert person.outlet[holder] == -1


def test_among_equals_skill_and_experience_decide() -> None:
    u = Underworld(lines=1)
    person = u.s.person
    a, b, c = (int(i) for i in np.flatnonzero(person.role == RUNNER)[:3])
    person.skill[[a, b, c]] = [0.5, 0.5, 0.9]
    person.experience[[a, b, c]] = [100, 50, 50]
    assert worthier(u.s, a, b)
    assert not worthier(u.s, b, a)
    assert worthier(u.s, a, c)  # 50 against 45
    assert worthier(u.s, c, b)


def test_a_commissioning_business_is_led_by_a_broker() -> None:
    u = Underworld(lines=1, ablate=(*CALM, "succession"))
    b = int(businesses(u)[0])
    u.s.business.model[b] = COMMISSIONING
    behead(u)
    u.run(1)
    assert u.s.person.role[u.s.business.leader[b]] == BROKER


def test_after_too_long_without_a_leader_it_falls_apart() -> None:
    u = Underworld(lines=10, ablate=CALM)
    u.p["succession_rate"] = 0.0
    patience = int(u.p["succession_patience"])
    behead(u)
    u.run(patience - 1)
    assert businesses(u).size == 10
    u.run(1)
    assert businesses(u).size == 0
    assert (u.s.person.business[u.alive()] == -1).all()
    assert people_balance(u.s) == 0


def test_trust_passes_by_social_ties() -> None:
    u = Underworld(lines=1)
    b = int(businesses(u)[0])
    leader = int(u.s.business.leader[b])
    heir = int(np.flatnonzero((u.s.person.business == b) & (u.s.person.role == HOLDER))[0])
    stranger = inherited(u.s, u.p, b, heir)
    assert stranger == pytest.approx(float(u.p["succession_transfer"]))
    befriend(u.s, heir, leader, 1, 0.5)
    detach(u.s, leader)
    known = inherited(u.s, u.p, b, heir)
    assert known == pytest.approx(stranger + 0.5 * float(u.p["succession_transfer_tie"]))
    for i in np.flatnonzero(u.s.person.business == b):
        befriend(u.s, heir, int(i), 1, 0.3)
    assert known < inherited(u.s, u.p, b, heir) <= 1.0


def test_only_ties_of_the_business_lose_trust() -> None:
    u = Underworld(lines=6)
    outlets = np.flatnonzero(u.s.outlet.state == ACTIVE)
    first, second, third = (int(o) for o in outlets[:3])
    for buyer, supplier in ((first, second), (third, first), (second, third)):
        u.s.tie.supplier[buyer, 0] = supplier
        u.s.tie.supplier_id[buyer, 0] = u.s.outlet.id[supplier]
        u.s.tie.good[buyer, 0] = 4.0
        u.s.tie.bad[buyer, 0] = 2.0
    pass_on_ties(u.s, int(u.s.outlet.business[first]), 0.5, np.arange(u.s.outlet.id.size, dtype=np.int32))
    assert u.s.tie.good[[first, third, second], 0].tolist() == [2.0, 2.0, 4.0]
    assert u.s.tie.bad[[first, third, second], 0].tolist() == [1.0, 1.0, 2.0]


def test_succession_halves_trust_or_so() -> None:
    u = Underworld(lines=60, people=1024, ablate=CALM)
    u.run(60)
    behead(u)
    u.run(30)
    done = u.s.business.succeeded[businesses(u)] > 0
    share = u.s.business.transfer[businesses(u)][done]
    assert done.sum() > 40
    assert 0.25 < share.mean() < 0.75


def test_lines_promote_the_longest_serving_runner() -> None:
    u = Underworld(lines=80, people=1024, ablate=CALM)
    lines = np.flatnonzero((u.s.outlet.state == ACTIVE) & (u.s.outlet.tier == LINE))
    expected = {}
    for o in lines:
        remove_person(u.s, 0, int(u.s.outlet.holder[o]), DEAD)
        runners = np.flatnonzero((u.s.person.outlet == o) & (u.s.person.role == RUNNER))
        expected[int(o)] = max(runners, key=lambda i: (u.s.person.experience[i], -int(u.s.person.id[i])))
    promoted = u.run(3)[:, PROMOTIONS]
    held = lines[u.s.outlet.holder[lines] >= 0]
    assert promoted.sum() == held.size
    within = 1.0 - (1.0 - u.p["succession_promotion"]) ** 3  # three weeks
    assert held.size / 80 == pytest.approx(within, abs=4 * math.sqrt(0.24 / 80))
    assert all(u.s.outlet.holder[o] == expected[int(o)] for o in held)
    waiting = lines[u.s.outlet.holder[lines] < 0]
    assert (u.s.outlet.vacant[waiting] == 3).all()


def test_a_promoted_or_risen_person_is_counted_once() -> None:
    u = Underworld(lines=40, people=512, ablate=CALM)
    behead(u)
    for o in np.flatnonzero(u.s.outlet.state == ACTIVE):
        remove_person(u.s, 0, int(u.s.outlet.holder[o]), DEAD)
    outlets, owners = u.s.outlet.id.size, u.s.business.id.size
    for week in range(12):
        promoted = np.full(outlets, -1, np.int32)
        heir = np.full(owners, -1, np.int32)
        for b in businesses(u):
            rows = np.flatnonzero(u.s.person.business == b)
            heir[b] = rows[0]
            promoted[u.s.person.outlet[rows[0]]] = rows[0]
        succeed(u.s, u.p, KEY, week, promoted, heir)
        kept = u.posts()
        recount(u.s)
        for name, counted in u.posts().items():
            assert np.array_equal(kept[name], counted), name
    assert u.s.tally.week[SUCCESSIONS] > 10
    assert u.s.tally.week[PROMOTIONS] > 10


def test_counterparties_have_no_leaders() -> None:
    u = Underworld(lines=2)
    u.run(60)
    assert (u.s.business.leader[:OUTSIDE] == -1).all()
    assert not u.s.business.leaderless[:OUTSIDE].any()
