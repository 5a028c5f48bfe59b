"""One plan run many times: what it comes to on average, how surely, and how far single runs stray."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from simulation.experiments.gathering import Gathering
from simulation.experiments.markets import MarketMeasure, nested
from simulation.experiments.paired import LEVEL, interval, percentile
from simulation.experiments.plain import null, plain
from simulation.experiments.support import Supports, supports
from simulation.policy.budget import over_budget, over_intrusion
from simulation.schema import Budget, Measure
from simulation.store.records import Record

FIGURES: Final = ("mean", "low", "high", "q05", "q95", "unit", "replicates", "validated")


@dataclass(frozen=True)
class Repeated:
    """The outcome of the replicates of one plan."""

    preset: str
    plan: str
    weeks: int
    replicates: int
    seed: int
    measures: tuple[Measure, ...]
    model_version: str
    spec_hash: str
    runs: Gathering
    elapsed_s: float
    level: float = LEVEL
    budget: Budget | None = None
    market_measures: tuple[MarketMeasure, ...] = ()
    departs: bool = False
    """Whether mechanisms were switched off or parameters set by hand: findings were tried on another world."""

    @property
    def support(self) -> Supports:
        """Which outcomes published findings support on this version of the model."""
        return supports(self.model_version, departs=self.departs)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a measure: mean, interval of the mean at `level`, and the range nine runs in ten fall in."""
        rows = [
            {"measure": measure.id, **spread(self.outcome(measure.id), self.level), "level": self.level,
             "unit": measure.unit, "replicates": int(np.isfinite(self.outcome(measure.id)).sum())}
            for measure in self.measures
        ]  # fmt: skip
        return self.support.mark(pd.DataFrame(rows))

    @cached_property
    def markets(self) -> pd.DataFrame:
        """A row a market and what is counted of it: mean, interval of the mean, and the range nine runs in ten fall in."""
        rows = [
            {"market": each.market, "title": each.title, "kind": each.kind, "measure": each.measure, "label": each.label,
             **spread(self.outcome(each.id), self.level), "level": self.level, "unit": each.unit,
             "replicates": int(np.isfinite(self.outcome(each.id)).sum())}
            for each in self.market_measures
        ]  # fmt: skip
        return self.support.mark(pd.DataFrame(rows))

    @property
    def failures(self) -> tuple[Record, ...]:
        """The runs that failed."""
        return tuple(sorted(self.runs.failures, key=lambda record: record.replicate))

    @property
    def warnings(self) -> list[str]:
        """The model's own remarks, and where the plan costs more on average than it may."""
        met = spread(self.outcome("intrusion"))["mean"] if "intrusion" in self.runs.measures else float("nan")
        limits = [
            *over_budget(self.plan, self.budget, self.runs.cost(self.plan)),
            *over_intrusion(self.plan, self.budget, met),
        ]
        return [*sorted(self.runs.warnings), *limits]

    def outcome(self, measure: str) -> np.ndarray:
        """The outcome of every replicate; NaN where there is none."""
        return self.runs.outcome(0, measure)

    def to_dict(self) -> dict[str, Any]:
        """What `run --json` prints; a figure that cannot be stated is null."""
        return {
            "preset": self.preset,
            "plan": self.plan,
            "weeks": self.weeks,
            "replicates": self.replicates,
            "seed": self.seed,
            "model_version": self.model_version,
            "spec_hash": self.spec_hash,
            "outcomes": {
                row["measure"]: {
                    **{key: null(row[key]) for key in ("mean", "low", "high", "q05", "q95")},
                    "unit": row["unit"],
                    "replicates": row["replicates"],
                    "validated": row["validated"],
                }
                for row in self.table.to_dict("records")
            },
            "markets": plain(nested(self.markets.to_dict("records"), {name: name for name in FIGURES})),
            "cost": {**plain(self.runs.cost(self.plan)), "validated": self.support.validated("plan_cost_gbp")},
            "unvalidated": self.support.unvalidated(),
            "warnings": self.warnings,
            "elapsed_s": round(self.elapsed_s, 3),
        }


def spread(values: Sequence[float] | np.ndarray, level: float = LEVEL) -> dict[str, float]:
    """The mean of one arm's outcomes, the interval of that mean, and the range most runs fall in; NaN if unknown."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    if known.size == 0:
        return dict.fromkeys(("mean", "low", "high", "q05", "q95"), float("nan"))
    figures = (float(known.mean()), *interval(known, level), *percentile(known, level))
    return dict(zip(("mean", "low", "high", "q05", "q95"), figures, strict=True))
