"""From observed runs to the numbers that findings speak of. Sums over replicates come first, ratios last.

A ratio of a few violent events in one place means nothing in one replicate; so every estimate is a function of weighted
sums over replicates, and never a mean of ratios.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from simulation.validation.cells import Cells, Runs, divided
from simulation.validation.experiment import Estimate
from simulation.validation.precision import Statistic
from simulation.validation.shapes import knee, recovery

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
        "prevented",
        "buyers-rising",
        "sites-significant",
    }
)
NOTICEABLE = 0.01  # a price rise that counts as one
SIGNIFICANT = 1.96  # standard errors, 5 % on two sides


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
    if kind == "prevented":
        usual = cells.mean(weights, estimate.against, window)
        return divided(
            usual - cells.mean(weights, estimate.arm, window), usual - cells.mean(weights, estimate.than[0], window)
        )
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
