"""Levers are a function of the plan alone: not of the order of its entries, nor of how the weeks are cut into blocks."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from simulation.policy.compose import read_only
from simulation.policy.levers import LEVERS
from simulation.state.codes import STREET
from tests.policy.ground import HOLDERS, checkpoint, fresh_state, identity, plan_of, programme, whole

ENTRIES = (
    {"intervention": "clear", "start": 3, "end": 30, "dose": 0.7, "where": {"rule": "most-harm", "n": 2}},
    {"intervention": "hold", "start": 0, "dose": 0.9, "ramp_weeks": 7, "where": {"rule": "most-harm", "n": 2}},
    {"intervention": "hold", "start": 20, "dose": 0.33, "cadence_weeks": 7, "where": "force"},
    {"intervention": "volume-arrests", "start": 10, "dose": 0.41, "where": "force"},
    {"intervention": "build", "start": 0, "dose": 0.8, "agency": "council", **HOLDERS},
    {"intervention": "false-signals", "start": 1, "dose": 0.6, "cadence_weeks": 13, "pulse_weeks": 4},
    {"intervention": "cheat-exposure", "start": 2, "dose": 0.21},
    {"intervention": "leader-arrests", "start": 0, "dose": 0.5},
)


def test_the_order_of_entries_cannot_matter_to_the_last_bit() -> None:
    reference = whole(programme(plan_of(*ENTRIES)))
    for shuffled in itertools.islice(itertools.permutations(ENTRIES), 0, 40320, 8000):
        other = whole(programme(plan_of(*shuffled)))
        for name, column in reference.items():
            assert np.array_equal(column, other[name]), name


@pytest.mark.parametrize("length", [1, 4, 13])
def test_cutting_into_blocks_cannot_matter(length: int) -> None:
    reference = whole(programme(plan_of(*ENTRIES)))
    made = programme(plan_of(*ENTRIES))
    for first in range(0, 104 - length, length):
        block = made.compose(checkpoint().state, first, length)
        for name, column in reference.items():
            assert np.array_equal(getattr(block, name), column[first : first + length]), (name, first)


def test_a_plan_without_entries_changes_nothing() -> None:
    for name, column in identity().items():
        assert (column == (1.0 if LEVERS[name].composition in ("mul", "cap") else 0.0)).all(), name


def test_in_burn_in_nothing_is_moved() -> None:
    made = programme(plan_of({"intervention": "hold"}))
    assert not made.compose(checkpoint().state, -20, 8).visibility.any()


def test_effects_fall_in_the_named_places_only() -> None:
    names = [place.id for place in checkpoint().localities[2:4]]
    levers = whole(programme(plan_of({"intervention": "volume-arrests", "where": names})))
    moved = np.flatnonzero(levers["arrest_hazard"][20, :, STREET] != 1.0)
    assert moved.tolist() == [2, 3]
    assert levers["arrest_hazard"][20, 2, STREET] == pytest.approx(3.0)


def test_two_holds_in_one_place_block_more_than_either_and_never_all() -> None:
    one = whole(programme(plan_of({"intervention": "hold", "dose": 0.5})))["reentry_block"]
    two = whole(programme(plan_of({"intervention": "hold", "dose": 0.5}, {"intervention": "hold", "dose": 0.4})))
    assert (two["reentry_block"][30] >= one[30]).all()
    assert two["reentry_block"].max() < 1.0


def test_what_interventions_see_cannot_be_written_to() -> None:
    state = fresh_state()
    seen = read_only(state)
    for group in seen:
        for column in group:
            assert not column.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        seen.place.confidence[0] = 1.0
    state.place.confidence[0] = 0.123
    assert seen.place.confidence[0] == 0.123, "a view, not a copy"
