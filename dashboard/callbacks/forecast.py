"""The live forecast: each change of the plan asks for a new one; the old stays, greyed, while it comes."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update

from dashboard.callbacks.common import scheme
from dashboard.components.speech import page_foot
from dashboard.figures.theme import SCHEMES
from dashboard.jobs.drafts import Draft
from dashboard.jobs.request import Request
from dashboard.pages.plan_cards import budget_card
from dashboard.pages.plan_forecast import finished, nothing_planned, stopped, waiting
from dashboard.services import Services
from dashboard.views import compare as compare_view
from dashboard.views.forecast import PAIRS
from dashboard.views.start import FEW

State_ = dict[str, Any]


def request_for(services: Services, draft: Draft, weeks: int) -> Request:
    """Few pairs of the draft beside do as now, fewer of a large place; the name of a plan does not change its result."""
    plan = {**draft.plan, "id": "this-plan", "title": "This plan"}
    pairs = FEW if services.catalogue.places[draft.preset].large else PAIRS
    return Request("forecast", draft.preset, (plan,), weeks, pairs)


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
        request = request_for(services, draft, state["weeks"])
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
        foot = page_foot(compare_view.footer(result, services.catalogue.version), services.caution(draft.preset))
        return (
            finished(result, SCHEMES[scheme()]),
            budget_card(draft.plan, cost, result),
            foot,
            True,
            "card forecast order-1",
        )

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
            "job": services.submit(request_for(services, draft, state["weeks"]), str(draft.plan["title"])).id,
            "draft": draft.id,
        }
