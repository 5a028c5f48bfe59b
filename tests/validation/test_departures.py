"""Who has left the trade is counted as gone, whatever a court has still to decide."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.state.codes import EXITED, FREE, NOBODY, PRISON, RUNNER
from simulation.validation.probes import PROBES
from simulation.world.values import parameter_record
from tests.policy.ground import fresh_state

P = parameter_record({})


def test_whoever_leaves_on_bail_has_departed_and_whoever_is_jailed_has_not() -> None:
    s = fresh_state()
    person = s.person
    person.status[:] = NOBODY
    person.id[:] = 0
    person.left[:] = 0
    rows = np.arange(5)
    person.id[rows] = rows + 1
    person.role[rows] = RUNNER
    person.status[rows] = FREE
    ask = PROBES["departures_street"]()
    assert ask(s, P, 0) == (0.0, 0.0)
    person.status[0], person.left[0] = EXITED, 1
    person.status[1], person.left[1] = PRISON, 1
    person.status[2], person.id[2] = NOBODY, 0
    person.status[3] = PRISON
    gone, years = ask(s, P, 13)
    assert gone == 3.0
    assert years == pytest.approx(5 * 13 / 52)
