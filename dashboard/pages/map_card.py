"""The card that shows where harm fell, where it rose, and what appeared outside."""

from __future__ import annotations

from typing import Any

import numpy as np
from dash import html

from dashboard.components.parts import card, chart_tools, hidden_table, table
from dashboard.components.pictures import Tile, key, tiles
from dashboard.jobs.result import Result
from dashboard.text.numbers import interval, pounds, signed, weeks_in_words
from dashboard.views import compare as view
from dashboard.views import displacement
from dashboard.views.frames import Row
from dashboard.views.outcomes import HARM, best_plan
from dashboard.views.support import marked


def map_card(result: Result, run_id: str) -> html.Section:
    """Where harm fell, where it rose, and what appeared outside."""
    plan = best_plan(result)
    if plan is None or result.place.empty:
        return card(
            "Where harm moved is not known",
            html.P("The model did not report harm by place.", className="body"),
            name="map-card",
        )
    here, out = displacement.inside(result, plan), displacement.moved_outside(result, plan)
    if not any(r["baseline"] for r in here):
        return card(
            "No harm lies in a neighbourhood of this world",
            html.P("Its victims may live anywhere; what they lose stands market by market above.", className="body"),
            name="map-card",
        )
    limit = float(np.quantile([abs(r["difference"]) for r in here], 0.95)) if here else 0.0

    def change(r: Row) -> tuple[str, str]:
        return signed(pounds(r["difference"])), interval(r["low"], r["high"], pounds)

    squares = [
        Tile(
            int(r["row"]),
            int(r["col"]),
            "",
            f"{r['name']}: {change(r)[0]} ({change(r)[1]})",
            f"d{displacement.diverging(r['difference'], limit)}" + ("" if displacement.clear(r) else " faint"),
        )
        for r in here
    ]
    rows = [
        (r["name"], html.Span([html.B(change(r)[0]), html.Span(f" ({change(r)[1]})", className="second")]))
        for r in out[:5]
    ]
    title = marked(displacement.map_title(result, plan), result, HARM)
    listed = [(r["name"], *change(r)) for r in sorted(here, key=lambda r: r["difference"])]
    right: list[Any] = (
        [
            table(
                ("Outside the force", "Harm moved"), rows, numbers=(1,), caption="Harm outside the force", small=True
            ),
            html.P(displacement.outside_words(result, plan), className="note after"),
        ]
        if rows
        else [html.P("This place has no neighbours in the model.", className="note")]
    )
    right += [
        html.P(text, className="note after") for text in view.remarks(result) if displacement.about_displacement(text)
    ]
    return card(
        title,
        html.Div(
            [
                html.Div(
                    [
                        tiles(
                            squares, f"Change in harm by neighbourhood under {result.plans[plan]}", "harm-map", size=32
                        ),
                        key(f"{signed(pounds(-limit))} harm", signed(pounds(limit)), [f"d{i}" for i in range(7)]),
                    ]
                ),
                html.Div(right),
            ],
            className="map-and-list",
        ),
        hidden_table("map", ("Neighbourhood", "Change in harm", "90% interval"), listed, numbers=(1, 2), caption=title),
        sub=f"{result.plans[plan]}: change in harm by neighbourhood over {weeks_in_words(result.weeks)} against do as now; faint where it may be chance; one in ten looks clear by chance",
        tools=chart_tools("map", f"/download/{run_id}/place.csv"),
        name="map-card",
    )
