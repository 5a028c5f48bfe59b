"""The dose in force follows the plan's window, ramp and pulses, later by what law and hiring take."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.policy.doses import Dose
from simulation.schema import Entry
from tests.policy.ground import HOLDERS, plan_of, programme

entries = st.builds(
    lambda start, length, dose, ramp, cadence, pulse: Entry(
        intervention="hold", start=start, end=None if length is None else start + length, dose=dose, ramp_weeks=ramp,
        cadence_weeks=cadence, pulse_weeks=None if cadence is None or pulse is None else min(pulse, cadence),
    ),
    st.integers(0, 60), st.none() | st.integers(1, 60), st.floats(0.0, 1.0), st.integers(0, 30),
    st.none() | st.integers(1, 20), st.none() | st.integers(1, 20),
)  # fmt: skip


@given(entries)
def test_without_delay_the_dose_is_the_level_the_plan_states(entry: Entry) -> None:
    assert Dose.of(entry, 80, 0).wanted == pytest.approx([entry.level(week) for week in range(80)])


@given(entries, st.integers(1, 30))
def test_a_delay_moves_the_dose_and_does_not_lengthen_the_window(entry: Entry, delay: int) -> None:
    wanted = Dose.of(entry, 80, delay).wanted
    for week in range(80):
        late = entry.level(week - delay) if week >= delay else 0.0
        assert wanted[week] == pytest.approx(0.0 if entry.end is not None and week >= entry.end else late)


def test_a_lag_closes_its_share_of_the_gap_every_week() -> None:
    dose = Dose.of(Entry(intervention="build", dose=0.8), 40, 0)
    expected = 0.8 * (1.0 - (1.0 - 1.0 / 10.0) ** np.arange(1, 41))
    assert dose.lagged(10.0) == pytest.approx(expected)


def test_what_was_smoothed_is_forgotten_when_a_gate_closes() -> None:
    dose = Dose.of(Entry(intervention="build"), 40, 0)
    before = dose.lagged(10.0).copy()
    dose.gate[20:] = 0.0
    dose.changed()
    assert np.array_equal(dose.lagged(10.0)[:20], before[:20])
    assert dose.lagged(10.0)[39] < before[39]


def test_the_law_takes_its_time() -> None:
    made = programme(plan_of({"intervention": "false-signals", "start": 5}))
    wanted = made.pieces[0].claim.dose.wanted
    assert np.flatnonzero(wanted)[0] == 5 + 13


def test_new_hours_arrive_after_hiring_and_old_ones_at_once() -> None:
    old = programme(plan_of({"intervention": "hold", "start": 4})).pieces[0].claim.dose.wanted
    new = programme(plan_of({"intervention": "hold", "start": 4, **HOLDERS})).pieces[0].claim.dose.wanted
    assert np.flatnonzero(old)[0] == 5
    assert np.flatnonzero(new)[0] == 4 + 26
