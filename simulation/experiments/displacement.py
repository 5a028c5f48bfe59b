"""What a plan pushes out of its own places turns up next to them, or the good it does spreads there.

The weighted displacement quotient is the change in the two nearest rings of localities over the change in the places a
plan works in, both against the baseline: below 0 harm has moved, above 0 the benefit has spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from simulation.experiments.paired import LEVEL, better, ratio_of_means

RINGS: Final = 2
NEIGHBOURHOOD: Final = "inside"  # importing towns and the rest of the world are no neighbours of a place
CLEAR: Final = 2.0  # standard errors by which the places themselves must have changed


@dataclass(frozen=True)
class Displacement:
    """The quotient with its interval, how often harm fell in the rings, and why it may not be stated."""

    quotient: float
    low: float
    high: float
    probability_better: float
    replicates: int
    reason: str = ""


def rings(localities: Sequence[dict[str, Any]], targeted: np.ndarray) -> np.ndarray:
    """The localities within two tiles of a targeted one, and not targeted themselves; by replicate and locality."""
    row = np.array([int(locality["row"]) for locality in localities])
    column = np.array([int(locality["col"]) for locality in localities])
    inside = np.array([locality["kind"] == NEIGHBOURHOOD for locality in localities])
    apart = np.maximum(np.abs(row[:, None] - row), np.abs(column[:, None] - column))
    near = (apart <= RINGS) & inside & inside[:, None]
    return (targeted.astype(np.int64) @ near.astype(np.int64) > 0) & inside & ~targeted


def displacement(
    localities: Sequence[dict[str, Any]],
    targeted: np.ndarray,
    baseline: np.ndarray,
    plan: np.ndarray,
    level: float = LEVEL,
) -> Displacement:
    """The quotient over replicates; `targeted`, `baseline` and `plan` are replicates x localities."""
    around = rings(localities, targeted)
    usable = np.isfinite(baseline).all(axis=1) & np.isfinite(plan).all(axis=1)
    usable &= targeted.any(axis=1) & around.any(axis=1)
    if not usable.any():
        return unstated("it singles out no places with others beside them")
    change = plan[usable] - baseline[usable]
    own = np.where(targeted[usable], change, 0.0).sum(axis=1)
    beside = np.where(around[usable], change, 0.0).sum(axis=1)
    return quotient(own, beside, "the change in the plan's own places is not clear of chance", level)


def unstated(reason: str) -> Displacement:
    """No quotient, and why."""
    nothing = float("nan")
    return Displacement(nothing, nothing, nothing, nothing, 0, reason)


def quotient(own: np.ndarray, beside: np.ndarray, unclear: str, level: float = LEVEL) -> Displacement:
    """The change beside over the plan's own, of pairs; not stated, as `unclear` says, where its own may be chance."""
    known = np.isfinite(own) & np.isfinite(beside)
    own, beside = own[known], beside[known]
    error = float(own.std(ddof=1)) / own.size**0.5 if own.size > 1 else float("inf")
    if own.size < 2 or own.mean() == 0.0 or abs(float(own.mean())) < CLEAR * error:
        return unstated(unclear)
    found, low, high = ratio_of_means(beside, own, level)
    return Displacement(found, low, high, better(beside, "down"), int(own.size))
