"""What happens week by week: a line with its 50% and 90% bands, against do as now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.theme import Palette, frame, nice_ticks
from dashboard.text.numbers import Formatter

Numbers = Sequence[float]


@dataclass(frozen=True)
class Fan:
    """One plan's course: the middle and two bands, a value a point of time."""

    weeks: Numbers
    middle: Numbers
    low_50: Numbers
    high_50: Numbers
    low_90: Numbers
    high_90: Numbers


@dataclass(frozen=True)
class WeekTick:
    """A point on the axis of weeks and what stands under it."""

    week: float
    text: str


def year_ticks(weeks: int) -> list[WeekTick]:
    """A tick a year, with the first week named."""
    step = 52 if weeks <= 156 else 104 if weeks <= 312 else 156
    ticks = [WeekTick(0, "Start")]
    ticks += [WeekTick(w, "1 year" if w == 52 else f"{w // 52} years") for w in range(step, weeks + 1, step)]
    return ticks if len(ticks) > 1 else [*ticks, WeekTick(weeks, f"Week {weeks}")]


def differences(
    fan: Fan,
    series: int,
    limits: tuple[float, float],
    show: Formatter,
    palette: Palette,
    *,
    named: bool = True,
    height: int = 190,
) -> go.Figure:
    """The paired difference from do as now, week by week; all small multiples share the limits."""
    figure = frame(palette, height, left=58, right=16, top=12, bottom=28)
    look = palette.series[series]
    _axes(figure, fan.weeks, limits, show)
    figure.add_shape(
        type="line",
        x0=fan.weeks[0],
        x1=fan.weeks[-1],
        y0=0,
        y1=0,
        layer="below",
        line={"color": palette.second, "width": 1.5, "dash": "dash"},
    )
    _bands(figure, fan, look.colour, look.band_50, look.band_90)
    if named:
        figure.add_annotation(
            x=fan.weeks[0],
            y=0,
            xanchor="left",
            yanchor="top",
            text="Do as now",
            showarrow=False,
            font={"color": palette.second},
        )
    return figure


def against(
    fan: Fan,
    baseline: Numbers,
    limits: tuple[float, float],
    show: Formatter,
    palette: Palette,
    labels: tuple[str, str],
    *,
    series: int = 0,
    height: int = 220,
) -> go.Figure:
    """A plan's course beside do as now, each named at the line's end."""
    figure = frame(palette, height, left=52, right=92, top=12, bottom=28)
    look = palette.series[series]
    _axes(figure, fan.weeks, limits, show)
    _bands(figure, fan, look.colour, look.band_50, look.band_90)
    figure.add_trace(
        go.Scatter(
            x=list(fan.weeks),
            y=list(baseline),
            mode="lines",
            hoverinfo="skip",
            line={"color": palette.baseline, "width": 2, "dash": "dot"},
        )
    )
    ends = [
        (baseline[-1], f"Do as now<br>{labels[0]}", palette.second),
        (fan.middle[-1], f"<b>This plan<br>{labels[1]}</b>", look.colour),
    ]
    shifts = _apart(baseline[-1], fan.middle[-1], limits, height - 40)
    for (y, text, colour), shift in zip(ends, shifts, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=y,
            yshift=shift,
            text=text,
            align="left",
            showarrow=False,
            font={"color": colour},
        )
    return figure


def _apart(first: float, second: float, limits: tuple[float, float], pixels: int) -> tuple[float, float]:
    """How far two labels of two lines each have to move so that they do not lie on each other."""
    gap = (first - second) / (limits[1] - limits[0]) * pixels
    lacking = 34 - abs(gap)
    if lacking <= 0:
        return 0.0, 0.0
    return (lacking / 2, -lacking / 2) if gap >= 0 else (-lacking / 2, lacking / 2)


def _axes(
    figure: go.Figure,
    weeks: Numbers,
    limits: tuple[float, float],
    show: Formatter,
) -> None:
    ticks = nice_ticks(*limits)
    years = year_ticks(int(weeks[-1]) + 1)
    room = (weeks[-1] - weeks[0]) * 0.01
    figure.update_xaxes(
        range=[weeks[0] - room, weeks[-1] + room], tickvals=[t.week for t in years], ticktext=[t.text for t in years]
    )
    figure.update_yaxes(range=list(limits), tickvals=ticks, ticktext=[show(t) for t in ticks], showgrid=True)


def _bands(figure: go.Figure, fan: Fan, line: str, band_50: str, band_90: str) -> None:
    weeks = list(fan.weeks)
    for low, high, fill in ((fan.low_90, fan.high_90, band_90), (fan.low_50, fan.high_50, band_50)):
        figure.add_trace(
            go.Scatter(
                x=weeks + weeks[::-1],
                y=list(high) + list(low)[::-1],
                fill="toself",
                fillcolor=fill,
                line={"width": 0, "color": fill},
                mode="lines",
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        go.Scatter(x=weeks, y=list(fan.middle), mode="lines", line={"color": line, "width": 2.2}, hoverinfo="skip")
    )


def shared_limits(fans: Sequence[Fan]) -> tuple[float, float]:
    """The range in which every fan and zero are seen."""
    low = min(0.0, *(min(fan.low_90) for fan in fans)) if fans else 0.0
    high = max(0.0, *(max(fan.high_90) for fan in fans)) if fans else 1.0
    room = (high - low) * 0.08 or 1.0
    return low - room, high + room


def spark(values: Numbers, palette: Palette, *, height: int = 34) -> go.Figure:
    """The course so far in one small line, its last point marked."""
    figure = frame(palette, height, left=2, right=6, top=5, bottom=5)
    low, high = min(values), max(values)
    room = (high - low) * 0.1 or max(abs(high) * 0.05, 1.0)
    figure.update_xaxes(range=[0, len(values) - 1], showticklabels=False)
    figure.update_yaxes(range=[low - room, high + room], showticklabels=False)
    figure.add_trace(
        go.Scatter(
            y=list(values),
            mode="lines",
            line={"color": palette.baseline, "width": 1.5},
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[len(values) - 1],
            y=[values[-1]],
            mode="markers",
            hoverinfo="skip",
            cliponaxis=False,
            marker={"color": palette.series[0].colour, "size": 7},
        )
    )
    return figure
