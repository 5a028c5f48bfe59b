"""Lasting names: a person, business or place keeps one 64-bit identity for life, whatever row it lives in."""

from __future__ import annotations

import hashlib

import numpy as np

from simulation.kernel import kernel

# Kinds of being, so that the first child of a locality as a person and as an outlet are different identities.
WORLD = 0
FORCE = 1
REGION = 2
LOCALITY = 3
MARKET = 4
PERSON = 5
BUSINESS = 6
OUTLET = 7
BRAND = 8
PLATFORM = 9
LINE = 10
AGENCY = 11
OPERATION = 12
GHOST = 13
PROJECT = 14
EVENT = 15
TIE = 16
SUPPLIER = 17
HOUSEHOLD = 18
INTERVENTION = 19

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
SHIFT_1 = np.uint64(30)
SHIFT_2 = np.uint64(27)
SHIFT_3 = np.uint64(31)
HALF = np.uint64(32)
NOBODY = np.uint64(0)


@kernel("uint64(uint64)")
def mix64(value: int) -> np.uint64:
    """Spread every bit of a number over all 64 (the finisher of SplitMix64); zero stays zero."""
    x = value
    x = (x ^ (x >> SHIFT_1)) * MIX_1
    x = (x ^ (x >> SHIFT_2)) * MIX_2
    return x ^ (x >> SHIFT_3)


@kernel("uint64(uint64, uint64, uint64)")
def splitmix(parent: int, kind: int, ordinal: int) -> np.uint64:
    """Name the `ordinal`-th child of one kind that a parent has brought into the world; never zero (nobody)."""
    x = mix64(parent + GOLDEN)
    x = mix64((x ^ kind) + GOLDEN)
    x = mix64((x ^ ordinal) + GOLDEN)
    return x if x != NOBODY else GOLDEN


@kernel("uint32(uint64)")
def partner_word(partner: int) -> np.uint32:
    """Fold a partner's identity into the one word of the counter kept for it; nobody (0) gives 0."""
    return np.uint32(mix64(partner) >> HALF)


@kernel("uint64[::1](uint64, uint64, uint64, int64)")
def children(parent: int, kind: int, first: int, count: int) -> np.ndarray:
    """Name `count` children of one parent and kind, from ordinal `first`."""
    out = np.empty(count, np.uint64)
    for row in range(count):
        out[row] = splitmix(parent, kind, first + np.uint64(row))
    return out


def name_number(name: str) -> int:
    """A lasting number for what has no parent, such as a market or an intervention: from its name alone."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
