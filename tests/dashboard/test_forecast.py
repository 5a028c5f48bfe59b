"""The live forecast: every change stands beside its interval and says what it is held against."""

from __future__ import annotations

import pytest

from dashboard.figures.theme import LIGHT
from dashboard.jobs.request import Request
from dashboard.jobs.result import Result
from dashboard.pages.plan_forecast import finished
from dashboard.views import forecast as view
from tests.dashboard.made_up_results import result


@pytest.fixture
def found() -> Result:
    return result(Request("forecast", "force", ("clear-hold-build",), 104, 16))


def changed(found: Result, measure: str, **to: float) -> Result:
    row = found.table["measure"] == measure
    found.table.loc[row, list(to)] = list(to.values())
    return found


def test_harm_over_the_whole_span_has_its_interval_and_what_it_is_held_against(found: Result) -> None:
    assert "against do as now (90% interval −£" in view.forecast(found).sub


def test_every_other_change_has_its_interval(found: Result) -> None:
    said = view.side_effects(changed(found, "violence_true", baseline=100.0, difference=2.0, low=-3.0, high=7.0))
    assert ("no clear change", "−3% to 7%") in [(words, span) for _, words, span in said]
    assert all(" to " in span for _, _, span in said)
    assert "−3% to 7%" in str(finished(found, LIGHT))


def test_a_clear_change_is_never_printed_as_none(found: Result) -> None:
    said = view.side_effects(changed(found, "user_harm", baseline=1e6, difference=-300.0, low=-500.0, high=-100.0))
    assert ("−0.03%", "−0.05% to −0.01%") in [(words, span) for _, words, span in said]
