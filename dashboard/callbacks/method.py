"""The method page: search the parameters; the search stands in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update

from dashboard.pages.method import parameter_table
from dashboard.services import Services


def register(app: Dash, services: Services) -> None:
    """Searching."""

    @app.callback(
        Output("parameter-rows", "children"),
        Output("method-address", "data"),
        Input("parameter-words", "value"),
        Input({"role": "parameter", "key": ALL}, "value"),
        State({"role": "parameter", "key": ALL}, "id"),
        prevent_initial_call=True,
    )
    def search(words: str | None, values: list[str | None], ids: list[dict[str, str]]) -> tuple[Any, Any]:  # pyright: ignore[reportUnusedFunction]
        if not ids:
            return no_update, no_update
        chosen = {item["key"]: value or "" for item, value in zip(ids, values, strict=True)}
        mechanism, status = chosen.get("mechanism", ""), chosen.get("status", "")
        parts = {"find": words or "", "mechanism": mechanism, "status": status}
        query = urlencode({key: value for key, value in parts.items() if value})
        return parameter_table(services, words or "", mechanism, status), "/method" + (f"?{query}" if query else "")

    app.clientside_callback(
        ClientsideFunction("spanner", "address"),
        Output("method-address", "id"),
        Input("method-address", "data"),
        prevent_initial_call=True,
    )
