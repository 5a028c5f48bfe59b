"""The search page: what the words find, with the words in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output

from dashboard.pages.search import found
from dashboard.services import Services


def register(app: Dash, services: Services) -> None:
    """Searching."""

    @app.callback(
        Output("search-found", "children"),
        Output("search-address", "data"),
        Input("search-words", "value"),
        prevent_initial_call=True,
    )
    def look_for(words: str | None) -> tuple[Any, str]:  # pyright: ignore[reportUnusedFunction]
        query = urlencode({"find": words}) if words else ""
        return found(services, words or ""), "/search" + (f"?{query}" if query else "")

    app.clientside_callback(
        ClientsideFunction("spanner", "address"),
        Output("search-address", "id"),
        Input("search-address", "data"),
        prevent_initial_call=True,
    )
