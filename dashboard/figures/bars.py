"""Which places carry most: bars from zero with their 90% lines and the figure at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.theme import Palette, frame


@dataclass(frozen=True)
class Bar:
    """One place, how much, between what bounds, and the words at the bar's end."""

    title: str
    value: float
    low: float
    high: float
    label: str
    interval: str


ROW = 28


def bars(rows: Sequence[Bar], palette: Palette) -> go.Figure:
    """Horizontal bars, the largest on top."""
    left = min(160, max(60, max(len(row.title) for row in rows) * 7 + 12))
    figure = frame(palette, ROW * len(rows) + 12, left=left, right=132, top=4, bottom=8)
    figure.update_xaxes(range=[0, max(max(row.high, row.value) for row in rows) * 1.02], showticklabels=False)
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5], showticklabels=False)
    figure.add_trace(
        go.Bar(
            y=list(range(len(rows))),
            x=[row.value for row in rows],
            orientation="h",
            width=0.5,
            marker={"color": palette.series[0].colour},
            hoverinfo="skip",
        )
    )
    for y, row in enumerate(rows):
        figure.add_trace(
            go.Scatter(
                x=[row.low, row.high],
                y=[y, y],
                mode="lines",
                hoverinfo="skip",
                cliponaxis=False,
                line={"color": palette.ink, "width": 1.6},
            )
        )
        figure.add_annotation(x=0, xref="paper", xanchor="right", xshift=-10, y=y, text=row.title, showarrow=False)
        figure.add_annotation(
            x=max(row.high, row.value),
            xanchor="left",
            xshift=8,
            y=y,
            showarrow=False,
            text=f"{row.label} <span style='color:{palette.second}'>({row.interval})</span>",
        )
    return figure
