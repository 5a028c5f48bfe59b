"""Being there disturbs nobody: people whose every hazard is zero change no series and no other entity, ever."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.policy.targets import in_picture
from simulation.state.codes import FREE, MONITORED, NOBODY, STAFF
from simulation.state.world import State
from simulation.world.run import execute
from tests.conservation.identities import faults_of, first_faults
from tests.integration.lives import alike, grown_up, lived, newborn, spec

WEEKS = 78


def watched(preset: str, number: int, plan: Any = "do-as-now", **given: Any) -> Any:
    """A run in a scenario with so many people added who are never touched."""
    scenario = {"id": "watched", "preset": preset, "population": {"monitored_people": number}}
    return spec(scenario, plan, **given)


def others(s: State) -> dict[int, tuple[Any, ...]]:
    """Everyone but the monitored, by identity: what is known of them apart from rows."""
    person = s.person
    rows = np.flatnonzero((person.status != NOBODY) & (person.status != MONITORED))
    names = ("status", "role", "business_id", "post_id", "place", "age", "skill", "experience", "heat", "savings")
    return {int(person.id[i]): tuple(getattr(person, name)[i].tobytes() for name in names) for i in rows}


@pytest.mark.parametrize("number", [1, 25])
@pytest.mark.parametrize("plan", ["do-as-now", "clear-hold-build", "leader-arrests"])
@pytest.mark.parametrize("preset", ["estate", "force"])
def test_whoever_only_watches_changes_nothing(preset: str, plan: str, number: int):
    without = execute(spec(preset, plan, weeks=WEEKS))
    with_them = execute(watched(preset, number, plan, weeks=WEEKS))
    assert alike(without.series, with_them.series)
    assert alike(without.place, with_them.place)


def test_nobody_else_is_changed():
    run, twin = spec("force", weeks=WEEKS), watched("force", 7, weeks=WEEKS)
    without, with_them = newborn(run), newborn(twin)
    for _ in range(WEEKS):
        without.run(1)
        with_them.run(1)
        assert others(without.state) == others(with_them.state)


def test_the_monitored_are_there_and_stay_as_they_were():
    engine = newborn(watched("force", 7, weeks=WEEKS))
    person = engine.state.person
    rows = np.flatnonzero(person.status == MONITORED)
    assert rows.size == 7
    assert np.all(person.role[rows] == STAFF)
    before = {name: column[rows].copy() for name, column in zip(person._fields, engine.state.columns.person, strict=True)
              if name not in ("leaving", "talking")}  # fmt: skip
    lived(engine)
    after = engine.state.person
    for name, column in before.items():
        assert np.array_equal(getattr(after, name)[rows], column), name
    assert not in_picture(engine.state, 0, np.arange(engine.state.place.id.size), 0.0)[rows].any()


def test_a_world_with_them_adds_up():
    assert first_faults(grown_up(watched("force", 3, weeks=26)), 26) == []


def test_someone_who_can_be_touched_does_change_something():
    """The comparison is not blind: the same people, at large, are arrested, hired and counted."""
    run = watched("force", 25, weeks=26)
    still, loose = newborn(run), newborn(run)
    loose.state.person.status[loose.state.person.status == MONITORED] = FREE
    assert faults_of(loose.state) == []
    assert not alike(lived(still), lived(loose))


def named(s: State, table: str) -> dict[int, bytes]:
    """Rows of a table by identity, without the columns that hold row numbers or another's row."""
    rows = getattr(s, table)
    columns = [
        column
        for name, column in zip(rows._fields, getattr(s.columns, table), strict=True)
        if name not in ("business", "outlet", "leader", "holder", "friend", "leaving", "talking")
    ]
    return {int(rows.id[r]): b"".join(c[r].tobytes() for c in columns) for r in np.flatnonzero(rows.id)}


def around(near: np.ndarray, places: set[int]) -> set[int]:
    """Places within reach of some, and those within whose reach they are."""
    there = [near[list(places)].ravel(), np.flatnonzero(np.isin(near, list(places)).any(axis=1))]
    return {*places, *(int(place) for place in np.concatenate(there) if place >= 0)}


def touched(place: int) -> int:
    """One more person without a post, at large in one place: how many entities differ after a week, all within reach."""
    run = watched("force", 1, weeks=1)
    still, loose = newborn(run), newborn(run)
    row = int(np.flatnonzero(still.state.person.status == MONITORED)[0])
    identity = int(still.state.person.id[row])
    for engine in (still, loose):
        engine.state.person.place[row] = place
    loose.state.person.status[row] = FREE
    still.run(1)
    loose.run(1)
    worlds = (still.state, loose.state)
    # a newcomer takes a post in a near place; whoever would have had it comes from near that place
    reach = around(worlds[0].place.near, around(worlds[0].place.near, {place}))
    number = 0
    for table, where in (("person", "place"), ("outlet", "place"), ("business", "home")):
        before, after = (named(s, table) for s in worlds)
        differ = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} - {identity}
        number += len(differ)
        for s in worlds:
            rows = getattr(s, table)
            found = {int(r) for r in np.flatnonzero(rows.id) if int(rows.id[r]) in differ}
            if table == "business":  # a business is touched where its outlets are
                here = [o for o in np.flatnonzero(s.outlet.id) if int(s.outlet.place[o]) in reach]
                assert found <= {int(s.outlet.business[o]) for o in here}
            else:
                assert {int(getattr(rows, where)[r]) for r in found} <= reach
    for name, column in zip(worlds[0].place._fields, worlds[0].columns.place, strict=True):
        changed = (column != getattr(worlds[1].place, name)).reshape(column.shape[0], -1).any(axis=1)
        assert set(np.flatnonzero(changed).tolist()) <= reach, name
    return number


def test_an_ordinary_newcomer_reaches_only_the_neighbourhood_in_the_first_week():
    assert sum(touched(place) for place in range(0, 52, 3)) > 0
