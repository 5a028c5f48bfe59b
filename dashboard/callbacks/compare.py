"""The compare page: put the question, watch it being answered, change the measure of the courses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, no_update, set_props

from dashboard.address import BadAddress, CompareAddress, read_compare, write_compare
from dashboard.callbacks.common import scheme
from dashboard.figures.theme import SCHEMES
from dashboard.jobs.request import REPLICATES, SEEDS, WEEKS
from dashboard.jobs.table import Job
from dashboard.pages.compare import address_of, body, job_title, progress_of, request_of
from dashboard.pages.compare_result import fan_card
from dashboard.pages.market_cards import change_cards
from dashboard.services import Services
from dashboard.views.courses import BAND_MEASURES
from dashboard.views.market_courses import USUAL, WEEKLY
from dashboard.views.markets import ALL as ALL_MARKETS
from dashboard.views.markets import shown_plan
from dashboard.views.outcomes import HARM


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
        Output("compare-ready", "data"),
        Output("compare-poll", "disabled"),
        Input("compare-poll", "n_intervals"),
        State("compare-job", "data"),
        prevent_initial_call=True,
    )
    def watch(_: int, identity: str | None) -> tuple[Any, Any]:  # pyright: ignore[reportUnusedFunction]
        job = services.jobs.get(identity) if identity else None
        if job is None:
            return no_update, True
        if job.open:
            # not an output: when the answer has come, the page has no such part any more
            set_props("compare-progress", {"children": progress_of(services, job)})
            return no_update, False
        return job.id, True

    # by itself: an answer that takes longer than the next look would be thrown away for that one's, again and again
    @app.callback(
        Output("compare-body", "children"),
        Input("compare-ready", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def show(identity: str | None, search: str | None) -> Any:  # pyright: ignore[reportUnusedFunction]
        job = services.jobs.get(identity) if identity else None
        return no_update if job is None else body(services, address_of(job, read_compare(search)), job, scheme())

    @app.callback(
        Output("compare-fans", "children"),
        Output("compare-markets", "children"),
        Output("compare-address", "data"),
        Input({"role": "view", "key": ALL}, "value"),
        State({"role": "view", "key": ALL}, "id"),
        State("compare-address", "data"),
        State("compare-job", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def look(
        values: list[str | None], ids: list[dict[str, str]], shown: str | None, identity: str | None, search: str | None
    ) -> tuple[Any, Any, Any]:  # pyright: ignore[reportUnusedFunction]
        asked = read_compare(search)
        job = services.jobs.get(identity) if identity else None
        if job is None and search:
            job = services.jobs.latest(request_of(services, asked).run_id(services.catalogue.model_version))
        result = services.results.read(job.run_id) if job else None
        if job is None or result is None:
            return no_update, no_update, no_update
        best = shown_plan(result, None)
        before = usual(read_compare(shown.partition("?")[2]) if shown else asked, best)
        now = usual(seen(asked, {item["key"]: value for item, value in zip(ids, values, strict=True)}), best)
        if viewed(now) == viewed(before):  # cards drawn afresh say what is shown already
            return no_update, no_update, no_update
        palette = SCHEMES[scheme()]
        fans = fan_card(result, now.show, now.market, job.run_id, palette)
        whose = no_update if now.of == before.of else change_cards(result, job.run_id, palette, now.of)
        return fans, whose, write_compare(now)

    app.clientside_callback(
        ClientsideFunction("spanner", "address"),
        Output("compare-address", "id"),
        Input("compare-address", "data"),
        prevent_initial_call=True,
    )

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


def seen(asked: CompareAddress, chosen: dict[str, str | None]) -> CompareAddress:
    """The address with what is chosen on the page."""
    market = chosen.get("fan-market")
    measure = (chosen.get("fan-measure") or "").partition(":")[0]
    return replace(
        asked, show=measure or None, market=None if market == ALL_MARKETS else market, of=chosen.get("market-plan")
    )


def usual(address: CompareAddress, best: str | None) -> CompareAddress:
    """The same without what would be seen anyway, and without a measure that is not counted where it is asked for."""
    counted = {name for names in WEEKLY.values() for name in names} if address.market else BAND_MEASURES
    plain = address.show not in counted or address.show in (USUAL if address.market else (HARM,))
    return replace(address, show=None if plain else address.show, of=None if address.of == best else address.of)


def viewed(address: CompareAddress) -> tuple[str | None, ...]:
    """What of an address only changes how a result is looked at."""
    return address.show, address.market, address.of
