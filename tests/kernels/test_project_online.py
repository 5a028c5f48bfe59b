"""Crews that meet online: whatever the distance, for several brokers, newcomers from outside."""

from __future__ import annotations

import numpy as np

from simulation.kernels.commission import commission
from simulation.state.codes import (
    CALLER,
    COMMISSIONING,
    FREELANCE_OF_ROLE,
    HERDER,
    REMAND,
)
from simulation.state.project import ASSEMBLING
from simulation.state.world import PEOPLE_ARRIVED
from tests.kernels.place_world import KEY, levers, mirrored, values
from tests.kernels.project_world import lived, world


def test_who_works_online_is_found_whatever_the_distance() -> None:
    """Brokers at one end of the row, hands at the other: fraud crews come together, robbery crews do not."""
    p = values(ablate=("freelance",))
    made = {}
    for name in ("fraud", "organised-robbery"):
        s = world(p, name, places=30)
        brokers = np.flatnonzero(s.business.model == COMMISSIONING)
        s.business.home[brokers] = 0
        hands = np.array([FREELANCE_OF_ROLE[role] for role in s.person.role], dtype=bool) & (s.person.status > 0)
        s.person.place[hands] = 29
        s.person.friend[:] = -1
        made[name] = lived(s, p, 60)["projects"]
    assert made["fraud"] > 0
    assert made["organised-robbery"] == 0


def test_people_work_for_several_brokers() -> None:
    """The matrix: over two years most who worked at all worked for more than one business."""
    p = values(ablate=("freelance",))
    s = world(p, "cyber-crime", "fraud")
    v = levers(s)
    employers: dict[int, set[int]] = {}
    for week in range(104):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        for b in np.flatnonzero(s.project.stage == ASSEMBLING):
            for i in s.project.member_id[b][s.project.member_id[b] > 0].tolist():
                employers.setdefault(i, set()).add(int(s.business.id[b]))
    several = np.mean([len(found) > 1 for found in employers.values()])
    assert len(employers) > 20
    assert several > 0.6
    herders = {int(i) for i in s.person.id[(s.person.role == HERDER) & (s.person.status > 0)]}
    frauds = {int(i) for i in s.business.id[s.project.recipe == 1]}
    assert any(found & frauds and found - frauds for i, found in employers.items() if i in herders)


def test_rows_do_not_matter_online_either() -> None:
    p = values()
    s = world(p, "cyber-crime", "fraud", "labour-exploitation")
    t = mirrored(s)
    for week in range(80):
        for each in (s, t):
            each.tally.week[:] = 0
            commission(each, levers(each), p, KEY, week, 0)
        for here, there in zip(s.columns.sector, t.columns.sector, strict=True):
            assert np.array_equal(here, there)
        assert sorted(s.person.id) == sorted(t.person.id)
        assert sorted(s.business.id) == sorted(t.business.id)


def test_newcomers_online_come_from_outside_and_are_shared_with_nobody() -> None:
    p = values()
    s = world(p, "fraud")
    s.person.status[s.person.role == CALLER] = REMAND
    pool = s.place.pool.copy()
    callers = (s.person.role == CALLER).sum()
    lived(s, p, 30)
    assert np.array_equal(s.place.pool, pool)
    come = (s.person.role == CALLER).sum() - callers
    assert come > 5
    assert s.tally.people[PEOPLE_ARRIVED] >= come
    assert np.unique(s.person.id[s.person.status > 0]).size == (s.person.status > 0).sum()
