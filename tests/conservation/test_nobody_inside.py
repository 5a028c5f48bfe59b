"""Nobody inside, dead, gone or out of the trade until a trial takes part in anything: lived in every preset, under pressure."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import numpy as np
import pytest

from simulation.state.codes import ACTIVE, EXITED, NOBODY, OUTSIDE, PRISON, REMAND
from simulation.state.person import Person
from simulation.state.world import State, copy_state
from simulation.world.history import event_frame
from simulation.world.run import start_engine
from tests.conformance.census import WORLDS
from tests.integration.lives import spec, table

# a case lives in the region's own world: what takes minutes there is tried at length
EVERY = pytest.mark.parametrize(
    "preset", [pytest.param(one, marks=pytest.mark.soak) if one == "enterprise-zone" else one for one in WORLDS]
)

WEEKS = 104
INSIDE = (REMAND, PRISON, EXITED)
PRESSED: dict[str, Any] = table(
    {"intervention": "volume-arrests"}, {"intervention": "broker-arrests"}, {"intervention": "specialist-arrests"},
    {"intervention": "leader-arrests", "targets": "leader"}, {"intervention": "offender-management"},
    {"intervention": "serious-crime-prevention-order"},
)  # fmt: skip
# what courts and police do to those inside, and what time inside does not touch
COURTS = ("charge", "sentence", "release", "exit", "death", "operation")
DECIDED = ("status", "charged", "due", "sentence", "record", "steers")
# whom one knows, and what anyone knows of one, is others' doing too
OTHERS = ("friend", "friend_id", "strength", "bond", "knowledge")
# what time does, to those inside too
AGED = ("age",)
# luck that is drawn for everyone in the table, to be used by those at large
LUCK = ("leaving", "talking")
OWN = tuple(name for name in Person._fields if name not in (*DECIDED, *OTHERS, *AGED, *LUCK))


class Week(NamedTuple):
    """Who stayed inside through a week, and who was gone by its end, by identity; and what was amiss."""

    inside: frozenset[int]
    gone: frozenset[int]
    faults: tuple[str, ...]


def inside(s: State) -> np.ndarray:
    return np.flatnonzero(np.isin(s.person.status, INSIDE))


def part_taken(before: State, after: State) -> list[str]:
    """What those who were inside all week had a part in, as far as the state tells."""
    rows = inside(before)
    same = after.person.id[rows] == before.person.id[rows]
    stayed = rows[same & np.isin(after.person.status[rows], INSIDE)]
    faults = []
    for name in OWN:
        one, other = getattr(before.person, name)[stayed], getattr(after.person, name)[stayed]
        faults += [f"{name} of someone inside changed"] if not np.array_equal(one, other) else []
    if (after.person.age[stayed] < before.person.age[stayed]).any():
        faults.append("someone inside grew younger")
    live = after.business.state[OUTSIDE:] == ACTIVE
    if np.isin(after.business.leader[OUTSIDE:][live], stayed).any():
        faults.append("someone inside leads")
    if np.isin(after.outlet.holder[after.outlet.state == ACTIVE], stayed).any():
        faults.append("someone inside holds a line")
    crews = after.project.owner_id == after.business.id
    members, names = after.project.member[crews], after.project.member_id[crews]
    hired = members[(members >= 0) & (after.person.id[members] == names)]
    if np.isin(hired, stayed).any():
        faults.append("someone inside is of a crew")
    return faults


@functools.cache
def lived(preset: str) -> tuple[tuple[Week, ...], Any]:
    """The weeks of a world, and its events."""
    engine = start_engine(spec(preset, PRESSED, weeks=WEEKS), True)
    weeks, gone = [], set()
    for _ in range(WEEKS):
        before = copy_state(engine.state)
        engine.run(1)
        after = engine.state
        there = set(after.person.id[after.person.status != NOBODY].tolist())
        was = set(before.person.id[before.person.status != NOBODY].tolist())
        held = set(before.person.id[inside(before)].tolist()) & set(after.person.id[inside(after)].tolist())
        faults = part_taken(before, after)
        faults += ["someone gone is back"] if gone & there else []
        gone |= was - there
        weeks.append(Week(frozenset(held), frozenset(gone), tuple(faults)))
    engine.collect_events()
    return tuple(weeks), event_frame(engine.events)


@EVERY
def test_those_inside_hold_lead_earn_and_learn_nothing(preset: str) -> None:
    weeks, _ = lived(preset)
    assert sum(len(one.inside) for one in weeks) > WEEKS
    assert [(w, fault) for w, one in enumerate(weeks) for fault in one.faults] == []


@EVERY
def test_nothing_happens_through_those_inside_but_what_courts_decide(preset: str) -> None:
    weeks, events = lived(preset)
    people = events[(events.subject_kind == "person") & (events.week >= 0)]
    told = [
        (w, kind)
        for w, kind, who in zip(people.week, people.kind, people.subject, strict=True)
        if int(who, 16) in weeks[w].inside and kind not in COURTS
    ]
    assert told == []
    assert set(people.kind) >= {"arrest", "charge", "sentence", "release", "exit"}


@EVERY
def test_nothing_is_told_of_the_dead_and_gone(preset: str) -> None:
    weeks, events = lived(preset)
    people = events[(events.subject_kind == "person") & (events.week > 0)]
    told = [
        (w, kind)
        for w, kind, who in zip(people.week, people.kind, people.subject, strict=True)
        if int(who, 16) in weeks[w - 1].gone and kind != "operation"  # which finds that its target is gone
    ]
    assert told == []
    assert weeks[-1].gone


def test_somebody_inside_at_work_is_noticed() -> None:
    before = start_engine(spec("force")).state
    free = np.flatnonzero((before.person.status == 1) & (before.person.outlet >= 0))
    after = copy_state(before)
    assert part_taken(before, after) == []
    held = inside(before)[0]
    after.person.savings[held] += 1.0
    after.outlet.holder[before.person.outlet[free[0]]] = held
    after.business.leader[before.person.business[free[0]]] = held
    jobs = np.flatnonzero((after.project.owner_id == after.business.id) & (after.business.state == ACTIVE))
    after.project.member[jobs[0], 0] = held
    after.project.member_id[jobs[0], 0] = after.person.id[held]
    assert part_taken(before, after) == [
        "savings of someone inside changed", "someone inside leads", "someone inside holds a line",
        "someone inside is of a crew",
    ]  # fmt: skip
