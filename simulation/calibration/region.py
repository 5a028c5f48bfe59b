"""What is not yet ruled out: points at which no emulator of any wave finds a target implausibly far from its range.

Implausibility is the distance from the range over the root of three variances: what the emulator does not know, what
replicates scatter, and what the model itself may be off by. Not ruled out is not likely: where the last draws are sought, places
with next to no chance of meeting every target at once are passed over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtr

from simulation.calibration.emulator import Emulator
from simulation.calibration.space import latin
from simulation.calibration.targets import Target

BATCH: Final = 20_000
MOST: Final = 400_000  # points looked at before what was found is spread by walking
STEPS: Final = 60
ENOUGH: Final = 8  # points found from which a walk can set out
SEEN: Final = 300  # points among which the best chance is looked for
WORTH: Final = 0.1  # of the best chance of meeting every target: with less, a place is not worth living
BETTER: Final = 1.1  # times as good as before: with less, the search for the best chance ends


class Range(NamedTuple):
    """Where a target should be, on the scale of its emulator."""

    low: float
    high: float
    width: float
    outside: bool

    def misses(self, values: np.ndarray) -> np.ndarray:
        """How far values are from where they should be; 0 within."""
        if self.outside:
            return np.maximum(np.minimum(values - self.low, self.high - values), 0.0)
        return np.maximum(np.maximum(self.low - values, values - self.high), 0.0)

    def chance(self, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
        """How likely values of such means and variances are where they should be."""
        deviation = np.sqrt(np.maximum(variance, np.finfo(float).tiny))
        within = ndtr((self.high - mean) / deviation) - ndtr((self.low - mean) / deviation)
        return 1.0 - within if self.outside else within


def range_of(target: Target, emulator: Emulator) -> Range:
    low, high = emulator.scale(target.low), emulator.scale(target.high)
    width = target.width
    if emulator.by_factor:
        width = high - low if math.isfinite(high - low) else 1.0
    return Range(low, high, width, target.outside)


@dataclass(frozen=True)
class Region:
    """Where draws may still lie, by the emulators of all waves so far."""

    known: tuple[tuple[Target, Emulator], ...]
    cutoff: float
    discrepancy: float
    axes: int
    last: tuple[tuple[Target, Emulator], ...] = ()
    """What is known best: an emulator a target."""
    least: float = 0.0
    """The chance of meeting every target at once below which a place is passed over."""
    start: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))
    """Places that are known to be left, where that is so little that looking everywhere finds none."""

    def implausibility(self, target: Target, emulator: Emulator, points: np.ndarray) -> np.ndarray:
        """How far from its range a target is expected, in standard deviations of all that is not known."""
        found = np.zeros(len(points))
        wanted = range_of(target, emulator)
        far = np.flatnonzero(wanted.misses(emulator.expected(points)) > 0.0)
        if far.size:
            mean, variance = emulator.told(points[far])
            found[far] = wanted.misses(mean) / np.sqrt(variance + (self.discrepancy * wanted.width) ** 2)
        return found

    def holds(self, points: np.ndarray) -> np.ndarray:
        """Which points are not ruled out, and have chance enough where that is asked."""
        left = np.arange(len(points))
        if self.least > 0.0:
            left = left[self.chance(points, self.least) >= self.least]
        for target, emulator in self.known:
            if left.size:
                left = left[self.implausibility(target, emulator, points[left]) <= self.cutoff]
        kept = np.zeros(len(points), dtype=bool)
        kept[left] = True
        return kept

    def chance(self, points: np.ndarray, least: float = 0.0) -> np.ndarray:
        """How likely each place is to meet every target at once, as if each target had luck of its own.

        Where that is found to be less than `least`, nothing further is asked.
        """
        found = np.ones(len(points))
        for target, emulator in self.last:
            left = np.flatnonzero(found >= least)
            if left.size:
                found[left] *= range_of(target, emulator).chance(*emulator.told(points[left]))
        return found

    def worth(self, seed: int) -> Region:
        """The same without places that have too small a part of the best chance of meeting every target.

        Step by step: what has a part of the best chance seen so far is walked through, until nothing much better is seen.
        """
        points, _ = self.sample(SEEN, seed)
        region = self
        while len(points):
            chance = self.chance(points)
            least = WORTH * float(chance.max())
            if least <= BETTER * region.least:
                break
            region = replace(self, least=least, start=points[chance >= least])
            points, _ = region.sample(SEEN, seed)
        return region

    def sample(self, number: int, seed: int) -> tuple[np.ndarray, float]:
        """So many points spread evenly over what is left, and how large a share of the whole that is.

        Fewer or none where next to nothing is left. From where places are known to be left it is walked to others.
        """
        if len(self.start):
            return self.walk(self.start, number, seed), math.nan
        found: list[np.ndarray] = []
        looked = 0
        while sum(map(len, found)) < number and looked < MOST:
            points = latin(BATCH, self.axes, seed * 1000 + looked // BATCH)
            found.append(points[self.holds(points)])
            looked += BATCH
        kept = np.concatenate(found)
        share = len(kept) / looked
        if len(kept) < number and len(kept) >= ENOUGH:
            kept = self.walk(kept, number, seed)
        return kept[:number], share

    def share(self, seed: int) -> float:
        """How large a part of the whole is left."""
        return float(self.holds(latin(BATCH, self.axes, seed)).mean())

    def walk(self, start: np.ndarray, number: int, seed: int) -> np.ndarray:
        """Points spread over a small region: each walks from one that was found, by steps as long as others lie apart."""
        chance = np.random.default_rng(seed)
        points = start[chance.integers(len(start), size=number)].copy()
        for _ in range(STEPS):
            one, other = (points[chance.integers(number, size=number)] for _ in range(2))
            reach = 2.38 / np.sqrt(2 * self.axes) * chance.choice([1.0, 0.3], size=(number, 1))
            tried = points + reach * (one - other) + chance.normal(0.0, 0.01, points.shape)
            inside = np.flatnonzero(((tried >= 0.0) & (tried <= 1.0)).all(axis=1))
            if inside.size:
                moved = inside[self.holds(tried[inside])]
                points[moved] = tried[moved]
        return points


def apart(region: Region, seed: int) -> list[dict[str, object]]:
    """Which targets rule out everything, looked at in many places that no wave chose."""
    points = latin(BATCH, region.axes, seed)
    met: dict[str, np.ndarray] = {}
    for target, emulator in region.known:
        fine = region.implausibility(target, emulator, points) <= region.cutoff
        met[target.id] = met.get(target.id, np.ones(BATCH, dtype=bool)) & fine
    return [{"targets": names, "share": 0.0} for names in conflicts(met)]


def conflicts(met: Mapping[str, np.ndarray]) -> list[list[str]]:
    """Targets that are met nowhere, pairs that are met nowhere together, or else the fewest that are not.

    `met` says for each target at which places it can be.
    """
    found = [[name] for name, fine in met.items() if not fine.any()]
    names = [name for name, fine in met.items() if fine.any()]
    found += [
        [one, other] for n, one in enumerate(names) for other in names[n + 1 :] if not (met[one] & met[other]).any()
    ]
    if found or not names:
        return found
    needed = names
    for name in names:
        rest = [one for one in needed if one != name]
        if rest and not np.logical_and.reduce([met[one] for one in rest]).any():
            needed = rest
    together = np.logical_and.reduce([met[one] for one in needed])
    return [] if together.any() else [needed]


def ordered(
    known: Sequence[tuple[Target, Emulator]], points: np.ndarray, region: Region
) -> list[tuple[Target, Emulator]]:
    """The same emulators, those first that rule out most: the others then see few points."""
    rules = [float((region.implausibility(t, e, points) <= region.cutoff).mean()) for t, e in known]
    return [known[at] for at in np.argsort(rules, kind="stable")]
