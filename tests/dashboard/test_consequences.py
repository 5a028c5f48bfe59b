"""What the compare page says of a plan's consequences follows from the frames: dips, who bears it, where it goes, what tells."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.dip import Course, Sign, dip, signs
from dashboard.figures.dots import Dot, DotRow, dots
from dashboard.figures.theme import DARK, LIGHT
from dashboard.jobs.model import from_comparison
from dashboard.jobs.request import Request
from dashboard.jobs.result import Results
from dashboard.pages.consequence_cards import consequence_rows
from dashboard.text.numbers import percent
from dashboard.views import consequences as view
from dashboard.views import dips, early
from dashboard.views.value import hours_taken, worth
from simulation import api
from simulation.measures.observed import OBSERVED
from tests.dashboard.made_up_results import result

PLANS = ("clear-hold-build", "reputation-sabotage", "leader-arrests")
REQUEST = Request("comparison", "force", PLANS, 156, 32)


def told(**frames: list[dict[str, object]]):
    """A result whose consequences are these rows."""
    found = result(REQUEST)
    changed = {name: pd.DataFrame(rows) for name, rows in frames.items()}
    named = {str(row["measure"]) for row in frames.get("table", [])}
    return dataclasses.replace(found, **changed, validated=found.validated | named)


def measured(plan: str, measure: str, difference: float, low: float, high: float, baseline: float = 100.0):
    return {"plan": plan, "measure": measure, "label": measure, "baseline": baseline, "value": baseline + difference,
            "difference": difference, "low": low, "high": high, "level": 0.9, "probability_better": 0.5, "unit": "count",
            "replicates": 32}  # fmt: skip


def dipped(plan: str, kind: str, where: str = "whole", depth: float = 0.3):
    row: dict[str, object] = {"plan": plan, "where": where, "title": where, "class": kind, "recovered": True,
                              "major": 0.0, "moderate": 0.25, "minor": 0.75}  # fmt: skip
    for name, value in (("depth", depth), ("area", 4.0), ("recovery", 9.0)):
        row |= {name: value, f"{name}_low": value - 0.1, f"{name}_high": value + 0.1}
    return row


def test_the_worst_class_is_the_finding():
    found = told(dips=[dipped(PLANS[0], "minor"), dipped(PLANS[1], "moderate"), dipped(PLANS[2], "minor")])
    assert dips.dip_title(found) == "Sabotage trust disrupts organised crime to a moderate degree"
    every = told(dips=[dipped(plan, "minor") for plan in PLANS])
    assert dips.dip_title(every) == "Every plan's disruption as a whole is minor"
    assert dips.dip_words(found)[1] == (1, "Sabotage trust", "moderate in 25% of pairs, 30% down at the lowest")


def test_the_deepest_market_stands_first_after_the_whole():
    rows = [dipped(PLANS[0], "minor", "a", 0.1), dipped(PLANS[0], "major", "b", 0.6), dipped(PLANS[0], "minor")]
    assert [row["where"] for row in dips.dip_rows(told(dips=rows), PLANS[0])] == ["whole", "b", "a"]


def test_what_gets_clearly_worse_is_counted_and_what_may_be_chance_is_not():
    rows = [
        measured(PLANS[0], "under_18_charged", 9.0, 4.0, 14.0),
        measured(PLANS[0], "retaliation_violence", 3.0, -1.0, 7.0),
        measured(PLANS[0], "confidence_gap", -9.0, -14.0, -4.0),
    ]
    found = view.borne(told(table=rows))
    assert found.title == "Clear, Hold, Build makes one thing of three clearly worse"
    assert [row.title for row in found.rows] == ["under_18_charged", "retaliation_violence", "confidence_gap"]
    assert view.borne(told(table=rows[1:])).title == "Nothing here gets clearly worse"


def test_harm_that_moves_is_named_and_what_cannot_be_said_has_its_reason():
    rows = [
        {"plan": PLANS[0], "kind": "place", "quotient": -0.8, "low": -1.1, "high": -0.4, "reason": ""},
        {"plan": PLANS[0], "kind": "people", "quotient": 0.1, "low": -0.2, "high": 0.4, "reason": ""},
        {"plan": PLANS[0], "kind": "time", "quotient": float("nan"), "low": float("nan"), "high": float("nan"), "reason": "its efforts do not end"},
    ]  # fmt: skip
    found = view.moved(told(displacement=rows))
    assert found.title == "Some of it moves: Clear, Hold, Build to places beside"
    assert found.words == "Not stated to a later time: its efforts do not end."
    assert len(found.rows) == 2
    assert view.moved(told(displacement=rows[1:])).title == "Nothing clearly moves elsewhere"


@pytest.mark.parametrize(("true", "title"), [
    (-6.0, "What is recorded of violence would mislead"), (6.0, "What is recorded goes the way of what is true"),
])  # fmt: skip
def test_a_record_that_rises_while_crime_falls_misleads(true: float, title: str):
    rows = [
        measured(PLANS[0], "violence_recorded", 5.0, 3.0, 7.0),
        measured(PLANS[0], "violence_true", true, true - 1, true + 1),
    ]
    assert view.seen(told(table=rows), PLANS[0]).title == title


def test_pairs_are_those_of_the_model():
    assert {(seen, true) for seen, true, _ in view.PAIRS} == {(seen, true) for seen, true in OBSERVED.items() if true}


def test_what_tells_first_is_the_finding():
    row = {"plan": PLANS[0], "label": "Fear", "auc": 0.2, "low": 0.1, "high": 0.3, "direction": "down", "shown": 0.5,
           "split": "averts-harm", "reason": "", "measure": "fear", "week": 33}  # fmt: skip
    rows = [row, {**row, "label": "Arrests", "week": None}]
    found = told(early=rows)
    told_by = early.early_signs(found, PLANS[0])
    assert [(sign.title, sign.week, sign.note) for sign in told_by] == [("Fear lower", 33, "80%")]
    assert (
        early.early_title(found, PLANS[0], told_by)
        == "Fear lower first, after 33 weeks, where Clear, Hold, Build works"
    )
    assert early.early_table(found, PLANS[0])[1][1] == "–"
    nothing = told(early=[{"plan": PLANS[0], "reason": "it takes 16 pairs"}])
    assert early.early_reason(nothing, PLANS[0]) == "it takes 16 pairs"


def test_worth_is_said_with_its_chance():
    row = measured(PLANS[0], "net_benefit_gbp", float("nan"), -2e6, 8e6) | {"value": 3e6, "probability_better": 0.7}
    found = told(table=[row])
    assert worth(found, PLANS[0])[:3] == ("£3.0m (−£2.0m to £8.0m)", "Likely, 70%", "–")
    taken = dataclasses.replace(found, cost={PLANS[0]: {"hours": {"covert": 50.0}, "available": {"covert": 1000.0}}})
    assert hours_taken(taken, PLANS[0]) == "5.0% of covert"


@pytest.mark.parametrize("narrow", [False, True])
def test_a_mark_far_out_stands_at_the_edge_and_says_so(narrow: bool):
    near = tuple(Dot(0, value, value - 0.01, value + 0.01, percent(value)) for value in (0.1, -0.1, 0.05))
    figure = dots(
        [DotRow("near", near), DotRow("far", (Dot(1, 9.0, 8.0, 10.0, "900%"),))], percent, LIGHT, narrow=narrow
    )
    low, high = figure.layout.xaxis.range
    marks = [trace.x[0] for trace in figure.data if trace.mode == "markers"]
    assert marks[:3] == [0.1, -0.1, 0.05]
    assert marks[3] == high < 9.0
    assert low < -0.1
    assert "900% →" in [note.text for note in figure.layout.annotations]


def test_a_real_comparison_fills_every_card_and_is_read_back_as_it_was(tmp_path):
    """From the model to the page, light and dark, through the file it is kept in."""
    request = Request("comparison", "force", ("leader-arrests",), 26, 2)
    found = from_comparison(request, api.compare("force", ["leader-arrests"], weeks=26, replicates=2))
    results = Results(tmp_path)
    results.write("a" * 32, found)
    again = results.read("a" * 32)
    assert again is not None
    for name in ("dips", "displacement", "capacity", "early"):
        frame = getattr(found, name)
        assert len(frame) == len(getattr(again, name)) > 0, name
        assert list(frame.columns) == list(getattr(again, name).columns)
    drawn = [json.dumps([card.to_plotly_json() for card in consequence_rows(again, "a" * 32, palette)], default=lambda o: o.to_plotly_json())
             for palette in (LIGHT, DARK)]  # fmt: skip
    for name in ("dip", "early", "borne", "moved", "seen"):
        assert all(f'"{name}-card"' in one for one in drawn), name
    assert drawn[0] != drawn[1]
    assert consequence_rows(result(REQUEST), "a" * 32, LIGHT) == []  # a result of an earlier version


def test_pictures_take_their_colours_from_the_palette():
    courses = [Course("A", 0, list(range(12, 60)), list(np.linspace(1.0, 0.4, 48)))]
    figure = dip(courses, DARK)
    assert figure.data[0].line.color == DARK.series[0].colour
    assert {note.text for note in figure.layout.annotations} == {"Do as now", "80%", "50%"}
    assert signs([Sign("Fear lower", 33, "80%")], 104, 1, DARK).data[0].x == (33, 104)
