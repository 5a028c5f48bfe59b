"""People come in, take posts, get to know each other and leave: nobody is lost count of, and rows do not matter."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from simulation.kernels.acquaintances import knows
from simulation.kernels.recruits import (
    attach,
    by_identity,
    detach,
    new_person,
    people_balance,
    recruit,
    recruit_member,
    remove_person,
)
from simulation.kernels.rows import release_person
from simulation.kernels.succession import recount
from simulation.state.codes import DEAD, EXITED, FREE, HOLDER, INFORMANT, LINE, ORGANISER, RUNNER, UNDER_18
from simulation.state.counters import EXITED_PEOPLE, RECRUITS, RECRUITS_UNDER_18
from simulation.state.world import PEOPLE_ARRIVED, PEOPLE_DEAD, PEOPLE_LEFT
from tests.kernels.underworld import KEY, Underworld


def open_line(u: Underworld) -> int:
    return int(np.flatnonzero((u.s.outlet.state > 0) & (u.s.outlet.tier == LINE))[0])


def test_a_new_person_has_every_column_written() -> None:
    u = Underworld()
    clean = int(u.s.free.person[u.s.tally.count[2] - 1])
    dirty = u.copied()
    for column in dirty.s.person:
        column[clean] = 77
    for world in (u, dirty):
        i = new_person(world.s, 3, np.uint64(5), 0, -1, -1, RUNNER, UNDER_18, 0.5, 0.0, 0.5)
        assert i == clean
    for name, a, b in zip(u.s.person._fields, u.s.person, dirty.s.person, strict=True):
        assert np.array_equal(a[clean], b[clean]), name


def test_recruiting_moves_one_from_the_pool_and_leaves_the_books_balanced() -> None:
    u = Underworld()
    o = open_line(u)
    place = int(u.s.outlet.place[o])
    before = int(u.s.place.pool[place])
    staff = int(u.s.outlet.staff[o])
    rows = [recruit(u.s, u.p, KEY, 9, place, o, RUNNER) for _ in range(5)]
    assert u.s.place.pool[place] == before - 5
    assert u.s.place.recruited[place] == 5
    assert u.s.outlet.staff[o] == staff + 5
    assert u.s.tally.week[RECRUITS] == 5
    assert u.s.tally.week[RECRUITS_UNDER_18] == int((u.s.person.age[rows] == UNDER_18).sum())
    assert len(set(u.s.person.id[rows].tolist())) == 5
    assert people_balance(u.s) == 0
    # each newcomer knows the holder
    holder = u.s.outlet.holder_id[o]
    assert all(holder in u.s.person.friend_id[i] for i in rows)


def test_with_an_empty_pool_someone_arrives_from_outside() -> None:
    u = Underworld(pool=0)
    recruit(u.s, u.p, KEY, 9, 0, open_line(u), RUNNER)
    assert u.s.tally.people[PEOPLE_ARRIVED] == 1
    assert u.s.place.pool.min() == 0
    assert people_balance(u.s) == 0


def test_identities_come_from_outlet_week_and_slot_not_from_rows() -> None:
    u = Underworld()
    o = open_line(u)
    other = u.copied()
    new_person(other.s, 0, np.uint64(123), 0, -1, -1, RUNNER, 2, 0.5, 0.0, 0.5)  # takes the row that was next
    a = recruit(u.s, u.p, KEY, 4, 0, o, RUNNER)
    b = recruit(other.s, other.p, KEY, 4, 0, o, RUNNER)
    assert a != b
    assert u.s.person.id[a] == other.s.person.id[b]
    assert u.s.person.skill[a] == other.s.person.skill[b]
    assert u.s.person.age[a] == other.s.person.age[b]
    later = u.copied()
    assert (
        later.s.person.id[recruit(later.s, u.p, KEY, 5, 0, o, RUNNER)]
        != u.s.person.id[recruit(u.s, u.p, KEY, 4, 0, o, RUNNER)]
    )


def test_counts_kept_on_the_way_equal_a_recount() -> None:
    u = Underworld()
    o = open_line(u)
    b = int(u.s.outlet.business[o])
    hired = [recruit(u.s, u.p, KEY, 4, 0, o, RUNNER) for _ in range(3)]
    detach(u.s, hired[0])
    detach(u.s, int(u.s.outlet.holder[o]))
    attach(u.s, hired[0], o, HOLDER)
    detach(u.s, int(u.s.business.leader[b]))
    recruit_member(u.s, u.p, KEY, 4, 0, b, ORGANISER, 1)
    kept = u.posts()
    recount(u.s)
    for name, counted in u.posts().items():
        assert np.array_equal(kept[name], counted), name
    assert u.s.person.outlet[u.s.business.leader[b]] == -1


@pytest.mark.parametrize(("kind", "tally"), [(EXITED, PEOPLE_LEFT), (INFORMANT, PEOPLE_LEFT), (DEAD, PEOPLE_DEAD)])
def test_leaving_for_good_is_tallied_once(kind: int, tally: int) -> None:
    u = Underworld()
    i = int(u.s.outlet.holder[open_line(u)])
    remove_person(u.s, 3, i, kind)
    assert u.s.person.status[i] == 0
    assert u.s.tally.people[tally] == 1
    assert u.s.tally.week[EXITED_PEOPLE] == (kind == EXITED)
    assert u.s.outlet.holder[open_line(u)] == -1
    assert people_balance(u.s) == 0


def test_balance_notices_a_person_who_vanishes() -> None:
    u = Underworld()
    release_person(u.s, int(u.alive()[0]))
    assert people_balance(u.s) == -1


def test_ties_kept_do_not_depend_on_who_was_met_first() -> None:
    """Nine acquaintances of three strengths: the six kept are the same in any order."""
    strengths = [0.2, 0.5, 0.5, 0.5, 0.3, 0.5, 0.5, 0.5, 0.5]
    kept = set()
    for order in itertools.islice(itertools.permutations(range(9)), 0, 362880, 9001):
        u = Underworld(lines=0)
        rows = [new_person(u.s, 0, np.uint64(100 + 7 * n % 11), 0, -1, -1, RUNNER, 2, 0.5, 0.0, 0.5) for n in range(10)]
        for n in order:
            knows(u.s, rows[9], rows[n], 1, strengths[n])
        kept.add(frozenset(u.s.person.friend_id[rows[9]].tolist()))
    assert len(kept) == 1


def test_a_friend_who_has_left_makes_room_first() -> None:
    u = Underworld(lines=0)
    rows = [new_person(u.s, 0, np.uint64(100 + n), 0, -1, -1, RUNNER, 2, 0.5, 0.0, 0.5) for n in range(8)]
    for n in range(6):
        knows(u.s, rows[7], rows[n], 1, 0.9)
    remove_person(u.s, 1, rows[2], EXITED)
    knows(u.s, rows[7], rows[6], 1, 0.1)
    assert 106 in u.s.person.friend_id[rows[7]]
    assert 102 not in u.s.person.friend_id[rows[7]]


def test_sorting_by_identity() -> None:
    ids = np.array([50, 10, 40, 20, 30], dtype=np.uint64)
    rows = np.array([0, 1, 2, 3, 4], dtype=np.int32)
    by_identity(rows, 4, ids)
    assert rows.tolist() == [1, 3, 2, 0, 4]


def test_everyone_starts_free() -> None:
    u = Underworld()
    assert set(u.s.person.status[u.alive()].tolist()) == {FREE}
