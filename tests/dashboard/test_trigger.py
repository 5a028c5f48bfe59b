"""A planner lets an entry wait for an indicator, says for which and how much of it, and lets it wait for nothing again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.address import PlanAddress, read_plan, write_plan
from dashboard.jobs.request import Request
from dashboard.pages.plan_panel import panel
from dashboard.views import edits, trigger
from dashboard.views import plan as view
from dashboard.views.panel import changes, shown
from simulation import api
from simulation.schema import Plan
from simulation.schema.plan import Trigger
from simulation.world.indicators import INDICATORS
from tests.dashboard.made_up_catalogue import CARDS, catalogue
from tests.dashboard.made_up_results import result

WAITING = {"intervention": "hold", "trigger": {"measure": "violence_recorded", "above": 45.0, "weeks": 8}}
NOW = {"intervention": "hold"}


def moved(entry: dict[str, Any], **values: Any) -> dict[str, Any]:
    """An entry after some of its controls were moved, as the page sends them: all of them, whatever was moved."""
    standing = shown(entry, CARDS["hold"], 156)
    found = changes({**standing, **values}, entry, CARDS["hold"], 156, level=lambda measure: 12.5)
    plan = edits.change_entry({"id": "x", "title": "x", "entry": [entry]}, 0, found)
    Plan.model_validate(plan)
    return plan["entry"][0]


def test_a_trigger_is_added_at_what_the_indicator_usually_stands_at() -> None:
    assert moved(NOW, begins="trigger")["trigger"] == {"measure": trigger.FIRST, "above": 12.5, "weeks": 13}
    assert trigger.FIRST in INDICATORS


@pytest.mark.parametrize(
    ("control", "value", "expected"),
    [
        ("trigger_value", 60, {"measure": "violence_recorded", "above": 60.0, "weeks": 8}),
        ("trigger_side", "below", {"measure": "violence_recorded", "below": 45.0, "weeks": 8}),
        ("trigger_weeks", 26, {"measure": "violence_recorded", "above": 45.0, "weeks": 26}),
        ("trigger_measure", "trust_in_trade", {"measure": "trust_in_trade", "above": 12.5, "weeks": 8}),
        ("trigger_value", 0, {"measure": "violence_recorded", "above": 0.0, "weeks": 8}),
    ],
)
def test_each_part_of_it_is_changed_by_itself(control: str, value: Any, expected: dict[str, Any]) -> None:
    assert moved(WAITING, **{control: value})["trigger"] == expected


def test_it_is_removed_and_leaves_nothing_behind() -> None:
    assert moved(WAITING, begins="week") == NOW


@pytest.mark.parametrize("value", ["", "-"])
def test_a_field_that_is_being_typed_into_changes_nothing(value: str) -> None:
    assert moved(WAITING, trigger_value=value) == WAITING


def test_another_control_leaves_it_alone() -> None:
    assert moved(WAITING, dose=0.5) == {**WAITING, "dose": 0.5}


def test_controls_of_a_threshold_are_there_only_where_there_is_one() -> None:
    def drawn(entry: dict[str, Any]) -> str:
        parts = panel(entry, CARDS["hold"], 156, (), (), (), "", catalogue().indicators)
        return json.dumps(parts, default=lambda one: one.to_plotly_json())

    for name in trigger.CONTROLS[1:]:
        assert f'"{name}"' not in drawn(NOW)
        assert f'"{name}"' in drawn(WAITING)
    assert '"begins"' in drawn(NOW)


def test_the_panel_is_drawn_anew_only_where_more_than_a_number_changes() -> None:
    other = {**WAITING, "trigger": {**WAITING["trigger"], "measure": "fear"}}
    assert trigger.redrawn(NOW, WAITING) and trigger.redrawn(WAITING, NOW) and trigger.redrawn(WAITING, other)
    below = {**WAITING, "trigger": {"measure": "violence_recorded", "below": 45.0, "weeks": 8}}
    assert trigger.redrawn(WAITING, below)
    assert not trigger.redrawn(WAITING, {**WAITING, "trigger": {**WAITING["trigger"], "above": 46.0}})
    assert not trigger.redrawn(NOW, {**NOW, "dose": 0.5})


def test_the_timeline_says_what_is_waited_for() -> None:
    bar = view.bars({"entry": [WAITING]}, CARDS, 156, None)[0]
    assert bar.label == "Waits for violence recorded above 45"
    assert "counted from when" in bar.says


def test_the_address_keeps_it() -> None:
    plan = {"id": "x", "title": "x", "entry": [WAITING]}
    again = read_plan("?" + write_plan(PlanAddress("force", None, plan, None, 0, 156)).partition("?")[2])
    assert again.edit == plan


def test_what_may_be_observed_comes_from_the_model_and_the_weeks_from_the_schema() -> None:
    listed = api.measures()
    assert set(listed.loc[listed["indicator"], "id"]) == set(INDICATORS)
    bounds = Trigger.model_fields["weeks"]
    assert (bounds.metadata[0].ge, bounds.metadata[1].le) == trigger.WEEKS
    assert bounds.default == trigger.USUAL_WEEKS


def test_the_usual_level_is_that_of_the_place_as_it_is() -> None:
    place = result(Request("place", "force", (), 52, 12))
    assert trigger.usual_level(place, "violence_true") == pytest.approx(40.0, rel=0.2)
    assert trigger.usual_level(place, "no_such_thing") == trigger.usual_level(None, "violence_true") == 0.0
