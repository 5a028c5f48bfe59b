"""The runs page: keep the history up to date, cancel, delete. Cancelling works from every page."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, ctx, no_update

from dashboard.pages.runs import history
from dashboard.services import Services


def register(app: Dash, services: Services) -> None:
    """Cancelling, deleting, watching."""

    @app.callback(
        Output("shown-address", "data", allow_duplicate=True),
        Input({"job-cancel": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def cancel(clicks: list[int]) -> Any:  # pyright: ignore[reportUnusedFunction]
        if any(clicks) and isinstance(ctx.triggered_id, dict):
            services.jobs.cancel(ctx.triggered_id["job-cancel"])
        return no_update

    @app.callback(
        Output("runs-history", "children"),
        Output("runs-poll", "disabled"),
        Input("runs-poll", "n_intervals"),
        Input({"job-delete": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def watch(_: int, clicks: list[int]) -> tuple[Any, Any]:  # pyright: ignore[reportUnusedFunction]
        if isinstance(ctx.triggered_id, dict):
            if not any(clicks):
                return no_update, no_update
            delete(services, ctx.triggered_id["job-delete"])
        return history(services), not any(job.open for job in services.jobs.listed())


def delete(services: Services, identity: str) -> None:
    """Forget a job, and its result when no other job rests on it."""
    job = services.jobs.get(identity)
    if job is None or job.open:
        return
    services.jobs.delete(identity)
    if services.jobs.uses(job.run_id) == 0:
        services.results.delete(job.run_id)
