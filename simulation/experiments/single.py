"""One run, looked at from every side: by week, by place, by event, by what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from simulation.errors import UnknownName
from simulation.experiments.outcomes import outcomes
from simulation.experiments.runner import Result
from simulation.schema import Measure, RunSpec

DIMENSIONS: Final = ("locality",)


@dataclass(frozen=True)
class Run:
    """A finished run."""

    run_id: str
    spec: RunSpec
    measures: tuple[Measure, ...]
    result: Result

    @cached_property
    def series(self) -> pd.DataFrame:
        """A row a week (index `week`), a column a measure."""
        columns = [measure.id for measure in self.measures]
        weeks = pd.RangeIndex(self.spec.weeks, name="week")
        return pd.DataFrame(np.asarray(self.result.series, dtype=np.float64), index=weeks, columns=columns)

    @cached_property
    def outcomes(self) -> dict[str, float]:
        """What the weeks come to, one figure a measure."""
        figures = outcomes(np.asarray(self.result.series, dtype=np.float64), self.measures)
        return {measure.id: float(value) for measure, value in zip(self.measures, figures, strict=True)}

    @property
    def cost(self) -> dict[str, Any]:
        """What the plan took: in all, by holder and resource, hours, and how long work waited."""
        return dict(self.result.cost)

    @property
    def warnings(self) -> list[str]:
        """The model's own remarks on this run."""
        return list(self.result.warnings)

    @property
    def localities(self) -> pd.DataFrame:
        """The localities: id, name, force, kind, population, row and column on the map of tiles."""
        return pd.DataFrame([dict(locality) for locality in self.result.localities])

    def by(self, dimension: str) -> pd.DataFrame:
        """A row a week, entity of the dimension and measure: columns week, id, measure, value."""
        if dimension not in DIMENSIONS:
            raise UnknownName.among(dimension, DIMENSIONS, key="by")
        place = np.asarray(self.result.place, dtype=np.float64)
        identities = [str(locality["id"]) for locality in self.result.localities]
        names = [str(getattr(measure, "id", measure)) for measure in self.result.place_measures]
        index = pd.MultiIndex.from_product([range(place.shape[0]), identities, names], names=["week", "id", "measure"])
        return pd.DataFrame({"value": place.reshape(-1)}, index=index).reset_index()
