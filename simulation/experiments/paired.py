"""Two futures of the same world are compared pair by pair: one seed, one replicate, with the plan and without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy.special import stdtrit

from simulation.experiments.across import split

Direction = Literal["up", "down", "neither"]
LEVEL: Final = 0.9
SKEWED: Final = 1.0
RESAMPLES: Final = 2000
BOOTSTRAP_SEED: Final = 20_260_101  # fixed: the same runs always give the same interval
BLOCK: Final = 4_000_000  # numbers drawn at once, so that a bootstrap of many pairs stays small in memory


@dataclass(frozen=True)
class Paired:
    """What a plan changed in one measure, over the pairs in which both arms have a value."""

    baseline: float
    value: float
    difference: float
    low: float
    high: float
    probability_better: float
    replicates: int


def paired(
    baseline: np.ndarray, plan: np.ndarray, direction: Direction, level: float = LEVEL,
    draws: Sequence[int] = (),
) -> Paired:  # fmt: skip
    """Means, mean difference with its interval, and how often the plan came out better. What cannot be said is NaN.

    With the `draws` that the pairs took from an ensemble the interval holds whichever of its draws is the truth.
    """
    usable = np.isfinite(baseline) & np.isfinite(plan)
    before, after = baseline[usable], plan[usable]
    count = int(usable.sum())
    if count == 0:
        nothing = float("nan")
        return Paired(nothing, nothing, nothing, nothing, nothing, nothing, 0)
    change = after - before
    low, high = interval(change, level)
    known = split(change, np.asarray(draws[: usable.size])[usable], level) if len(draws) else None
    if known is not None:
        low, high = known.low, known.high
    return Paired(
        float(before.mean()), float(after.mean()), float(change.mean()), low, high, better(change, direction), count
    )


def better(change: np.ndarray, direction: Direction) -> float:
    """The share of pairs in which the change is for the better, ties counting half; NaN where none is better."""
    if direction == "neither" or change.size == 0:
        return float("nan")
    good = change > 0 if direction == "up" else change < 0
    return float(np.mean(good + 0.5 * (change == 0)))


def interval(values: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a mean: Student's t, or the bootstrap when the values lean strongly to one side."""
    if values.size < 2:
        return float("nan"), float("nan")
    mean = float(values.mean())
    spread = float(values.std(ddof=1))
    if spread <= 1e-12 * max(abs(mean), float(np.abs(values).max())):
        return mean, mean
    if abs(skewness(values)) > SKEWED:
        return bootstrap_mean(values, level)
    reach = float(stdtrit(values.size - 1, 0.5 + level / 2)) * spread / values.size**0.5
    return mean - reach, mean + reach


def skewness(values: np.ndarray) -> float:
    """How far the values lean to one side; 0 when they do not vary."""
    centred = values - values.mean()
    largest = float(np.abs(centred).max())
    if largest == 0.0:
        return 0.0
    centred = centred / largest  # no cube is too small to be told from nothing
    return float(np.mean(centred**3)) / float(np.mean(centred**2)) ** 1.5


def resampled(count: int, resamples: int = RESAMPLES) -> list[np.ndarray]:
    """Rows to take in each resample, in blocks; the same for every measure, so that intervals can be compared."""
    chance = np.random.default_rng(BOOTSTRAP_SEED)
    step = max(1, min(resamples, BLOCK // max(count, 1)))
    return [
        chance.integers(0, count, size=(min(step, resamples - start), count)) for start in range(0, resamples, step)
    ]


def bootstrap_mean(values: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """The percentile interval of a mean over resamples of the pairs."""
    return percentile(np.concatenate([values[rows].mean(axis=1) for rows in resampled(values.size)]), level)


def percentile(estimates: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """The middle `level` of the estimates that are numbers."""
    finite = estimates[np.isfinite(estimates)]
    if finite.size < 0.5 * estimates.size or finite.size < 2:
        return float("nan"), float("nan")
    low, high = np.quantile(finite, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def ratio_of_means(above: np.ndarray, below: np.ndarray, level: float = LEVEL) -> tuple[float, float, float]:
    """The ratio of two means over the same pairs, with its bootstrap interval."""
    if above.size == 0 or below.mean() == 0:
        return float("nan"), float("nan"), float("nan")
    ratio = float(above.mean() / below.mean())
    if above.size < 2:
        return ratio, float("nan"), float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.concatenate([above[r].mean(axis=1) / below[r].mean(axis=1) for r in resampled(above.size)])
    return (ratio, *percentile(found, level))


def variance_ratio(
    baseline: np.ndarray, plans: list[np.ndarray], level: float = LEVEL
) -> tuple[float, float, float] | None:
    """How many times more pairs would be needed had the arms not shared their random numbers; None if nothing varies.

    The variance of a difference of independent arms is the sum of theirs; ours is that of the paired differences, both
    pooled over the plans.
    """
    usable = np.isfinite(baseline)
    for plan in plans:
        usable &= np.isfinite(plan)
    before = baseline[usable]
    after = [plan[usable] for plan in plans]
    count = before.size
    if count < 3 or not after:
        return None
    whole = _variance_ratio(before[None], [a[None] for a in after])[0]
    if not np.isfinite(whole):
        return None
    blocks = [_variance_ratio(before[rows], [a[rows] for a in after]) for rows in resampled(count, 500)]
    low, high = percentile(np.concatenate(blocks), level)
    return float(whole), low, high


def _variance_ratio(before: np.ndarray, after: list[np.ndarray]) -> np.ndarray:
    apart = sum(before.var(axis=1, ddof=1) + a.var(axis=1, ddof=1) for a in after)
    together = sum((a - before).var(axis=1, ddof=1) for a in after)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(apart / together)
