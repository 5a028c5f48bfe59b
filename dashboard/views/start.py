"""The start page: what a place is like today, which neighbourhoods carry most, and the latest work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.figures.bars import Bar
from dashboard.jobs.request import Request
from dashboard.jobs.result import Result
from dashboard.text.numbers import Formatter, interval, number_word, percent, plain, pounds
from dashboard.views import catalogue
from dashboard.views.frames import Row, first, numbers, ordered, pick, records
from dashboard.views.outcomes import HARM, INSIDE
from dashboard.views.support import marked

PLACE_WEEKS, PLACE_RUNS = 52, 12
FEW = 4
"""Runs, or pairs of runs, of a large place."""


def place_runs(place: catalogue.PlaceView) -> int:
    """How many runs show what a place is like."""
    return FEW if place.large else PLACE_RUNS


def place_request(place: catalogue.PlaceView) -> Request:
    """A small set of runs of a place as it is: one year, do as now."""
    return Request("place", place.id, (), PLACE_WEEKS, place_runs(place))


@dataclass(frozen=True)
class KeyFigure:
    """One number of the place, with its interval and its course."""

    key: str
    label: str
    value: str
    unit: str
    note: str
    course: tuple[float, ...]


@dataclass(frozen=True)
class _Kind:
    measures: tuple[str, ...]
    label: str
    unit: str
    show: Formatter


KINDS: tuple[_Kind, ...] = (
    _Kind((HARM,), "Harm", "a year", pounds),
    _Kind(("businesses_active",), "Organised crime businesses", "trading", plain),
    _Kind(("lines_external",), "County lines run from here", "lines", plain),
    _Kind(("illegal_profit_gbp",), "Illegal profit", "a year", pounds),
    _Kind(("assets_recovered_gbp",), "Taken from criminals", "a year", pounds),
    _Kind(("people_active",), "People at work in them", "free and active", plain),
    _Kind(("prison",), "In prison", "people", plain),
    _Kind(("confidence",), "Confidence in police", "of residents", percent),
)


ONLY_IF_ANY = ("lines_external",)
"""What is not spoken of in a world that has none."""


def key_figures(result: Result) -> list[KeyFigure]:
    """What the place looks like in a year of do as now; only what the model measured."""
    out = []
    for kind in KINDS:
        measure = kind.measures[0]
        row = first(pick(result.table, measure=measure))
        if row is None or pd.isna(row["value"]):
            continue
        if measure in ONLY_IF_ANY and not row["high"]:
            continue
        note = interval(row["low"], row["high"], kind.show)
        if measure == HARM:
            people = residents(result)
            if people:
                note += f" · £{row['value'] / people:,.0f} a resident"
        if measure == "assets_recovered_gbp":
            profit = first(pick(result.table, measure="illegal_profit_gbp"))
            if profit is not None and profit["value"] > 0:
                share = row["value"] / profit["value"]
                said = percent(share, 1) if share >= 0.0005 else "under 0.1%"
                note = f"{said} of illegal profit · {note}"
        course = numbers(ordered(pick(result.bands, measure=measure), "week"), "baseline")
        out.append(
            KeyFigure(
                measure,
                marked(kind.label, result, measure),
                kind.show(float(row["value"])),
                kind.unit,
                note,
                tuple(monthly(course)),
            )
        )
    return out


def monthly(course: np.ndarray) -> list[float]:
    """Means of four weeks each."""
    count = len(course) // 4
    return [float(v) for v in course[: count * 4].reshape(count, 4).mean(axis=1)] if count > 1 else []


def residents(result: Result) -> float:
    """People who live in the force's own neighbourhoods."""
    places = own_places(result)
    return float(numbers(places, "population").sum()) if not places.empty else 0.0


def own_places(result: Result) -> pd.DataFrame:
    """The neighbourhoods of the place itself, without those outside it."""
    return pick(result.localities, kind=INSIDE)


def headline(result: Result, title: str) -> tuple[str, str]:
    """The page's title and the sentence under it."""
    figures = {figure.key: figure for figure in key_figures(result)}
    harm = figures.get(HARM)
    name = title[:1].upper() + title[1:]
    head = marked(f"{name}: organised crime costs about {harm.value} a year", result, HARM) if harm else name
    parts = []
    if "businesses_active" in figures:
        parts.append(marked(f"{figures['businesses_active'].value} businesses trade here", result, "businesses_active"))
    if "illegal_profit_gbp" in figures:
        profit = figures["illegal_profit_gbp"].value
        said = f"make {profit} in illegal profit" if parts else f"Illegal profit is {profit}"
        parts.append(marked(said, result, "illegal_profit_gbp"))
    lead = " and ".join(parts) + ". " if parts else ""
    if "assets_recovered_gbp" in figures:
        taken = f"Police and partners take back {figures['assets_recovered_gbp'].value}"
        lead += f"{marked(taken, result, 'assets_recovered_gbp')}. "
    return head, lead


def harm_by_place(result: Result, most: int = 8) -> tuple[str, list[Bar]]:
    """The neighbourhoods with most harm and what share they carry."""
    joined = sorted(_harm(result), key=lambda row: -row["baseline"])
    if not joined or not any(row["baseline"] for row in joined):
        return "Harm by neighbourhood is not reported", []
    total = sum(row["baseline"] for row in joined)
    top = joined[:most]
    share = sum(row["baseline"] for row in top) / total if total > 0 else 0.0
    bars = [
        Bar(
            str(r["name"]),
            float(r["baseline"]),
            float(r["low"]),
            float(r["high"]),
            pounds(float(r["baseline"])),
            interval(r["low"], r["high"], lambda v: pounds(v).lstrip("£")),
        )
        for r in top
    ]
    word = number_word(len(top)).capitalize()
    return marked(f"{word} of {len(joined)} neighbourhoods carry {fraction(share)} of the harm", result, HARM), bars


def fraction(share: float) -> str:
    """A share in words: a third, about half, 28%."""
    for value, words in (
        (0.25, "a quarter"),
        (1 / 3, "a third"),
        (0.5, "half"),
        (2 / 3, "two thirds"),
        (0.75, "three quarters"),
    ):
        if abs(share - value) < 0.02:
            return words
    return percent(share)


def fifths(values: Sequence[float]) -> list[int]:
    """Which fifth of the range each value falls in."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    span = high - low or 1.0
    return [min(4, int((value - low) / span * 5)) for value in values]


def neighbourhoods(result: Result) -> list[tuple[str, int, int, float, float, float]]:
    """Each neighbourhood of the place: name (and force, of several), row, column, harm a year and its interval."""
    found = _harm(result)
    several = len({r["force"] for r in found}) > 1
    return [
        (
            f"{r['name']} ({catalogue.words(str(r['force']))})" if several else str(r["name"]),
            int(r["row"]),
            int(r["col"]),
            float(r["baseline"]),
            float(r["low"]),
            float(r["high"]),
        )
        for r in found
    ]


def _harm(result: Result) -> list[Row]:
    """Harm in each of the place's own neighbourhoods, with name and tile."""
    own, rows = own_places(result), pick(result.place, measure=HARM)
    if own.empty or rows.empty:
        return []
    found = records(own.merge(rows, left_on="id", right_on="locality"))
    return found if any(row["baseline"] for row in found) else []  # victims may live anywhere
