"""What happens is what was likely: events against the chances they had, summed over the world, posts, places and quarters.

Phases are called one after another, and the chances of those about to be drawn for are read in between. Given what stands
there, the draws are independent, so that a count less its expectation, over its standard deviation, is near a standard normal.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from simulation.kernels.enforce import arrest_table, caution
from simulation.kernels.week import PHASES, week
from simulation.state.codes import (
    BAIL,
    CORE,
    EXPOSURE_OF_ROLE,
    FREE,
    LICENCE,
    NOBODY,
    ORDER_ARREST,
    PRISON,
    REMAND,
    TARGET_PERSON,
)
from simulation.state.world import ORDER_COUNT
from simulation.world.advance import enough_room
from simulation.world.engine import Engine
from simulation.world.growth import grown
from tests.integration.lives import grown_up, spec

WEEKS = {"estate": 260, "force": 260, "virtual": 104}
REPLICATES = (4, 5)
QUARTER = 13
NEVER = -100000
FAR = 4.0
ENOUGH = 9.0  # variance from which a sum of chances is near enough to normal
NAMES = [phase.__name__ for phase in PHASES]
SCALES = ("world", "role", "place", "quarter")
KINDS = ("arrested", "charged", "recalled", "returned", "violence")


class Counts:
    """Events, their expectation and variance, by kind and scale."""

    def __init__(self) -> None:
        self.sums: dict[tuple[str, str, int], np.ndarray] = defaultdict(lambda: np.zeros(3))

    def add(self, kind: str, w: int, happened: Any, mean: Any, variance: Any, role: Any, place: Any) -> None:
        """One array entry a chance; `role` may be None, where what happens has none."""
        figures = np.column_stack([happened, mean, variance]).astype(float)
        cells = {
            "world": np.zeros(len(figures), dtype=int),
            "quarter": np.full(len(figures), w // QUARTER),
            "place": place,
        }
        if role is not None:
            cells["role"] = role
        for scale, cell in cells.items():
            for one in np.unique(cell):
                self.sums[kind, scale, int(one)] += figures[cell == one].sum(axis=0)

    def scores(self, kind: str, scale: str) -> dict[int, float]:
        return {
            cell: (float(happened) - float(mean)) / float(variance) ** 0.5
            for (what, where, cell), (happened, mean, variance) in self.sums.items()
            if (what, where) == (kind, scale) and variance >= ENOUGH
        }


def phases(engine: Engine, first: str, last: str | None) -> None:
    """The phases from `first` up to, not including, `last`."""
    part = engine.phases[NAMES.index(first) : NAMES.index(last) if last else len(NAMES)]
    week(part, engine.state, engine.levers, engine.p, engine.key, engine.week, engine.week - engine.levers_first)


def arrests(engine: Engine, counts: Counts) -> None:
    """Background arrests asked for, against the hazards of all at large."""
    s, p = engine.state, engine.p
    before = int(s.tally.count[ORDER_COUNT])
    table = arrest_table(s, engine.levers, p, engine.week - engine.levers_first)
    left = caution(s, p)
    person = s.person
    rows = np.flatnonzero(np.isin(person.status, (FREE, LICENCE, BAIL)) & (person.place >= 0))
    leads = (EXPOSURE_OF_ROLE[person.role[rows]] == CORE).astype(int)
    hazard = (
        table[person.place[rows], person.role[rows]] * left[person.business[rows], leads]
    )  # -1: the unattached, last
    hazard *= np.where(person.status[rows] == LICENCE, p["enforcement_licence"], 1.0)
    phases(engine, "enforce", "clear")
    orders = s.orders
    new = np.arange(before, int(s.tally.count[ORDER_COUNT]))
    new = new[(orders.kind[new] == ORDER_ARREST) & (orders.target_kind[new] == TARGET_PERSON)]
    chance = -np.expm1(-hazard)
    happened = np.isin(rows, orders.target[new])
    assert happened.sum() == new.size, "nobody is arrested who is not at large"
    counts.add("arrested", engine.week, happened, chance, chance * (1 - chance), person.role[rows], person.place[rows])


def courts(engine: Engine, counts: Counts) -> None:
    """Charges, recalls and returns, against their chances; places in court decide nothing here."""
    s, p, w = engine.state, engine.p, engine.week
    person = s.person
    status, charged, due = person.status.copy(), person.charged.copy(), person.due.copy()
    left = person.left.copy()
    identity, role, place = person.id.copy(), person.role.copy(), person.place.copy()
    held = 1.0 - (1.0 - person.knowledge.max(axis=1)) * (1.0 - person.heat)
    charge = p["justice_charge_least"] + (p["justice_charge_most"] - p["justice_charge_least"]) * held.astype(float)
    again = np.where(EXPOSURE_OF_ROLE[role] == CORE, p["justice_reentry_core"], p["justice_reentry"])
    recall = np.full(role.size, -np.expm1(-p["justice_recall"] / 52.0))
    phases(engine, "justice", "contest")
    kinds = {
        "charged": (np.isin(status, (REMAND, BAIL)) & (charged == NEVER), charge, person.charged != NEVER),
        "recalled": ((status == LICENCE) & (w < due), recall, person.status == PRISON),
        "returned": (
            (status == PRISON) & (w >= due) & (left == 0),
            again,
            (person.status != NOBODY) & (person.id == identity),
        ),
    }
    for kind, (asked, chance, happened) in kinds.items():
        rows = np.flatnonzero(asked)
        of = chance[rows]
        counts.add(kind, w, happened[rows], of, of * (1.0 - of), role[rows], place[rows])


@functools.cache
def counted(preset: str) -> Counts:
    """Two worlds of a preset, lived through phase by phase."""
    counts = Counts()
    for replicate in REPLICATES:
        engine = grown_up(spec(preset, weeks=WEEKS[preset], replicate=replicate))
        for _ in range(WEEKS[preset]):
            live_a_week(engine, counts)
    return counts


def live_a_week(engine: Engine, counts: Counts) -> None:
    """One week, stopped where chances are drawn for."""
    if engine.week >= engine.block_end:
        engine.decide()
    if not enough_room(engine.state, engine.reserve):
        engine.state = grown(engine.state, engine.reserve)
    phases(engine, NAMES[0], "enforce")
    arrests(engine, counts)
    phases(engine, "clear", "justice")
    courts(engine, counts)
    phases(engine, "contest", None)
    place = engine.state.place
    fought = np.flatnonzero(place.violence > 0.0)
    mean = place.violence[fought]
    counts.add("violence", engine.week, place.violent_events[fought], mean, mean, None, fought)
    engine.week += 1


@pytest.mark.parametrize("preset", sorted(WEEKS))
def test_a_week_stopped_between_phases_is_the_week(preset: str) -> None:
    stopped, whole = (grown_up(spec(preset, weeks=26, replicate=4)) for _ in range(2))
    counts = Counts()
    for _ in range(26):
        live_a_week(stopped, counts)
    whole.run(26)
    for name in ("id", "status", "heat", "knowledge"):
        one, other = getattr(stopped.state.person, name), getattr(whole.state.person, name)
        assert np.array_equal(one, other), name
    assert np.array_equal(stopped.state.ledger.book, whole.state.ledger.book)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("preset", sorted(WEEKS))
def test_events_are_as_many_as_their_chances_say(preset: str, kind: str, scale: str) -> None:
    scores = counted(preset).scores(kind, scale)
    assert {cell: score for cell, score in scores.items() if abs(score) >= FAR} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_enough_of_everything_to_judge_by(kind: str) -> None:
    counts = counted("force")
    assert counts.scores(kind, "world")
    assert len(counts.scores(kind, "place" if kind == "violence" else "role")) >= 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_chance_off_by_half_is_noticed(kind: str) -> None:
    counts = counted("force")
    happened, mean, variance = counts.sums[kind, "world", 0]
    assert abs(happened - 1.5 * mean) / (1.5 * variance) ** 0.5 > FAR
