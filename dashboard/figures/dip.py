"""What trade comes to under each plan, week by week, as a share of what it comes to without; and which week tells first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.theme import Palette, frame, nice_ticks
from dashboard.text.numbers import percent

LEVELS = ((1.0, "Do as now"), (0.8, "80%"), (0.5, "50%"))
ROW = 40


@dataclass(frozen=True)
class Course:
    """One plan's capacity over the baseline's, by week."""

    title: str
    series: int
    weeks: list[int]
    values: list[float]


@dataclass(frozen=True)
class Sign:
    """One observed series: after how many weeks it tells, and the words beside its mark."""

    title: str
    week: int
    note: str


def dip(courses: Sequence[Course], palette: Palette) -> go.Figure:
    """Lines from the thirteenth week on; the levels that make a disruption moderate or major are drawn where they are near."""
    figure = frame(palette, 230, left=46, right=16, top=14, bottom=30)
    values = [value for course in courses for value in course.values]
    lowest, highest = min(0.94, *values), max(1.02, *values)
    last = max(week for course in courses for week in course.weeks)
    figure.update_xaxes(range=[0, last + 1], tickvals=list(range(0, last + 2, 26 if last < 160 else 52)), title=None)
    ticks = nice_ticks(lowest, highest, 3)
    figure.update_yaxes(
        range=[lowest - 0.02, highest + 0.02], tickvals=ticks, ticktext=[percent(t) for t in ticks], showgrid=True
    )
    for level, words in LEVELS:
        if lowest - 0.02 <= level <= highest + 0.02:
            figure.add_hline(y=level, line={"color": palette.second, "width": 1, "dash": "dash"}, layer="below")
            figure.add_annotation(
                x=0, xref="paper", xanchor="left", y=level, yanchor="bottom", text=words, showarrow=False,
                font={"color": palette.second},
            )  # fmt: skip
    for course in courses:
        look = palette.series[course.series]
        figure.add_trace(
            go.Scatter(
                x=course.weeks,
                y=course.values,
                mode="lines",
                line={"color": look.colour, "width": 2.5},
                hoverinfo="skip",
            )
        )
        figure.add_trace(
            go.Scatter(
                x=course.weeks[-1:], y=course.values[-1:], mode="markers", hoverinfo="skip", cliponaxis=False,
                marker={"symbol": look.symbol, "size": 10, "color": look.colour},
            )
        )  # fmt: skip
    return figure


def signs(found: Sequence[Sign], weeks: int, series: int, palette: Palette) -> go.Figure:
    """A line of time: each series from the week on in which it tells."""
    figure = frame(palette, ROW * len(found) + 44, left=8, right=12, top=6, bottom=30)
    figure.update_xaxes(range=[0, weeks], tickvals=list(range(0, weeks + 1, 26 if weeks < 160 else 52)), showgrid=True)
    figure.update_yaxes(range=[len(found) - 0.3, -0.7], showticklabels=False)
    look = palette.series[series]
    for y, sign in enumerate(found):
        figure.add_trace(
            go.Scatter(
                x=[sign.week, weeks], y=[y, y], mode="lines", hoverinfo="skip", line={"color": look.colour, "width": 5}
            )
        )
        figure.add_trace(
            go.Scatter(
                x=[sign.week], y=[y], mode="markers", hoverinfo="skip",
                marker={"symbol": look.symbol, "size": 12, "color": look.colour, "line": {"color": palette.card, "width": 2}},
            )
        )  # fmt: skip
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=y, yshift=16, showarrow=False, bgcolor=palette.card,
            text=f"<b>{sign.title}</b> <span style='color:{palette.second}'>{sign.note}</span>",
        )  # fmt: skip
    return figure
