"""What the course of a ratio or of a dose's effect looks like: when it is back, and where it bends."""

from __future__ import annotations

import math

import numpy as np

from simulation.validation.experiment import Estimate

KNEE_GAIN = 10.0
FLAT = 0.05  # a change that never gets beyond this does not bend


def recovery(ratios: np.ndarray, estimate: Estimate) -> float:
    """Time from the start until the ratio, once it has fallen below the reach, is back at it.

    A reach above 1 is come down to: time until the ratio, once above it, is back at it. NaN if the ratio never was beyond
    the reach, infinite if it does not come back.
    """
    first, last = estimate.window
    side = 1.0 if estimate.reach <= 1.0 else -1.0
    course, reach = side * ratios, side * estimate.reach
    beyond = np.flatnonzero(course[first:last] < reach)
    if beyond.size == 0:
        return math.nan
    left = first + int(beyond[0])
    back = np.flatnonzero(course[left:last] >= reach)
    return (left + int(back[0]) - estimate.start) / estimate.per if back.size else math.inf


def knee(changes: np.ndarray, weights: np.ndarray, scale: float) -> float:
    """Where two line segments that meet fit much better than one line (AIC lower by 10); NaN where they do not, or
    where hardly anything changes.

    `changes` has a row a replicate and a column a dose; doses are evenly spread from 0 (no change) to `scale`.
    """
    y = np.column_stack([np.zeros(len(changes)), changes])
    if not np.isfinite(y).all() or np.abs(weights @ y).max() < FLAT:
        return math.nan
    x = np.linspace(0.0, 1.0, y.shape[1])
    straight = misfit(np.column_stack([np.ones_like(x), x]), y, weights)
    best, at = math.inf, math.nan
    for bend in np.linspace(x[1], x[-2], 4 * x.size):
        residue = misfit(np.column_stack([np.ones_like(x), x, np.maximum(0.0, x - bend)]), y, weights)
        if residue < best:
            best, at = residue, float(bend)
    floor = 1e-8  # of a change: nothing in the model is known better
    gain = y.size * (math.log(max(straight, floor)) - math.log(max(best, floor))) - 4.0
    return at * scale if gain >= KNEE_GAIN else math.nan


def misfit(columns: np.ndarray, y: np.ndarray, weights: np.ndarray) -> float:
    """Mean squared residue of the least-squares fit to all replicates, each by its weight."""
    fitted = columns @ np.linalg.lstsq(columns, weights @ y, rcond=None)[0]
    return float(weights @ ((y - fitted) ** 2).mean(axis=1))
