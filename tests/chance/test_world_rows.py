"""No row order matters, and nobody can tell when a table grows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import simulation.world.create as create_module
from simulation.errors import WorkFailed
from simulation.kernels.rows import take_outlet
from simulation.state.world import (
    FREE_BUSINESS,
    FREE_GHOST,
    FREE_OPERATION,
    FREE_OUTLET,
    FREE_PERSON,
    ORDER_COUNT,
)
from simulation.world.engine import Engine
from simulation.world.growth import grown
from tests.conservation.identities import faults_of
from tests.integration.lives import alike, grown_up, lived, newborn, spec
from tests.integration.shuffling import shuffled

WEEKS = 78
EVERYTHING: dict[str, Any] = {
    "id": "everything", "title": "Everything at once",
    "entry": [
        {"intervention": "clear", "where": {"rule": "most-sales", "n": 3}, "end": 26},
        {"intervention": "hold", "where": {"rule": "contested", "n": 3}},
        {"intervention": "leader-arrests", "targets": "leader"},
        {"intervention": "false-signals", "dose": 0.6, "cadence_weeks": 13, "pulse_weeks": 4},
        {"intervention": "cheat-exposure", "dose": 0.6},
    ],
}  # fmt: skip


@pytest.mark.parametrize("dice", [1, 2, 3])
@pytest.mark.parametrize("plan", ["do-as-now", EVERYTHING], ids=["as now", "everything"])
@pytest.mark.parametrize("make", [newborn, grown_up])
@pytest.mark.parametrize("preset", ["estate", "force"])
def test_no_row_order_matters(preset: str, make: Any, plan: Any, dice: int):
    run = spec(preset, plan, weeks=WEEKS, replicate=dice)
    straight, mixed = make(run), make(run)
    mixed.state = shuffled(mixed.state, dice)
    assert not np.array_equal(straight.state.person.id, mixed.state.person.id)
    assert faults_of(mixed.state) == []
    mixed.programme.open(mixed.state, 0)
    assert alike(lived(straight), lived(mixed))
    assert alike(straight.places, mixed.places)


def test_shuffling_again_and_again_changes_nothing():
    """Rows change places before every week."""
    run = spec("force", EVERYTHING, weeks=26)
    straight, mixed = newborn(run), newborn(run)
    for week in range(26):
        mixed.state = shuffled(mixed.state, week)
        mixed.run(1)
    assert alike(lived(straight), mixed.series)


def test_a_row_that_matters_is_noticed():
    """The comparison is not blind: one person in another place, and the histories part."""
    run = spec("force", weeks=26)
    straight, moved = newborn(run), newborn(run)
    first = int(np.flatnonzero(moved.state.outlet.state == 1)[0])
    moved.state.outlet.stock[first] //= 2
    assert not alike(lived(straight), lived(moved))


# --- growth


def free_rows(engine: Engine) -> np.ndarray:
    count = engine.state.tally.count
    return count[[FREE_BUSINESS, FREE_OUTLET, FREE_PERSON, FREE_OPERATION, FREE_GHOST]].copy()


@pytest.mark.parametrize("plan", ["do-as-now", EVERYTHING], ids=["as now", "everything"])
@pytest.mark.parametrize("preset", ["estate", "force"])
def test_growth_cannot_be_told(preset: str, plan: Any):
    """Three times every table is too short for the week to come; the series are the same bits."""
    run = spec(preset, plan, weeks=WEEKS)
    roomy, cramped = newborn(run), newborn(run)
    usual = cramped.reserve
    sizes = [cramped.state.person.id.size]
    for weeks in (1, 12, WEEKS - 13):
        cramped.reserve = np.append(free_rows(cramped) + 1, 0)
        cramped.run(1)
        cramped.reserve = usual
        cramped.run(weeks - 1)
        sizes.append(cramped.state.person.id.size)
        assert faults_of(cramped.state) == []
    assert sizes == sorted(set(sizes))
    assert alike(lived(roomy), cramped.series)
    assert alike(roomy.places, cramped.places)


def test_larger_tables_from_the_start_change_nothing(monkeypatch: pytest.MonkeyPatch):
    run = spec("force", weeks=WEEKS)
    usual = lived(newborn(run))
    dimensions = create_module.dimensions

    def roomy(*given: Any) -> dict[str, int]:
        return {name: n if name in ("L", "M", "A", "E") else 3 * n for name, n in dimensions(*given).items()}

    monkeypatch.setattr(create_module, "dimensions", roomy)
    assert alike(usual, lived(newborn(run)))


def test_a_grown_table_gives_its_low_rows_first():
    engine = newborn(spec("estate"))
    size = engine.state.outlet.id.size
    reserve = np.append(free_rows(engine) + 1, 0)
    lowest = int(np.flatnonzero(engine.state.outlet.state == 0)[0])
    bigger = grown(engine.state, reserve)
    assert bigger.outlet.id.size > size
    assert take_outlet(bigger) == lowest


def test_a_week_never_takes_more_rows_than_the_driver_keeps():
    """What the driver keeps in hand for one week is ample for what a busy week takes."""
    engine = newborn(spec("force", EVERYTHING, weeks=WEEKS))
    most = np.zeros(5, np.int64)
    for _ in range(WEEKS):
        before = free_rows(engine)
        engine.run(1)
        most = np.maximum(most, before - free_rows(engine))
    assert np.all(most * 3 <= engine.reserve[:5]), most


@pytest.mark.parametrize("which", [FREE_BUSINESS, FREE_OUTLET, FREE_PERSON])
def test_a_week_without_rows_ends_the_run(which: int):
    """Should the tables run out all the same, the run fails aloud instead of writing over someone."""
    engine = newborn(spec("force", weeks=WEEKS))
    engine.reserve = np.zeros(6, np.int64)
    engine.state.tally.count[which] = 0
    with pytest.raises(WorkFailed, match="more rows"):
        engine.run(WEEKS)


def test_more_orders_than_there_is_room_for_end_the_run():
    engine = newborn(spec("force", weeks=WEEKS))
    engine.state.tally.count[ORDER_COUNT] = engine.state.orders.kind.size + 1
    with pytest.raises(WorkFailed, match="more rows"):
        engine.run(1)
