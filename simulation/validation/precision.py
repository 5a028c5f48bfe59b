"""How sure a number worked out from replicates is: the jackknife for what is smooth, the bootstrap for the rest.

A statistic is a function of the weights of the replicates (which sum to 1), so that any of them can be left out or
counted twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

type Statistic = Callable[[np.ndarray], float]

LEVEL = 0.95
RESAMPLES = 999
SEED = 20_260_214  # fixed: the same runs always give the same interval


class Figure(NamedTuple):
    """An estimate and its 95 % interval, and how to ask how probable a range is."""

    value: float
    low: float
    high: float
    replicates: int
    draws: np.ndarray
    """The estimate over resamples; empty where the jackknife was used."""

    def probability(self, low: float, high: float) -> float:
        """How probable it is that the truth lies in the range."""
        if self.draws.size:
            return float(np.mean((self.draws >= low) & (self.draws <= high)))
        if not math.isfinite(self.value) or not math.isfinite(self.low):
            return math.nan
        df = self.replicates - 1
        spread = (self.high - self.low) / 2.0 / float(stdtrit(df, 0.5 + LEVEL / 2))
        if spread <= 0.0:
            return float(low <= self.value <= high)
        above = 1.0 if high == math.inf else float(stdtr(df, (high - self.value) / spread))
        below = 0.0 if low == -math.inf else float(stdtr(df, (low - self.value) / spread))
        return above - below


def estimated(statistic: Statistic, replicates: int, *, smooth: bool) -> Figure:
    """The estimate over all replicates with its interval."""
    even = np.full(replicates, 1.0 / replicates)
    value = statistic(even)
    if replicates < 3:
        return Figure(value, math.nan, math.nan, replicates, np.empty(0))
    if smooth:
        return jackknifed(statistic, value, replicates)
    chance = np.random.default_rng(SEED)
    counts = chance.multinomial(replicates, even, size=RESAMPLES)
    draws = np.array([statistic(row / replicates) for row in counts])
    # an estimate that does not exist in a resample (never fell, never bent) is as far off as can be
    told = np.where(np.isnan(draws), math.inf, draws)
    order = np.sort(told)
    edge = int((1.0 - LEVEL) / 2.0 * RESAMPLES)
    return Figure(value, float(order[edge]), float(order[-1 - edge]), replicates, draws)


def jackknifed(statistic: Statistic, value: float, replicates: int) -> Figure:
    """The interval from leaving each replicate out in turn."""
    without = np.empty(replicates)
    for n in range(replicates):
        weights = np.full(replicates, 1.0 / (replicates - 1))
        weights[n] = 0.0
        without[n] = statistic(weights)
    spread = math.sqrt((replicates - 1) / replicates * float(((without - without.mean()) ** 2).sum()))
    reach = float(stdtrit(replicates - 1, 0.5 + LEVEL / 2)) * spread
    return Figure(value, value - reach, value + reach, replicates, np.empty(0))
