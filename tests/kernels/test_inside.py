"""The first prisoners: as many, and with as long to serve, as years of policing would have left."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.inside import fill_prisons
from simulation.kernels.recruits import people_balance
from simulation.state.codes import BAIL, FREE, LICENCE, PRISON
from tests.kernels.underworld import KEY, Underworld


def inside(u: Underworld) -> int:
    return int((u.s.person.status == PRISON).sum())


def test_prisons_start_near_where_history_would_take_them() -> None:
    u = Underworld(lines=170, people=3072, localities=20)
    u.p["enforcement_closure"] = 0.0
    outside = u.alive().size
    made = fill_prisons(u.s, u.p, KEY, 0)
    assert made == inside(u)
    assert people_balance(u.s) == 0
    empty = Underworld(lines=170, people=3072, localities=20)
    empty.p["enforcement_closure"] = 0.0
    for world in (u, empty):  # courts that keep up: those who wait for them are not counted on
        world.p["justice_trial"] = world.p["justice_preparation"]
    empty.run(416, pool=32)
    later = []
    for _ in range(13):
        empty.run(8, pool=32)
        later.append(inside(empty) / np.isin(empty.s.person.status, (FREE, LICENCE, BAIL)).sum())
    assert made / outside == pytest.approx(np.mean(later), rel=0.25)
    rows = np.flatnonzero(u.s.person.status == PRISON)
    remaining = u.s.person.due[rows].mean()
    others = np.flatnonzero(empty.s.person.status == PRISON)
    assert remaining == pytest.approx((empty.s.person.due[others] - empty.week).mean(), rel=0.3)


def test_no_policing_no_prisoners() -> None:
    for mechanism in ("enforcement", "justice"):
        u = Underworld(lines=30, people=512, ablate=(mechanism,))
        assert fill_prisons(u.s, u.p, KEY, 0) == 0
