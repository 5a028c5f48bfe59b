"""What a plan returns against what it costs, with the line on which it pays for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.effects import Effect
from dashboard.figures.theme import Palette, frame, nice_ticks
from dashboard.text.numbers import Formatter

HEIGHT, ROOM, FOOT = 272, 24, 32
"""Pixels in all, above the plot for words that stand on its edge, and below it."""


@dataclass(frozen=True)
class Value:
    """A plan's effect, its extra cost, and what a pound returns, in words."""

    effect: Effect
    cost: float
    returns: str
    worth: tuple[str, ...] = ()
    """Net benefit, how often it pays for itself, what a pound averted costs, and the hours it takes of those there are."""


def cost_benefit(rows: Sequence[Value], show: Formatter, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """Cost to the right, harm averted upwards; above the dotted line a plan returns more than it costs."""
    figure = frame(palette, HEIGHT, left=58, right=40, top=ROOM, bottom=FOOT)
    y_low = min(0.0, *(row.effect.low_90 for row in rows))
    y_high = max(0.0, *(row.effect.high_90 for row in rows))
    room = (y_high - y_low) * 0.06 or 1.0
    y_low, y_high = y_low - room, y_high + room
    right = max(0.0, *(row.cost for row in rows)) * 1.2 or 1.0
    left = min(0.0, *(row.cost for row in rows)) * 1.2
    x_ticks, y_ticks = nice_ticks(left, right, 2), nice_ticks(y_low, y_high)
    if narrow and len(x_ticks) > 3:
        x_ticks = x_ticks[:: -(-len(x_ticks) // 3)]
    figure.update_xaxes(
        range=[left, right],
        tickvals=x_ticks,
        ticktext=[show(t) + (" cost" if t == x_ticks[-1] else "") for t in x_ticks],
    )
    figure.update_yaxes(range=[y_low, y_high], tickvals=y_ticks, ticktext=[show(t) for t in y_ticks], showgrid=True)
    figure.add_shape(
        type="line",
        x0=left,
        x1=right,
        y0=0,
        y1=0,
        layer="below",
        line={"color": palette.second, "width": 1.5, "dash": "dash"},
    )
    reach = min(right, y_high)
    if reach > 0:
        figure.add_shape(
            type="line",
            x0=0,
            x1=reach,
            y0=0,
            y1=reach,
            layer="below",
            line={"color": palette.baseline, "width": 1.5, "dash": "dot"},
        )
        if reach > 0.1 * (y_high - y_low):
            aside = reach > 0.9 * y_high and reach < 0.6 * right  # the line leaves through the top: no room above it
            figure.add_annotation(
                x=reach,
                y=reach,
                xanchor="left" if aside else "right",
                yanchor="top" if aside else "bottom",
                text="Pays for itself",
                showarrow=False,
                font={"color": palette.second},
                xshift=8 if aside else -4,
                yshift=2,
            )
    for row in rows:
        look = palette.series[row.effect.series]
        for low, high, width in (
            (row.effect.low_90, row.effect.high_90, 2),
            (row.effect.low_50, row.effect.high_50, 6),
        ):
            figure.add_trace(
                go.Scatter(
                    x=[row.cost, row.cost],
                    y=[low, high],
                    mode="lines",
                    cliponaxis=False,
                    line={"color": look.colour, "width": width},
                    hoverinfo="skip",
                )
            )
        figure.add_trace(
            go.Scatter(
                x=[row.cost],
                y=[row.effect.value],
                mode="markers",
                cliponaxis=False,
                hoverinfo="skip",
                marker={
                    "symbol": look.symbol,
                    "size": 13,
                    "color": look.colour,
                    "line": {"color": palette.card, "width": 2},
                },
            )
        )
    for row, shift in zip(
        rows, _apart([row.effect.value for row in rows], (y_high - y_low) / (HEIGHT - ROOM - FOOT - 48)), strict=True
    ):
        leftward = row.cost > 0.6 * right
        figure.add_annotation(
            x=row.cost,
            y=row.effect.value,
            xanchor="right" if leftward else "left",
            xshift=-12 if leftward else 12,
            yshift=shift,
            showarrow=False,
            bgcolor=palette.card,
            text=f"<b>{row.effect.title}</b>",
            font={"color": palette.series[row.effect.series].colour},
        )
    return figure


def _apart(values: Sequence[float], unit: float, least: float = 17.0) -> list[float]:
    """How many pixels each label moves so that none lies on another; the order from top to bottom stays."""
    order = sorted(range(len(values)), key=lambda place: -values[place])
    shifts = [0.0] * len(values)
    last = None
    for place in order:
        at = values[place] / unit
        if last is not None and last - at < least:
            shifts[place] = last - least - at
        last = at + shifts[place]
    return shifts
