"""Draws keyed by who draws, in which week, for what and with whom: a being added changes no other being's luck.

A draw is named by (identity, week, stream, draw, partner). The stream says what it is for (`streams.py`); `draw`
numbers repeats within one being's week (attempts, candidates in identity order, never rows); `partner` is the other's
identity, or 0. One name gives four words, whose purposes `streams.py` declares; `uniform` is the first of them.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.chance.identity import partner_word
from simulation.chance.philox import philox4x32
from simulation.errors import BadType, OutOfRange
from simulation.kernel import kernel

type Words = tuple[np.uint32, np.uint32, np.uint32, np.uint32]

WEEK_ORIGIN = 1024  # burn-in weeks are negative
FIRST_WEEK = -1024
LAST_WEEK = 3071
LARGEST_SEED = 2**32 - 1
LARGEST_REPLICATE = 2**32 - 1
HALF = np.uint64(32)
WEEK_SHIFT = np.uint64(20)
STREAM_SHIFT = np.uint64(12)
WEEK_MASK = np.uint64(0xFFF)
STREAM_MASK = np.uint64(0xFF)
DRAW_MASK = np.uint64(0xFFF)
TO_UNIT = 1.0 / 4294967296.0
POISSON_SEARCH = 200.0  # up to this mean the exact inverse is searched for
SLACK = 1e-9  # far more than rounding can make of a chance


def make_key(seed: int, replicate: int = 0) -> np.uint64:
    """Make a world's key out of its seed and replicate, each 0 to 4,294,967,295; anything else is refused."""
    for name, value, top in (("seed", seed, LARGEST_SEED), ("replicate", replicate, LARGEST_REPLICATE)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise BadType(key=name, given=value, allowed=f"a whole number between 0 and {top}")
        if not 0 <= int(value) <= top:
            raise OutOfRange(key=name, given=int(value), allowed=f"between 0 and {top}")
    return np.uint64((int(seed) << 32) | int(replicate))


@kernel("UniTuple(uint32, 4)(uint64, uint64, int64, int64, int64, uint64)")
def words(key: int, identity: int, week: int, stream: int, draw: int, partner: int) -> Words:
    """Draw the four words that belong to one being, week, purpose and partner."""
    when = (
        ((np.uint64(week + WEEK_ORIGIN) & WEEK_MASK) << WEEK_SHIFT)
        | ((np.uint64(stream) & STREAM_MASK) << STREAM_SHIFT)
        | (np.uint64(draw) & DRAW_MASK)
    )
    return philox4x32(
        np.uint32(identity),
        np.uint32(identity >> HALF),
        np.uint32(when),
        partner_word(partner),
        np.uint32(key >> HALF),
        np.uint32(key),
    )


@kernel("float64(uint32)")
def unit(word: int) -> float:
    """Turn a word into a number strictly between 0 and 1."""
    return (word + 0.5) * TO_UNIT


@kernel("float64(uint64, uint64, int64, int64, int64, uint64)")
def uniform(key: int, identity: int, week: int, stream: int, draw: int, partner: int) -> float:
    """Draw a number strictly between 0 and 1: the first of the four words."""
    return unit(words(key, identity, week, stream, draw, partner)[0])


@kernel("UniTuple(float64, 4)(uint64, uint64, int64, int64, int64, uint64)")
def uniforms(
    key: int, identity: int, week: int, stream: int, draw: int, partner: int
) -> tuple[float, float, float, float]:
    """Draw four numbers strictly between 0 and 1, for the four declared purposes of a stream."""
    a, b, c, d = words(key, identity, week, stream, draw, partner)
    return unit(a), unit(b), unit(c), unit(d)


@kernel("float64[::1](uint64, uint64[:], int64, int64, int64, uint64)")
def uniform_column(key: int, identities: np.ndarray, week: int, stream: int, draw: int, partner: int) -> np.ndarray:
    """Draw one number for each of many beings, the same that `uniform` gives each of them alone."""
    out = np.empty(identities.size, np.float64)
    for row in range(identities.size):
        identity = identities[row]
        out[row] = uniform(key, identity, week, stream, draw, partner)
    return out


@kernel("uint32(float64)")
def threshold(probability: float) -> np.uint32:
    """Find the word below which an event of this probability happens, so that a week compares integers only."""
    if not probability > 0.0:
        return np.uint32(0)
    return np.uint32(min(probability * 4294967296.0, 4294967295.0))


@kernel("float64(float64)")
def exponential(u: float) -> float:
    """Turn a uniform draw into a waiting time of mean one."""
    return -math.log(u)


@kernel("float64(float64, float64)")
def race_time(u: float, weight: float) -> float:
    """Run one leg of an exponential race: the smallest time wins, each with probability in proportion to weight.

    A weight of zero or less never arrives. Keyed by candidate, an option added or removed leaves the other times alone.
    """
    if weight > 0.0:
        return -math.log(u) / weight
    return math.inf


@kernel("float64(float64)")
def gumbel(u: float) -> float:
    """Turn a uniform draw into a standard Gumbel one: a race in logs (utility plus this, largest wins)."""
    return -math.log(-math.log(u))


@kernel("float64(float64)")
def normal(u: float) -> float:
    """Turn a uniform draw into a standard normal one (Wichura's AS 241, relative error about 1e-16)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = 2509.0809287301226727 * r + 33430.575583588128105
        top = (((top * r + 67265.770927008700853) * r + 45921.953931549871457) * r + 13731.693765509461125) * r
        top = ((top + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.3871328727963666080
        bottom = 5226.4952788528545610 * r + 28729.085735721942674
        bottom = (((bottom * r + 39307.895800092710610) * r + 21213.794301586595867) * r + 5394.1960214247511077) * r
        bottom = ((bottom + 687.18700749205790830) * r + 42.313330701600911252) * r + 1.0
        return q * top / bottom
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = 7.74545014278341407640e-4 * r + 0.0227238449892691845833
        top = (((top * r + 0.241780725177450611770) * r + 1.27045825245236838258) * r + 3.64784832476320460504) * r
        top = ((top + 5.76949722146069140550) * r + 4.63033784615654529590) * r + 1.42343711074968357734
        bottom = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
        bottom = (
            ((bottom * r + 0.0151986665636164571966) * r + 0.148103976427480074590) * r + 0.689767334985100004550
        ) * r
        bottom = ((bottom + 1.67638483018380384940) * r + 2.05319162663775882187) * r + 1.0
    else:
        r -= 5.0
        top = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
        top = (((top * r + 0.00124266094738807843860) * r + 0.0265321895265761230930) * r + 0.296560571828504891230) * r
        top = ((top + 1.78482653991729133580) * r + 5.46378491116411436990) * r + 6.65790464350110377720
        bottom = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
        bottom = (
            ((bottom * r + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r + 0.0148753612908506148525
        ) * r
        bottom = ((bottom + 0.136929880922735805310) * r + 0.599832206555887937690) * r + 1.0
    return -top / bottom if q < 0.0 else top / bottom


@kernel("float64(float64, float64, float64)")
def lognormal(u: float, median: float, sigma: float) -> float:
    """Turn a uniform draw into a lognormal one with this median and this standard deviation of the logarithm."""
    return median * math.exp(sigma * normal(u))


@kernel("int64(float64, float64)")
def poisson(u: float, mean: float) -> int:
    """Turn a uniform draw into a count with this mean: the exact inverse, or past a mean of 200 Cornish-Fisher's."""
    if not mean > 0.0:
        return 0
    if mean > POISSON_SEARCH:
        z = normal(u)
        return math.floor(max(mean + math.sqrt(mean) * z + (z * z - 1.0) / 6.0, 0.0) + 0.5)
    if u < 1.0 - mean - SLACK:  # nothing happens with at least this chance
        return 0
    count = 0
    term = math.exp(-mean)
    total = term
    while u > total and term > 0.0:
        count += 1
        term *= mean / count
        total += term
    return count
