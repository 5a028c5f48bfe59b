"""From observed runs to the numbers that findings speak of. Sums over replicates come first, ratios last.

A ratio of a few violent events in one place means nothing in one replicate; so every estimate is a function of weighted
sums over replicates, and never a mean of ratios.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np

from simulation.validation.experiment import Estimate
from simulation.validation.observing import Observed
from simulation.validation.precision import Statistic

PRICE = "retail_price_gbp_per_pure_g"
SMOOTH = frozenset(
    {
        "level",
        "change",
        "ratio",
        "difference",
        "gap",
        "interrupted",
        "lasting",
        "did",
        "elasticity",
        "elasticity-ratio",
        "contrast",
        "buyers-rising",
        "sites-significant",
    }
)
KNEE_GAIN = 10.0
NOTICEABLE = 0.01  # a price rise that counts as one
SIGNIFICANT = 1.96  # standard errors, 5 % on two sides
FLAT = 0.05  # a change that never gets beyond this does not bend

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


def statistic(estimate: Estimate, runs: Runs, sites_from: Runs | None = None) -> Statistic:
    """The estimate as a function of the weights of the replicates; `sites_from` are runs whose places are meant."""
    cells = Cells(estimate, runs, sites_from)

    def plain(weights: np.ndarray) -> float:
        return worked_out(estimate, cells, weights)

    if estimate.share_above is None:
        return plain
    replicates = min(len(arm) for arm in runs.values())
    alone = np.array([plain(row) for row in np.eye(replicates)])
    above = (alone > estimate.share_above).astype(float)
    return lambda weights: float(weights @ above)


def is_smooth(estimate: Estimate) -> bool:
    """Whether the jackknife serves: small changes of the weights change it little."""
    return estimate.kind in SMOOTH and estimate.share_above is None


def worked_out(estimate: Estimate, cells: Cells, weights: np.ndarray) -> float:
    """One estimate under given weights."""
    window, before = estimate.window, estimate.before
    kind = estimate.kind
    if kind == "level":
        return cells.mean(weights, estimate.arm, window)
    if kind in ("change", "ratio", "difference"):
        return compared(kind, cells.mean(weights, estimate.arm, window), cells.mean(weights, estimate.against, window))
    if kind == "gap":
        apart = cells.mean(weights, estimate.arm, window) - cells.mean(weights, estimate.against, window)
        return divided(apart, cells.mean(weights, estimate.base, window))
    if kind == "interrupted":
        assert before is not None
        return divided(cells.mean(weights, estimate.arm, window), cells.mean(weights, estimate.arm, before)) - 1.0
    if kind == "lasting":
        assert before is not None
        first, last = (
            compared("change", cells.mean(weights, estimate.arm, span), cells.mean(weights, estimate.against, span))
            for span in (before, window)
        )
        return divided(last, first)
    if kind == "did":
        here, there = (
            divided(
                cells.mean(weights, estimate.arm, window, scope=scope),
                cells.mean(weights, estimate.against, window, scope=scope),
            )
            for scope in (estimate.scope, "untouched")
        )
        return divided(here, there)
    if kind == "contrast":
        own, other = (
            compared(
                "change",
                cells.mean(weights, estimate.arm, window, measure, scope),
                cells.mean(weights, estimate.against, window, measure, scope),
            )
            for measure, scope in ((estimate.measure, estimate.scope), (estimate.other, estimate.other_scope))
        )
        return own - other
    if kind == "buyers-rising":
        return float(weights @ rising(cells))
    if kind == "sites-significant":
        fell, sites = significant(cells)
        return divided(float(weights @ fell), float(weights @ sites))
    if kind == "recovery":
        return recovery(cells.ratios(weights), estimate)
    if kind == "peak":
        found = cells.ratios(weights)[window[0] : window[1]]
        return float(np.nanmax(found))
    if kind in ("elasticity", "elasticity-ratio"):
        late = elasticity(cells, weights, window)
        return late if kind == "elasticity" else divided(late, elasticity(cells, weights, before or window))
    if kind == "order":
        values = [cells.mean(weights, name, window) for name in estimate.arms]
        return float(all(a < b for a, b in itertools.pairwise(values)))
    bend = knee(cells.curve(estimate.arms, estimate.against), weights, estimate.scale)
    if kind == "knee":
        return bend
    other = cells.curve(estimate.than, estimate.than_against or estimate.against)
    return divided(bend, knee(other, weights, estimate.scale))


def compared(kind: str, value: float, twin: float) -> float:
    if kind == "difference":
        return value - twin
    if value == twin:  # also where there is none in either
        return 0.0 if kind == "change" else 1.0
    return divided(value, twin) - (1.0 if kind == "change" else 0.0)


def divided(top: float, bottom: float) -> float:
    return top / bottom if bottom != 0.0 and math.isfinite(bottom) else math.nan


def elasticity(cells: Cells, weights: np.ndarray, span: tuple[int, int]) -> float:
    """Log change of the measure over log change of the price, both against the twin."""
    estimate = cells.estimate
    _, _, market = estimate.measure.partition(":")
    price = f"price:{market}" if market else PRICE
    changes = [
        math.log(cells.mean(weights, estimate.arm, span, name) / cells.mean(weights, estimate.against, span, name))
        for name in (estimate.measure, price)
    ]
    return divided(changes[0], changes[1])


def rising(cells: Cells) -> np.ndarray:
    """By replicate, the share of users who see a price more than a little above the twin's."""
    estimate = cells.estimate
    assert estimate.arm is not None and estimate.against is not None
    span = slice(*estimate.window)
    shares = []
    for run, twin in zip(cells.runs[estimate.arm], cells.runs[estimate.against], strict=True):
        price, usual = (np.nanmean(each.places["price_seen"][span], axis=0) for each in (run, twin))
        users = np.nanmean(twin.users[span], axis=0)
        shares.append(float(users[price > (1.0 + NOTICEABLE) * usual].sum() / users.sum()))
    return np.array(shares)


