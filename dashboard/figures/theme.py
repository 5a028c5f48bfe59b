"""One palette for every picture, light and dark, and the plain frame they all share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import plotly.graph_objects as go

FONT = "'Inter Variable', Inter, system-ui, sans-serif"


@dataclass(frozen=True)
class Series:
    """A plan keeps its colour and mark on every page."""

    colour: str
    band_90: str
    band_50: str
    symbol: str


@dataclass(frozen=True)
class Palette:
    """The colours of one scheme; every picture uses these and no others, so that a scheme can be swapped in place."""

    card: str
    rule: str
    ink: str
    second: str
    baseline: str
    baseline_band_90: str
    baseline_band_50: str
    highlight: str
    highlight_band: str
    tint: str
    series: tuple[Series, ...]


def _series(rows: Sequence[tuple[str, str]]) -> tuple[Series, ...]:
    return tuple(Series(colour, _alpha(colour, 0.14), _alpha(colour, 0.24), symbol) for colour, symbol in rows)


def _alpha(colour: str, alpha: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


LIGHT = Palette(
    card="#ffffff",
    rule="#dfe3e7",
    ink="#0b0c0c",
    second="#505a5f",
    baseline="#858d94",
    baseline_band_90=_alpha("#858d94", 0.14),
    baseline_band_50=_alpha("#858d94", 0.24),
    highlight="#c2410c",
    highlight_band=_alpha("#c2410c", 0.24),
    tint="#c9dff1",
    series=_series(
        (
            ("#1d70b8", "circle"),
            ("#00856a", "square"),
            ("#6b2d7b", "diamond"),
            ("#8a5a00", "triangle-up"),
            ("#a02c5a", "pentagon"),
        )
    ),
)
DARK = Palette(
    card="#1a1f24",
    rule="#333b42",
    ink="#f1f3f4",
    second="#b4bcc2",
    baseline="#939ca3",
    baseline_band_90=_alpha("#939ca3", 0.14),
    baseline_band_50=_alpha("#939ca3", 0.24),
    highlight="#ff9d5c",
    highlight_band=_alpha("#ff9d5c", 0.24),
    tint="#2a4a66",
    series=_series(
        (
            ("#6cb2ee", "circle"),
            ("#3ecf9f", "square"),
            ("#d9a0e0", "diamond"),
            ("#e0b050", "triangle-up"),
            ("#f08fb4", "pentagon"),
        )
    ),
)
SCHEMES = {"light": LIGHT, "dark": DARK}


def colours(palette: Palette) -> list[str]:
    """Every colour of a palette, in a fixed order: what a browser swaps when the scheme changes."""
    found: list[str] = []
    for field in fields(palette):
        value = getattr(palette, field.name)
        if isinstance(value, str):
            found.append(value)
        else:
            found += [text for item in value for text in (item.colour, item.band_90, item.band_50)]
    return found


def frame(
    palette: Palette,
    height: int,
    *,
    left: int = 8,
    right: int = 8,
    top: int = 8,
    bottom: int = 28,
) -> go.Figure:
    """An empty picture: no frame, no ticks, no legend, no zoom, a fixed height in pixels."""
    figure = go.Figure()
    axis = {
        "fixedrange": True,
        "automargin": False,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickangle": 0,
        "tickfont": {"size": 12, "color": palette.second},
        "gridcolor": palette.rule,
        "gridwidth": 1,
        "title": {"text": ""},
        "ticklabelstandoff": 4,
    }
    figure.update_layout(
        height=height,
        margin={"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        hovermode=False,
        font={"family": FONT, "size": 12, "color": palette.ink},
        xaxis={**axis, "ticklabelstandoff": 8},
        yaxis=axis,
        dragmode=False,
        template=None,
        hoverlabel={
            "bgcolor": palette.card,
            "bordercolor": palette.rule,
            "font": {"family": FONT, "size": 12, "color": palette.ink},
        },
    )
    return figure


def nice_ticks(low: float, high: float, least: int = 3) -> list[float]:
    """Round values inside a range, at least so many steps of 1, 2 or 5 apart."""
    if not high > low:
        return [low]
    span = high - low
    step = 10.0 ** (_floor_log10(span) + 1)
    for factor in (0.5, 0.2, 0.1, 0.05, 0.02, 0.01):
        if span / (step * factor) >= least:
            step *= factor
            break
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(place * step, 12) + 0.0 for place in range(first, last + 1)]


def _floor_log10(value: float) -> int:
    return math.floor(math.log10(value))
