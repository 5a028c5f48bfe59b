"""Sentences with strong pieces, and the lines every page carries at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components.parts import testid


def said(pieces: Sequence[tuple[str, bool]]) -> list[Any]:
    """Pieces of a sentence, the strong ones bold."""
    return [html.B(text) if strong else text for text, strong in pieces]


def page_foot(right: str) -> html.Footer:
    """What the figures are, and the seed, version and price year behind them."""
    return html.Footer(
        [
            html.Span("A model's figures. Synthetic people and businesses; no real person or address."),
            html.Span(right, **testid("provenance")),
        ],
        className="page-foot",
    )
