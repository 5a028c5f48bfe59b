"""The plan as a timeline: a lane a family, hatching for lead time, solid for what is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.components.parts import testid


@dataclass(frozen=True)
class Bar:
    """One entry of the plan on the axis of weeks."""

    index: int
    family: str
    title: str
    start: int
    end: int
    lead: int
    label: str
    says: str
    pulses: tuple[tuple[int, int], ...] = ()
    selected: bool = False


ROOM = 0.3
"""Of the line, what a label takes before a bar."""


def timeline(bars: Sequence[Bar], weeks: int) -> html.Div:
    """Lanes of bars over one axis of weeks; a bar is a button that can be dragged or moved with the arrow keys."""
    rows: list[Any] = [
        html.Div(
            [html.Div(className="lane-name"), html.Div(_axis(weeks), className="lane-axis")],
            className="lane head",
            **{"aria-hidden": "true"},
        )
    ]
    family = ""
    for bar in bars:
        first = bar.family != family
        family = bar.family
        rows.append(
            html.Div(
                [
                    html.Div(
                        [
                            html.Span(bar.family if first else "", className="lane-family"),
                            html.Span(bar.title, className="lane-title chosen" if bar.selected else "lane-title"),
                        ],
                        className="lane-name",
                    ),
                    html.Div(_bar(bar, weeks), className="lane-track"),
                ],
                className="lane first" if first else "lane",
            )
        )
    return html.Div(rows, className="timeline", id="timeline", **{"data-weeks": str(weeks)}, **testid("timeline"))


def _axis(weeks: int) -> list[Any]:
    out = []
    for week in range(0, weeks, 13):
        year, quarter = divmod(week // 13, 4)
        strong = quarter == 0
        text = f"Year {year + 1}" if strong else "Q3" if quarter == 2 else ""
        out.append(
            html.Span(text, className="tick strong" if strong else "tick", style={"left": _percent(week / weeks)})
        )
    return out


def _bar(bar: Bar, weeks: int) -> list[Any]:
    lead_end = min(bar.start + bar.lead, bar.end)
    out: list[Any] = []
    if lead_end > bar.start:
        out.append(html.Span(className="lead", style=_span(bar.start, lead_end, weeks)))
    pieces = [(max(a, lead_end), b) for a, b in bar.pulses if b > lead_end] if bar.pulses else [(lead_end, bar.end)]
    for a, b in pieces:
        if b > a:
            out.append(html.Span(className="solid", style=_span(a, b, weeks)))
    short = (bar.end - lead_end) / weeks < 0.2
    outside = (short or bool(bar.pulses)) and bar.end / weeks < 0.7
    at = (bar.end if outside else lead_end) / weeks
    text_at = {"left": _percent(at)}
    far = at > 0.74 and bar.end - lead_end < 0.2 * weeks
    look = "bar-label outside" if outside or far else "bar-label"
    if far and bar.start / weeks < ROOM:  # no room before the bar either: over its hatching, on a ground of its own
        text_at, look = {"left": _percent(bar.start / weeks)}, "bar-label outside over"
    elif far:
        text_at = {"right": _percent(1 - bar.start / weeks)}
    out.append(html.Span(bar.label, className=look, style=text_at))
    out.append(
        html.Button(
            [
                html.Span(className="grip start"),
                html.Span(bar.says, className="visually-hidden"),
                html.Span(className="grip end"),
            ],
            type="button",
            className="bar chosen" if bar.selected else "bar",
            style=_span(bar.start, bar.end, weeks),
            title=bar.says,
            **{
                "aria-pressed": "true" if bar.selected else "false",
                "data-bar": str(bar.index),
                "data-start": str(bar.start),
                "data-end": str(bar.end),
                **testid(f"bar-{bar.index}"),
            },
        )
    )
    return out


def _span(start: float, end: float, weeks: int) -> dict[str, str]:
    return {"left": _percent(start / weeks), "width": _percent((end - start) / weeks)}


def _percent(share: float) -> str:
    return f"{share * 100:.3f}%"
