"""How much of each intervention is wanted, week by week: one line each, named at its highest point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.fan import year_ticks
from dashboard.figures.theme import Palette, frame, nice_ticks
from dashboard.text.numbers import percent

NAMES = 232
"""The width of the timeline's column of names, so that both share one axis of weeks to the pixel."""
NARROWEST = {False: 420.0, True: 250.0}
"""Pixels that the axis of weeks has at least, on a wide page and on a phone: names that do not meet there meet nowhere."""

LETTER, LINE = 7.0, 15
"""A label's width a letter, and its height, in pixels."""
HEIGHT, ROOM, FOOT = 170, 18, 28
PLOT = HEIGHT - ROOM - FOOT


@dataclass(frozen=True)
class Label:
    """Where a curve's name stands: the week and height its text begins at, and how many lines it is lifted."""

    x: float
    y: float
    lift: int


def labels(rows: Sequence[tuple[str, Sequence[float]]], *, wide: float) -> list[Label]:
    """Each name at the first peak of its curve, lifted line by line until it lies on no other; none runs out at the right."""
    weeks = len(rows[0][1])
    top = max(1.0, *(max(row) for _, row in rows))
    placed: list[tuple[float, float, float]] = []
    found = []
    for title, row in rows:
        peak = max(row)
        width = len(title) * LETTER
        start = next(week for week, value in enumerate(row) if value >= peak - 1e-9) / weeks * wide
        left = max(0.0, min(start, wide - width))
        foot, lift = peak / top * PLOT, 0
        while any(
            left < right and begins < left + width and abs(foot + lift * LINE - level) < LINE
            for begins, right, level in placed
        ):
            lift += 1
        placed.append((left, left + width, foot + lift * LINE))
        found.append(Label(left / wide * weeks, peak, lift))
    return found


def effort_curves(rows: Sequence[tuple[str, Sequence[float]]], palette: Palette, *, narrow: bool = False) -> go.Figure:
    """At most three lines from zero to the largest effort wanted."""
    names = labels(rows, wide=NARROWEST[narrow])
    top = max(1.0, *(max(row) for _, row in rows))
    lifted = max(0, round(max(name.y / top * PLOT + name.lift * LINE for name in names) - PLOT))
    figure = frame(palette, HEIGHT + lifted, left=44 if narrow else NAMES, right=0, top=ROOM + lifted, bottom=FOOT)
    weeks = len(rows[0][1])
    ticks = [0.0, 0.5, 1.0] if top <= 1.5 else nice_ticks(0.0, top, 3)
    years = year_ticks(weeks)
    figure.update_xaxes(range=[0, weeks], tickvals=[t.week for t in years], ticktext=[t.text for t in years])
    figure.update_yaxes(range=[-0.02, top * 1.06], tickvals=ticks, ticktext=[percent(t) for t in ticks], showgrid=True)
    for place, ((title, row), name) in enumerate(zip(rows, names, strict=True)):
        look = palette.series[place]
        figure.add_trace(
            go.Scatter(
                x=list(range(weeks)),
                y=list(row),
                mode="lines",
                hoverinfo="skip",
                cliponaxis=False,
                line={"color": look.colour, "width": 2.2, "shape": "hv"},
            )
        )
        figure.add_annotation(
            x=name.x,
            y=name.y,
            yanchor="bottom",
            xanchor="left",
            yshift=1 + name.lift * LINE,
            showarrow=False,
            text=f"<b>{title}</b>",
            font={"color": look.colour},
            bgcolor=palette.card,
            borderpad=0,
        )
    return figure
