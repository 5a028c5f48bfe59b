"""Which of the series that can be seen tell early whether a plan works.

A pair of runs is a success if the plan averted harm in it; where nearly all or nearly none do, the better half of the
pairs stands for success. Each observed series is read as its mean over 13 weeks against what is usual in that world (the
mean of its baseline run). How well it tells is the area under the curve: the chance that a success shows more of it than a
failure, 0.5 being no better than a coin. A series tells from the first of three readings in a row, four weeks apart, at
which the 99 % interval of that chance leaves out a half: so many are read that a weaker test would find one by chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.special import stdtrit

from simulation.experiments.paired import LEVEL
from simulation.experiments.plain import null

WINDOW: Final = 13
STEP: Final = 4
IN_A_ROW: Final = 3
SURE: Final = 0.99
LEAST_SHARE: Final = 0.2
LEAST_PAIRS: Final = 16
COIN: Final = 0.5


@dataclass(frozen=True)
class Leading:
    """One observed series: the week from which it tells, how well, which way it goes, and how plainly the plan shows in it."""

    measure: str
    week: int | None
    auc: float
    low: float
    high: float
    direction: str
    shown: float
    """The same area for the plan's worlds against those of the baseline, at that week."""

    def to_dict(self) -> dict[str, Any]:
        """As `--json` has it."""
        return {
            "week": self.week, "auc": null(self.auc), "low": null(self.low), "high": null(self.high),
            "direction": self.direction, "shown": null(self.shown),
        }  # fmt: skip


@dataclass(frozen=True)
class Early:
    """What tells early, by plan: how pairs were split, how many of each, and every observed series, the earliest first."""

    split: str
    successes: int
    failures: int
    series: tuple[Leading, ...]
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As `--json` has it."""
        return {
            "split": self.split, "successes": self.successes, "failures": self.failures, "reason": self.reason,
            "series": {one.measure: one.to_dict() for one in self.series},
        }  # fmt: skip


def early(averted: np.ndarray, seen: Mapping[str, tuple[np.ndarray, np.ndarray]], level: float = LEVEL) -> Early:
    """Of the harm averted in each pair, and of replicates x weeks of each series in the baseline and under the plan."""
    usable = np.isfinite(averted)
    known = averted[usable]
    if known.size < LEAST_PAIRS:
        return Early("none", 0, 0, (), f"it takes {LEAST_PAIRS} pairs of runs or more to tell success from failure")
    if known.max() == known.min():
        return Early("none", 0, 0, (), "all pairs came out alike")
    split, success = "averts-harm", known > 0
    if not LEAST_SHARE <= success.mean() <= 1.0 - LEAST_SHARE:
        split, success = "better-half", known > np.median(known)
    found = [_read(name, base[usable], plan[usable], success, level) for name, (base, plan) in seen.items()]
    told = sorted(
        (one for one in found if one is not None),
        key=lambda one: (one.week is None, one.week or 0, -abs(one.auc - COIN)),
    )
    return Early(split, int(success.sum()), int((~success).sum()), tuple(told))


def _read(name: str, base: np.ndarray, plan: np.ndarray, success: np.ndarray, level: float) -> Leading | None:
    readings = np.arange(WINDOW - 1, plan.shape[1], STEP)
    with np.errstate(invalid="ignore", divide="ignore"):
        usual = np.nanmean(np.where(np.isfinite(base).any(axis=1, keepdims=True), base, 0.0), axis=1)[:, None]
        shows, would = (change(values, usual)[:, readings] for values in (plan, base))
    if not readings.size or not np.isfinite(shows).all() or (shows == shows[:1]).all():
        return None
    found = [auc(shows[success, at], shows[~success, at]) for at in range(readings.size)]
    freedom = max(
        1, min(int(success.sum()), int((~success).sum())) - 1
    )  # few of either kind say less than they seem to
    reach = stdtrit(freedom, 0.5 + SURE / 2)
    clear = np.array([abs(value - COIN) > reach * error for value, error in found])
    same = np.sign([value - COIN for value, _ in found])
    first = None
    for at in range(readings.size - IN_A_ROW + 1):
        row = slice(at, at + IN_A_ROW)
        if clear[row].all() and (same[row] == same[at]).all():
            first = at
            break
    at = first if first is not None else int(np.argmin(np.abs(readings - 51)))
    value, error = found[at]
    half = stdtrit(freedom, 0.5 + level / 2) * error
    shown = auc(shows[:, at], would[:, at])[0] if np.isfinite(would[:, at]).all() else float("nan")
    return Leading(
        name, int(readings[at]) + 1 if first is not None else None, value, max(0.0, value - half), min(1.0, value + half),
        "up" if value >= COIN else "down", shown,
    )  # fmt: skip


def change(values: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """The mean of each week and the twelve before it against what is usual, a row a run; unmeasured weeks are left out."""
    known = np.isfinite(values)
    total = np.cumsum(np.pad(np.where(known, values, 0.0), ((0, 0), (1, 0))), axis=1)
    count = np.cumsum(np.pad(known, ((0, 0), (1, 0))), axis=1)
    last = np.arange(1, values.shape[1] + 1)
    first = np.maximum(last - WINDOW, 0)
    number = count[:, last] - count[:, first]
    mean = np.divide(total[:, last] - total[:, first], number, out=np.full(values.shape, np.nan), where=number > 0)
    return np.divide(mean, usual, out=np.zeros(mean.shape), where=usual != 0) - np.where(usual != 0, 1.0, 0.0)


def auc(more: np.ndarray, less: np.ndarray) -> tuple[float, float]:
    """The chance that one of `more` is above one of `less` (ties half), with its standard error by DeLong's method."""
    above = (more[:, None] > less).astype(np.float64) + COIN * (more[:, None] == less)
    value = float(above.mean())
    if more.size < 2 or less.size < 2:
        return value, float("inf")
    error = above.mean(axis=1).var(ddof=1) / more.size + above.mean(axis=0).var(ddof=1) / less.size
    # where the two do not overlap at all, the method's error is none: one more pair that did would be this much
    return value, max(float(error) ** 0.5, COIN / (more.size * less.size) ** 0.5)
