"""The cards of a comparison on what a plan brings beside harm averted: pictures, with their tables on demand."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.parts import card, chart, chart_tools, hidden_table
from dashboard.components.pictures import mark
from dashboard.figures.dip import dip, signs
from dashboard.figures.dots import dots
from dashboard.figures.theme import Palette
from dashboard.jobs.result import Result
from dashboard.text.numbers import Formatter, plain, signed, weeks_in_words
from dashboard.views import consequences as view
from dashboard.views import dips, early
from dashboard.views.outcomes import best_plan, series_of

MAPPING = "major: below half for a year; moderate: below 80% for 13 weeks; minor otherwise: this model's mapping"


def consequence_rows(result: Result, run_id: str, palette: Palette) -> list[Any]:
    """How deep and for how long, and where it goes; what would be seen early, and beside what is; who bears it."""
    if result.dips.empty and result.displacement.empty:
        return []  # a result of an earlier version
    return [
        html.Div([dip_card(result, run_id, palette), early_card(result, run_id, palette)], className="grid halves"),
        html.Div(
            [
                borne_card(result, run_id, palette),
                html.Div([moved_card(result, run_id, palette), seen_card(result, run_id, palette)], className="stack"),
            ],
            className="grid halves",
        ),
    ]


def dip_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """How far trade fell, week by week."""
    title, courses = dips.dip_title(result), dips.dip_courses(result)
    if not courses:
        return card(title, html.P("It takes 13 weeks or more.", className="body"), name="dip-card")
    words = dips.dip_words(result)
    return card(
        title,
        chart(
            dip(courses, palette),
            f"What trade comes to against do as now: {'; '.join(f'{name} {text}' for _, name, text in words)}.",
            "dip",
        ),
        html.Ul(
            [html.Li([mark(series), html.Span(f"{name}: "), html.B(text)]) for series, name, text in words],
            className="returns",
        ),
        hidden_table(
            "dip", ("Market and plan", "Class", "Depth", "Weeks of trade lost", "Weeks to recover"), dips.dip_table(result),
            numbers=(2, 3, 4), caption=title,
        ),
        sub=f"What all markets turn over, at the prices of do as now, over 13 weeks ({MAPPING})",
        tools=chart_tools("dip", f"/download/{run_id}/dips.csv"),
        name="dip-card",
    )  # fmt: skip


def early_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """What would be seen early if the best plan works."""
    plan = best_plan(result)
    if plan is None:
        return card("What tells early is not known", name="early-card")
    found, reason = early.early_signs(result, plan), early.early_reason(result, plan)
    title = early.early_title(result, plan, found) if not reason else "Too little to say what would be seen early"
    if reason:
        body: list[Any] = [html.P(f"{reason[:1].upper()}{reason[1:]}.", className="body")]
    elif found:
        words = "; ".join(f"{sign.title} from week {sign.week}" for sign in found)
        body = [chart(signs(found, result.weeks, series_of(result)[plan], palette), f"Told early: {words}.", "early")]
    else:
        body = [
            html.P(
                "No observed series differs between success and failure beyond chance, in any week.", className="body"
            )
        ]
    about = f"What would we see early if {result.plans[plan]} works? Each series from the week on in which it tells, and in how many pairs it is right; "
    return card(
        title,
        *body,
        hidden_table(
            "early", ("Series", "After weeks", "Area under the curve", "Plan against do as now"),
            early.early_table(result, plan), numbers=(1, 2, 3), caption=title,
        ),
        sub=about + early.split_words(result, plan),
        tools=chart_tools("early", f"/download/{run_id}/early.csv"),
        name="early-card",
    )  # fmt: skip


def borne_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """Who bears it."""
    return told_card(
        result, view.borne(result), "borne", run_id, palette, view.share,
        ("What, and plan", "Do as now", "Plan", "Change", "90% interval"),
        f"Who bears it: change against do as now over {weeks_in_words(result.weeks)}, to the right is worse; 90% lines. Not one of these is read by "
        "a rule that chooses targets",
    )  # fmt: skip


def moved_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """Where it goes."""

    def number(value: float) -> str:
        return signed(plain(value))

    return told_card(
        result, view.moved(result), "moved", run_id, palette, number, ("Kind, and plan", "Quotient", "90% interval, or why not"),
        "Displacement: the change elsewhere for each unit of change in what the plan singles out; −1 all of it moved, 0 none did, above 0 the rest "
        "gained too",
        file="displacement", nothing="None moved",
    )  # fmt: skip


def seen_card(result: Result, run_id: str, palette: Palette) -> html.Section:
    """What is seen beside what is."""
    plan = best_plan(result)
    told = view.seen(result, plan) if plan is not None else view.Told("What is seen was not measured", [], [])
    name = result.plans[plan] if plan is not None else ""
    return told_card(
        result, told, "seen", run_id, palette, view.share, ("Series", "Change", "90% interval"),
        f"{name}: hollow is what is recorded or seen, filled what is true; change against do as now over {weeks_in_words(result.weeks)}",
    )  # fmt: skip


def told_card(
    result: Result, told: view.Told, name: str, run_id: str, palette: Palette, show: Formatter, headings: tuple[str, ...], sub: str,
    file: str = "table", nothing: str = "Do as now",
) -> html.Section:  # fmt: skip
    """A picture of marks in rows, the words that go with it, and its table."""
    after = [html.P(told.words, className="note after")] if told.words else []
    if not told.rows:
        return card(told.title, *after, sub=sub, name=f"{name}-card")
    words = "; ".join(f"{row.title} {', '.join(one.label for one in row.dots)}" for row in told.rows)
    return card(
        told.title,
        chart(
            dots(told.rows, show, palette, nothing=nothing), f"{told.title}: {words}.", name,
            phone=dots(told.rows, show, palette, nothing=nothing, narrow=True),
        ),
        *after,
        hidden_table(name, headings, told.table, numbers=tuple(range(1, len(headings))), caption=told.title),
        sub=sub,
        tools=chart_tools(name, f"/download/{run_id}/{file}.csv"),
        name=f"{name}-card",
    )  # fmt: skip
