"""Tables that pages draw from, out of runs that were computed: courses with bands, levels, and differences by place and market."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dashboard.views.market_courses import WEEKLY

HARM = "harm_gbp"
QUARTER = 13
POINTS = 130
"""Points of a course that a picture can show."""


def drawn_markets(found: Any) -> list[str]:
    """MEASURE:MARKET of whatever the pages draw week by week."""
    return [one.id for one in found.market_measures if one.weekly and one.measure in WEEKLY[one.kind]]


def band(found: Any, measure: str) -> pd.DataFrame:
    """Paired differences of one measure by week, as means of the quarter before, with the baseline's mean beside.

    Of the many measures of markets, as many weeks are kept as a picture shows.
    """
    weeks = found.runs.weeks_of(measure)
    step = max(1, weeks.shape[2] // POINTS) if ":" in measure else 1
    arms = {arm: trailing(weeks[index]) for index, arm in enumerate(found.runs.arms)}
    base = arms[found.baseline]
    pieces = []
    for plan in found.plans:
        change = arms[plan] - base
        known = np.isfinite(change).any(axis=0)
        quantiles = np.full((4, change.shape[1]), np.nan)
        if known.any():
            quantiles[:, known] = np.nanquantile(change[:, known], (0.05, 0.25, 0.75, 0.95), axis=0)
        pieces.append(
            pd.DataFrame(
                {
                    "plan": plan,
                    "measure": measure,
                    "week": np.arange(change.shape[1]),
                    "baseline": mean_of_known(base),
                    "middle": mean_of_known(change),
                    "low_50": quantiles[1],
                    "high_50": quantiles[2],
                    "low_90": quantiles[0],
                    "high_90": quantiles[3],
                }
            ).iloc[::step]
        )
    return pd.concat(pieces, ignore_index=True)


def trailing(values: np.ndarray, window: int = QUARTER) -> np.ndarray:
    """The mean of each week and those of the quarter before it, a row a run; weeks without a measurement are left out."""
    known = np.isfinite(values)
    sums = np.cumsum(np.pad(np.where(known, values, 0.0), ((0, 0), (1, 0))), axis=1)
    counts = np.cumsum(np.pad(known, ((0, 0), (1, 0))), axis=1)
    last = np.arange(1, values.shape[1] + 1)
    first = np.maximum(last - window, 0)
    total, number = sums[:, last] - sums[:, first], counts[:, last] - counts[:, first]
    return np.divide(total, number, out=np.full(values.shape, np.nan), where=number > 0)


def mean_of_known(values: np.ndarray) -> np.ndarray:
    """The mean over runs of what was measured; not a number where nothing was."""
    known = np.isfinite(values)
    counts = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.divide(total, counts, out=np.full(total.shape, np.nan), where=counts > 0)


def place_differences(found: Any) -> pd.DataFrame:
    """Harm by locality: both arms and the paired difference."""
    if HARM not in found.runs.place_measures:
        return pd.DataFrame()
    frame = found.place(HARM).assign(measure=HARM)
    return frame[["plan", "locality", "measure", "baseline", "difference", "low", "high"]]


def place_levels(found: Any) -> pd.DataFrame:
    """Harm by locality over the runs of one arm."""
    runs = found.runs
    if HARM not in runs.place_measures:
        return pd.DataFrame()
    values = runs.places[0, :, :, runs.place_measures.index(HARM)]
    low, high = np.nanquantile(values, [0.05, 0.95], axis=0)
    return pd.DataFrame({
        "plan": found.plan, "locality": [place["id"] for place in runs.localities], "measure": HARM, "baseline": mean_of_known(values),
        "difference": 0.0, "low": low, "high": high,
    })  # fmt: skip


def market_levels(found: Any) -> pd.DataFrame:
    """What each market comes to over the runs of one arm."""
    if found.markets.empty:
        return pd.DataFrame()
    rows = found.markets.drop(columns=["low", "high"]).rename(columns={"mean": "baseline", "q05": "low", "q95": "high"})
    return rows.assign(
        plan=found.plan, value=rows["baseline"], difference=0.0, probability_better=np.nan, replicates=found.replicates
    )


def consequences(found: Any) -> dict[str, pd.DataFrame]:
    """What only a comparison can say: where it went, how far trade fell, what tells early."""
    moved = [
        {"plan": plan, "kind": kind, "quotient": one.quotient, "low": one.low, "high": one.high, "reason": one.reason}
        for plan in found.plans
        for kind, one in found.displacements(plan).items()
    ]
    titles = {one.market: one.title for one in found.market_measures}
    dips, courses = [], []
    for plan, where, one in ((plan, *item) for plan, all_ in found.disruption.items() for item in all_.items()):
        row = {"plan": plan, "where": where, "title": titles.get(where, "All markets"), "class": one.kind, **one.shares}
        for name in ("depth", "area", "recovery"):
            row |= dict(zip((name, f"{name}_low", f"{name}_high"), getattr(one, name), strict=True))
        dips.append({**row, "recovered": one.recovered})
        if where == "whole":
            step = max(1, one.course.size // POINTS)
            weeks = [week for week in range(0, one.course.size, step) if np.isfinite(one.course[week])]
            courses.append(pd.DataFrame({"plan": plan, "week": weeks, "value": one.course[weeks]}))
    labels = {str(measure.id): str(measure.label) for measure in found.measures}
    early = [
        {"plan": plan, "measure": one.measure, "label": labels[one.measure], "week": one.week, "auc": one.auc,
         "low": one.low, "high": one.high, "direction": one.direction, "shown": one.shown, "split": said.split, "reason": ""}
        for plan, said in found.early.items()
        for one in said.series
    ]  # fmt: skip
    early += [{"plan": plan, "reason": said.reason} for plan, said in found.early.items() if said.reason]
    return {
        "displacement": pd.DataFrame(moved), "dips": pd.DataFrame(dips), "early": pd.DataFrame(early),
        "capacity": pd.concat(courses, ignore_index=True) if courses else pd.DataFrame(),
    }  # fmt: skip
