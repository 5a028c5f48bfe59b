"""The same generator a second time, slowly, in plain Python and in numpy: the compiled one must agree bit for bit."""

from __future__ import annotations

import numpy as np

M32 = 0xFFFFFFFF
M64 = 0xFFFFFFFFFFFFFFFF


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Philox4x32-10 in whole numbers, straight from the paper."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for turn in range(10):
        if turn:
            k0, k1 = (k0 + 0x9E3779B9) & M32, (k1 + 0xBB67AE85) & M32
        high0, low0 = divmod(0xD2511F53 * c0, 2**32)
        high1, low1 = divmod(0xCD9E8D57 * c2, 2**32)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
    return c0, c1, c2, c3


def philox_columns(counter: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    """Philox4x32-10 over columns of counters (n x 4, uint32)."""
    x = counter.astype(np.uint64)
    k0, k1 = np.uint64(key[0]), np.uint64(key[1])
    mask, half = np.uint64(M32), np.uint64(32)
    for _ in range(10):
        a, b = np.uint64(0xD2511F53) * x[:, 0], np.uint64(0xCD9E8D57) * x[:, 2]
        x = np.stack([(b >> half) ^ x[:, 1] ^ k0, b & mask, (a >> half) ^ x[:, 3] ^ k1, a & mask], axis=1)
        k0, k1 = (k0 + np.uint64(0x9E3779B9)) & mask, (k1 + np.uint64(0xBB67AE85)) & mask
    return x.astype(np.uint32)


def mix(value: int) -> int:
    """The finisher of SplitMix64."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & M64
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & M64
    return value ^ (value >> 31)


def splitmix(parent: int, kind: int, ordinal: int) -> int:
    """A child's identity from its parent's, its kind and its number."""
    golden = 0x9E3779B97F4A7C15
    x = mix((parent + golden) & M64)
    x = mix(((x ^ kind) + golden) & M64)
    return mix(((x ^ ordinal) + golden) & M64)


def words(seed: int, replicate: int, identity: int, week: int, stream: int, draw: int, partner: int) -> tuple[int, ...]:
    """The four words of one name, by the published layout of counter and key."""
    when = (week + 1024) << 20 | stream << 12 | draw
    return philox((identity & M32, identity >> 32, when, mix(partner) >> 32), (seed, replicate))
