"""An entry may wait for an indicator; it begins when that passes its threshold, once, and costs nothing before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.errors import MissingKey, SpannerError, UnknownName
from simulation.schema import Trigger
from simulation.world.indicators import check_indicators
from simulation.world.run import execute, start_engine
from tests.policy.ground import fresh_state, plan_of, programme, spec_of

RISING = {"measure": "violence_recorded", "above": 10.0, "weeks": 4}


def lived(entry: dict[str, Any], values: dict[int, float], weeks: int = 60) -> tuple[Any, np.ndarray]:
    """A programme that has lived with an indicator that has these values from these weeks on, and its dose by week."""
    made = programme(plan_of({"intervention": "hold", "where": "force", "dose": 0.3, **entry}), weeks=weeks)
    state, week = fresh_state(), 0
    made.observe = lambda measure, span: next((values[k] for k in sorted(values, reverse=True) if k <= week), np.nan)
    while week < weeks:
        made.meet(state, week)
        stop = min(made.next_decision(week), weeks)
        made.compose(state, week, stop - week)
        week = stop
    return made, made.pieces[0].claim.dose.in_force[:weeks]


def test_it_begins_when_the_indicator_passes_and_not_before() -> None:
    _, dose = lived({"trigger": RISING}, {0: np.nan, 4: 3.0, 21: 12.0, 30: 1.0})
    assert not dose[:25].any(), "the force meets in week 24, and its rosters take a week"
    assert dose[25:].all(), "and it goes on whatever the indicator does then"


def test_its_weeks_are_counted_from_there() -> None:
    _, dose = lived({"trigger": RISING, "start": 4, "end": 10}, {0: 12.0})
    assert np.flatnonzero(dose).tolist() == list(range(5, 10))
    _, dose = lived({"trigger": RISING, "start": 4, "end": 10}, {0: 1.0, 20: 12.0})
    assert np.flatnonzero(dose).tolist() == list(range(25, 30))


def test_an_agency_looks_when_it_meets() -> None:
    by_council = {"trigger": RISING, "agency": "council", "intervention": "build"}
    _, dose = lived(by_council, {0: 1.0, 14: 12.0}, 80)
    assert np.flatnonzero(dose)[0] == 26 + 8, "the council meets every quarter, and partners agree in eight weeks"


def test_what_never_fires_costs_nothing_and_says_so() -> None:
    made, dose = lived({"trigger": RISING}, {0: 9.0})
    assert not dose.any()
    assert made.cost(60)["total"] == 0.0
    assert any("trigger (violence_recorded above 10 over 4 weeks) did not fire" in one for one in made.warnings)
    made, _ = lived({"trigger": RISING}, {0: 11.0})
    assert not made.warnings


def test_below_is_the_other_side_and_nobody_acts_on_what_nobody_has_seen() -> None:
    low = Trigger(measure="fear", below=0.2)
    assert [low.fires(value) for value in (0.1, 0.2, 0.3, np.nan)] == [True, False, False, False]
    high = Trigger(measure="fear", above=0.2)
    assert [high.fires(value) for value in (0.1, 0.2, 0.3, np.nan)] == [False, False, True, False]


@pytest.mark.parametrize(
    "trigger", [{"measure": "fear"}, {"measure": "fear", "above": 0.1, "below": 0.3}, {"above": 0.1}]
)
def test_a_trigger_has_a_measure_and_one_threshold(trigger: dict[str, Any]) -> None:
    with pytest.raises(SpannerError, match="trigger"):
        plan_of({"intervention": "hold", "trigger": trigger})


def test_an_indicator_that_no_week_has_is_refused() -> None:
    plan = plan_of(
        {"intervention": "hold"}, {"intervention": "hold", "trigger": {"measure": "benefit_cost_ratio", "above": 1}}
    )
    with pytest.raises(UnknownName, match=r"entry\[1\]\.trigger\.measure"):
        check_indicators(plan)


def test_a_run_watches_its_own_indicators() -> None:
    hold = {"intervention": "hold", "where": "force", "start": 3}
    at_once = execute(spec_of(plan_of({**hold, "trigger": {"measure": "people_active", "above": 0.0, "weeks": 4}}), 30))
    never = execute(spec_of(plan_of({**hold, "trigger": {"measure": "people_active", "below": 0.0}}), 30))
    as_now = execute(spec_of("do-as-now", 30))
    assert np.array_equal(never.series, as_now.series, equal_nan=True)
    assert np.array_equal(at_once.series[:8], as_now.series[:8], equal_nan=True)
    assert not np.array_equal(at_once.series, as_now.series, equal_nan=True)
    assert at_once.cost["total"] > never.cost["total"] == 0.0


def test_an_indicator_that_nobody_observes_is_not_guessed() -> None:
    made = programme(plan_of({"intervention": "hold", "trigger": RISING}))
    with pytest.raises(MissingKey):
        made.meet(fresh_state(), 0)
    assert start_engine(spec_of(plan_of({"intervention": "hold", "trigger": RISING}), 8)).programme.observe is not None
