"""Phases are called through their addresses: same work and same errors, and nothing that returns something is called so."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernel import kernel
from simulation.kernels.week import week
from simulation.pointer import address_of, addresses


@kernel
def writes_down(s, v, p, key, w, lw):
    s[w] = v + p + key + lw


@kernel
def refuses(s, v, p, key, w, lw):
    raise ValueError("not this week")


@kernel
def answers(s, v, p, key, w, lw):
    return s[w]


def test_phases_are_called_in_order_with_what_the_week_was_given() -> None:
    s = np.zeros(3)
    given = (s, 10.0, 0.5, np.uint64(4))
    phases = addresses([writes_down], *given)
    week(phases, *given, 1, 2)
    assert s.tolist() == [0.0, 16.5, 0.0]
    week(phases[:0], *given, 0, 0)
    assert s.tolist() == [0.0, 16.5, 0.0]


def test_what_a_phase_raises_ends_the_week() -> None:
    s = np.zeros(3)
    given = (s, 10.0, 0.5, np.uint64(4))
    phases = addresses([refuses, writes_down], *given)
    with pytest.raises(ValueError, match="not this week"):
        week(phases, *given, 1, 2)
    assert not s.any()


def test_a_phase_that_returns_something_has_no_address() -> None:
    with pytest.raises(TypeError, match="answers returns float64"):
        address_of(answers, np.zeros(3), 10.0, 0.5, np.uint64(4), 0, 0)
