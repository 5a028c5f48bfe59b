"""Goods and money from stage to stage: ribbons as filled shapes, the stages as bars, the words beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.theme import Palette, frame
from dashboard.text.numbers import Formatter


@dataclass(frozen=True)
class Stage:
    """A place where goods or money stand, in a column counted from the left; kind picks its colour."""

    id: str
    title: str
    column: int
    kind: str = "main"


@dataclass(frozen=True)
class Flow:
    """How much goes from one stage to another; kind picks its colour."""

    source: str
    target: str
    value: float
    kind: str = "main"


BAR = 0.012
MARGIN = 180
TOP = 16
TWO_LINES = 34  # pixels a bar must have for its label to stand on two lines


def ribbons(
    stages: Sequence[Stage], flows: Sequence[Flow], show: Formatter, palette: Palette, *, height: int = 300
) -> go.Figure:
    """Widths are in proportion to value; ribbons are stacked in the order of the stages, so that few cross."""
    figure = frame(palette, height, left=4, right=MARGIN, top=TOP, bottom=TOP)
    figure.update_xaxes(range=[0, 1 + BAR], showticklabels=False)
    figure.update_yaxes(range=[1, 0], showticklabels=False)
    live = [flow for flow in flows if flow.value > 0]
    spans = _spans(stages, live)
    columns = max(stage.column for stage in stages) or 1
    x_of = {stage.id: stage.column / columns for stage in stages}
    colours = {"main": palette.series[0], "second": palette.series[1]}
    scale = _scale(stages, live)
    out_at = {stage.id: spans[stage.id][0] for stage in stages}
    in_at = dict(out_at)
    order = {stage.id: place for place, stage in enumerate(stages)}
    for flow in sorted(live, key=lambda f: (order[f.source], order[f.target])):
        size = flow.value * scale
        y_0, y_1 = out_at[flow.source], in_at[flow.target]
        out_at[flow.source] += size
        in_at[flow.target] += size
        look = colours.get(flow.kind)
        fill = look.band_50 if look else palette.highlight_band if flow.kind == "look" else palette.baseline_band_50
        figure.add_trace(_ribbon(x_of[flow.source] + BAR, x_of[flow.target], y_0, y_1, size, fill))
    for stage in stages:
        low, high = spans[stage.id]
        if high <= low:
            continue
        look = colours.get(stage.kind)
        colour = look.colour if look else palette.highlight if stage.kind == "look" else palette.baseline
        figure.add_shape(
            type="rect",
            x0=x_of[stage.id],
            x1=x_of[stage.id] + BAR,
            y0=low,
            y1=max(high, low + 0.006),
            fillcolor=colour,
            line={"width": 0},
        )
        value = (high - low) / scale
        tall = (high - low) * (height - 2 * TOP) >= TWO_LINES and stage.column < columns
        words = f"{stage.title}<br><b>{show(value)}</b>" if tall else f"{stage.title} <b>{show(value)}</b>"
        figure.add_annotation(
            x=x_of[stage.id] + BAR,
            y=(low + high) / 2,
            xanchor="left",
            xshift=8,
            align="left",
            text=words,
            showarrow=False,
        )
    return figure


def _totals(stages: Sequence[Stage], flows: Sequence[Flow]) -> dict[str, float]:
    into = {stage.id: 0.0 for stage in stages}
    out = dict(into)
    for flow in flows:
        out[flow.source] += flow.value
        into[flow.target] += flow.value
    return {key: max(into[key], out[key]) for key in into}


def _scale(stages: Sequence[Stage], flows: Sequence[Flow]) -> float:
    totals = _totals(stages, flows)
    columns: dict[int, float] = {}
    counts: dict[int, int] = {}
    for stage in stages:
        columns[stage.column] = columns.get(stage.column, 0.0) + totals[stage.id]
        counts[stage.column] = counts.get(stage.column, 0) + 1
    return min((1 - 0.06 * (counts[c] - 1)) / columns[c] for c in columns if columns[c] > 0)


def _spans(stages: Sequence[Stage], flows: Sequence[Flow]) -> Mapping[str, tuple[float, float]]:
    totals, scale = _totals(stages, flows), _scale(stages, flows)
    spans: dict[str, tuple[float, float]] = {}
    for column in sorted({stage.column for stage in stages}):
        inside = [stage for stage in stages if stage.column == column]
        used = sum(totals[stage.id] * scale for stage in inside)
        gap = min(0.1, (1 - used) / len(inside)) if len(inside) > 1 else 0.0
        at = (1 - used - gap * (len(inside) - 1)) / 2
        for stage in inside:
            size = totals[stage.id] * scale
            spans[stage.id] = (at, at + size)
            at += size + gap
    return spans


def _ribbon(x_0: float, x_1: float, y_0: float, y_1: float, size: float, fill: str) -> go.Scatter:
    steps = [i / 24 for i in range(25)]
    xs = [x_0 + (x_1 - x_0) * t for t in steps]
    eased = [y_0 + (y_1 - y_0) * (t * t * (3 - 2 * t)) for t in steps]
    return go.Scatter(
        x=xs + xs[::-1],
        y=eased + [y + size for y in eased[::-1]],
        fill="toself",
        fillcolor=fill,
        mode="lines",
        line={"width": 0, "color": fill},
        hoverinfo="skip",
    )
