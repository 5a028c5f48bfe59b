"""How much each plan averts: a mark with a thick 50% and a thin 90% line, against do as now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.theme import Palette, frame, nice_ticks
from dashboard.text.numbers import Formatter


@dataclass(frozen=True)
class Effect:
    """One plan's total against do as now; better is to the right."""

    title: str
    series: int
    value: float
    low_50: float
    high_50: float
    low_90: float
    high_90: float
    label: str
    interval: str


ROW = 44
ROW_NARROW = 64


def effects(rows: Sequence[Effect], show: Formatter, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """Dots and lines, one row a plan, the estimate over its mark; on a narrow page the plan's name stands over its line."""
    left = 8 if narrow else min(150, max(64, max(len(row.title) for row in rows) * 7 + 16))
    height = ROW_NARROW if narrow else ROW
    figure = frame(palette, 56 + height * len(rows), left=left, right=8 if narrow else 24, top=24, bottom=32)
    low = min(0.0, *(row.low_90 for row in rows))
    high = max(0.0, *(row.high_90 for row in rows))
    room = (high - low) * 0.06 or 1.0
    low, high = low - room, high + room
    ticks = nice_ticks(low, high, 2 if narrow else 3)
    span = high - low
    figure.update_xaxes(
        range=[low, high],
        tickvals=ticks,
        ticktext=[show(t) for t in ticks],
        showgrid=True,
    )
    figure.update_yaxes(range=[len(rows) - 0.4, -0.75], tickvals=list(range(len(rows))), showticklabels=False)
    figure.add_shape(
        type="line",
        x0=0,
        x1=0,
        y0=-0.75,
        y1=len(rows) - 0.4,
        layer="below",
        line={"color": palette.second, "width": 1, "dash": "dash"},
    )
    figure.add_annotation(
        x=0,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="Do as now",
        showarrow=False,
        font={"color": palette.second},
        bgcolor=palette.card,
    )
    for y, row in enumerate(rows):
        look = palette.series[row.series]
        for ends, width in (((row.low_90, row.high_90), 2), ((row.low_50, row.high_50), 6)):
            figure.add_trace(
                go.Scatter(
                    x=list(ends),
                    y=[y, y],
                    mode="lines",
                    line={"color": look.colour, "width": width},
                    hoverinfo="skip",
                    cliponaxis=False,
                )
            )
        figure.add_trace(
            go.Scatter(
                x=[row.value],
                y=[y],
                mode="markers",
                hoverinfo="skip",
                cliponaxis=False,
                marker={
                    "symbol": look.symbol,
                    "size": 13,
                    "color": look.colour,
                    "line": {"color": palette.card, "width": 2},
                },
            )
        )
        figure.add_annotation(
            x=row.value,
            y=y,
            yshift=17,
            showarrow=False,
            bgcolor=palette.card,
            borderpad=1,
            text=f"<b>{row.label}</b> <span style='color:{palette.second}'>({row.interval})</span>",
            **_kept_inside(row.value, low, span, 0.36 if narrow else 0.2),
        )
        words = f"<b>{row.title if narrow else _wrapped(row.title)}</b>"
        place = {"xanchor": "left", "yshift": 34} if narrow else {"xanchor": "right", "xshift": -12, "align": "right"}
        figure.add_annotation(x=0, xref="paper", y=y, showarrow=False, text=words, font={"color": look.colour}, **place)
    return figure


def _kept_inside(value: float, first: float, span: float, edge: float) -> dict[str, str]:
    share = (value - first) / span
    return {"xanchor": "left" if share < edge else "right" if share > 1 - edge else "center"}


def _wrapped(title: str, width: int = 19) -> str:
    """A long title on two lines."""
    if len(title) <= width:
        return title
    words, first = title.split(" "), ""  # the mark stays with its word
    while words and len(first) + len(words[0]) <= max(width, len(title) // 2 + 2):
        first = f"{first} {words.pop(0)}".strip()
    return f"{first}<br>{' '.join(words)}" if words and first else title
