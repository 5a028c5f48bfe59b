"""The start page: look at a place, and watch it being run."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update

from dashboard.callbacks.common import scheme
from dashboard.figures.theme import SCHEMES
from dashboard.pages.start import body, latest
from dashboard.services import Services
from dashboard.views.start import place_request


def register(app: Dash, services: Services) -> None:
    """Looking and watching."""

    @app.callback(
        Output("start-body", "children"),
        Output("start-poll", "disabled"),
        Output("start-ready", "data"),
        Input("start-look", "n_clicks", allow_optional=True),
        Input("start-poll", "n_intervals"),
        State("start-preset", "data"),
        prevent_initial_call=True,
    )
    def watch(clicks: int | None, ticks: int | None, preset: str | None) -> tuple[Any, Any, Any]:  # pyright: ignore[reportUnusedFunction]
        if not preset or not (clicks or ticks):
            return no_update, no_update, no_update
        request = place_request(services.catalogue.places[preset])
        job = latest(services, preset)
        if clicks and not (job and job.open) and services.result_of(request) is None:
            job = services.submit(request, services.place(preset))
        if job and job.open:
            return body(services, preset, None, job, SCHEMES[scheme()]), False, no_update
        return no_update, True, preset

    # by itself: an answer that takes longer than the next look would be thrown away for that one's, again and again
    @app.callback(
        Output("start-body", "children", allow_duplicate=True),
        Input("start-ready", "data"),
        prevent_initial_call=True,
    )
    def show(preset: str | None) -> Any:  # pyright: ignore[reportUnusedFunction]
        if not preset:
            return no_update
        result = services.result_of(place_request(services.catalogue.places[preset]))
        return body(services, preset, result, latest(services, preset), SCHEMES[scheme()])
