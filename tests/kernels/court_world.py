"""People who are arrested, charged and wait for a court."""

from __future__ import annotations

import numpy as np

from simulation.chance.identity import splitmix
from simulation.kernels.custody import take_into_custody
from simulation.kernels.justice import NEVER, justice
from simulation.kernels.recruits import new_person
from simulation.state.codes import (
    BAIL,
    CAUSE_BACKGROUND,
    FROM_25,
    RUNNER,
)
from simulation.state.world import PEOPLE_INITIAL
from tests.kernels.underworld import KEY, Underworld


def crowd(u: Underworld, count: int, role: int = RUNNER, place: int = 0, first: int = 0) -> np.ndarray:
    """So many people without a business."""
    names = [np.uint64(splitmix(np.uint64(5), np.uint64(4), np.uint64(first + n))) for n in range(count)]
    rows = [new_person(u.s, -9, name, place, -1, -1, role, FROM_25, 0.5, 5.0, 0.5) for name in names]
    u.s.tally.people[PEOPLE_INITIAL] += count
    return np.array(rows)


def arrest(u: Underworld, rows: np.ndarray, week: int = 0) -> None:
    for i in rows:
        assert take_into_custody(u.s, u.p, KEY, week, int(i), CAUSE_BACKGROUND, -1)


def court(u: Underworld, week: int) -> None:
    u.s.tally.week[:] = 0
    justice(u.s, u.v, u.p, KEY, week, 0)


def waiting(u: Underworld) -> np.ndarray:
    return np.flatnonzero((u.s.person.status > 0) & (u.s.person.charged > NEVER))


def on_bail(count: int = 300) -> tuple[Underworld, np.ndarray]:
    """People charged at week 0 who wait for the court on bail, in a world where every ready case is heard."""
    u = Underworld(people=1024)
    u.s.place.hearings[:] = 2000.0
    rows = crowd(u, count)
    arrest(u, rows)
    court(u, 0)
    return u, rows[u.s.person.status[rows] == BAIL]
