"""Those who work together come to know each other: first the chief, then the chief's people, as long as there is room."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.state.codes import HOLDER, RUNNER
from simulation.state.world import State
from tests.kernels.underworld import Underworld

QUIET = ("enforcement", "replacement", "exit", "informants")


def ties(s: State, i: int) -> set[int]:
    person = s.person
    friends = zip(person.friend[i].tolist(), person.friend_id[i].tolist(), strict=True)
    return {f for f, name in friends if f >= 0 and int(person.id[f]) == name}


def strangers(ablate: tuple[str, ...] = (), **parameters: float) -> Underworld:
    """Lines whose people do not know each other, with nothing else going on."""
    u = Underworld(lines=40, people=1024, ablate=(*QUIET, *ablate))
    for name, value in parameters.items():
        u.p[name] = value
    u.s.person.friend[:] = -1
    u.s.person.friend_id[:] = 0
    return u


def runners(u: Underworld) -> list[int]:
    rows = u.alive()
    return rows[u.s.person.role[rows] == RUNNER].tolist()


def test_runners_come_to_know_whoever_runs_the_line_and_then_each_other() -> None:
    u = strangers()
    u.run(16)
    holder = u.s.outlet.holder
    known = [ties(u.s, i) for i in runners(u)]
    assert any(known)
    for i, friends in zip(runners(u), known, strict=True):
        assert friends <= {int(holder[u.s.person.outlet[i]])}, "the chief comes first"
    u.run(240)
    mates = 0
    for i in runners(u):
        assert all(u.s.person.business[f] == u.s.person.business[i] for f in ties(u.s, i))
        assert int(holder[u.s.person.outlet[i]]) in ties(u.s, i)
        mates += sum(u.s.person.role[f] == RUNNER for f in ties(u.s, i))
    assert mates > len(runners(u))


def test_nobody_meets_anybody_with_the_switch_off() -> None:
    u = strangers(ablate=("workmates",))
    u.run(160)
    assert not any(ties(u.s, i) for i in runners(u))


def test_half_of_them_know_their_chief_after_the_half_life() -> None:
    u = strangers(workmates_half_life=16.0)
    u.run(16)
    share = np.mean([bool(ties(u.s, i)) for i in runners(u)])
    assert share == pytest.approx(0.5, abs=0.12)


def test_nobody_seeks_more_ties_than_there_is_room_for() -> None:
    u = strangers(workmates_room=1.0, workmates_half_life=8.0)
    u.run(320)
    rows = u.alive()
    holders = rows[u.s.person.role[rows] == HOLDER]
    assert all(len(ties(u.s, i)) <= 1 for i in runners(u))
    assert any(len(ties(u.s, i)) >= 1 for i in holders)


def test_rows_do_not_matter_to_who_meets_whom() -> None:
    a = strangers()
    a.run(10)
    b = a.copied()
    b.permute(np.random.default_rng(3).permutation(b.s.person.id.size))
    a.run(120)
    b.run(120)

    def by_name(u: Underworld) -> dict[int, set[int]]:
        return {int(u.s.person.id[i]): {int(u.s.person.id[f]) for f in ties(u.s, i)} for i in u.alive().tolist()}

    assert by_name(a) == by_name(b)
    assert any(by_name(a).values())
