"""Empty posts: how many are wanted, how fast they fill, and who gets them first."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels.hiring import fill_posts, look_near, posts_wanted
from simulation.kernels.recruits import befriend, detach, new_person, people_balance
from simulation.state.codes import ACTIVE, FROM_25, LINE, RUNNER, STAFF
from simulation.state.counters import RECRUITS, RECRUITS_UNDER_18
from simulation.state.world import PEOPLE_INITIAL
from tests.kernels.underworld import DISTRIBUTOR, KEY, MILLIGRAMS, Underworld


@given(st.floats(0, 1e7))
def test_posts_wanted(forecast: float) -> None:
    p = Underworld(lines=0, people=64).p
    wanted = posts_wanted(p, forecast, 90.0 * MILLIGRAMS, True)
    load, least, most = p["replacement_load"], p["replacement_least"], p["replacement_most"]
    assert wanted == min(max(math.ceil(forecast / (90_000 * load)), least), most)
    assert posts_wanted(p, forecast, 90.0 * MILLIGRAMS, False) <= wanted


def short_handed(lines: int = 40, pool: int = 40, **options: object) -> Underworld:
    """Lines that want as many runners as a line may have, and have three."""
    u = Underworld(lines=lines, people=2048, pool=pool, **options)  # pyright: ignore[reportArgumentType]
    u.s.outlet.forecast[:] = 1000.0 * MILLIGRAMS
    return u


def jobless(u: Underworld, count: int, place: int = 0) -> np.ndarray:
    names = [np.uint64(999_331 * (n + 1)) for n in range(count)]
    rows = [new_person(u.s, 0, name, place, -1, -1, RUNNER, FROM_25, 0.5, 5.0, 0.5) for name in names]
    u.s.tally.people[PEOPLE_INITIAL] += count
    return np.array(rows, dtype=np.int32)


def fill(u: Underworld, week: int = 0, free: np.ndarray | None = None) -> None:
    free = np.empty(0, np.int32) if free is None else free
    fill_posts(u.s, u.p, KEY, week, free, free.size)


def test_posts_fill_at_the_rate_that_people_at_hand_allow() -> None:
    hired = {}
    for pool in (0, 5, 20, 2000):
        u = short_handed(pool=pool, localities=40)
        fill(u)
        hired[pool] = int(u.s.tally.week[RECRUITS])
        assert people_balance(u.s) == 0
    posts = 40 * (u.p["replacement_most"] - 3)
    assert hired[0] == 0
    for pool in (5, 20, 2000):
        rate = u.p["replacement_fill"] * pool / (pool + u.p["replacement_half"])
        assert hired[pool] == pytest.approx(posts * rate, abs=4 * math.sqrt(posts * rate))


def test_with_replacement_off_nobody_is_hired() -> None:
    u = short_handed(ablate=("replacement",))
    free = jobless(u, 10)
    fill(u, free=free)
    assert u.s.tally.week[RECRUITS] == 0
    assert (u.s.person.outlet[free] == -1).all()


def test_nobody_is_hired_where_nothing_is_wanted() -> None:
    u = Underworld(lines=20)
    u.s.outlet.forecast[:] = 0.0  # the fewest are enough, and three are there
    fill(u)
    assert u.s.tally.week[RECRUITS] == 0


def test_upstream_outlets_hire_staff() -> None:
    u = Underworld(lines=0)
    for n in range(12):
        u.add_business(n, 0, tier=DISTRIBUTOR, runners=1)
    u.s.outlet.forecast[:] = 1000.0 * MILLIGRAMS
    for week in range(20):
        fill(u, week)
    new = u.alive()[u.s.person.joined[u.alive()] >= 0]
    assert new.size > 20
    assert set(u.s.person.role[new].tolist()) == {STAFF}


def test_friends_are_hired_first_then_neighbours_then_the_young() -> None:
    u = short_handed(localities=1, lines=8, pool=60)
    free = jobless(u, 8)
    lines = np.flatnonzero((u.s.outlet.state == ACTIVE) & (u.s.outlet.tier == LINE))
    chosen = int(lines[5])
    friend = int(free[3])
    befriend(u.s, friend, int(u.s.outlet.holder[chosen]), 1, 0.5)
    u.p["replacement_fill"] = 0.8
    fill(u, free=free)
    assert u.s.person.outlet[friend] == chosen
    assert (u.s.person.outlet[free] >= 0).all()  # there are forty posts for eight
    assert u.s.tally.week[RECRUITS] > 0


def test_a_friend_in_prison_opens_no_door() -> None:
    u = short_handed(localities=2, lines=1)
    free = jobless(u, 1, place=1)
    holder = int(u.s.outlet.holder[np.flatnonzero(u.s.outlet.state == ACTIVE)[0]])
    befriend(u.s, int(free[0]), holder, 1, 0.5)
    detach(u.s, holder)
    u.s.person.status[holder] = 3
    fill(u, free=free)
    assert u.s.person.outlet[free[0]] == -1


def test_no_outlet_takes_more_than_it_wants() -> None:
    u = short_handed(localities=1, lines=3)
    free = jobless(u, 200)
    for week in range(30):
        rest = free[u.s.person.outlet[free] < 0]
        fill(u, week, rest)
    lines = np.flatnonzero(u.s.outlet.state == ACTIVE)
    assert (u.s.outlet.runners[lines] == u.p["replacement_most"]).all()


def test_removing_one_applicant_changes_only_who_gets_that_post() -> None:
    a = short_handed(localities=2, lines=6)
    everyone = jobless(a, 14)
    b = a.copied()
    fill(a, free=everyone)
    fill(b, free=np.delete(everyone, 4))
    changed = [
        int(i) for i in everyone if i != everyone[4] and a.s.person.outlet[i] != b.s.person.outlet[i]
    ]  # fmt: skip
    assert len(changed) <= 1
    missing = int(a.s.person.outlet[everyone[4]])
    assert all(b.s.person.outlet[i] == missing for i in changed)


def test_the_street_recruits_the_young() -> None:
    u = short_handed(lines=100, localities=20, pool=500)
    for week in range(3):
        fill(u, week)
    hired = int(u.s.tally.week[RECRUITS])
    share = u.s.tally.week[RECRUITS_UNDER_18] / hired
    assert share == pytest.approx(float(u.p["replacement_under_18"]), abs=4 * math.sqrt(0.21 / hired))


def test_who_looks_for_a_post_goes_where_it_is_near_and_where_more_hire() -> None:
    u = Underworld(lines=3, people=8192, localities=2, pool=0)
    lines = np.flatnonzero((u.s.outlet.state == ACTIVE) & (u.s.outlet.tier == LINE)).astype(np.int32)
    u.s.outlet.place[lines] = [0, 0, 1]
    u.s.place.near[0, :2], u.s.place.near_weight[0, :2] = [0, 1], [1.0, 0.5]
    looking = jobless(u, 4000)
    choice = np.full(looking.size, -1, np.int32)
    choice[0] = 7  # a friend has a post for that one
    look_near(u.s, KEY, 0, lines, choice, looking, looking.size)
    assert choice[0] == 7
    share = [float((choice[1:] == line).mean()) for line in lines]
    for found, expected in zip(share, [0.4, 0.4, 0.2], strict=True):
        assert found == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / 3999))
    u.s.person.place[looking] = 1
    u.s.place.near[1, :] = -1
    choice[:] = -1
    look_near(u.s, KEY, 0, lines, choice, looking, looking.size)
    assert set(choice.tolist()) == {-1}  # nowhere is near
