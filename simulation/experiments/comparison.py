"""Plans are held against a baseline on common random numbers: what changes, how surely, where, when, at what cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from simulation.errors import UnknownName
from simulation.experiments import markets, robust
from simulation.experiments.bands import band
from simulation.experiments.compared import Stated, dips, kinds, stated, what_tells
from simulation.experiments.displacement import Displacement, displacement, unstated
from simulation.experiments.disruption import Dip
from simulation.experiments.document import document
from simulation.experiments.ensembles import Ensemble
from simulation.experiments.gathering import Gathering
from simulation.experiments.leading import Early
from simulation.experiments.paired import (
    LEVEL,
    Direction,
    paired,
    variance_ratio,
)
from simulation.experiments.plain import null
from simulation.experiments.support import Supports, supports
from simulation.measures.catalogue import COMPARED
from simulation.policy.budget import over_budget, over_intrusion
from simulation.schema import Budget, Measure, Plan
from simulation.store.records import Record

COLUMNS: Final = (
    "plan", "measure", "baseline", "value", "difference", "low", "high", "level", "probability_better", "unit",
    "replicates",
)  # fmt: skip
HARM: Final = "harm_gbp"
COST: Final = "plan_cost_gbp"
RATIO: Final = "benefit_cost_ratio"
PLACE_QUOTIENT: Final = "displacement_place"
INTRUSION: Final = "intrusion"
NEITHER: Final[Direction] = "neither"


@dataclass(frozen=True)
class Comparison:
    """The outcome of a comparison, whole or as far as it has come."""

    preset: str
    weeks: int
    replicates: int
    seed: int
    baseline: str
    plans: tuple[str, ...]
    measures: tuple[Measure, ...]
    model_version: str
    spec_hash: str
    runs: Gathering
    elapsed_s: float = 0.0
    notes: tuple[str, ...] = ()
    level: float = LEVEL
    budgets: Mapping[str, Budget | None] = field(default_factory=dict)
    asked: Mapping[str, Plan] = field(default_factory=dict)
    """The plans themselves, by name: what they single out."""
    market_measures: tuple[markets.MarketMeasure, ...] = ()
    ensemble: Ensemble | None = None
    dealt: tuple[int, ...] = ()
    """The draw of the ensemble that each replicate took."""
    departs: bool = False
    """Whether mechanisms were switched off or parameters set by hand: findings were tried on another world."""

    @property
    def support(self) -> Supports:
        """Which outcomes published findings support on this version of the model."""
        return supports(self.model_version, departs=self.departs)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a plan and measure: both arms' means, the paired difference, its interval, how often it is better, whether it is validated."""
        rows = [self._row(plan, measure) for plan in self.plans for measure in self.measures]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        numbers = ["baseline", "value", "difference", "low", "high", "probability_better"]
        return self.support.mark(frame.astype(dict.fromkeys(numbers, "float64")))

    @cached_property
    def markets(self) -> pd.DataFrame:
        """A row a plan, market and what is counted of it: both arms' means and the paired difference with its interval."""
        return self.support.mark(
            markets.paired_by_market(
                self.market_measures, self.outcome, self.baseline, self.plans, self.level, self.dealt
            )
        )

    @property
    def failures(self) -> tuple[Record, ...]:
        """The runs that failed; their pairs are left out."""
        return tuple(sorted(self.runs.failures, key=lambda record: (record.replicate, record.plan)))

    @property
    def warnings(self) -> list[str]:
        """What a reader should know: the model's own remarks, and what is missing."""
        said = robust.answer(self) if self.ensemble is not None and self.runs.done else []
        found = [*said, *self.notes, *sorted(self.runs.warnings)]
        for plan in self.runs.arms:
            found += over_budget(plan, self.budgets.get(plan), self.costs(plan))
            if INTRUSION in self.runs.measures:
                found += over_intrusion(plan, self.budgets.get(plan), mean_of(self.outcome(plan, INTRUSION)))
        if self.failures:
            first = self.failures[0].failure
            why = f": {first.kind}: {first.message}" if first is not None else ""
            found.append(f"{len(self.failures)} of {self.replicates * len(self.runs.arms)} runs failed{why}")
        return [*found, *self.unstated()]

    def unstated(self) -> list[str]:
        """Why figures that a reader looks for are null."""
        found: list[str] = []
        stated = self.table[self.table["value"].notna()]
        for plan in self.plans:
            if plan == self.baseline:
                continue
            known = set(stated.loc[stated["plan"] == plan, "measure"])
            if RATIO in self.runs.measures and RATIO not in known:
                found.append(f"{plan}: no benefit-cost ratio, since it costs no more than {self.baseline}")
            if PLACE_QUOTIENT in self.runs.measures and PLACE_QUOTIENT not in known:
                found.append(f"{plan}: no displacement quotient, since {self.displacement(plan).reason}")
        return found

    def outcome(self, plan: str, measure: str) -> np.ndarray:
        """The outcome of every replicate; NaN where there is none."""
        return self.runs.outcome(self._arm(plan), measure)

    def costs(self, plan: str) -> dict[str, Any]:
        """What the plan costs: in all, by holder and resource, hours, and how long work waited."""
        return self.runs.cost(plan)

    def bands(self, measure: str, *, cumulative: bool = False) -> pd.DataFrame:
        """Quantiles by week: of each arm's level, and of each plan's paired difference from the baseline.

        Columns `of` (level or difference), plan, week, q05, q25, q50, q75, q95, mean.
        """
        cube = self.runs.weeks_of(measure)
        if cumulative:
            ran = np.isfinite(cube).any(axis=2, keepdims=True)  # a run that failed stays unknown, it is not zero
            cube = np.where(ran, np.nancumsum(cube, axis=2), np.nan)
        base = cube[self._arm(self.baseline)]
        pieces = [band("level", plan, cube[self._arm(plan)]) for plan in self.runs.arms]
        pieces += [band("difference", plan, cube[self._arm(plan)] - base) for plan in self.plans]
        return pd.concat(pieces, ignore_index=True).assign(validated=self.support.validated(measure))

    def pairs(self, measures: Sequence[str] | None = None) -> pd.DataFrame:
        """A row a plan, replicate and measure: the outcome of both arms of the pair, and their difference."""
        pieces = [
            pd.DataFrame(
                {
                    "plan": plan,
                    "replicate": np.arange(self.replicates),
                    "measure": measure,
                    "baseline": self.outcome(self.baseline, measure),
                    "value": self.outcome(plan, measure),
                }
            )
            for plan in self.plans
            for measure in (measures if measures is not None else self.runs.measures)
        ]
        frame = pd.concat(pieces, ignore_index=True)
        return self.support.mark(frame.assign(difference=frame["value"] - frame["baseline"]))

    @property
    def localities(self) -> pd.DataFrame:
        """The localities: id, name, force, kind, population, row and column on the map of tiles."""
        return pd.DataFrame(list(self.runs.localities))

    def place(self, measure: str) -> pd.DataFrame:
        """A row a plan and locality: what it comes to in either arm, and the paired difference with interval.

        `targeted` is the share of replicates in which the plan singles the locality out.
        """
        if measure not in self.runs.place_measures:
            raise UnknownName.among(measure, self.runs.place_measures, key="measure")
        column = self.runs.place_measures.index(measure)
        directions: dict[str, Direction] = {each.id: each.direction for each in self.measures}
        direction = directions.get(measure, NEITHER)
        rows: list[dict[str, Any]] = []
        base = self.runs.places[self._arm(self.baseline), :, :, column]
        for plan in self.plans:
            values = self.runs.places[self._arm(plan), :, :, column]
            for index, locality in enumerate(self.runs.localities):
                found = paired(base[:, index], values[:, index], direction, self.level, self.dealt)
                chosen = float(self.runs.targeted[self._arm(plan), :, index].mean())
                row = {"plan": plan, "locality": locality["id"], **_without_id(locality), "targeted": chosen}
                rows.append({**row, **vars(found)})
        return pd.DataFrame(rows).assign(validated=self.support.validated(measure))

    def displacement(self, plan: str) -> Displacement:
        """How harm changed next to the places a plan singles out, over how it changed in them."""
        runs = self.runs
        if HARM not in runs.place_measures:
            return unstated("harm is not counted by place")
        column = runs.place_measures.index(HARM)
        arm, base = self._arm(plan), self._arm(self.baseline)
        return displacement(
            runs.localities, runs.targeted[arm], runs.places[base, :, :, column], runs.places[arm, :, :, column],
            self.level,
        )  # fmt: skip

    def displacements(self, plan: str) -> dict[str, Displacement]:
        """The quotient by place, market, business model, platform, time and people; each says why where it is not stated."""
        self._arm(plan)
        return kinds(self, plan)

    @cached_property
    def disruption(self) -> dict[str, dict[str, Dip]]:
        """By plan, how far capacity fell of the `whole` and of each market that turns anything over, and its class."""
        return {plan: dips(self, plan) for plan in self.plans}

    @cached_property
    def early(self) -> dict[str, Early]:
        """By plan, which observed series tell early whether it works."""
        return {plan: what_tells(self, plan) for plan in self.plans}

    @cached_property
    def _stated(self) -> dict[str, dict[str, Stated]]:
        return {plan: stated(self, plan) for plan in self.plans}

    @cached_property
    def variance_ratio(self) -> dict[str, dict[str, float | None]]:
        """By measure, how many times the variance of a difference shrinks because arms share their random numbers."""
        found: dict[str, dict[str, float | None]] = {}
        for measure in self.measures:
            arms = [self.outcome(plan, measure.id) for plan in self.plans]
            ratio = variance_ratio(self.outcome(self.baseline, measure.id), arms, self.level)
            if ratio is not None:
                found[measure.id] = dict(zip(("ratio", "low", "high"), map(null, ratio), strict=True))
        return found

    def to_dict(self) -> dict[str, Any]:
        """What `compare --json` prints; a figure that cannot be stated is null."""
        return document(self)

    def _row(self, plan: str, measure: Measure) -> tuple[Any, ...]:
        if measure.id in COMPARED:
            found = self._stated[plan].get(measure.id, Stated.nothing())
            nothing = float("nan")
            return (
                plan, measure.id, nothing, found.value, nothing, found.low, found.high, self.level,
                found.probability_better, measure.unit, found.replicates,
            )  # fmt: skip
        found = paired(
            self.outcome(self.baseline, measure.id), self.outcome(plan, measure.id), measure.direction, self.level,
            self.dealt,
        )  # fmt: skip
        return (
            plan, measure.id, found.baseline, found.value, found.difference, found.low, found.high, self.level,
            found.probability_better, measure.unit, found.replicates,
        )  # fmt: skip

    def _arm(self, plan: str) -> int:
        if plan not in self.runs.arms:
            raise UnknownName.among(plan, self.runs.arms, key="plan")
        return self.runs.arms.index(plan)


def mean_of(values: np.ndarray) -> float:
    """The mean of what is known."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def _without_id(locality: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in locality.items() if key != "id"}
