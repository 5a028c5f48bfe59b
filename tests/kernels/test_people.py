"""Leaving, informing and growing up; the count of people closes; neither rows nor bystanders matter."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.kernels.people import exit_table, keep_up, lives
from simulation.kernels.recruits import befriend, new_person, people_balance
from simulation.kernels.rows import AT_LARGE, rows_in
from simulation.state.codes import (
    FENCE,
    FREE,
    FROM_18_TO_24,
    FROM_25,
    HOLDER,
    ORGANISER,
    PRISON,
    RUNNER,
    STAFF,
    STREET,
    UNDER_18,
)
from simulation.state.counters import EXITED_PEOPLE, INFORMED, RECRUITS
from simulation.state.world import PEOPLE_INITIAL, PEOPLE_LEFT
from tests.kernels.underworld import Underworld


def busy(lines: int = 30, people: int = 768, **options: object) -> Underworld:
    """A world with a lot going on: many arrests, informants and exits, no closures."""
    u = Underworld(lines=lines, people=people, **options)  # pyright: ignore[reportArgumentType]
    for name, value in (("enforcement_arrest_runner", 2.0), ("enforcement_arrest_organiser", 1.0)):
        u.p[name] = value
    u.p["enforcement_closure"] = 0.0
    u.p["informants_hazard"] = 0.5
    u.s.place.hearings[:] = 7.0
    return u


def test_the_count_of_people_closes_every_week() -> None:
    u = busy()
    for _ in range(120):
        u.run(1, pool=30)
        assert people_balance(u.s) == 0
    assert u.s.tally.people[PEOPLE_LEFT] > 50


def test_rows_do_not_matter() -> None:
    a = busy()
    a.run(10, pool=30)
    b = a.copied()
    b.permute(np.random.default_rng(3).permutation(b.s.person.id.size))
    first = a.run(90, pool=30)
    second = b.run(90, pool=30)
    assert np.array_equal(first, second)
    assert a.by_identity() == b.by_identity()
    assert first.sum() > 500


def test_a_bystander_in_prison_changes_nobody_else() -> None:
    a = busy()
    b = a.copied()
    name = np.uint64(424242)
    i = new_person(b.s, 0, name, 0, -1, -1, RUNNER, FROM_25, 0.5, 0.0, 0.5)
    b.s.person.status[i] = PRISON
    b.s.person.due[i] = 100_000
    b.s.tally.people[PEOPLE_INITIAL] += 1
    first = a.run(60, pool=30)
    second = b.run(60, pool=30)
    assert np.array_equal(first, second)
    others = b.by_identity()
    others.pop(int(name))
    assert a.by_identity() == others


def leavers(u: Underworld, weeks: int) -> float:
    """Exits a person-year."""
    years = 0.0
    exits = 0
    for _ in range(weeks):
        years += ((u.s.person.status == FREE).sum()) / 52.0
        exits += int(u.run(1, pool=30)[0, EXITED_PEOPLE])
    return exits / years


@pytest.mark.parametrize(
    ("role", "hazard"),
    [(RUNNER, "exit_street"), (HOLDER, "exit_middle"), (STAFF, "exit_upper"), (ORGANISER, "exit_core")],
)
def test_every_role_leaves_at_its_own_pace(role: int, hazard: str) -> None:
    """A little below its hazard: who has no loyalty leaves first, and those who are left have more of it."""
    u = Underworld(lines=60, people=1024, ablate=("enforcement", "replacement", "informants"))
    for name, value in (("succession_rate", 0.0), ("succession_promotion", 0.0), ("succession_patience", 1000.0)):
        u.p[name] = value  # everyone keeps the role given here
    rows = u.alive()
    u.s.person.role[rows] = role
    u.s.person.loyalty[rows] = np.linspace(0, 1, rows.size)
    assert 0.75 < leavers(u, 60) / u.p[hazard] < 1.25


def test_leaving_has_a_switch_a_lever_and_reasons() -> None:
    def exits(lever: float = 1.0, loyalty: float = 0.5, savings: float = 0.0, ablate: tuple[str, ...] = ()) -> int:
        u = Underworld(lines=60, people=1024, ablate=("enforcement", "replacement", "informants", *ablate))
        u.levers.exit_hazard[:] = lever
        rows = u.alive()
        u.s.person.loyalty[rows] = loyalty
        u.s.person.savings[rows] = savings
        return int(u.run(60)[:, EXITED_PEOPLE].sum())

    usual = exits()
    assert exits(ablate=("exit",)) == 0
    assert exits(lever=0.0) == 0
    assert exits(lever=2.0) > usual
    assert exits(loyalty=1.0) < usual < exits(loyalty=0.0)
    assert exits(savings=200_000.0) > usual


def test_a_stronger_community_draws_people_off_the_street() -> None:
    u = Underworld()
    usual = exit_table(u.s, u.v, u.p, 0)
    u.s.place.resilience[:] = u.s.place.resilience_usual + 0.2
    stronger = exit_table(u.s, u.v, u.p, 0)
    assert stronger[:, STREET] == pytest.approx(usual[:, STREET] * math.exp(0.2 * u.p["exit_resilience"]))
    assert np.array_equal(stronger[:, :STREET], usual[:, :STREET])


def test_the_exit_lever_is_smooth() -> None:
    u = Underworld()
    last = exit_table(u.s, u.v, u.p, 0)
    for dose in np.linspace(1.01, 1.2, 20):
        u.levers.exit_hazard[0, :, STREET] = dose
        table = exit_table(u.s, u.v, u.p, 0)
        assert (table[:, STREET] > last[:, STREET]).all()
        assert table[0, STREET] / last[0, STREET] == pytest.approx(dose / (dose - 0.01), rel=1e-6)
        assert np.array_equal(table[:, :STREET], last[:, :STREET])
        last = table


def test_informants_go_and_leave_knowledge_behind() -> None:
    u = Underworld(lines=60, people=1024, ablate=("enforcement", "replacement", "exit", "succession"))
    u.levers.informant_hazard[:, STREET] = 0.02
    told = u.run(20)[:, INFORMED].sum()
    assert told == pytest.approx(60 * 3 * (1 - math.exp(-0.4)), rel=0.35)
    assert u.s.tally.people[PEOPLE_LEFT] == told
    betrayed = u.s.business.knowledge[:, 0] > 0
    assert 0 < betrayed.sum() <= told
    assert (u.s.business.suspicion[betrayed] > 0).all()
    assert not u.s.business.suspicion[~betrayed].any()
    silent = Underworld(lines=60, people=1024, ablate=("enforcement", "replacement", "exit", "informants"))
    silent.levers.informant_hazard[:, STREET] = 0.02
    assert silent.run(20)[:, INFORMED].sum() == 0


def test_an_informant_names_friends() -> None:
    u = Underworld(lines=1, ablate=("enforcement", "replacement", "exit"))
    rows = u.alive()
    runner = int(rows[u.s.person.role[rows] == RUNNER][0])
    friend = int(rows[u.s.person.role[rows] == HOLDER][0])
    befriend(u.s, runner, friend, 1, 0.8)
    u.levers.informant_hazard[:, STREET] = 50.0
    u.run(1)
    assert u.s.person.knowledge[friend, 0] == pytest.approx(u.p["informants_gain"] * 0.8, rel=1e-5)


def test_evidence_makes_talkative_and_loyalty_silent() -> None:
    def told(heat: float, loyalty: float) -> int:
        u = Underworld(lines=60, people=1024, ablate=("enforcement", "replacement", "exit"))
        u.p["informants_hazard"] = 10.0
        rows = u.alive()
        u.s.person.heat[rows] = heat
        u.s.person.loyalty[rows] = loyalty
        return int(u.run(5)[:, INFORMED].sum())

    assert told(0.0, 0.5) < told(0.8, 0.5)
    assert told(0.8, 1.0) == 0
    assert told(0.8, 0.5) < told(0.8, 0.0)


def test_experience_savings_and_cooling() -> None:
    u = Underworld(lines=2, ablate=("enforcement", "replacement", "exit", "informants", "succession"))
    rows = u.alive()
    before = u.s.person.experience[rows].copy()
    u.s.person.heat[rows] = 0.8
    half = int(u.p["enforcement_evidence_half_life"])
    u.run(half)
    assert np.allclose(u.s.person.experience[rows], before + half)
    assert np.allclose(u.s.person.heat[rows], 0.4, rtol=1e-4)
    assert (u.s.person.savings[rows] > 0).all()


def test_ties_grow_at_work_fade_apart_and_bands_of_age_pass() -> None:
    u = Underworld(lines=2)
    rows = u.alive()
    person = u.s.person
    one = int(rows[0])
    mate = int(rows[person.business[rows] == person.business[one]][1])
    stranger = int(rows[person.business[rows] != person.business[one]][0])
    befriend(u.s, one, mate, 1, 0.5)
    befriend(u.s, one, stranger, 1, 0.5)
    person.joined[one] = 0
    ages = []
    for age, week in ((UNDER_18, 100), (UNDER_18, 110), (FROM_18_TO_24, 300), (FROM_18_TO_24, 320), (FROM_25, 900)):
        person.age[one] = age
        keep_up(u.s, u.p, week, one)
        ages.append(int(person.age[one]))
    assert ages == [UNDER_18, FROM_18_TO_24, FROM_18_TO_24, FROM_25, FROM_25]
    strength = dict(zip(person.friend_id[one].tolist(), person.strength[one].tolist(), strict=True))
    assert strength[int(person.id[mate])] > 0.5 > strength[int(person.id[stranger])]


def test_freelancers_look_for_no_post_and_the_jobless_leave_sooner() -> None:
    u = Underworld(lines=1, people=2048, ablate=("informants", "enforcement"))
    names = range(1, 501)
    for role, base in ((RUNNER, 0), (FENCE, 10_000)):
        for n in names:
            new_person(u.s, 0, np.uint64((base + n) * 7919), 0, -1, -1, role, FROM_25, 0.5, 0.0, 0.5)
    free = np.empty(u.s.person.id.size, np.int32)
    rows = rows_in(u.s.person.status, AT_LARGE)
    large = rows.size
    u.s.person.leaving[:] = np.random.default_rng(0).integers(0, 2**32, free.size, dtype=np.uint32)
    count = lives(u.s, u.v, u.p, 0, 0, rows, large, free)
    assert set(u.s.person.role[free[:count]].tolist()) == {RUNNER}
    gone = 500 - count
    assert gone == pytest.approx(500 * 0.33 / 52 * 3.0, abs=10)


def test_recruiting_follows_losses() -> None:
    u = busy(lines=60, people=1536)
    counts = u.run(200, pool=40)
    assert counts[50:, RECRUITS].mean() > 2.0
    runners = (u.s.person.role[u.alive()] == RUNNER).sum()
    assert runners > 100
