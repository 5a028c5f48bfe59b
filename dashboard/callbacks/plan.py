"""The plan page: every change makes a step of the draft; the pieces and the forecast follow."""

from __future__ import annotations

from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.address import CompareAddress, PlanAddress, write_compare, write_plan
from dashboard.callbacks.common import refusal, scheme
from dashboard.callbacks.forecast import register_forecast
from dashboard.components.parts import notice
from dashboard.figures.theme import SCHEMES
from dashboard.jobs.drafts import Draft
from dashboard.pages.plan_pieces import panel_of, pieces
from dashboard.services import Services
from dashboard.views import edits
from dashboard.views import trigger as waiting
from dashboard.views.panel import changes
from dashboard.views.start import place_request
from simulation.api import SpannerError

State_ = dict[str, Any]


def register(app: Dash, services: Services) -> None:
    """Changes, what follows from them, saving and comparing, the address, the forecast."""
    _changes(app, services)
    _follow(app, services)
    _keep(app, services)
    register_forecast(app, services)
    app.clientside_callback(
        ClientsideFunction("spanner", "said"),
        Output({"role": "said", "key": MATCH}, "children"),
        Input({"role": "control", "key": MATCH}, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("spanner", "rested"),
        Output("plan-controls", "id"),
        Input({"role": "control", "key": ALL}, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("spanner", "address"),
        Output("plan-drag", "id"),
        Input("plan-address", "data"),
        prevent_initial_call=True,
    )


def _changes(app: Dash, services: Services) -> None:
    @app.callback(
        Output("plan-state", "data"),
        Output("plan-said", "children"),
        Input("plan-add", "n_clicks"),
        Input("phone-add", "n_clicks"),
        Input("plan-undo", "n_clicks"),
        Input("phone-undo", "n_clicks"),
        Input("plan-redo", "n_clicks"),
        Input("plan-controls", "data"),
        Input("plan-drag", "data"),
        Input("entry-copy", "n_clicks"),
        Input("entry-drop", "n_clicks"),
        Input("plan-title", "value"),
        State({"role": "plan", "key": "add"}, "value"),
        State("plan-state", "data"),
        prevent_initial_call=True,
    )
    def change(*inputs: Any) -> tuple[Any, Any]:  # pyright: ignore[reportUnusedFunction]
        to_add, state = inputs[-2], inputs[-1]
        draft = services.drafts.get(state["draft"]) if state else None
        if draft is None:
            return no_update, no_update
        values = {item["prop_id"]: item["value"] for item in ctx.triggered}
        try:
            # parts that were drawn afresh come as triggers too, with nothing pressed; what was done is among the others
            for prop, trigger in ctx.triggered_prop_ids.items():
                done = values[prop] or trigger == "plan-title"
                found = changed(services, draft, state, trigger, values[prop], to_add) if done else no_update
                if found is not no_update:
                    return found, None
        except SpannerError as error:
            return no_update, refusal(error)
        # an answer that a newer question overtook was dropped by the browser: bring it up to date
        if state["version"] != draft.version:
            return {
                **state,
                "step": state["step"] + 1,
                "entry": kept_entry(draft, state["entry"]),
                "why": "history",
            }, no_update
        return no_update, no_update


def changed(services: Services, draft: Draft, state: State_, trigger: Any, value: Any, to_add: str | None) -> Any:
    """The page's state after one action, or nothing if the action changed nothing."""
    entry, count = state["entry"], len(draft.plan["entry"])
    step = {**state, "step": state["step"] + 1, "version": draft.version}
    if trigger == "plan-drag" and value.get("chosen"):
        return (
            no_update
            if value["bar"] == entry or value["bar"] >= count
            else {**step, "entry": value["bar"], "why": "select"}
        )
    if trigger in ("plan-undo", "phone-undo", "plan-redo"):
        moved = services.drafts.redo(draft.id) if trigger == "plan-redo" else services.drafts.undo(draft.id)
        return (
            {**step, "entry": kept_entry(moved, entry), "why": "history", "version": moved.version}
            if moved
            else no_update
        )
    if trigger in ("plan-add", "phone-add"):
        if not to_add:
            return no_update
        table, entry, why = edits.add_entry(draft.plan, to_add), count, "structure"
    elif trigger == "plan-title":
        title = str(value or "").strip()[: edits.TITLE]
        if not title:
            return {**step, "why": "name"}  # a plan keeps its name, and the page shows it again
        table, why = {**draft.plan, "title": title}, "title" if title == value else "name"
    elif entry is None or entry >= count:
        return no_update
    elif trigger == "plan-controls":
        if value.get("panel") != f"{draft.id}:{entry}":
            return no_update
        found = control_changes(services, draft, entry, value["values"], state["weeks"])
        table, why = edits.change_entry(draft.plan, entry, found), "control"
        other = waiting.redrawn(draft.plan["entry"][entry], table["entry"][entry])
        if other or {"where", "funding", "cadence_weeks", "start", "end"} & set(found):
            why = "structure"
    elif trigger == "plan-drag":
        at = value["bar"]
        if not 0 <= at < count:
            return no_update
        moved_to = edits.moved(draft.plan["entry"][at], int(value["start"]), int(value["end"]), state["weeks"])
        table, entry, why = edits.change_entry(draft.plan, at, moved_to), at, "structure"
    elif trigger == "entry-copy":
        table, entry, why = edits.copy_entry(draft.plan, entry), entry + 1, "structure"
    else:
        table, entry, why = (
            edits.drop_entry(draft.plan, entry),
            (min(entry, count - 2) if count > 1 else None),
            "structure",
        )
    if table == draft.plan:
        return no_update
    services.model.check_plan(draft.preset, table)
    now = services.drafts.change(draft.id, table)
    return {**step, "entry": entry, "why": why, "version": now.version} if now else no_update


def kept_entry(draft: Draft, entry: int | None) -> int | None:
    """The selected entry, or the last one should it be gone."""
    count = len(draft.plan["entry"])
    return min(entry or 0, count - 1) if count else None


def control_changes(services: Services, draft: Draft, entry: int, values: dict[str, Any], weeks: int) -> dict[str, Any]:
    """What moved controls mean for an entry of a draft."""
    card = services.catalogue.cards[draft.plan["entry"][entry]["intervention"]]
    places, holders = services.model.places(draft.preset), services.catalogue.holders
    place, there = services.catalogue.places[draft.preset], services.catalogue.residents.get(draft.preset)
    return changes(
        values,
        draft.plan["entry"][entry],
        card,
        weeks,
        first_place=next((name for name, _ in places if there is None or name not in there.grounds), None),
        first_holder=holders[0][0] if holders else None,
        level=lambda measure: waiting.usual_level(services.result_of(place_request(place)), measure),
    )


def _follow(app: Dash, services: Services) -> None:
    @app.callback(
        Output("plan-timeline", "children"),
        Output("plan-headline", "children"),
        Output("plan-lead", "children"),
        Output("plan-over", "children"),
        Output("plan-capacity", "children"),
        Output("plan-authorisations", "children"),
        Output("plan-curves", "children"),
        Output("plan-panel", "children"),
        Output("plan-undo", "disabled"),
        Output("plan-redo", "disabled"),
        Output("entry-tools", "hidden"),
        Output("plan-heading", "children"),
        Output("plan-title", "value"),
        Output("plan-address", "data"),
        Input("plan-state", "data"),
    )
    def follow(state: State_ | None) -> tuple[Any, ...]:  # pyright: ignore[reportUnusedFunction]
        draft = services.drafts.get(state["draft"]) if state else None
        if state is None or draft is None:
            return (no_update,) * 14
        entry, weeks, why = state["entry"], state["weeks"], state["why"]
        parts = pieces(services, draft, entry, weeks, palette=SCHEMES[scheme()])
        fresh = why in ("select", "history", "structure")
        changed_ = draft.position > 0
        address = (
            write_plan(
                PlanAddress(
                    draft.preset,
                    state["plan"],
                    draft.plan if changed_ else None,
                    draft.id if changed_ else None,
                    entry,
                    weeks,
                )
            )
            if why != "open"
            else no_update
        )
        return (
            parts["timeline"],
            parts["headline"],
            parts["lead"],
            parts["over"],
            parts["capacity"],
            parts["authorisations"],
            parts["curves"],
            panel_of(services, draft, entry, weeks) if fresh else no_update,
            not draft.can_undo,
            not draft.can_redo,
            entry is None,
            draft.plan["title"],
            draft.plan["title"] if why in ("history", "name") else no_update,
            address,
        )


def _keep(app: Dash, services: Services) -> None:
    @app.callback(
        Output("plan-said", "children", allow_duplicate=True),
        Output("address", "href"),
        Input("plan-save", "n_clicks"),
        Input("plan-duplicate", "n_clicks"),
        Input("plan-compare", "n_clicks"),
        Input("phone-compare", "n_clicks"),
        State("plan-state", "data"),
        prevent_initial_call=True,
    )
    def keep(save: int, copy: int, compare: int, phone: int, state: State_ | None) -> tuple[Any, Any]:  # pyright: ignore[reportUnusedFunction]
        draft = services.drafts.get(state["draft"]) if state else None
        if state is None or draft is None or not (save or copy or compare or phone):
            return no_update, no_update
        if ctx.triggered_id == "plan-save":
            kept = services.save(draft.preset, draft.plan)
            href = write_plan(PlanAddress(draft.preset, kept.id, weeks=state["weeks"]))
            return notice(
                html.B(f"Saved as “{kept.title}”."),
                " It is offered on Compare. ",
                dcc.Link("Its link", href=href),
                name="saved",
            ), no_update
        if ctx.triggered_id == "plan-duplicate":
            copied = services.drafts.open(
                draft.preset, {**draft.plan, "title": f"{draft.plan['title']} (copy)"[: edits.TITLE]}
            )
            return no_update, write_plan(
                PlanAddress(draft.preset, None, None, copied.id, state["entry"], state["weeks"])
            )
        # a draft goes on changing; what is compared is kept as it stands
        unchanged = state["plan"] and not draft.position
        name = state["plan"] if unchanged else f"draft:{services.drafts.open(draft.preset, draft.plan).id}"
        return no_update, write_compare(CompareAddress(None, draft.preset, (name,), state["weeks"]))
