"""How much of each intervention is wanted, week by week: one line each, named at its highest point."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.figures.fan import year_ticks
from dashboard.figures.theme import Palette, frame
from dashboard.text.numbers import percent

NAMES = 232
"""The width of the timeline's column of names, so that both share one axis of weeks to the pixel."""


def effort_curves(rows: Sequence[tuple[str, Sequence[float]]], palette: Palette, *, narrow: bool = False) -> go.Figure:
    """At most three lines from zero to the largest effort wanted."""
    figure = frame(palette, 170, left=44 if narrow else NAMES, right=0, top=18, bottom=28)
    weeks = len(rows[0][1])
    top = max(1.0, *(max(row) for _, row in rows))
    ticks = [0.0, 0.5, 1.0] if top <= 1.5 else [0.0, 1.0, 2.0]
    years = year_ticks(weeks)
    figure.update_xaxes(range=[0, weeks], tickvals=[t.week for t in years], ticktext=[t.text for t in years])
    figure.update_yaxes(range=[-0.02, top * 1.06], tickvals=ticks, ticktext=[percent(t) for t in ticks], showgrid=True)
    apart = 0.3 if narrow else 0.16
    taken: list[tuple[float, float]] = []
    for place, (title, row) in enumerate(rows):
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
        peak = max(row)
        start = next(week for week, value in enumerate(row) if value >= peak - 1e-9)
        x, y = float(start), peak
        while any(abs(x - a) < weeks * apart and abs(y - b) < top * 0.12 for a, b in taken):
            x += weeks * apart
        taken.append((x, y))
        figure.add_annotation(
            x=min(x, weeks * (0.78 if narrow else 0.9)),
            y=y,
            yanchor="bottom",
            xanchor="left",
            yshift=1,
            showarrow=False,
            text=f"<b>{title}</b>",
            font={"color": look.colour},
            bgcolor=palette.card,
        )
    return figure
