"""Finished runs are gathered arm by arm, so that a comparison can be read off before the last run is done."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from simulation.errors import Conflict, UnknownName
from simulation.experiments.markets import MarketMeasure
from simulation.store.records import Record

SERIES_BYTES: Final = 512 * 2**20  # weekly series are kept for as many replicates as fit; outcomes for all


class Gathering:
    """Outcomes of all runs, weekly series of the first so many replicates, places and costs, by arm and replicate."""

    def __init__(
        self, arms: Sequence[str], measures: Sequence[str], weeks: int, replicates: int,
        markets: Sequence[MarketMeasure] = (),
    ) -> None:  # fmt: skip
        self.arms = tuple(arms)
        self.measures = tuple(measures)
        self.weeks = weeks
        self.replicates = replicates
        self._number = {arm: index for index, arm in enumerate(self.arms)}
        width = len(self.measures) + sum(one.weekly for one in markets)
        each = max(1, len(self.arms) * weeks * width * 8)
        self.kept = max(1, min(replicates, SERIES_BYTES // each))
        self.outcomes = np.full((len(self.arms), replicates, len(self.measures)), np.nan)
        self.series = np.full((len(self.arms), self.kept, weeks, len(self.measures)), np.nan)
        self.markets = tuple(one.id for one in markets)
        self.market_weekly = tuple(one.id for one in markets if one.weekly)
        self.market_outcomes = np.full((len(self.arms), replicates, len(self.markets)), np.nan)
        self.market_series = np.full((len(self.arms), self.kept, weeks, len(self.market_weekly)), np.nan)
        self.localities: tuple[dict[str, Any], ...] = ()
        self.place_measures: tuple[str, ...] = ()
        self._shown = (replicates, 0)
        self.targeted = np.zeros((0, 0, 0), dtype=bool)  # arm, replicate, locality: singled out by the plan
        self.places = np.empty((0, 0, 0, 0))  # arm, replicate, locality, place measure
        self.costs: dict[str, dict[int, dict[str, Any]]] = {arm: {} for arm in self.arms}
        self.warnings: set[str] = set()
        self.failures: list[Record] = []
        self.model = ""
        self.done = 0

    def add(self, record: Record) -> None:
        """Take one run, finished or failed."""
        arm = self._number[record.plan]
        if not record.done:
            self.failures.append(record)
            return
        self.model = self.model or record.model_version
        if record.model_version != self.model:
            raise Conflict(
                f"Runs of two model versions ({self.model} and {record.model_version}) cannot be compared: what differs "
                "between them may be the model.",
                key="model_version", given=record.model_version, allowed=self.model,
            )  # fmt: skip
        self.done += 1
        found = record.outcomes
        self.outcomes[arm, record.replicate] = [found.get(name, np.nan) for name in self.measures]
        self.market_outcomes[arm, record.replicate] = [found.get(name, np.nan) for name in self.markets]
        if record.replicate < self.kept:
            self.series[arm, record.replicate] = record.series[:, : len(self.measures)]
            self.market_series[arm, record.replicate] = record.series[:, len(self.measures) :]
        self.costs[record.plan][record.replicate] = record.cost
        self.warnings.update(record.warnings)
        self._add_places(arm, record)

    def _add_places(self, arm: int, record: Record) -> None:
        if not record.localities:
            return
        if not self.localities:
            self.localities = tuple(_lasting(locality) for locality in record.localities)
            self.place_measures = record.place_measures
            shape = (len(self.arms), self.kept, len(self.localities), len(self.place_measures))
            self.places = np.full(shape, np.nan)
            self.targeted = np.zeros(shape[:3], dtype=bool)
        self._shown = min(self._shown, (record.replicate, arm))
        if self._shown == (record.replicate, arm):  # residents vary by replicate: always show those of the first
            found = {str(locality["id"]): _lasting(locality) for locality in record.localities}
            self.localities = tuple(found[str(locality["id"])] for locality in self.localities)
        if record.replicate < self.kept:
            # a run read back from a store may name its localities and measures in another order
            rows = {str(locality["id"]): index for index, locality in enumerate(record.localities)}
            columns = {name: index for index, name in enumerate(record.place_measures)}
            row = [rows[str(locality["id"])] for locality in self.localities]
            column = [columns[name] for name in self.place_measures]
            self.targeted[arm, record.replicate] = [bool(record.localities[at].get("targeted")) for at in row]
            self.places[arm, record.replicate] = record.places[np.ix_(row, column)]

    def snapshot(self) -> Gathering:
        """What has been gathered by now, unmoved by what comes later; weekly series are shared, not copied."""
        taken = copy.copy(self)
        taken.outcomes = self.outcomes.copy()
        taken.market_outcomes = self.market_outcomes.copy()
        taken.costs = {arm: dict(costs) for arm, costs in self.costs.items()}
        taken.warnings = set(self.warnings)
        taken.failures = list(self.failures)
        return taken

    def outcome(self, arm: int, measure: str) -> np.ndarray:
        """What the replicates of an arm come to in a measure, or MEASURE:MARKET; NaN where there is none."""
        if measure in self.markets:
            return self.market_outcomes[arm, :, self.markets.index(measure)]
        return self.outcomes[arm, :, self._at(measure, self.measures)]

    def weeks_of(self, measure: str) -> np.ndarray:
        """Arms x replicates x weeks of a measure, or MEASURE:MARKET where its weeks are kept."""
        if measure in self.market_weekly:
            return self.market_series[:, :, :, self.market_weekly.index(measure)]
        return self.series[:, :, :, self._at(measure, self.measures)]

    def _at(self, measure: str, names: Sequence[str]) -> int:
        if measure not in names:
            raise UnknownName.among(measure, (*names, *self.market_weekly), key="measure")
        return names.index(measure)

    def cost(self, arm: str) -> dict[str, Any]:
        """What the arm costs, averaged over its runs."""
        costs = self.costs[arm]
        return averaged([costs[replicate] for replicate in sorted(costs)])  # one order, so that sums come out alike


def _lasting(locality: dict[str, Any]) -> dict[str, Any]:
    """What a locality is whatever the plan."""
    return {key: value for key, value in locality.items() if key != "targeted"}


def averaged(costs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Tables of numbers averaged key by key; what is not a number stays as it first stood."""
    if not costs:
        return {}
    keys = dict.fromkeys(key for cost in costs for key in cost)
    found: dict[str, Any] = {}
    for key in keys:
        values = [cost[key] for cost in costs if key in cost]
        if isinstance(values[0], dict):
            found[key] = averaged(values)
        elif isinstance(values[0], (int, float)) and not isinstance(values[0], bool):
            mean = sum(values) / len(values)
            constant = all(value == values[0] for value in values)
            found[key] = values[0] if constant else mean
        else:
            found[key] = values[0]
    return found
