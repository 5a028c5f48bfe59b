"""Worlds made up for tests: series that say exactly what is known to be true of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.measures.catalogue import INDEX, MEASURES
from simulation.state.counters import TRADE
from simulation.validation.experiment import Estimate
from simulation.validation.observing import Observed

PLACES = 6
MEASURE = "drug_volume_pure_kg"


def run(
    values: Mapping[str, np.ndarray | float], weeks: int = 100, sites: Sequence[int] = (0,),
    places: Mapping[str, np.ndarray] | None = None, found: Mapping[str, np.ndarray] | None = None,
) -> Observed:  # fmt: skip
    """A run whose measures are what is said, and 1 where nothing is."""
    series = np.ones((weeks, len(MEASURES)))
    for name, value in values.items():
        series[:, INDEX[name]] = value
    near = np.full((PLACES, 3), -1)
    near[:, 0] = np.arange(PLACES)
    near[:-1, 1] = np.arange(1, PLACES)
    return Observed(
        series=series,
        places={} if places is None else dict(places),
        users=np.ones((weeks, PLACES)),
        chains=[],
        markets=np.zeros((weeks, 0, TRADE), dtype=np.int64),
        found={} if found is None else dict(found),
        sites=np.array(sites, dtype=int),
        connected=np.array([PLACES - 1]),
        near=near,
        inside=np.arange(PLACES),
    )


def arms(effect: Sequence[float], base: Sequence[float] | None = None, weeks: int = 100) -> dict[str, list[Observed]]:
    """A treated arm and its twin: replicate r has `base[r]` a week, and `effect[r]` times that in the treated arm."""
    base = base if base is not None else [10.0 + n for n in range(len(effect))]
    return {
        "twin": [run({MEASURE: each}, weeks) for each in base],
        "treated": [run({MEASURE: each * factor}, weeks) for each, factor in zip(base, effect, strict=True)],
    }


def estimate(kind: str = "change", **said: object) -> Estimate:
    """An estimate of the treated arm against its twin, over weeks 50 to 100 unless said otherwise."""
    table: dict[str, object] = {
        "kind": kind, "measure": MEASURE, "arm": "treated", "against": "twin", "window": (50, 100), **said,
    }  # fmt: skip
    return Estimate.model_validate(table)
