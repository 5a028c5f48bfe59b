"""Arrests beyond what courts can hear fill the bail list, not the prisons; surge courts work it off."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.state.codes import BAIL, REMAND
from simulation.state.counters import CONVICTIONS
from tests.integration.lives import grown_up, spec

WEEKS = 104


def waiting(arrests: float, courts: float) -> tuple[int, int, float]:
    """Cases ready to be heard at the end, the most heard to conviction in a week, and what courts can hear."""
    shocks = [{"week": 0, "kind": "arrest-rate", "size": arrests}]
    engine = grown_up(spec({"preset": "force", "id": "crowded-courts", "shocks": shocks}, weeks=WEEKS))
    place = engine.state.place
    place.hearings[:] *= courts
    most = 0
    for _ in range(WEEKS):
        engine.run(1)
        most = max(most, int(engine.state.tally.week[CONVICTIONS]))
    person = engine.state.person
    ready = np.isin(person.status, (BAIL, REMAND)) & (engine.week - person.charged >= engine.p["justice_preparation"])
    return int((ready & (person.charged > -1000)).sum()), most, float(place.hearings.sum())


@pytest.mark.slow
def test_more_arrests_than_courts_can_hear_wait() -> None:
    usual, _, _ = waiting(1.0, 1.0)
    crowded, most, hearings = waiting(2.0, 1.0)
    eased, _, _ = waiting(2.0, 3.0)
    assert crowded > usual + 50
    assert most <= math.ceil(hearings)
    assert eased < usual + 5
