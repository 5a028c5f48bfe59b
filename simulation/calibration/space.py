"""The space that is searched: each free parameter an axis from 0 to 1 over its range, evenly or by its logarithm."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import qmc

from simulation.schema.quantity import Parameter

DECADE: Final = 8.0  # a range this many times as high as low is gone through by its logarithm


@dataclass(frozen=True)
class Axis:
    """One free parameter: every value of its range is as likely beforehand, or every factor where the range is wide."""

    id: str
    low: float
    high: float

    @property
    def by_factor(self) -> bool:
        return self.low > 0.0 and self.high >= DECADE * self.low

    def value(self, at: float) -> float:
        """The value at a place from 0 to 1, to six digits, so that a file holds it exactly."""
        if self.by_factor:
            found = self.low * (self.high / self.low) ** at
        else:
            found = self.low + (self.high - self.low) * at
        return min(max(float(f"{found:.6g}"), self.low), self.high)

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        if self.by_factor:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def axes_of(parameters: Sequence[Parameter]) -> list[Axis]:
    """The axes of the free parameters, in their order."""
    return [Axis(one.id, one.low, one.high) for one in parameters]


def valued(axes: Sequence[Axis], point: Sequence[float] | np.ndarray) -> dict[str, float]:
    """The parameter values at a point of the unit cube."""
    return {axis.id: axis.value(float(at)) for axis, at in zip(axes, point, strict=True)}


def placed(axes: Sequence[Axis], values: Mapping[str, float]) -> list[float]:
    """The point of the unit cube at which parameters have these values."""
    return [axis.place(values[axis.id]) for axis in axes]


def latin(number: int, axes: int, seed: int) -> np.ndarray:
    """A Latin hypercube: points x axes, each axis covered evenly."""
    return qmc.LatinHypercube(d=axes, rng=np.random.default_rng(seed)).random(number)
