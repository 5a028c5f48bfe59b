"""What the targets said of the parameters: what each constrained, what stayed free, and what the accepted draws come to."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy.stats import kstest, rankdata, sobol_indices, uniform

from simulation.calibration.accepting import medoid
from simulation.calibration.emulator import Emulator
from simulation.calibration.search import Found
from simulation.calibration.space import Axis
from simulation.calibration.targets import Reading, Target
from simulation.schema import load_parameters

SOBOL: Final = 256
EVEN_SD: Final = 12.0**-0.5  # of a draw that may lie anywhere on its axis
NARROW: Final = 0.8  # a parameter is constrained when its draws spread less than this, or plainly unevenly
UNEVEN: Final = 0.01
TIED: Final = 0.4
SHOWN: Final = 5


def targets_told(reading: Reading, axes: Sequence[Axis], found: Found) -> list[dict[str, Any]]:
    """A row a target: its range, how often each wave met it, what moves it, and what the accepted draws come to."""
    return [_target(target, axes, found) for target in reading.targets]


def _target(target: Target, axes: Sequence[Axis], found: Found) -> dict[str, Any]:
    seen = [row | {"wave": wave.number} for wave in found.waves for row in wave.summary if row["target"] == target.id]
    values = np.array([found.answers[name].values[target.id] for name in found.accepted])
    first = next((wave.emulators[target.id] for wave in found.waves if target.id in wave.emulators), None)
    return {
        "id": target.id,
        "row": target.row,
        "text": target.text,
        "low": finite(target.low),
        "high": finite(target.high),
        "outside": target.outside,
        "kind": "baseline" if target.shared else "arms",
        "waves": [{key: row[key] for key in row if key != "target"} for row in seen],
        "accepted": None if not values.size else spread(values),
        "moved_by": [] if first is None else movers(first, axes),
    }


def spread(values: np.ndarray) -> dict[str, float | None]:
    """The middle nine tenths; what is without end, as the time of a recovery that never comes, is None."""
    told = np.sort(values)
    without_end = np.isinf(told).any()  # between those and others nothing can be interpolated
    low, median, high = np.quantile(told, [0.05, 0.5, 0.95], method="inverted_cdf" if without_end else "linear")
    return {"low": finite(low), "median": finite(median), "high": finite(high)}


def movers(emulator: Emulator, axes: Sequence[Axis]) -> list[dict[str, Any]]:
    """The parameters that move a target most over the whole space: the share of its variance each has alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = sobol_indices(
            func=lambda x: emulator.expected(x.T), n=SOBOL, dists=[uniform()] * len(axes),
            rng=np.random.default_rng(0),
        )  # fmt: skip
    shares = np.clip(np.nan_to_num(np.atleast_1d(found.first_order)), 0.0, 1.0)
    order = np.argsort(-shares, kind="stable")[:SHOWN]
    return [{"parameter": axes[at].id, "share": round(float(shares[at]), 3)} for at in order if shares[at] >= 0.02]


def parameters_told(axes: Sequence[Axis], found: Found) -> list[dict[str, Any]]:
    """A row a free parameter: its range, its default, what the accepted draws have of it, and whether that says anything."""
    known = load_parameters()
    points = np.array([found.points[name] for name in found.accepted]).reshape(-1, len(axes))
    middle = medoid(points) if len(points) else None
    rows: list[dict[str, Any]] = []
    for column, axis in enumerate(axes):
        row: dict[str, Any] = {
            "id": axis.id, "unit": known[axis.id].unit, "low": axis.low, "high": axis.high,
            "default": known[axis.id].value,
            "medoid": None if middle is None else axis.value(points[middle, column]),
            "accepted": None, "narrowed": None, "verdict": None,
        }  # fmt: skip
        if len(points) >= SHOWN:
            own = points[:, column]
            narrowed = 1.0 - float(own.std()) / EVEN_SD
            uneven = float(kstest(own, "uniform").pvalue) < UNEVEN
            row["accepted"] = spread(np.array([axis.value(at) for at in own]))
            row["narrowed"] = round(narrowed, 3)
            row["verdict"] = "constrained" if narrowed > 1.0 - NARROW or uneven else "free"
        rows.append(row)
    return rows


def tied(axes: Sequence[Axis], found: Found) -> list[dict[str, Any]]:
    """Pairs of parameters of which the targets say something only together."""
    points = np.array([found.points[name] for name in found.accepted]).reshape(-1, len(axes))
    if len(points) < 20 or len(axes) < 2:
        return []
    matrix = np.corrcoef(rankdata(points, axis=0).T)
    pairs = [
        {"parameters": [axes[i].id, axes[j].id], "rank_correlation": round(float(matrix[i, j]), 3)}
        for i in range(len(axes))
        for j in range(i + 1, len(axes))
        if abs(matrix[i, j]) >= TIED
    ]
    return sorted(pairs, key=lambda pair: -abs(pair["rank_correlation"]))


def finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
