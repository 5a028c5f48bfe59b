"""Sentences with strong pieces, and the lines every page carries at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.parts import lettered, testid
from dashboard.text.label import SAYS, SIGN


def said(pieces: Sequence[tuple[str, bool]]) -> list[Any]:
    """Pieces of a sentence, the strong ones bold."""
    return [html.B(lettered(text)) if strong else html.Span(lettered(text)) for text, strong in pieces]


def legend(shown: bool) -> list[Any]:
    """What the mark says, and where each outcome's reason stands; nothing on a page without marks."""
    if not shown:
        return []
    words = [html.Span([SIGN, " ", SAYS, ". "]), dcc.Link("Which, and why", href="/method?open=measures#measures")]
    return [html.P(words, className="note legend", **testid("unvalidated-legend"))]


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
