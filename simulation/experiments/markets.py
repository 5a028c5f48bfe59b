"""What a run did market by market: trade in the goods of each chain, jobs and victims of each commissioned market.

Ids are written MEASURE:MARKET, as in experiments. A span of weeks comes to sums, and ratios to ratios of sums, so that
a week without trade counts for nothing; what is counted of the whole world, too, comes to its figure in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from simulation.experiments.outcomes import outcome
from simulation.experiments.paired import paired
from simulation.schema import Scenario
from simulation.schema.market import Market
from simulation.state.counters import (
    BULK_MG,
    CONSUMED_MG,
    DEMAND_MG,
    HARM_GBP,
    JOB_CRIMES,
    JOB_VICTIMS,
    JOBS_BEGUN,
    JOBS_DONE,
    PROFIT_PENCE,
    SALES_PENCE,
    SEIZED_MG,
    TAKEN_PENCE,
    TRADING,
    UNMET_MG,
)

MG_IN_KG: Final = 1e-6
MG_IN_UNIT: Final = 1e-3
PENCE: Final = 0.01
PENCE_PER_MG: Final = 10.0  # in pounds a gram, or a unit
GRAM: Final = "gram"
CHAIN_KIND: Final = "commodity-chain"

Direction = Literal["up", "down", "neither"]


@dataclass(frozen=True)
class MarketMeasure:
    """Something counted of one market: its id, what it is called there, its unit, and which direction is better."""

    id: str
    market: str
    measure: str
    title: str
    """The market's."""
    kind: str
    label: str
    unit: str
    direction: Direction
    counted: int
    over: tuple[int, ...] = ()
    times: float = 1.0
    weekly: bool = True
    """Whether its weeks are kept."""
    aggregate: str = "sum"
    traded: bool = False
    """Whether it is of the trade in goods, or of what is counted of any market."""


_CHAIN: Final[tuple[tuple[str, str, Direction, int, tuple[int, ...], bool], ...]] = (
    ("volume", "Volume", "down", CONSUMED_MG, (), True),
    ("street_price", "Street price", "neither", SALES_PENCE, (BULK_MG,), True),
    ("purity", "Purity", "neither", CONSUMED_MG, (BULK_MG,), True),
    ("unmet", "Demand unmet", "neither", UNMET_MG, (DEMAND_MG,), True),
    ("seized", "Share seized", "up", SEIZED_MG, (SEIZED_MG, CONSUMED_MG), True),
    ("price", "Price of a pure gram", "neither", SALES_PENCE, (CONSUMED_MG,), False),
    ("takings", "Users spend", "down", SALES_PENCE, (), True),
)
_COMMISSIONED: Final[tuple[tuple[str, str, str, int, float], ...]] = (
    ("projects_begun", "Jobs begun", "count", JOBS_BEGUN, 1.0),
    ("projects", "Jobs done", "count", JOBS_DONE, 1.0),
    ("project_crimes", "Crimes", "count", JOB_CRIMES, 1.0),
    ("project_victims", "Victims", "people", JOB_VICTIMS, 1.0),
    ("project_takings_gbp", "Takings", "GBP", TAKEN_PENCE, PENCE),
)
_ANY: Final[tuple[tuple[str, str, str, int, float, str], ...]] = (
    ("harm_gbp", "Harm", "GBP", HARM_GBP, 1.0, "sum"),
    ("illegal_profit_gbp", "Illegal profit", "GBP", PROFIT_PENCE, PENCE, "sum"),
    ("businesses_active", "Businesses trading", "count", TRADING, 1.0, "mean"),
)
NAMES: Final = tuple(row[0] for row in (*_CHAIN, *_COMMISSIONED, *_ANY))
"""Everything that may be counted of a market; the goods of a job have no purity, and a chain no crimes of its own."""


def market_measures(scenario: Scenario) -> tuple[MarketMeasure, ...]:
    """Everything counted by market in a scenario; those whose weeks are kept come first."""
    found: list[MarketMeasure] = []
    for name in sorted(scenario.markets):
        market = scenario.markets[name]
        found += _of_chain(name, market) if market.kind == CHAIN_KIND else _of_commissioned(name, market)
        found += _of_any(name, market)
    return tuple(sorted(found, key=lambda one: not one.weekly))


