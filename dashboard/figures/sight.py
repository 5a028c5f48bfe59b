"""Businesses where they are at home and the ties between them: all there are, or those that police see, ghosts among them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.theme import Palette, frame

HEIGHT = 340
ROOM = 0.7  # of a tile around all dots
DOT, GHOST = 7, 9


def sight(dots: pd.DataFrame, ties: pd.DataFrame, palette: Palette, *, perceived: bool) -> go.Figure:
    """Seen: full dots; missed: rings, where all is drawn; ghosts: crosses, where what police see is."""
    figure = frame(palette, HEIGHT, left=4, right=4, top=4, bottom=4)
    figure.update_xaxes(range=[dots["x"].min() - ROOM, dots["x"].max() + ROOM], showticklabels=False, showgrid=False)
    figure.update_yaxes(range=[dots["y"].max() + ROOM, dots["y"].min() - ROOM], showticklabels=False, showgrid=False)
    seen = palette.series[0]
    if not ties.empty:
        if not perceived:
            figure.add_trace(_lines(ties.loc[~ties["seen"]], palette.highlight_band))
        figure.add_trace(_lines(ties.loc[ties["seen"]], seen.band_50))
    real = dots["what"] == "business"
    known, missed = dots.loc[real & dots["seen"]], dots.loc[real & ~dots["seen"]]
    ghosts = dots.loc[dots["what"] == "ghost"]
    if perceived:
        look = {"symbol": "x-thin", "size": GHOST, "line": {"color": palette.highlight, "width": 2.2}}
        figure.add_trace(_dots(ghosts, look))
    else:
        look = {
            "symbol": "circle-open",
            "size": DOT,
            "color": palette.highlight,
            "line": {"color": palette.highlight, "width": 1.6},
        }
        figure.add_trace(_dots(missed, look))
    figure.add_trace(_dots(known, {"symbol": "circle", "size": DOT, "color": seen.colour}))
    return figure


def _lines(ties: pd.DataFrame, colour: str) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for x0, y0, x1, y1 in ties[["x0", "y0", "x1", "y1"]].to_numpy(dtype=float).tolist():
        x += [x0, x1, None]
        y += [y0, y1, None]
    return go.Scatter(x=x, y=y, mode="lines", hoverinfo="skip", line={"color": colour, "width": 1})


def _dots(dots: pd.DataFrame, look: dict[str, Any]) -> go.Scatter:
    return go.Scatter(x=dots["x"].tolist(), y=dots["y"].tolist(), mode="markers", hoverinfo="skip", marker=look)
