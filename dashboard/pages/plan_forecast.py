"""The card beside the plan: a forecast, how far one is, or why there is none."""

from __future__ import annotations

import time
from typing import Any

from dash import html, no_update

from dashboard.components.parts import button, chart, lettered, link_button, tag, testid
from dashboard.components.speech import legend
from dashboard.components.speech import said as sentence
from dashboard.components.states import cancel_button, failure, progress, skeleton
from dashboard.figures.fan import against
from dashboard.figures.theme import Palette
from dashboard.jobs.result import Result
from dashboard.jobs.table import Job
from dashboard.text.numbers import pounds
from dashboard.views.forecast import forecast, side_effects
from dashboard.views.support import any_marked


def finished(result: Result, palette: Palette) -> list[Any]:
    """The finished forecast."""
    said = forecast(result)

    picture: list[Any] = []
    if said.fan is not None:
        figure = against(said.fan, said.baseline, said.limits, lambda v: pounds(v, 3), palette, said.labels)
        picture = [
            chart(
                figure,
                f"{said.title}. {said.sub}. Do as now ends at {said.labels[0]}, this plan at {said.labels[1]} a year.",
                "forecast-picture",
            )
        ]
    effects = side_effects(result)
    return [
        html.Div(
            [
                html.Div(
                    [html.H2(lettered(said.title), **testid("forecast-title")), html.P(said.sub, className="sub")]
                ),
                tag("Live"),
            ],
            className="card-head",
        ),
        *picture,
        html.P(sentence(said.text), className="body", style={"marginTop": "10px"}),
        *(
            [
                html.Dl(
                    [
                        html.Div([html.Dt(lettered(label)), html.Dd([value, html.Span(span, className="note")])])
                        for label, value, span in effects
                    ],
                    className="facts",
                    style={"paddingBottom": "0", "marginTop": "12px"},
                )
            ]
            if effects
            else []
        ),
        html.P(said.note, className="note", style={"marginTop": "10px"}, **testid("forecast-note")),
        *legend(any_marked(result)),
    ]


def waiting(job: Job, standing: Any) -> Any:
    """The old picture stays; below it how far the new one is."""
    if job.created > time.time() - 0.8:
        return no_update
    words = (
        "Working out the new forecast."
        if job.done
        else "Growing the place to its present state; the first time takes a while."
    )
    line = html.Div(
        progress(
            words,
            job.done,
            job.total,
            job.seconds_left(time.time()),
            cancel_button({"job-cancel": job.id}),
            name="forecast-progress",
        ),
        className="forecast-line",
    )
    kept = (
        [child for child in (standing or []) if "forecast-line" not in str(child.get("props", {}).get("className", ""))]
        if isinstance(standing, list)
        else [html.H2("Live forecast"), skeleton(220)]
    )
    return [*kept, line]


def stopped(job: Job) -> list[Any]:
    """A forecast that failed or was cancelled, and the way to ask again."""
    again = button("Forecast again", "forecast-again", kind="primary")
    what = "The forecast stopped." if job.state == "failed" else "The forecast was cancelled."
    return [
        html.Div(html.H2("No forecast"), className="card-head"),
        failure(what, f"{job.message} The plan is kept.".strip(), again),
    ]


def nothing_planned() -> list[Any]:
    """A plan without entries is do as now."""
    return [
        html.Div(html.H2("Nothing to forecast yet"), className="card-head"),
        html.P(
            "This plan is do as now. Add an intervention and its effect appears here within seconds.", className="body"
        ),
        html.Div(link_button("Open Clear, Hold, Build", "/plan?plan=clear-hold-build"), style={"marginTop": "12px"}),
    ]
