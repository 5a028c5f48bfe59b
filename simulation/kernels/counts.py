"""Whole numbers of events out of one uniform draw each, so that a changed chance moves the count and not the draw."""

import math

import numpy as np

from simulation.chance.draws import normal, poisson
from simulation.kernel import kernel

EXACT_UP_TO = 25.0  # expected number up to which the exact inverse is searched for
SLACK = 1e-9  # far more than rounding can make of a chance


@kernel("int64(float64, int64, float64)")
def binomial_low(u, trials, chance):
    """How many of so many trials succeed, each with a chance of at most a half: a short search from zero."""
    mean = trials * chance
    if mean > EXACT_UP_TO:
        spread = math.sqrt(mean * (1.0 - chance))
        count = np.int64(math.floor(mean + spread * normal(u) + 0.5))
        return min(max(count, 0), trials)
    if u < 1.0 - mean - SLACK:  # none succeeds with at least this chance
        return 0
    odds = chance / (1.0 - chance)
    term = math.exp(trials * math.log1p(-chance))
    total = term
    count = 0
    while u > total and count < trials:
        term *= odds * (trials - count) / (count + 1)
        count += 1
        total += term
        if term <= 0.0:
            break
    return count


@kernel("int64(float64, int64, float64)")
def binomial(u, trials, chance):
    """The same for any chance: the exact inverse, or where dozens are expected its normal form."""
    if trials <= 0 or not chance > 0.0:
        return 0
    if chance >= 1.0:
        return trials
    if chance > 0.5:
        return trials - binomial_low(1.0 - u, trials, 1.0 - chance)
    return binomial_low(u, trials, chance)


@kernel("int64(float64, float64)")
def events(u, mean):
    """A Poisson count with this mean, like `poisson`, but its Cornish-Fisher form where dozens are expected."""
    if mean <= EXACT_UP_TO:
        return poisson(u, mean)
    z = normal(u)
    return np.int64(math.floor(max(mean + math.sqrt(mean) * z + (z * z - 1.0) / 6.0, 0.0) + 0.5))
