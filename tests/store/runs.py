"""Runs for the tests of the store, with figures that follow from their number."""

from __future__ import annotations

import numpy as np

from simulation.store.records import Failure, Record

MEASURES = ("harm_gbp", "arrests", "retail_purity")


def record(number: int, plan: str = "do-as-now", *, failure: Failure | None = None, weeks: int = 4) -> Record:
    """A run with figures that follow from its number."""
    series = number * 1000.0 + np.arange(weeks * len(MEASURES), dtype=float).reshape(weeks, -1)
    series += np.random.default_rng(number).random(series.shape)  # figures that do not compress away
    series[0, 2] = np.nan
    return Record(
        run_id=f"{number:032x}",
        preset="estate",
        plan=plan,
        seed=1,
        replicate=number,
        weeks=weeks,
        parameters={"trust.private_half_life": 20.5},
        ablate=("gossip",),
        measures=MEASURES,
        series=series,
        outcomes={"harm_gbp": 12.25},
        localities=({"id": "a", "name": "A", "force": "F", "kind": "town", "population": 10, "row": 0, "col": 1},),
        place_measures=("harm_gbp", "arrests"),
        places=np.array([[1.5, 2.5]]),
        cost={"total": 10.0, "by_holder": {"force": 10.0}},
        warnings=("a remark",),
        failure=failure,
    )
