"""Several changes beside each other: a mark with a thin 90% line for each plan, row by row, against one line that means no change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.theme import Palette, frame, nice_ticks
from dashboard.text.numbers import Formatter

LINE, HEAD, GAP = 17, 24, 9
WIDEST = 2.5
"""How far beyond the furthest mark a line may reach before it is cut off."""
USUAL = 4.0
"""How many times as far out as three marks in four one may lie, before it is drawn at the edge with an arrow."""


@dataclass(frozen=True)
class Dot:
    """One mark: whose it is, where, and the words at its end; hollow for what is seen beside what is."""

    series: int
    value: float
    low: float
    high: float
    label: str
    hollow: bool = False


@dataclass(frozen=True)
class DotRow:
    """What is compared, and its marks."""

    title: str
    dots: tuple[Dot, ...]


def dots(
    rows: Sequence[DotRow], show: Formatter, palette: Palette, *, nothing: str = "Do as now", narrow: bool = False
) -> go.Figure:
    """Rows under each other, their titles over their marks on a narrow page and at the left on a wide one."""
    top, places, y = 24, [], 0.0
    for row in rows:
        places.append(y)
        y += LINE * len(row.dots) + (HEAD if narrow else GAP)
    left = 8 if narrow else min(250, max(90, max(len(row.title) for row in rows) * 7 + 18))
    figure = frame(palette, int(y) + top + 34, left=left, right=76, top=top, bottom=30)
    every = [dot for row in rows for dot in row.dots]
    sizes = sorted(abs(dot.value) for dot in every)
    most = min(sizes[-1], USUAL * max(sizes[3 * (len(sizes) - 1) // 4], sizes[-1] / 20)) or 0.01
    low = min(0.0, max(min(dot.low for dot in every), -WIDEST * most))
    high = max(0.0, min(max(dot.high for dot in every), WIDEST * most))
    room = (high - low) * 0.05 or 0.01
    low, high = low - room, high + room
    ticks = nice_ticks(low, high, 2 if narrow else 3)
    figure.update_xaxes(range=[low, high], tickvals=ticks, ticktext=[show(t) for t in ticks], showgrid=True)
    figure.update_yaxes(range=[y, -10], showticklabels=False)
    figure.add_shape(
        type="line", x0=0, x1=0, y0=-10, y1=y, layer="below", line={"color": palette.second, "width": 1, "dash": "dash"}
    )
    figure.add_annotation(
        x=0, y=1, yref="paper", yanchor="bottom", text=nothing, showarrow=False, font={"color": palette.second},
        bgcolor=palette.card,
    )  # fmt: skip
    for row, start in zip(rows, places, strict=True):
        first = start + (HEAD if narrow else 8)
        place = {"xanchor": "left"} if narrow else {"xanchor": "right", "xshift": -12}
        middle = start + 8 if narrow else first + LINE * (len(row.dots) - 1) / 2
        figure.add_annotation(x=0, xref="paper", y=middle, text=row.title, showarrow=False, **place)
        for n, dot in enumerate(row.dots):
            _mark(figure, dot, first + LINE * n, palette, (low, high))
    return figure


def _mark(figure: go.Figure, dot: Dot, y: float, palette: Palette, limits: tuple[float, float]) -> None:
    look = palette.series[dot.series]
    ends = [min(max(end, limits[0]), limits[1]) for end in (dot.low, dot.high)]
    figure.add_trace(
        go.Scatter(x=ends, y=[y, y], mode="lines", line={"color": look.colour, "width": 2}, hoverinfo="skip")
    )
    for cut, symbol in ((dot.low < limits[0], "triangle-left"), (dot.high > limits[1], "triangle-right")):
        if cut:  # a line that goes on beyond the picture says so
            figure.add_trace(
                go.Scatter(
                    x=[limits[symbol == "triangle-right"]], y=[y], mode="markers", hoverinfo="skip", cliponaxis=False,
                    marker={"symbol": symbol, "size": 9, "color": look.colour},
                )
            )  # fmt: skip
    at = min(max(dot.value, limits[0]), limits[1])
    label = dot.label if at == dot.value else f"{dot.label} {'→' if at < dot.value else '←'}"
    fill = palette.card if dot.hollow else look.colour
    figure.add_trace(
        go.Scatter(
            x=[at], y=[y], mode="markers", hoverinfo="skip", cliponaxis=False,
            marker={"symbol": look.symbol, "size": 11, "color": fill,
                    "line": {"color": look.colour if dot.hollow else palette.card, "width": 2}},
        )
    )  # fmt: skip
    figure.add_annotation(x=1, xref="paper", xanchor="left", xshift=6, y=y, text=label, showarrow=False)