def significant(cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """By replicate, sites in which the measure fell significantly against untouched places, and all sites."""
    estimate = cells.estimate
    assert estimate.arm is not None and estimate.before is not None
    fell, sites = [], []
    for replicate, run in enumerate(cells.runs[estimate.arm]):
        here = run.places[estimate.measure][:, run.sites]
        there = run.places[estimate.measure][:, cells.where("untouched", replicate)].sum(axis=1, keepdims=True)
        ratio = here / np.maximum(there, 1.0)
        before, after = (ratio[slice(*span)] for span in (estimate.before, estimate.window))
        error = np.sqrt(before.var(axis=0, ddof=1) / len(before) + after.var(axis=0, ddof=1) / len(after))
        fall = before.mean(axis=0) - after.mean(axis=0)
        fell.append(float((fall > SIGNIFICANT * error).sum()))
        sites.append(float(run.sites.size))
    return np.array(fell), np.array(sites)


def recovery(ratios: np.ndarray, estimate: Estimate) -> float:
    """Time from the start until the ratio, once it has fallen below the reach, is back at it.

    NaN if it never fell, infinite if it does not come back.
    """
    first, last = estimate.window
    below = np.flatnonzero(ratios[first:last] < estimate.reach)
    if below.size == 0:
        return math.nan
    fell = first + int(below[0])
    back = np.flatnonzero(ratios[fell:last] >= estimate.reach)
    return (fell + int(back[0]) - estimate.start) / estimate.per if back.size else math.inf


def knee(changes: np.ndarray, weights: np.ndarray, scale: float) -> float:
    """Where two line segments that meet fit much better than one line (AIC lower by 10); NaN where they do not, or
    where hardly anything changes.

    `changes` has a row a replicate and a column a dose; doses are evenly spread from 0 (no change) to `scale`.
    """
    y = np.column_stack([np.zeros(len(changes)), changes])
    if not np.isfinite(y).all() or np.abs(weights @ y).max() < FLAT:
        return math.nan
    x = np.linspace(0.0, 1.0, y.shape[1])
    straight = misfit(np.column_stack([np.ones_like(x), x]), y, weights)
    best, at = math.inf, math.nan
    for bend in np.linspace(x[1], x[-2], 4 * x.size):
        residue = misfit(np.column_stack([np.ones_like(x), x, np.maximum(0.0, x - bend)]), y, weights)
        if residue < best:
            best, at = residue, float(bend)
    floor = 1e-8  # of a change: nothing in the model is known better
    gain = y.size * (math.log(max(straight, floor)) - math.log(max(best, floor))) - 4.0
    return at * scale if gain >= KNEE_GAIN else math.nan


def misfit(columns: np.ndarray, y: np.ndarray, weights: np.ndarray) -> float:
    """Mean squared residue of the least-squares fit to all replicates, each by its weight."""
    fitted = columns @ np.linalg.lstsq(columns, weights @ y, rcond=None)[0]
    return float(weights @ ((y - fitted) ** 2).mean(axis=1))
