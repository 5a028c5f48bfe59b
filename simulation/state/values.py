"""Every parameter's value and every mechanism's switch, read by name in Python and in compiled code alike."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np
from numba.core import types

from .handle import GroupType, Handle


@functools.cache
def _kind(names: tuple[str, ...]) -> GroupType:
    return GroupType("Values", tuple((name, types.float64) for name in names))


class Values(Handle):
    """Numbers by name: `p["trust_half_life"]` in Python, `p.trust_half_life` in kernels."""

    numbers: np.ndarray
    row: dict[str, int]

    def __init__(self, values: Mapping[str, float]) -> None:
        names = tuple(sorted(values))
        self.numbers = np.array([values[name] for name in names], dtype=np.float64)
        self.row = {name: n for n, name in enumerate(names)}
        self.point(_kind(names), self.numbers, self.numbers)

    def __getitem__(self, name: str) -> float:
        return float(self.numbers[self.row[name]])

    def __setitem__(self, name: str, value: float) -> None:
        self.numbers[self.row[name]] = value

    def copy(self) -> Values:
        """The same values, to be changed without touching these."""
        return Values({name: self[name] for name in self.row})
