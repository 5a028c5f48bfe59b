"""Every figure of an outcome carries the mark unless a published finding supports it: on every page, and in every file."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from dashboard.components.parts import lettered
from dashboard.components.shell import banner
from dashboard.downloads import FRAMES, as_csv
from dashboard.figures.theme import LIGHT
from dashboard.jobs.request import Request
from dashboard.jobs.result import Result, Results
from dashboard.pages.compare_result import result_cards
from dashboard.pages.market_cards import level_cards
from dashboard.pages.plan_cards import budget_card
from dashboard.pages.plan_forecast import finished
from dashboard.pages.start_cards import flow_card, map_card, places_card, sight_card, today_card
from dashboard.text.label import SAYS, SIGN
from dashboard.text.standing import sentences, short
from dashboard.views import flows, side, sight, start
from dashboard.views.compare import headline
from dashboard.views.support import any_marked
from simulation.measures.catalogue import MEASURES as MEASURED
from tests.dashboard.made_up_catalogue import MEASURES, STANDING
from tests.dashboard.made_up_results import result

PLANS = ("clear-hold-build", "reputation-sabotage", "leader-arrests")
COMPARISON = Request("comparison", "force", PLANS, 104, 16)
PLACE = Request("place", "force", (), 52, 12)
RUN = "0" * 32


class Seen:
    """What a page needs of an address."""

    show, market, of, open = None, None, None, ()


def bare(request: Request) -> Result:
    """A result that nothing supports."""
    found = result(request)
    moved = [{"plan": plan, "kind": kind, "quotient": -0.4, "low": -0.7, "high": -0.1, "reason": ""}
             for plan in PLANS for kind in ("place", "people")]  # fmt: skip
    dip: dict[str, Any] = {"where": "whole", "title": "All markets", "class": "minor", "major": 0.0, "moderate": 0.1, "minor": 0.9,
                           "recovered": True}  # fmt: skip
    for name in ("depth", "area", "recovery"):
        dip |= {name: 0.3, f"{name}_low": 0.2, f"{name}_high": 0.4}
    early = {"measure": "prison", "label": "In prison", "week": 9, "auc": 0.8, "low": 0.7, "high": 0.9, "direction": "up", "shown": 0.6,
             "split": "averts-harm", "reason": ""}  # fmt: skip
    more = {} if request.kind == "place" else {
        "displacement": pd.DataFrame(moved), "dips": pd.DataFrame([{"plan": plan, **dip} for plan in PLANS]),
        "capacity": pd.DataFrame([{"plan": plan, "week": week, "value": 0.9} for plan in PLANS for week in range(12, 104)]),
        "early": pd.DataFrame([{"plan": plan, **early} for plan in PLANS]),
    }  # fmt: skip
    return dataclasses.replace(found, validated=frozenset(), **more)


def cards(node: Any) -> Iterator[Any]:
    """Every card of a page."""
    if isinstance(node, (list, tuple)):
        for one in node:
            yield from cards(one)
    elif hasattr(node, "children"):
        if "card" in str(getattr(node, "className", "") or "").split():
            yield node
        else:
            yield from cards(node.children)


def comparison_cards(found: Result) -> list[Any]:
    return list(cards(result_cards(found, RUN, LIGHT, Seen())))  # type: ignore[arg-type]


def place_cards(found: Result) -> list[Any]:
    parts = [
        today_card(found, RUN, LIGHT), places_card(found, RUN, LIGHT), map_card(found), *level_cards(found, RUN, LIGHT),
        flow_card(flows.goods(found), RUN, LIGHT), flow_card(flows.money(found), RUN, LIGHT), sight_card(sight.sight(found), RUN, LIGHT),
    ]  # fmt: skip
    return list(cards(parts))


@pytest.mark.parametrize(
    ("request_", "of"), [(COMPARISON, comparison_cards), (PLACE, place_cards)], ids=["compare", "start"]
)
def test_every_card_with_figures_has_the_mark(request_: Request, of: Any) -> None:
    found = of(bare(request_))
    assert len(found) >= 7
    for one in found:
        name = one.to_plotly_json()["props"].get("data-testid")
        assert SAYS.capitalize() in str(one), f"nothing in the card {name} says that it is not validated"


@pytest.mark.parametrize(
    ("request_", "of"), [(COMPARISON, comparison_cards), (PLACE, place_cards)], ids=["compare", "start"]
)
def test_nothing_is_marked_where_all_is_validated(request_: Request, of: Any) -> None:
    found = of(result(request_))
    assert not any(SIGN in str(one) for one in found)


def test_a_title_never_quotes_harm_without_it() -> None:
    for request in (COMPARISON, PLACE):
        found = bare(request)
        title = headline(found).title if request is COMPARISON else start.headline(found, "a force")[0]
        assert title.endswith(SIGN)


def test_one_measure_is_marked_by_itself() -> None:
    whole = result(COMPARISON)
    found = dataclasses.replace(whole, validated=whole.validated - {"intrusion"})
    marked = [text for text in side.headings(found) if SIGN in text]
    assert [text.split()[0].replace("\u00a0" + SIGN, "") for text in marked] == ["Intrusion"]
    kpis = start.key_figures(dataclasses.replace(result(PLACE), validated=frozenset({"prison"})))
    assert {figure.key for figure in kpis if SIGN not in figure.label} == {"prison"}


def test_what_a_plan_costs_carries_it_on_its_page() -> None:
    found = bare(Request("forecast", "force", ("clear-hold-build",), 104, 16))
    plan = {"id": "x", "title": "x", "entry": []}
    assert SIGN in str(budget_card(plan, found.cost["clear-hold-build"], found))
    assert SIGN not in str(budget_card(plan, None))


def test_the_forecast_carries_it_and_says_what_it_means() -> None:
    found = bare(Request("forecast", "force", ("clear-hold-build",), 104, 16))
    page = str(finished(found, LIGHT))
    assert SIGN in str(finished(found, LIGHT)[0])
    assert "unvalidated-legend" in page and "/method?open=measures#measures" in page


@pytest.mark.parametrize("name", FRAMES)
def test_every_file_with_outcomes_says_of_each_row_whether_it_is_validated(name: str) -> None:
    for request in (COMPARISON, PLACE):
        found = bare(request)
        lines = as_csv(found, name).splitlines()
        if len(lines) < 2 or name == "localities":
            continue
        head = lines[0].split(",")
        assert "validated" in head, f"{name} of a {request.kind}"
        at = head.index("validated")
        assert {line.split(",")[at] for line in lines[1:] if '"' not in line} <= {"False"}


def test_labels_are_not_kept_with_a_result_but_known_anew(tmp_path: Any) -> None:
    results = Results(tmp_path, lambda version: frozenset({version}))
    results.write(RUN, result(COMPARISON))
    again = results.read(RUN)
    assert again is not None and again.validated == {"f" * 32}


def test_every_measure_that_the_pages_name_is_one_the_model_counts() -> None:
    counted = {one.id for one in MEASURED}
    assert set(side.OF) <= counted
    assert {kind.measures[0] for kind in start.KINDS} <= counted
    assert {measure for measure, *_ in MEASURES} <= counted


def test_the_mark_is_spelt_out_for_those_who_hear_it() -> None:
    assert "(unvalidated)" in str(lettered(f"Harm\u00a0{SIGN}"))
    assert lettered("Harm") == "Harm"
    flat = lettered(["One", f"two\u00a0{SIGN}", ["three", f"four\u00a0{SIGN}"]])
    assert not any(isinstance(one, list) for one in flat) and len(flat) == 6


def test_the_legend_stands_only_where_there_are_marks() -> None:
    assert any_marked(bare(COMPARISON)) and not any_marked(result(COMPARISON))


def test_the_banner_says_what_is_calibrated_and_what_is_reproduced() -> None:
    assert short(STANDING) == ("Not calibrated", "20 of 34 findings reproduced")
    fitted = {**STANDING, "ensembles": [{"name": "uk", "draws": 120}]}
    assert short(fitted)[0] == "Calibrated"
    fresh = {
        **STANDING,
        "calibrate": {"findings": 16, "tried": 0, "reproduced": 0},
        "test": {"findings": 18, "tried": 0, "reproduced": 0},
    }
    assert short(fresh)[1] == "no finding tried on this version"
    assert re.search(r"13 are reproduced.* 7 are reproduced", " ".join(sentences(STANDING)))
    assert "120 draws in the ensemble “uk”" in " ".join(sentences(fitted))
    for standing, name in ((STANDING, "not-calibrated"), (fitted, "calibrated")):
        assert f"'{name}'" in str(banner(standing)) and "/method#calibrated" in str(banner(standing))
