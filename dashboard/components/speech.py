"""Sentences with strong pieces, and the lines every page carries at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components.parts import testid


def said(pieces: Sequence[tuple[str, bool]]) -> list[Any]:
    """Pieces of a sentence, the strong ones bold."""
    return [html.B(text) if strong else text for text, strong in pieces]


SYNTHETIC = "Synthetic people and businesses; no real person or address."


def page_foot(right: str, caution: str = "") -> html.Footer:
    """What the figures are, and the seed, version and price year behind them; `caution`: of a place with real people in it."""
    return html.Footer(
        [
            html.Span(f"A model's figures. {caution or SYNTHETIC}", **testid("figures-of")),
            html.Span(right, **testid("provenance")),
        ],
        className="page-foot",
    )
