"""Philox4x32-10 (Salmon, Moraes, Dror and Shaw, 2011): four random words from a counter and a key, no state."""

from __future__ import annotations

import numpy as np

from simulation.kernel import kernel

MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
ROUNDS = 10


@kernel("UniTuple(uint32, 4)(uint32, uint32, uint32, uint32, uint32, uint32)")
def philox4x32(
    c0: int, c1: int, c2: int, c3: int, k0: int, k1: int
) -> tuple[np.uint32, np.uint32, np.uint32, np.uint32]:
    """Scramble a counter of four words under a key of two into four words that pass every known test of randomness."""
    x0, x1, x2, x3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    key0, key1 = np.uint64(k0), np.uint64(k1)
    for _ in range(ROUNDS):
        product0 = MULTIPLIER_0 * x0
        product1 = MULTIPLIER_1 * x2
        x0 = (product1 >> HALF) ^ x1 ^ key0
        x1 = product1 & LOW
        x2 = (product0 >> HALF) ^ x3 ^ key1
        x3 = product0 & LOW
        key0 = (key0 + WEYL_0) & LOW
        key1 = (key1 + WEYL_1) & LOW
    return np.uint32(x0), np.uint32(x1), np.uint32(x2), np.uint32(x3)
