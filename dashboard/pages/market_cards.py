"""The cards that go market by market: a place as it is, and what a plan does in each market."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.controls import select
from dashboard.components.parts import card, chart, chart_tools, hidden_table, key_figure, lettered, table, under
from dashboard.figures.effects import effects as draw_effects
from dashboard.figures.fan import spark
from dashboard.figures.theme import Palette
from dashboard.jobs.result import Result
from dashboard.text.numbers import pounds, signed, weeks_in_words
from dashboard.views import every_market as every
from dashboard.views import markets as view
from dashboard.views.support import marked

NAMES = {view.CHAIN: "markets", view.COMMISSIONED: "commissioned"}


def level_cards(result: Result, run_id: str, palette: Palette) -> list[html.Section]:
    """Every market as it is today, then each kind of market in its own figures."""
    found = every.levels(result)
    own = [_levels(result, kind, run_id) for kind in NAMES if view.traded(result, kind)]
    return [_every_level(result, found, run_id, palette), *own] if found else own


def _every_level(result: Result, found: list[every.Small], run_id: str, palette: Palette) -> html.Section:
    """Small multiples: the harm of each market and its course."""
    title, apart = every.levels_title(result), every.apart(result)
    tiles = [
        key_figure(
            one.title, one.value, "a year", one.note,
            *([chart(spark(one.course, palette), f"Harm of {one.title} over the year", f"spark-harm-{one.market}",
                     style={"marginTop": "4px"})] if len(one.course) > 1 else []),
            name=f"market-{one.market}",
        )
        for one in found
    ]  # fmt: skip
    return card(
        title,
        html.Div(tiles, className="kpis"),
        *([html.P(lettered(f"{apart}."), className="note after")] if apart else []),
        hidden_table(
            "every-market", ("Market", "Harm a year", "90% of runs, and its trade"),
            [(one.title, one.value, one.note) for one in found], numbers=(1, 2), caption=title,
        ),
        sub="Harm that comes with each market in the first year under do as now, with the range of 90% of runs; lines show the year by month",
        tools=chart_tools("every-market", f"/download/{run_id}/markets.csv"),
        name="every-market-card",
    )  # fmt: skip


def _levels(result: Result, kind: str, run_id: str) -> html.Section:
    measures = view.SHOWN[kind]
    title = marked(view.levels_title(result, kind), result, *view.first_of(result, kind))
    rows = [[row.title, *[under(cell.main, cell.note) for cell in row.cells]] for row in view.levels(result, kind)]
    what = (
        "Trade of a year in each market, in the measure its goods are sold by; drugs are counted pure"
        if kind == view.CHAIN
        else "What crews put together for a job took in a year, and their crimes, wherever the victims are"
    )
    return card(
        title,
        table(
            ["Market", *[view.HEADINGS[name] for name in measures]], rows, numbers=range(1, len(measures) + 1),
            caption=title, name=f"{NAMES[kind]}-table",
        ),
        sub=f"{what}; 90% of runs lie in the range below each figure",
        tools=chart_tools(NAMES[kind], f"/download/{run_id}/markets.csv")[1:],
        name=f"{NAMES[kind]}-card",
    )  # fmt: skip


def change_cards(result: Result, run_id: str, palette: Palette, of: str | None) -> list[Any]:
    """What a plan does in each kind of market."""
    plan = view.shown_plan(result, of)
    kinds = [kind for kind in NAMES if view.traded(result, kind)]
    if plan is None:
        return []
    several = bool(every.effects(result, plan))
    own = [_changes(result, kind, plan, run_id, palette, picked=not several and kind == kinds[0]) for kind in kinds]
    return [_every_change(result, plan, run_id, palette), *own] if several else own


def _picker(result: Result, plan: str) -> list[Any]:
    """Whose markets are shown."""
    return (
        [select("market-plan", "Plan", plan, list(result.plans.items()), group="view")] if len(result.plans) > 1 else []
    )


def _every_change(result: Result, plan: str, run_id: str, palette: Palette) -> html.Section:
    """In which markets harm falls and rises, chains and commissioned crime alike."""
    effects, picker = every.effects(result, plan), _picker(result, plan)
    title = marked(
        every.changes_title(effects), result, *(f"{every.HARM}:{market}" for market, *_ in every.listed(result))
    )
    words = "; ".join(f"{row.title} {row.label} ({row.interval})" for row in effects)
    rows = [
        [row.title, *[under(cell.main, cell.note) if cell.clear else _faint(cell) for cell in row.cells]]
        for row in every.changes(result, plan)
    ]
    return card(
        title,
        html.Div(
            [
                html.Div(
                    [
                        html.H3("Harm, share of do as now"),
                        chart(
                            draw_effects(effects, lambda v: signed(every.share(v)), palette),
                            f"Harm by market under {result.plans[plan]} against do as now: {words}.",
                            "every-market-effects",
                            phone=draw_effects(effects, lambda v: signed(every.share(v)), palette, narrow=True),
                        ),
                    ]
                ),
                table(
                    ["Market", *every.HEADINGS], rows, numbers=range(1, len(every.HEADINGS) + 1), caption=title,
                    name="every-market-table",
                ),
            ],
            className="market-change beside",
        ),
        hidden_table(
            "every-market", ("Market and figure", "Do as now", "With the plan", "Difference", "90% interval"),
            every.details(result, plan), numbers=(1, 2, 3, 4), caption=title,
        ),
        sub=f"{result.plans[plan]}: difference from do as now over {weeks_in_words(result.weeks)} on the same random numbers, 90% intervals; "
        "bold where the interval is clear of zero. Violence, theft by users and children drawn in belong to no market",
        tools=[*picker, *chart_tools("every-market", f"/download/{run_id}/markets.csv")],
        name="every-market-card",
        class_name="with-picker" if picker else "",
    )  # fmt: skip


def _changes(result: Result, kind: str, plan: str, run_id: str, palette: Palette, *, picked: bool) -> html.Section:
    effects, measures, name = view.effects(result, kind, plan), view.SHOWN[kind], NAMES[kind]
    title = marked(view.changes_title(kind, effects, view.spent(result, kind)), result, *view.first_of(result, kind))
    picker = _picker(result, plan) if picked else []
    what = view.HEADINGS[measures[0]].lower() if kind == view.CHAIN else "taken from victims and buyers"
    drawn: list[Any] = []
    if effects:
        words = "; ".join(f"{row.title} {row.label} ({row.interval})" for row in effects)
        drawn = [
            html.H3(f"{what[:1].upper()}{what[1:]}, change"),
            chart(
                draw_effects(effects, lambda v: signed(pounds(v)), palette),
                f"{what} under {result.plans[plan]} against do as now: {words}.",
                f"{name}-effects",
                phone=draw_effects(effects, lambda v: signed(pounds(v)), palette, narrow=True),
            ),
        ]
    rows = [
        [row.title, *[under(cell.main, cell.note) if cell.clear else _faint(cell) for cell in row.cells[1:]]]
        for row in view.changes(result, kind, plan)
    ]
    return card(
        title,
        html.Div(
            [
                html.Div(drawn),
                table(
                    ["Market", *[view.HEADINGS[measure] for measure in measures[1:]]], rows,
                    numbers=range(1, len(measures)), caption=title, name=f"{name}-table",
                ),
            ],
            className="market-change",
        ),
        hidden_table(
            name, ("Market and figure", "Do as now", "With the plan", "Difference", "90% interval"),
            view.details(result, kind, plan), numbers=(1, 2, 3, 4), caption=title,
        ),
        sub=f"{result.plans[plan]}: difference from do as now over {weeks_in_words(result.weeks)} on the same random "
        "numbers, 90% intervals; bold where the interval is clear of zero",
        tools=[*picker, *chart_tools(name, f"/download/{run_id}/markets.csv")],
        name=f"{name}-card",
        class_name="with-picker" if picker else "",
    )  # fmt: skip


def _faint(cell: view.Cell) -> list[Any]:
    """A figure that may be chance."""
    return [html.Span(lettered(cell.main)), html.Span(cell.note, className="under")]
