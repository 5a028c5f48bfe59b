"""Whether the world of a draw, left to itself, is at rest when its burn-in is over, or still on its way to somewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from scipy.spatial.distance import cdist

from simulation.calibration.space import axes_of, placed
from simulation.calibration.statement import Calibration
from simulation.measures.catalogue import INDEX
from simulation.schema import build_spec, load_plan
from simulation.world.burn_in import forget
from simulation.world.run import execute

LEVELS: Final = (
    "harm_gbp", "public_concern", "illegal_profit_gbp", "businesses_active", "people_active", "drug_volume_pure_kg",
    "retail_purity", "violence_true", "acquisitive_true", "trust_in_trade", "arrests", "prison", "seized_pure_kg",
    "resilience", "confidence", "fear", "at_risk", "recruits", "laundered_gbp", "hoarded_gbp", "bribes_gbp",
    "extortion_gbp",
)  # fmt: skip
"""What must not drift where nothing is done."""
WORLDS: Final = 16  # a year's violence differs by a tenth between worlds
WEEKS: Final = 260
YEAR: Final = 52
MOST: Final = 0.10


def drift(values: np.ndarray) -> float:
    """How much the last 52 weeks differ from the first 52, over all replicates; `values` is replicates x weeks."""
    first, last = np.nanmean(values[:, :YEAR]), np.nanmean(values[:, -YEAR:])
    return float(last / first - 1.0)


def drifts(preset: str, draw: Mapping[str, float], seed: int = 1) -> dict[str, float]:
    """How much each level drifts over the five years after burn-in, in sixteen worlds of a draw."""
    runs = []
    for replicate in range(WORLDS):
        spec = build_spec(
            preset, load_plan("do-as-now"), weeks=WEEKS, replicate=replicate, seed=seed, parameters=dict(draw)
        )
        runs.append(execute(spec, detail=False).series)
        forget(spec)
    series = np.stack(runs)
    return {name: drift(series[:, :, INDEX[name]]) for name in LEVELS}


def at_rest(preset: str, draw: Mapping[str, float], seed: int = 1) -> bool:
    """Whether nothing drifts by a tenth in the worlds of a draw."""
    return all(abs(value) < MOST for value in drifts(preset, draw, seed).values())


def nearest(
    calibration: Calibration, draws: Sequence[Mapping[str, float]], fits: Sequence[Callable[[Mapping[str, float]], bool]]
) -> tuple[int | None, int]:  # fmt: skip
    """The draw nearest all others of which everything that is asked holds, and how many nearer ones were passed over."""
    axes = axes_of(calibration.parameters)
    points = np.array([placed(axes, draw) for draw in draws])
    order = np.argsort(cdist(points, points).sum(axis=1), kind="stable")
    for passed, at in enumerate(order):
        if all(fit(draws[at]) for fit in fits):
            return int(at), passed
    return None, len(order)
