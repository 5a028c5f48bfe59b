"""The compare page: put the question, watch it being answered, change the measure of the courses."""

from __future__ import annotations

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard.address import BadAddress, CompareAddress, read_compare, write_compare
from dashboard.callbacks.common import scheme
from dashboard.figures.theme import SCHEMES
from dashboard.jobs.request import REPLICATES, SEEDS, WEEKS
from dashboard.jobs.table import Job
from dashboard.pages.compare import body, job_title, progress_of, request_of
from dashboard.pages.compare_result import fan_card
from dashboard.services import Services


def register(app: Dash, services: Services) -> None:
    """Running, watching, changing plans, choosing a measure."""

    @app.callback(
        Output("address", "href", allow_duplicate=True),
        Output("compare-said", "children"),
        Input("compare-run", "n_clicks"),
        State({"role": "setup", "key": ALL}, "value"),
        State({"role": "setup", "key": ALL}, "id"),
        prevent_initial_call=True,
    )
    def run(clicks: int, values: list[Any], ids: list[dict[str, str]]) -> tuple[Any, Any]:  # pyright: ignore[reportUnusedFunction]
        if not clicks:
            return no_update, no_update
        chosen = {item["key"]: value for item, value in zip(ids, values, strict=True)}
        refusal = refused(chosen)
        if refusal:
            return no_update, refusal
        address = CompareAddress(
            None,
            chosen["compare-preset"],
            tuple(chosen["compare-plans"]),
            int(chosen["compare-weeks"]),
            int(chosen["compare-replicates"]),
            int(chosen["compare-seed"]),
        )
        return write_compare(CompareAddress(put(services, address).id)), ""

    @app.callback(
        Output("compare-body", "children"),
        Output("compare-poll", "disabled"),
        Output("compare-progress", "children"),
        Input("compare-poll", "n_intervals"),
        State("compare-job", "data"),
        prevent_initial_call=True,
    )
    def watch(_: int, identity: str | None) -> tuple[Any, Any, Any]:  # pyright: ignore[reportUnusedFunction]
        job = services.jobs.get(identity) if identity else None
        if job is None:
            return no_update, True, no_update
        if job.open:
            return no_update, False, progress_of(services, job)
        return body(services, address_of(job), job, scheme()), True, no_update

    @app.callback(
        Output("compare-fans", "children"),
        Input({"role": "view", "key": ALL}, "value"),
        State("compare-job", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def measure(values: list[str | None], identity: str | None, search: str | None) -> Any:  # pyright: ignore[reportUnusedFunction]
        job = services.jobs.get(identity) if identity else None
        if job is None and search:
            request = request_of(services, read_compare(search))
            job = services.jobs.latest(request.run_id(services.catalogue.model_version))
        result = services.results.read(job.run_id) if job else None
        if job is None or result is None or not values or not values[0]:
            return no_update
        return fan_card(result, values[0], job.run_id, SCHEMES[scheme()])

    app.clientside_callback(
        ClientsideFunction("spanner", "change"),
        Output("compare-setup", "hidden"),
        Input("compare-change", "n_clicks"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("address", "href", allow_duplicate=True),
        Input({"job-again": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def again(clicks: list[int]) -> Any:  # pyright: ignore[reportUnusedFunction]
        if not any(clicks) or not isinstance(ctx.triggered_id, dict):
            return no_update
        job = services.jobs.get(ctx.triggered_id["job-again"])
        if job is None:
            return no_update
        return write_compare(CompareAddress(services.submit(job.request, job.title).id))


def refused(chosen: dict[str, Any]) -> str:
    """Why a choice cannot be run, in one sentence; empty when it can."""
    if not chosen.get("compare-plans"):
        return "Choose at least one plan to compare with do as now."
    for key, name, (low, high) in (
        ("compare-weeks", "Weeks", WEEKS),
        ("compare-replicates", "Pairs of runs", REPLICATES),
        ("compare-seed", "Seed", SEEDS),
    ):
        value = chosen.get(key)
        if (
            isinstance(value, bool)
            or not isinstance(value, (int, float))
            or value != int(value)
            or not low <= value <= high
        ):
            return f"{name} has to be a whole number from {low:,} to {high:,}."
    return ""


def put(services: Services, address: CompareAddress) -> Job:
    """Put the comparison an address describes in the queue."""
    try:
        titles = [services.plan(plan).title for plan in address.plans]
    except BadAddress:
        titles = list(address.plans)
    return services.submit(request_of(services, address), job_title(titles))


def address_of(job: Job) -> CompareAddress:
    """The address a job stands for."""
    return CompareAddress(
        job.id, job.request.preset, job.request.plan_names, job.request.weeks, job.request.replicates, job.request.seed
    )
