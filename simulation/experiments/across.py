"""How much of what is not known of a difference comes from parameters, and how much from chance; and which plan is best.

Pairs that share a draw of the ensemble differ by chance alone, draws differ by both: a one-way analysis of variance
with random effects tells the two apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import stdtrit

WORLDS: Final = 4000
SEED: Final = 20_261_101  # fixed: the same runs always give the same probabilities


@dataclass(frozen=True)
class Split:
    """The interval of a mean that is to hold whichever draw is the truth, and where its width comes from."""

    low: float
    high: float
    parameters_sd: float
    """How far the expected difference strays from draw to draw."""
    chance_sd: float
    """How far the mean may be off for having been seen in so many pairs only."""

    @property
    def parameter_share(self) -> float:
        """The part of the variance that more pairs would not take away."""
        whole = self.parameters_sd**2 + self.chance_sd**2
        return self.parameters_sd**2 / whole if whole > 0.0 else float("nan")


def components(values: np.ndarray, draws: np.ndarray) -> tuple[np.ndarray, np.ndarray, float] | None:
    """Covariance between draws and within them of pairs x columns, and the weight of the first in the mean's error.

    None where there are fewer than two draws, or none has two pairs.
    """
    groups = [values[draws == draw] for draw in np.unique(draws)]
    count, number = len(values), len(groups)
    if number < 2 or count <= number:
        return None
    sizes = np.array([len(group) for group in groups], dtype=float)
    means = np.array([group.mean(axis=0) for group in groups])
    apart = np.concatenate([group - mean for group, mean in zip(groups, means, strict=True)])
    within = apart.T @ apart / (count - number)
    off = (means - values.mean(axis=0)) * np.sqrt(sizes)[:, None]
    between = (off.T @ off / (number - 1) - within) / ((count - (sizes**2).sum() / count) / (number - 1))
    size, axes = np.linalg.eigh(between)
    between = (axes * np.maximum(size, 0.0)) @ axes.T  # chance may make it negative, which a variance is not
    return between, within, float(((sizes / count) ** 2).sum())


def split(change: np.ndarray, draws: np.ndarray, level: float) -> Split | None:
    """The interval of the mean change over draws and chance; None where the two cannot be told apart."""
    found = components(change[:, None], draws)
    if found is None:
        return None
    between, within, weight = (float(np.squeeze(part)) for part in found)
    parameters = between * (1.0 + weight)
    chance = within / change.size
    mean = float(change.mean())
    reach = float(stdtrit(len(np.unique(draws)) - 1, 0.5 + level / 2)) * (parameters + chance) ** 0.5
    return Split(mean - reach, mean + reach, parameters**0.5, chance**0.5)


def ranked(values: np.ndarray, draws: np.ndarray, *, up: bool) -> np.ndarray | None:
    """How probable each rank is for each column (best first), over draws and chance: columns x ranks.

    None where draws and chance cannot be told apart.
    """
    found = components(values, draws)
    if found is None:
        return None
    between, within, weight = found
    spread = between * (1.0 + weight) + within / len(values)
    size, axes = np.linalg.eigh(spread)
    random = np.random.default_rng(SEED).standard_normal((WORLDS, len(size)))
    worlds = values.mean(axis=0) + random * np.sqrt(np.maximum(size, 0.0)) @ axes.T
    places = np.argsort(-worlds if up else worlds, axis=1, kind="stable")
    return np.array([(places == column).mean(axis=0) for column in range(values.shape[1])])
