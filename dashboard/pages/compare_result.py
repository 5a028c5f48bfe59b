"""The cards of a finished comparison: effect, sureness, course and table; what else it brings is folded below."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.address import CompareAddress
from dashboard.components.controls import select
from dashboard.components.parts import card, chart, chart_tools, hidden_table, table, under
from dashboard.components.pictures import mark, yardstick
from dashboard.figures.effects import effects as draw_effects
from dashboard.figures.fan import differences, shared_limits
from dashboard.figures.theme import Palette
from dashboard.jobs.result import Result
from dashboard.jobs.tables import POINTS
from dashboard.pages.folds import folds
from dashboard.text.numbers import Formatter, formatter, interval, number_word, percent, pounds, signed, weeks_in_words
from dashboard.views import compare as view
from dashboard.views import courses, market_courses, side
from dashboard.views.frames import first, pick, texts
from dashboard.views.markets import ALL as ALL_MARKETS
from dashboard.views.outcomes import HARM, best_plan
from dashboard.views.support import marked


def result_cards(result: Result, run_id: str, palette: Palette, seen: CompareAddress) -> list[Any]:
    """The answer first, the rest folded; the address says which course is seen, whose markets, and what is open."""
    return [
        html.Div([effects_card(result, run_id, palette), sure_card(result)], className="grid halves"),
        html.Div(fan_card(result, seen.show, seen.market, run_id, palette), id="compare-fans", className="block"),
        html.Div(side_card(result, run_id), className="block"),
        *folds(result, run_id, palette, seen),
    ]


def effects_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """How much each plan averts."""
    title, rows = view.effects(result)
    title = marked(title, result, HARM)
    if not rows:
        return card(title, name="effects")
    words = "; ".join(f"{row.title} {row.label} ({row.interval})" for row in rows)
    return card(
        title,
        chart(
            draw_effects(rows, pounds, palette),
            f"Harm averted against do as now: {words}.",
            "effects",
            phone=draw_effects(rows, pounds, palette, narrow=True),
        ),
        hidden_table(
            "effects",
            ("Plan", "Harm averted", "90% interval"),
            [(row.title, row.label, row.interval) for row in rows],
            numbers=(1, 2),
            caption=title,
        ),
        sub=f"Harm averted over {weeks_in_words(result.weeks)} against do as now; thick line 50%, thin line 90%",
        tools=chart_tools("effects", f"/download/{run_id}/table.csv"),
        name="effects-card",
    )


def sure_card(result: Result) -> html.Section:
    """The yardstick for the best plan."""
    sure = view.sureness(result)
    if sure is None:
        return card(
            "How likely is it?", html.P("The model did not report how often a plan is better.", className="body")
        )
    return card(
        marked(sure.title, result, HARM),
        yardstick(sure.probability),
        html.P(sure.text, className="body"),
        sub="Professional Head of Intelligence Assessment yardstick",
        name="sure-card",
    )


def fan_card(result: Result, asked: str | None, market: str | None, run_id: str, palette: Palette) -> html.Section:
    """One small picture a plan, sharing a scale; the measure can be changed, and the market where there are some."""
    places = market_courses.choices(result)
    market = market if market in dict(places) else ALL_MARKETS
    step = 1  # of a market, as many weeks are kept as can be seen
    if market != ALL_MARKETS:
        measure = market_courses.course_of(result, asked or "", market)
        label, unit = market_courses.label_of(result, measure)
        options = [(f"{name}:{market}", title) for name, title in market_courses.weekly_choices(result, market)]
    else:
        names = [m for m in courses.BAND_MEASURES if not result.bands.empty and m in set(result.bands["measure"])]
        labels = (
            dict(zip(texts(result.table, "measure"), texts(result.table, "label"), strict=True))
            if "label" in result.table
            else {}
        )
        measure = asked if asked in names else HARM
        row = first(pick(result.table, measure=measure))
        label, unit = labels.get(measure, measure.replace("_", " ")), str(row["unit"]) if row else "count"
        options = [(m, labels.get(m, m.replace("_", " "))) for m in names]
        step = max(1, result.weeks // POINTS)
    picker = [select("fan-market", "Market", market, places, group="view")] if places else []
    picker.append(select("fan-measure", "Measure", measure, options, group="view"))
    items = courses.fans(result, measure, step)
    if not items:
        return card("The course week by week was not kept", *picker)
    relative = courses.relative(result, measure)
    number = formatter(unit)
    show: Formatter = (
        (lambda v: signed(percent(v, 1 if abs(v) < 0.02 else 0))) if relative else (lambda v: signed(number(v)))
    )
    limits = shared_limits([item.fan for item in items])
    multiples = [
        html.Div(
            [
                html.H3([mark(item.series), item.title, html.Span(item.says, className="says")]),
                chart(
                    differences(item.fan, item.series, limits, show, palette, named=place == 0),
                    f"{label} under {item.title} against do as now, week by week: {item.says}.",
                    f"fan-{measure.replace(':', '-')}-{item.plan}",
                ),
            ]
        )
        for place, item in enumerate(items)
    ]
    quarters = [
        (
            f"{item.title}, week {int(week)}",
            show(item.fan.middle[i]),
            interval(item.fan.low_90[i], item.fan.high_90[i], show),
        )
        for item in items
        for i, week in enumerate(item.fan.weeks)
        if int(week) % 26 == 0
    ]
    how = "% by week" if relative else "by week"
    return card(
        marked(courses.fan_title(items, label), result, measure),
        html.Div(multiples, className="multiples"),
        hidden_table(
            "fans",
            ("Plan and week", "Difference", "90% interval"),
            quarters,
            numbers=(1, 2),
            caption=marked(label, result, measure),
        ),
        sub=f"{label} against do as now, {how}, on the same random numbers, as 13-week means; bands hold 50% and 90% of pairs",
        tools=[*picker, *chart_tools("fans", f"/download/{run_id}/bands.csv")],
        name="fans-card",
        class_name="with-picker",
    )


def side_card(result: Result, run_id: str) -> html.Section:
    """Plans side by side."""
    best = best_plan(result)
    rows = []
    for row in side.side_by_side(result):
        name = [mark(row.series), row.title]
        rows.append(
            [html.Span(name), *[under(html.Span(main) if row.plan != best else main, note) for main, note in row.cells]]
        )
    title = f"{number_word(len(rows)).capitalize()} plans side by side" if len(rows) > 1 else "The plan in figures"
    return card(
        title,
        table(side.headings(result), rows, numbers=(1, 2, 3, 5, 6, 7, 8), caption=title, name="side-by-side"),
        sub=f"Totals over {weeks_in_words(result.weeks)} against do as now; 90% intervals below",
        tools=chart_tools_download(f"/download/{run_id}/table.csv"),
        name="side-card",
    )


def chart_tools_download(href: str) -> list[Any]:
    """Only the download: the card is a table already."""
    return chart_tools("side", href)[1:]
