"""The address decides what stands on the page; the scheme and the phone's menu are changed in the browser."""

from __future__ import annotations

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.address import BadAddress
from dashboard.callbacks.common import scheme
from dashboard.components.parts import link_button, page_head
from dashboard.components.shell import navigation
from dashboard.components.states import failure
from dashboard.pages import PAGES, page_at
from dashboard.services import Services
from simulation.api import SpannerError


def register(app: Dash, services: Services) -> None:
    """Routing, the title in the header, light and dark, the burger."""

    @app.callback(
        Output("page", "children"),
        Output("navigation", "children"),
        Output("crumbs", "children"),
        Output("shown-address", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
    )
    def show(path: str | None, search: str | None) -> tuple[Any, ...]:  # pyright: ignore[reportUnusedFunction]
        crumbs, content = page_content(services, path, search)
        place = page_at(path)
        items = [page.nav for page in PAGES]
        return (
            content,
            navigation(items, place.nav.path if place else ""),
            [html.B(crumbs[0]), html.Span(["/ ", crumbs[1]])] if crumbs[1] else [html.B(crumbs[0])],
            {"title": f"{crumbs[1] or crumbs[0]} – Spannerworks"},
        )

    app.clientside_callback(
        ClientsideFunction("spanner", "opened"), Output("burger", "opened"), Input("shown-address", "data")
    )
    app.clientside_callback(
        ClientsideFunction("spanner", "burger"),
        Output("shell", "navbar"),
        Input("burger", "opened"),
        State("shell", "navbar"),
    )
    app.clientside_callback(
        ClientsideFunction("spanner", "scheme"),
        Output("scheme", "data"),
        Output("mantine", "forceColorScheme"),
        Output({"figure": ALL}, "figure"),
        Input("scheme-toggle", "n_clicks"),
        State("scheme", "data"),
        State("swaps", "data"),
        State({"figure": ALL}, "figure"),
        prevent_initial_call=True,
    )


def page_content(services: Services, path: str | None, search: str | None) -> tuple[tuple[str, str], list[Any]]:
    """The page for an address; a bad one gives a sentence and the way back."""
    page = page_at(path)
    if page is None:
        return ("Not found", ""), [
            page_head("There is no such page"),
            html.P("The address is not one of this site's."),
            dcc.Link("Go to the start", href="/"),
        ]
    try:
        return page.layout(services, search, scheme())
    except BadAddress as error:
        return (page.nav.title, ""), [
            page_head(page.nav.title),
            failure(
                str(error),
                "",
                link_button(f"Open {page.nav.title.lower()} afresh", page.nav.path, kind="primary"),
                name="bad-address",
            ),
        ]
    except SpannerError as error:
        return (page.nav.title, ""), [
            page_head(page.nav.title),
            failure(
                error.message,
                "",
                link_button(f"Open {page.nav.title.lower()} afresh", page.nav.path, kind="primary"),
                name="bad-address",
            ),
        ]
