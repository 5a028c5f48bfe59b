"""A Gaussian process stands in for the model: from the draws lived so far it says what one target would be, and how surely.

Around a plane, one length a parameter (Matern 5/2), and scatter that is learned: what replicates leave.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, DotProduct, Matern, WhiteKernel

LEAST: Final = 20  # draws from which a target is emulated
FACTOR: Final = 4.0  # a target whose middle nine tenths span this factor is emulated by its logarithm
MOST: Final = 500  # the latest draws that it is emulated from


@dataclass(frozen=True)
class Emulator:
    """What the draws say of one target, anywhere in the space; of its logarithm where draws differ by factors."""

    process: Any  # a GaussianProcessRegressor: its stubs do not know what fitting leaves
    mean: float
    spread: float
    by_factor: bool = False

    def scale(self, value: float) -> float:
        """A value of the target on the scale of what is emulated."""
        if not self.by_factor:
            return value
        return math.log(value) if value > 0.0 else -math.inf

    def expected(self, points: np.ndarray) -> np.ndarray:
        """The target at these points, on the emulator's scale."""
        return self.process.predict(points) * self.spread + self.mean

    def told(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same and its variance: what is not known of it, and what replicates scatter."""
        found, deviation = self.process.predict(points, return_std=True)
        return found * self.spread + self.mean, (deviation * self.spread) ** 2

    @property
    def theta(self) -> list[float]:
        """What was learned of lengths and scatter, enough to make the same emulator again from the same draws."""
        return [float(one) for one in self.process.kernel_.theta]

    @property
    def scatter(self) -> float:
        """The variance that is put down to chance."""
        return float(self.process.kernel_.get_params()["k2__noise_level"]) * self.spread**2


def emulate(points: np.ndarray, values: Sequence[float] | np.ndarray, theta: Sequence[float] | None = None) -> Emulator:
    """Learn a target from draws; with `theta` nothing is learned anew but what the draws say themselves."""
    points, known = points[-MOST:], np.asarray(values, dtype=np.float64)[-MOST:]
    by_factor = differ_by_factors(known)
    known = np.log(known) if by_factor else known
    mean, spread = float(known.mean()), float(known.std())
    spread = spread if spread > 0.0 else 1.0
    kernel = shape(points.shape[1])
    how: dict[str, Any] = {"alpha": 1e-8, "random_state": 0}
    if theta is not None:
        kernel, how = kernel.clone_with_theta(np.asarray(theta)), {**how, "optimizer": None}
    process = GaussianProcessRegressor(kernel, **how)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a parameter without effect has a length at its bound, which is what it means
        process.fit(points, (known - mean) / spread)
    return Emulator(process, mean, spread, by_factor)


def differ_by_factors(values: np.ndarray) -> bool:
    """Whether values are so spread that their logarithms are the smoother."""
    low, high = np.quantile(values, [0.05, 0.95])
    return bool(values.min() > 0.0 and high >= FACTOR * low)


def shape(axes: int) -> Any:
    """A plane, bends along each axis, and scatter."""
    plane = ConstantKernel(1.0, (1e-4, 1e2)) * DotProduct(1.0, (1e-2, 1e2))
    bends = ConstantKernel(0.3, (1e-4, 1e2)) * Matern([2.0] * axes, (0.1, 30.0), nu=2.5)  # pyright: ignore[reportArgumentType]
    return plane + bends + WhiteKernel(0.1, (1e-6, 1.0))


def left_out(emulator: Emulator) -> np.ndarray:
    """Each draw against what the others say of it, in standard deviations: a sound emulator keeps nearly all within 3."""
    process = emulator.process
    inverse = np.linalg.inv(process.L_ @ process.L_.T)
    return np.asarray(process.alpha_).ravel() / np.sqrt(np.diag(inverse))
