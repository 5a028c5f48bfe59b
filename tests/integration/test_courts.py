"""Arrests beyond what courts can hear fill the bail list, not the prisons; surge courts work it off."""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from simulation.state.codes import BAIL, EXITED, PRISON, REMAND
from simulation.state.counters import CONVICTIONS
from tests.integration.lives import grown_up, spec

WEEKS = 104
WAITING = (BAIL, REMAND, EXITED)


class Crowd(NamedTuple):
    """Where those arrested are after two years, and what courts did meanwhile."""

    ready: int
    """Cases ready to be heard."""
    bail: int
    """On bail, whether or not they have left the trade since."""
    remand: int
    prison: int
    """Serving a sentence."""
    convictions: int
    most: int
    """Most convictions in a week."""
    hearings: float
    """Cases that courts can hear in a week."""


@cache
def lived(arrests: float, courts: float) -> Crowd:
    """Two years of a force in which so many times as many are arrested, and courts hear so many times as many."""
    shocks = [{"week": 0, "kind": "arrest-rate", "size": arrests}]
    engine = grown_up(spec({"preset": "force", "id": "crowded-courts", "shocks": shocks}, weeks=WEEKS))
    engine.p["justice_trial"] = engine.p["justice_preparation"]  # every case is ready alike: only courts make it wait
    place = engine.state.place
    place.hearings[:] *= courts
    convicted = []
    for _ in range(WEEKS):
        engine.run(1)
        convicted.append(int(engine.state.tally.week[CONVICTIONS]))
    person = engine.state.person
    ready = np.isin(person.status, WAITING) & (engine.week - person.charged >= engine.p["justice_preparation"])
    count = {status: int((person.status == status).sum()) for status in (*WAITING, PRISON)}
    return Crowd(
        int((ready & (person.charged > -1000)).sum()), count[BAIL] + count[EXITED], count[REMAND], count[PRISON], sum(convicted),
        max(convicted), float(place.hearings.sum()),
    )  # fmt: skip


@pytest.mark.slow
def test_more_arrests_than_courts_can_hear_wait() -> None:
    usual, crowded, eased = lived(1.0, 1.0), lived(2.0, 1.0), lived(2.0, 3.0)
    assert crowded.ready > usual.ready + 50
    assert crowded.most <= math.ceil(crowded.hearings)
    assert eased.ready < usual.ready + 5


@pytest.mark.slow
def test_a_surge_beyond_what_courts_can_hear_adds_bail_and_no_sentences() -> None:
    """Twice the arrests come to as many sentences as courts had room for; with courts to match they come to half as many more."""
    usual, crowded, eased = lived(1.0, 1.0), lived(2.0, 1.0), lived(2.0, 3.0)
    assert crowded.bail > 2 * usual.bail
    assert 0.95 * usual.convictions < crowded.convictions <= crowded.hearings * WEEKS + 1
    assert crowded.convictions < 1.15 * usual.convictions
    assert crowded.prison < 1.15 * usual.prison  # as many more at most as there are convictions
    assert eased.prison > 1.3 * usual.prison
    assert eased.bail < crowded.bail


@pytest.mark.slow
def test_open_cases_are_as_many_as_the_table_says_and_some_are_old() -> None:
    """The table is the force's part of all open cases; its part older than a year is for all crime, tried more often."""
    waited = []
    for replicate in range(4):
        force = spec({"preset": "force", "id": "its-courts"}, weeks=105, replicate=replicate)
        engine = grown_up(force)
        for _ in range(5):
            person = engine.state.person
            open_case = np.isin(person.status, WAITING) & (person.charged > -1000)
            waited.append(engine.week - person.charged[open_case])
            engine.run(21)
        courts = force.scenario.courts
    open_cases = np.mean([weeks.size for weeks in waited])
    part = courts.organised_crime.value
    assert part * courts.open_cases.low < open_cases < part * courts.open_cases.high
    assert 0.1 < np.mean([np.mean(weeks > 52) for weeks in waited]) < courts.over_one_year.high
