"""Probes of what levels miss count files as they stand: whom one has in its picture and another has not."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.state.codes import BAIL, FREE, LOCAL, NATIONAL, NOBODY, PRISON, REGIONAL
from simulation.state.world import State
from simulation.validation.probes import PROBES
from simulation.world.values import parameter_record
from tests.policy.ground import fresh_state

P = parameter_record({})


def files(*known: tuple[float, float, float]) -> State:
    """A world of so many people at large, each with these files."""
    s = fresh_state()
    s.person.status[:] = NOBODY
    s.person.status[: len(known)] = FREE
    s.person.knowledge[:] = 0.9
    s.person.knowledge[: len(known)] = known
    return s


def found(s: State, probe: str) -> tuple[float, float]:
    return PROBES[probe]()(s, P, 0)


def test_files_that_are_missing_are_counted_by_who_misses_them() -> None:
    s = files((0.5, 0.0, 0.0), (0.0, 0.5, 0.0), (0.0, 0.0, 0.5), (0.5, 0.5, 0.5), (0.1, 0.2, 0.29))
    assert found(s, "missed_locally") == (2.0, 3.0)
    assert found(s, "missed_above") == (1.0, 2.0)
    assert found(s, "missed_by_a_level") == (6.0, 12.0)
    assert found(s, "known_at_all") == (4.0, 1.0)


@pytest.mark.parametrize(("status", "counted"), [(BAIL, True), (PRISON, False)])
def test_only_people_at_large_are_there_to_be_missed(status: int, counted: bool) -> None:
    s = files((0.0, 0.5, 0.0))
    s.person.status[0] = status
    assert found(s, "missed_locally") == ((1.0, 1.0) if counted else (0.0, 0.0))


def test_a_world_without_anyone_known_says_nothing() -> None:
    s = files((0.0, 0.0, 0.0))
    s.person.knowledge[0, [LOCAL, REGIONAL, NATIONAL]] = np.nextafter(np.float32(0.3), np.float32(0.0))
    assert found(s, "missed_by_a_level") == (0.0, 0.0)
