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
    engine.p["justice_trial"] = engine.p["justice_preparation"]  # every case is ready alike: only courts make it wait
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


@pytest.mark.slow
def test_open_cases_are_as_many_as_the_table_says_and_some_are_old() -> None:
    """The table is the force's part of all open cases; its part older than a year is for all crime, tried more often."""
    waited = []
    for replicate in range(4):
        force = spec({"preset": "force", "id": "its-courts"}, weeks=105, replicate=replicate)
        engine = grown_up(force)
        for _ in range(5):
            person = engine.state.person
            open_case = np.isin(person.status, (BAIL, REMAND)) & (person.charged > -1000)
            waited.append(engine.week - person.charged[open_case])
            engine.run(21)
        courts = force.scenario.courts
    open_cases = np.mean([weeks.size for weeks in waited])
    part = courts.organised_crime.value
    assert part * courts.open_cases.low < open_cases < part * courts.open_cases.high
    assert 0.1 < np.mean([np.mean(weeks > 52) for weeks in waited]) < courts.over_one_year.high