def _of_chain(name: str, market: Market) -> list[MarketMeasure]:
    """Goods sold by weight are counted in kilograms and may be cut; others are counted by the piece and are what they are."""
    weighed = market.unit == GRAM
    units = {
        "volume": "kg" if weighed else f"{market.unit}s",
        "street_price": f"GBP/{'g' if weighed else market.unit}",
        "price": "GBP/g",
        "takings": "GBP",
    }
    scales = {
        "volume": MG_IN_KG if weighed else MG_IN_UNIT,
        "street_price": PENCE_PER_MG,
        "price": PENCE_PER_MG,
        "takings": PENCE,
    }
    return [
        MarketMeasure(
            f"{measure}:{name}", name, measure, market.title, "chain", label, units.get(measure, "share"), direction,
            counted, over, scales.get(measure, 1.0), weekly, "mean" if over else "sum", traded=True,
        )
        for measure, label, direction, counted, over, weekly in _CHAIN
        if weighed or measure not in ("purity", "price")
    ]  # fmt: skip


def _of_commissioned(name: str, market: Market) -> list[MarketMeasure]:
    return [
        MarketMeasure(
            f"{measure}:{name}", name, measure, market.title, "commissioned", label, unit, "down", counted, times=times
        )
        for measure, label, unit, counted, times in _COMMISSIONED
    ]


def _of_any(name: str, market: Market) -> list[MarketMeasure]:
    """Harm is what comes with a market's goods or is done by its jobs; violence and street theft belong to no market."""
    kind = "chain" if market.kind == CHAIN_KIND else "commissioned"
    return [
        MarketMeasure(
            f"{measure}:{name}", name, measure, market.title, kind, label, unit, "down", counted, times=times,
            aggregate=aggregate,
        )
        for measure, label, unit, counted, times, aggregate in _ANY
    ]  # fmt: skip


def weekly_values(result: Any, measures: Sequence[MarketMeasure]) -> np.ndarray:
    """Weeks x measures, those whose weeks are kept."""
    columns = [_ratio(_weeks(result, one), one) for one in measures]
    weeks = len(result.series)
    return np.column_stack(columns) if columns else np.empty((weeks, 0))


def span_values(result: Any, measures: Sequence[MarketMeasure]) -> list[float]:
    """What the weeks of a run come to, a figure a measure."""
    return [_span(_weeks(result, one), one) for one in measures]


def by_week(result: Any, measures: Sequence[MarketMeasure]) -> pd.DataFrame:
    """A row a week, market and measure; empty of value where a measure does not apply. Columns week, id, measure, value."""
    kept = [one for one in measures if one.weekly]
    names = [name for name in NAMES if any(one.measure == name for one in kept)]
    markets = list(dict.fromkeys(one.market for one in kept))
    values = np.full((len(result.series), len(markets), len(names)), np.nan)
    for one, column in zip(kept, weekly_values(result, kept).T, strict=True):
        values[:, markets.index(one.market), names.index(one.measure)] = column
    index = pd.MultiIndex.from_product([range(len(values)), markets, names], names=["week", "id", "measure"])
    return pd.DataFrame({"value": values.reshape(-1)}, index=index).reset_index()


def _weeks(result: Any, one: MarketMeasure) -> np.ndarray:
    """Weeks x counters of one market."""
    if one.traded:
        return result.markets[:, result.chains.index(one.market)].astype(np.float64)
    return result.courses[:, result.rows[one.market]]


def _span(counted: np.ndarray, one: MarketMeasure) -> float:
    if one.over:
        return float(_ratio(counted.sum(axis=0, keepdims=True), one)[0])
    return float(outcome(counted[:, one.counted] * one.times, one.measure, one.aggregate))


def _ratio(counted: np.ndarray, one: MarketMeasure) -> np.ndarray:
    values = counted[:, one.counted] * one.times
    if not one.over:
        return values
    whole = counted[:, list(one.over)].sum(axis=1)
    return np.divide(values, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def paired_by_market(
    measures: Sequence[MarketMeasure], outcome: Callable[[str, str], np.ndarray], baseline: str, plans: Sequence[str],
    level: float, draws: Sequence[int] = (),
) -> pd.DataFrame:  # fmt: skip
    """A row a plan, market and measure: both arms' means, the paired difference with its interval, how often it is better."""
    rows = [
        {"plan": plan, "market": one.market, "title": one.title, "kind": one.kind, "measure": one.measure, "label": one.label,
         **vars(paired(outcome(baseline, one.id), outcome(plan, one.id), one.direction, level, draws)), "level": level, "unit": one.unit}
        for plan in plans
        for one in measures
    ]  # fmt: skip
    return pd.DataFrame(rows)


def nested(rows: Iterable[Mapping[Any, Any]], figures: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Rows under the names of market and measure, each figure by its name; null where a measure does not apply."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        market = found.setdefault(str(row["market"]), dict.fromkeys(NAMES))
        market[str(row["measure"])] = {name: row[column] for name, column in figures.items()}
    return found
