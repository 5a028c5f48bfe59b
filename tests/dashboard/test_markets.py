"""Market by market: units as goods are sold, changes with their interval, and where trade moves."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.address import CompareAddress
from dashboard.callbacks.compare import seen, usual
from dashboard.downloads import as_csv
from dashboard.figures.theme import LIGHT
from dashboard.jobs.request import Request
from dashboard.jobs.result import Results
from dashboard.pages.compare_result import fan_card
from dashboard.pages.market_cards import change_cards, level_cards
from dashboard.views import every_market as every
from dashboard.views import market_courses
from dashboard.views import markets as view
from tests.dashboard.made_up_results import result

PLANS = ("clear-hold-build", "leader-arrests")
RUN = "0" * 32


@pytest.fixture(scope="module")
def found():
    return result(Request("comparison", "force", PLANS, 104, 16, 1))


@pytest.fixture(scope="module")
def place():
    return result(Request("place", "force", (), 52, 12, 1))


def said(parts) -> str:
    """Everything a card says, as text."""
    return json.dumps(
        [part.to_plotly_json() for part in parts], default=lambda o: o.to_plotly_json(), ensure_ascii=False
    )


def test_each_market_is_counted_in_its_own_goods(place):
    rows = {
        row.market: dict(zip(view.SHOWN[view.CHAIN], row.cells, strict=True)) for row in view.levels(place, view.CHAIN)
    }
    assert list(rows) == ["heroin-and-crack", "cannabis", "illicit-tobacco"]  # most is spent on the first
    assert rows["heroin-and-crack"]["volume"].main == "118 kg"
    assert rows["illicit-tobacco"]["volume"].main == "2m packs"
    assert rows["illicit-tobacco"]["street_price"].main == "£4.50 a pack"
    assert rows["cannabis"]["street_price"] == view.Cell("£10 a gram", "£9.00 to £11")
    assert rows["illicit-tobacco"]["purity"].main == "–"
    assert (
        view.levels_title(place, view.CHAIN)
        == "62% of the £106m a year that users spend in three markets goes on heroin and crack"
    )


def test_a_change_has_its_interval_and_says_when_it_may_be_chance(found):
    rows = {row.market: row.cells for row in view.changes(found, view.CHAIN, "leader-arrests")}
    spent, volume, price, purity, unmet, seized = rows["heroin-and-crack"]
    assert spent == view.Cell("−£6.6m", "−£9.2m to −£4.0m", True)
    assert volume == view.Cell("−5.0%", "−7.0% to −3.0%", True)
    assert price == view.Cell("+1.0%", "−1.0% to 3.0%", False)
    assert purity.main == "−0.4 points"
    assert (unmet.main, seized.main) == ("+0.2 points", "+1.6 points")
    assert rows["illicit-tobacco"][0].clear is False


def test_the_title_says_where_trade_moves(found):
    moved = view.effects(found, view.CHAIN, "leader-arrests")
    assert (
        view.changes_title(view.CHAIN, moved, view.spent(found, view.CHAIN))
        == "Users spend less on heroin and crack and more on cannabis"
    )
    assert view.changes_title(view.CHAIN, moved[2:], {}) == "Trade neither clearly grows nor shrinks"
    trifling = {row.title: 2000 * abs(row.value) for row in moved}
    assert view.changes_title(view.CHAIN, moved, trifling) == "No market clearly grows or shrinks"
    jobs = view.effects(found, view.COMMISSIONED, "leader-arrests")
    assert view.changes_title(view.COMMISSIONED, jobs, {}) == "No commissioned market clearly takes more or less"


def test_a_plan_can_be_asked_for_and_the_best_is_shown_else(found):
    assert view.shown_plan(found, "leader-arrests") == "leader-arrests"
    assert view.shown_plan(found, "no-such-plan") == view.shown_plan(found, None) == "clear-hold-build"


def test_markets_of_both_kinds_stand_side_by_side(found):
    rows = {
        row.market: dict(zip(every.HEADINGS, row.cells, strict=True)) for row in every.changes(found, "leader-arrests")
    }
    assert list(rows) == ["heroin-and-crack", "cannabis", "fraud", "illicit-tobacco", "labour-exploitation"]
    assert rows["fraud"]["Harm"] == view.Cell("−£2.4m", "−£4.8m to £0", False)
    assert rows["cannabis"]["Sold or taken"] == view.Cell("+3.0%", "1.0% to 5.0%", True)
    drawn = every.effects(found, "leader-arrests")
    assert (drawn[1].label, drawn[1].interval) == ("+3.0%", "1.0% to 5.0%")
    assert every.changes_title(drawn) == "Harm falls in heroin and crack and rises in cannabis"
    assert every.changes_title(drawn[2:]) == "In no market does harm clearly fall or rise"
    assert len(every.details(found, "leader-arrests")) == 20
    cards = said(change_cards(found, RUN, LIGHT, "leader-arrests"))
    assert cards.count('"key": "market-plan"') == 1
    assert "every-market-effects-phone" in cards


def test_a_place_shows_the_harm_of_each_market_and_its_course(place):
    shown = {one.market: one for one in every.levels(place)}
    assert shown["fraud"].value == "£60m"
    assert shown["fraud"].note == "£54m to £66m · £30m taken"
    assert shown["cannabis"].note.endswith("£31m spent")
    assert len(shown["fraud"].course) == 13
    assert every.levels_title(place) == "30% of harm comes with a market: £280m a year"
    assert every.apart(place).startswith("The other £656m is violence")
    cards = said(level_cards(place, RUN, LIGHT))
    assert "spark-harm-labour-exploitation" in cards
    assert "Jobs begun" in cards


def test_where_every_harm_has_a_market_nothing_is_said_of_the_rest(place):
    whole = sum(
        float(row["baseline"])
        for row in (view.market_row(place, None, m, "harm_gbp") for m, *_ in every.listed(place))
        if row
    )
    table = place.table.assign(baseline=whole)
    assert every.apart(replace(place, table=table)) == ""
    assert every.levels_title(replace(place, table=table)).startswith("All of harm comes with a market")


def test_the_course_of_one_market_can_be_drawn(found):
    assert market_courses.choices(found)[0] == ("all", "All markets")
    assert [name for name, _ in market_courses.choices(found)][1:] == [
        "heroin-and-crack", "cannabis", "illicit-tobacco", "fraud", "labour-exploitation"
    ]  # fmt: skip
    crime = said([fan_card(found, "harm_gbp", "fraud", RUN, LIGHT)])
    assert "Harm, fraud against do as now" in crime
    assert "Taken, fraud against do as now" in said([fan_card(found, "purity", "fraud", RUN, LIGHT)])
    drawn = said([fan_card(found, None, "illicit-tobacco", RUN, LIGHT)])
    assert "Volume, illicit tobacco against do as now" in drawn
    assert "fan-volume-illicit-tobacco-leader-arrests" in drawn
    assert "Harm against do as now" in said([fan_card(found, "harm_gbp", "no-such-market", RUN, LIGHT)])


def test_a_result_from_before_has_no_markets_and_still_opens(tmp_path, found):
    results = Results(tmp_path, lambda version: found.validated)
    results.write(RUN, replace(found, markets=pd.DataFrame()))
    old = results.read(RUN)
    assert old is not None
    assert change_cards(old, RUN, LIGHT, None) == level_cards(old, RUN, LIGHT) == []
    results.write(RUN, found)
    again = results.read(RUN)
    assert again is not None
    assert view.changes(again, view.CHAIN, "leader-arrests") == view.changes(found, view.CHAIN, "leader-arrests")
    assert "illicit-tobacco" in as_csv(again, "markets")


def test_usual_choices_are_left_out_of_the_address():
    asked = CompareAddress("abcdefgh1234")
    chosen = {"fan-market": "all", "fan-measure": "harm_gbp", "market-plan": "a"}
    assert usual(seen(asked, chosen), "a") == asked
    assert usual(seen(asked, chosen | {"market-plan": "b"}), "a") == replace(asked, of="b")
    harm = replace(asked, market="cannabis", show="harm_gbp")  # what is looked at stays where a market has it, too
    assert usual(seen(asked, chosen | {"fan-market": "cannabis"}), "a") == harm
    there = {"fan-market": "cannabis", "fan-measure": "purity:cannabis"}
    assert usual(seen(asked, there), "a") == replace(asked, market="cannabis", show="purity")
    assert usual(seen(asked, there | {"fan-market": "all"}), "a") == asked
    crime = {"fan-market": "fraud", "fan-measure": "project_takings_gbp:fraud"}
    assert usual(seen(asked, crime), "a") == replace(asked, market="fraud")
    crime["fan-measure"] = "harm_gbp:fraud"
    assert usual(seen(asked, crime), "a") == replace(asked, market="fraud", show="harm_gbp")
    assert usual(seen(asked, {"fan-market": "fraud", "fan-measure": "fear"}), "a") == replace(asked, market="fraud")
