"""A run's weekly series come to one figure a measure: summed, averaged or the last, later harm counting less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

DISCOUNT_RATE: Final = 0.035  # a year, real
WEEKS_A_YEAR: Final = 365.25 / 7
DISCOUNTED: Final = frozenset({"harm_gbp", "plan_cost_gbp"})  # money now against money later


class Counted(Protocol):
    """What is needed of a measure here."""

    @property
    def id(self) -> str: ...

    @property
    def aggregate(self) -> str: ...


def discount(weeks: int) -> np.ndarray:
    """What a pound in each week is worth in week 0."""
    return (1.0 + DISCOUNT_RATE) ** (-np.arange(weeks) / WEEKS_A_YEAR)


def outcome(values: np.ndarray, measure: str, aggregate: str) -> np.ndarray:
    """Weekly values (weeks first) come to one figure; weeks in which there was nothing to measure are left out."""
    if values.shape[0] == 0:
        return np.full(values.shape[1:], np.nan)
    known = np.isfinite(values)
    counted = np.where(known, values, 0.0)
    if aggregate == "sum":
        if measure in DISCOUNTED:
            counted = counted * discount(values.shape[0]).reshape(-1, *[1] * (values.ndim - 1))
        total = counted.sum(axis=0)
    elif aggregate == "mean":
        total = counted.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    else:
        last = values.shape[0] - 1 - np.argmax(known[::-1], axis=0)
        total = np.take_along_axis(values, last[None], axis=0)[0]
    return np.where(known.any(axis=0), total, np.nan)


def outcomes(series: np.ndarray, measures: Sequence[Counted]) -> np.ndarray:
    """One figure a measure from a run's series (weeks x measures)."""
    found = [outcome(series[:, column], measure.id, measure.aggregate) for column, measure in enumerate(measures)]
    return np.array(found, dtype=np.float64)
