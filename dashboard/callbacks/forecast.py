"""The live forecast: each change of the plan asks for a new one; the old stays, greyed, while it comes."""

from __future__ import annotations

import time
from typing import Any

from dash import Dash, Input, Output, State, html, no_update

from dashboard.callbacks.common import scheme
from dashboard.components.parts import button, chart, link_button, tag, testid
from dashboard.components.speech import page_foot
from dashboard.components.speech import said as sentence
from dashboard.components.states import cancel_button, failure, progress, skeleton
from dashboard.figures.fan import against
from dashboard.figures.theme import SCHEMES
from dashboard.jobs.drafts import Draft
from dashboard.jobs.request import Request
from dashboard.jobs.result import Result
from dashboard.jobs.table import Job
from dashboard.pages.plan import budget_card
from dashboard.services import Services
from dashboard.text.numbers import pounds
from dashboard.views import compare as compare_view
from dashboard.views.forecast import PAIRS, forecast, side_effects

State_ = dict[str, Any]


def request_for(draft: Draft, weeks: int) -> Request:
    """Few pairs of the draft beside do as now; the name of a plan does not change its result."""
    plan = {**draft.plan, "id": "this-plan", "title": "This plan"}
    return Request("forecast", draft.preset, (plan,), weeks, PAIRS)


def register_forecast(app: Dash, services: Services) -> None:
    """Asking for a forecast, and showing it."""

    @app.callback(
        Output("plan-forecast-job", "data"),
        Output("plan-poll", "disabled"),
        Output("plan-forecast", "className"),
        Input("plan-state", "data"),
        State("plan-forecast-job", "data"),
    )
    def ask(state: State_ | None, before: State_ | None) -> tuple[Any, Any, Any]:  # pyright: ignore[reportUnusedFunction]
        draft = services.drafts.get(state["draft"]) if state else None
        if state is None or draft is None or state["why"] in ("select", "title"):
            return no_update, no_update, no_update
        request = request_for(draft, state["weeks"])
        if not draft.plan["entry"]:
            return {"job": None, "draft": draft.id}, False, "card forecast order-1"
        if before and before.get("job"):
            services.jobs.cancel(before["job"])
        job = services.submit(request, str(draft.plan["title"]))
        return {"job": job.id, "draft": draft.id}, False, "card forecast order-1 is-waiting"

    @app.callback(
        Output("plan-forecast", "children"),
        Output("plan-budget", "children"),
        Output("plan-foot", "children"),
        Output("plan-poll", "disabled", allow_duplicate=True),
        Output("plan-forecast", "className", allow_duplicate=True),
        Input("plan-poll", "n_intervals"),
        Input("plan-forecast-job", "data"),
        State("plan-forecast", "children"),
        prevent_initial_call=True,
    )
    def show(_: int, asked: State_ | None, standing: Any) -> tuple[Any, ...]:  # pyright: ignore[reportUnusedFunction]
        if not asked:
            return (no_update,) * 5
        draft = services.drafts.get(asked["draft"])
        if asked["job"] is None:
            return nothing_planned(), no_update, no_update, True, "card forecast order-1"
        job = services.jobs.get(asked["job"])
        if job is None or draft is None:
            return (no_update,) * 3 + (True, no_update)
        if job.open:
            return waiting(job, standing), no_update, no_update, False, "card forecast order-1 is-waiting"
        result = services.results.read(job.run_id) if job.state == "done" else None
        if result is None:
            return stopped(job), no_update, no_update, True, "card forecast order-1"
        cost = next(iter(result.cost.values()), None)
        foot = page_foot(compare_view.footer(result, services.catalogue.version))
        return forecast_content(result, job), budget_card(draft.plan, cost), foot, True, "card forecast order-1"

    @app.callback(
        Output("plan-forecast-job", "data", allow_duplicate=True),
        Input("forecast-again", "n_clicks", allow_optional=True),
        State("plan-state", "data"),
        prevent_initial_call=True,
    )
    def again(clicks: int | None, state: State_ | None) -> Any:  # pyright: ignore[reportUnusedFunction]
        draft = services.drafts.get(state["draft"]) if state and clicks else None
        if draft is None or state is None:
            return no_update
        return {
            "job": services.submit(request_for(draft, state["weeks"]), str(draft.plan["title"])).id,
            "draft": draft.id,
        }


def forecast_content(result: Result, job: Job) -> list[Any]:
    """The finished forecast."""
    said = forecast(result)
    palette = SCHEMES[scheme()]
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
    took = f" Answered in {job.finished - job.created:.1f} s." if job.finished else ""
    return [
        html.Div(
            [
                html.Div([html.H2(said.title, **testid("forecast-title")), html.P(said.sub, className="sub")]),
                tag("Live"),
            ],
            className="card-head",
        ),
        *picture,
        html.P(sentence(said.text), className="body", style={"marginTop": "10px"}),
        *(
            [
                html.Dl(
                    [html.Div([html.Dt(label), html.Dd(value)]) for label, value in effects],
                    className="facts",
                    style={"paddingBottom": "0", "marginTop": "12px"},
                )
            ]
            if effects
            else []
        ),
        html.P(said.note + took, className="note", style={"marginTop": "10px"}, **testid("forecast-note")),
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
