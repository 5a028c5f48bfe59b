"""What the arms of an experiment were seen to do, by replicate, and pooled over replicates under given weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from simulation.validation.experiment import Estimate
from simulation.validation.observing import Observed

type Runs = Mapping[str, Sequence[Observed]]
"""By arm, one a replicate."""


class Cells:
    """Readings of the arms of an experiment, by replicate."""

    def __init__(self, estimate: Estimate, runs: Runs, sites_from: Runs | None = None) -> None:
        self.estimate = estimate
        self.runs = runs
        self.sites_from = runs if sites_from is None else sites_from
        self._held: dict[tuple[str, str, str], np.ndarray] = {}
        self._curves: dict[tuple[str, ...], np.ndarray] = {}

    def weekly(self, arm: str, measure: str | None = None, scope: str | None = None) -> np.ndarray:
        """Numerators and denominators, (replicates, weeks, 2)."""
        key = (arm, measure or self.estimate.measure, scope or self.estimate.scope)
        if key not in self._held:
            found = [run.weekly(key[1], self.where(key[2], replicate)) for replicate, run in enumerate(self.runs[arm])]
            self._held[key] = np.stack(found)
        return self._held[key]

    def where(self, scope: str, replicate: int) -> np.ndarray | None:
        """Rows of the localities a scope means: those of the treated arm, whichever arm is read."""
        if scope == "world":
            return None
        treated = self.sites_from[self.estimate.sites_of or self.estimate.arm or self.estimate.arms[0]][replicate]
        if scope == "sites":
            return treated.sites
        if scope == "connected":
            return np.setdiff1d(treated.connected, treated.sites)
        if scope == "rest":
            return np.setdiff1d(treated.inside, treated.sites)
        if scope == "neighbours":
            return treated.ring(treated.sites)
        return np.setdiff1d(treated.inside, np.concatenate([treated.sites, treated.connected]))

    def mean(
        self, weights: np.ndarray, arm: str | None, span: tuple[int, int], measure: str | None = None,
        scope: str | None = None,
    ) -> float:  # fmt: skip
        """The measure of an arm over a span of weeks, pooled over replicates."""
        assert arm is not None
        part = self.weekly(arm, measure, scope)[:, span[0] : span[1]]
        if part.shape[1] == 0:
            return math.nan
        with np.errstate(invalid="ignore"):
            known = np.isfinite(part[:, :, 0])
            number = np.maximum(known.sum(axis=1), 1)[:, None]
            sums = np.where(known[:, :, None], part, 0.0).sum(axis=1) / number
        top, bottom = weights @ sums
        return float(top / bottom) if bottom != 0.0 else math.nan

    def ratios(self, weights: np.ndarray) -> np.ndarray:
        """The arm by week, smoothed over the last weeks, over its twin or, without one, over its own time before."""
        estimate = self.estimate
        assert estimate.arm is not None
        course = self._smoothed(weights, estimate.arm)
        with np.errstate(divide="ignore", invalid="ignore"):
            if estimate.against is not None:
                return course / self._smoothed(weights, estimate.against)
            assert estimate.before is not None
            return course / self.mean(weights, estimate.arm, estimate.before)

    def curve(self, arms: Sequence[str], against: str | None) -> np.ndarray:
        """The change against the twin in each of the arms, by replicate: (replicates, arms)."""
        if arms not in self._curves:
            window = self.estimate.window
            replicates = min(len(runs) for runs in self.runs.values())
            found = np.empty((replicates, len(arms)))
            for n, row in enumerate(np.eye(replicates)):
                still = self.mean(row, against, window)
                found[n] = [divided(self.mean(row, arm, window), still) - 1.0 for arm in arms]
            self._curves[tuple(arms)] = found
        return self._curves[tuple(arms)]

    def _smoothed(self, weights: np.ndarray, arm: str) -> np.ndarray:
        """The pooled measure of an arm by week, a running mean over the last weeks."""
        part = np.einsum("r,rwk->wk", weights, np.nan_to_num(self.weekly(arm)))
        kernel = np.ones(self.estimate.smooth)
        top, bottom = (np.convolve(part[:, k], kernel)[: part.shape[0]] for k in range(2))
        with np.errstate(divide="ignore", invalid="ignore"):
            return top / bottom


def divided(top: float, bottom: float) -> float:
    return top / bottom if bottom != 0.0 and math.isfinite(bottom) else math.nan
