"""The usual value of a slider is named where there is room for it, and never over another number."""

from __future__ import annotations

import json

import pytest

from dashboard.components.controls import SHORTEST, SliderSpec, _end, _usual, slider
from dashboard.text.numbers import with_unit
from dashboard.views.catalogue import words
from simulation import api


def specs() -> list[SliderSpec]:
    """A slider for every number of every card, with the bounds that its card gives."""
    return [
        SliderSpec(name, name, one["value"], one["low"], one["high"], 0.01, one["unit"], one["value"])
        for card in api.interventions().to_dict("records")
        for name, one in card["parameters"].items()
    ]


def test_the_usual_value_of_no_card_lies_over_an_end_of_its_range() -> None:
    placed = 0
    for spec in specs():
        if spec.usual in (spec.low, spec.high):
            continue
        at = _usual(spec, spec.high - spec.low)
        if at is None:
            continue
        placed += 1
        half = len(f"usual {with_unit(spec.usual, spec.unit)}") / 2
        middle = at / 100.0 * SHORTEST
        assert middle - half > len(_end(spec, spec.low)), spec
        assert middle + half < SHORTEST - len(_end(spec, spec.high)), spec
    assert placed > 50


@pytest.mark.parametrize(("unit", "below"), [("share", False), ("GBP/year of every business in the place", True)])
def test_where_there_is_no_room_it_is_said_below(unit: str, below: bool) -> None:
    spec = SliderSpec("found", "Found", 0.004, 0.001, 0.01, 0.001, unit, 0.004, "A hazard.")
    text = json.dumps(slider(spec).to_plotly_json(), default=lambda one: one.to_plotly_json())
    assert ("A hazard. Usual" in text) == below
    assert ('"className": "usual"' in text) != below


def test_an_id_is_written_with_its_capitals() -> None:
    assert words("ocb-team") == "OCB team"
