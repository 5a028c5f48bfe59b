"""How deep a plan's dip is, how long it lasts and what it amounts to: capacity beside that of the same world without it.

Capacity of a market is what it turns over: goods sold or jobs done, as sums over 13 weeks, over those of the paired
baseline. Of the whole it is all markets together at the baseline's prices. The classes are this model's reading of the
words police use, not theirs: major below half for a year, moderate below four fifths for a quarter, minor otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from simulation.experiments.paired import LEVEL, percentile, resampled
from simulation.experiments.plain import null

WINDOW: Final = 13
MAJOR: Final = (0.5, 52)
MODERATE: Final = (0.8, 13)
BACK: Final = 0.9
RESAMPLES: Final = 400
CLASSES: Final = ("major", "moderate", "minor")
MAPPING: Final = (
    "This model's mapping: major, capacity below 50 % of the baseline's for 12 months or more; moderate, below 80 % for "
    "3 months or more; minor otherwise."
)


@dataclass(frozen=True)
class Dip:
    """What capacity did under a plan: its class, the share of pairs in each class, and depth, area and recovery with intervals."""

    kind: str
    shares: dict[str, float]
    depth: tuple[float, float, float]
    area: tuple[float, float, float]
    recovery: tuple[float, float, float]
    recovered: bool
    course: np.ndarray
    """Capacity over the baseline's by week, all pairs together; NaN before the 13th week."""
    replicates: int

    def to_dict(self) -> dict[str, Any]:
        """As `--json` has it."""
        found: dict[str, Any] = {"class": self.kind, "shares": self.shares, "replicates": self.replicates}
        for name in ("depth", "area", "recovery"):
            value, low, high = getattr(self, name)
            found[name] = {"value": null(value), "low": null(low), "high": null(high)}
        return {**found, "recovered": self.recovered}


def dip(baseline: np.ndarray, plan: np.ndarray, level: float = LEVEL) -> Dip | None:
    """Of replicates x weeks of capacity in both arms; None where there are too few weeks, or nothing was turned over."""
    usable = np.isfinite(baseline).all(axis=1) & np.isfinite(plan).all(axis=1)
    if baseline.shape[1] < WINDOW or not usable.any():
        return None
    before, after = sums(baseline[usable]), sums(plan[usable])
    pooled = over(after.sum(axis=0), before.sum(axis=0))
    if not np.isfinite(pooled).any():
        return None
    each = [kind_of(course) for course in over(after, before)]
    count = int(usable.sum())
    depth, area, back = (np.full(0, np.nan),) * 3
    if count > 1:
        weights = [_weights(rows, count) for rows in resampled(count, RESAMPLES)]
        drawn = [over(weight @ after, weight @ before) for weight in weights]
        depth, area, back = (
            np.concatenate([np.array([figure(course) for course in part]) for part in drawn])
            for figure in (depth_of, area_of, recovery_of)
        )
    course = np.full(baseline.shape[1], np.nan)
    course[WINDOW - 1 :] = pooled
    return Dip(
        kind_of(pooled), {name: each.count(name) / len(each) for name in CLASSES},
        (depth_of(pooled), *percentile(depth, level)), (area_of(pooled), *percentile(area, level)),
        (recovery_of(pooled), *percentile(back, level)), recovered(pooled), course, count,
    )  # fmt: skip


def sums(values: np.ndarray) -> np.ndarray:
    """Sums over 13 weeks, a row a run; the first is that of weeks 0 to 12."""
    whole = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
    return whole[:, WINDOW:] - whole[:, :-WINDOW]


def over(after: np.ndarray, before: np.ndarray) -> np.ndarray:
    """One capacity over another, unknown where there was none."""
    return np.divide(after, before, out=np.full(after.shape, np.nan), where=before > 0)


def longest(below: np.ndarray) -> int:
    """The longest time without a break."""
    most = now = 0
    for one in below:
        now = now + 1 if one else 0
        most = max(most, now)
    return most


def kind_of(course: np.ndarray) -> str:
    """The class of a course of capacity over the baseline's."""
    if longest(course < MAJOR[0]) >= MAJOR[1]:
        return "major"
    return "moderate" if longest(course < MODERATE[0]) >= MODERATE[1] else "minor"


def depth_of(course: np.ndarray) -> float:
    """How far capacity fell at its lowest, as a share; 0 where it never fell."""
    return max(0.0, 1.0 - float(np.nanmin(course))) if np.isfinite(course).any() else float("nan")


def area_of(course: np.ndarray) -> float:
    """Weeks of capacity lost."""
    return float(np.nansum(np.maximum(0.0, 1.0 - course)))


def recovery_of(course: np.ndarray) -> float:
    """Weeks from the lowest until capacity is back at nine tenths, or to the end; 0 where it never was below that."""
    if not np.isfinite(course).any() or np.nanmin(course) >= BACK:
        return 0.0
    lowest = int(np.nanargmin(course))
    back = np.flatnonzero(course[lowest:] >= BACK)
    return float(back[0] if back.size else course.size - lowest)


def recovered(course: np.ndarray) -> bool:
    """Whether capacity came back within the run, or was never down."""
    if not np.isfinite(course).any() or np.nanmin(course) >= BACK:
        return True
    return bool((course[int(np.nanargmin(course)) :] >= BACK).any())


def _weights(rows: np.ndarray, count: int) -> np.ndarray:
    """Resamples x pairs: how often each pair is in each."""
    found = np.zeros((rows.shape[0], count))
    np.add.at(found, (np.arange(rows.shape[0])[:, None], rows), 1.0)
    return found
