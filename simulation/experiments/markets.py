"""What a run did market by market: trade in the goods of each chain, crimes and losses of each commissioned market.

Ids are written MEASURE:MARKET, as in experiments. A span of weeks comes to sums, and ratios to ratios of sums, so that
a week without trade counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from simulation.experiments.paired import paired
from simulation.schema import Scenario
from simulation.schema.market import Market
from simulation.state.counters import BULK_MG, CONSUMED_MG, DEMAND_MG, SALES_PENCE, SEIZED_MG, UNMET_MG

MG_IN_KG: Final = 1e-6
MG_IN_UNIT: Final = 1e-3
PENCE: Final = 0.01
PENCE_PER_MG: Final = 10.0  # in pounds a gram, or a unit
GRAM: Final = "gram"

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
    counted: int = -1
    over: tuple[int, ...] = ()
    times: float = 1.0
    weekly: bool = False
    """Whether its weeks are kept."""
    aggregate: str = "sum"


_CHAIN: Final[tuple[tuple[str, str, Direction, int, tuple[int, ...], bool], ...]] = (
    ("volume", "Volume", "down", CONSUMED_MG, (), True),
    ("street_price", "Street price", "neither", SALES_PENCE, (BULK_MG,), True),
    ("purity", "Purity", "neither", CONSUMED_MG, (BULK_MG,), True),
    ("unmet", "Demand unmet", "neither", UNMET_MG, (DEMAND_MG,), True),
    ("seized", "Share seized", "up", SEIZED_MG, (SEIZED_MG, CONSUMED_MG), False),
    ("price", "Price of a pure gram", "neither", SALES_PENCE, (CONSUMED_MG,), False),
    ("takings", "Users spend", "down", SALES_PENCE, (), False),
)
_COMMISSIONED: Final[tuple[tuple[str, str, str], ...]] = (
    ("project_crimes", "Crimes", "count"),
    ("project_takings_gbp", "Takings", "GBP"),
)


def market_measures(scenario: Scenario) -> tuple[MarketMeasure, ...]:
    """Everything counted by market in a scenario; those whose weeks are kept come first."""
    found: list[MarketMeasure] = []
    for name in sorted(scenario.markets):
        market = scenario.markets[name]
        found += _of_chain(name, market) if market.kind == "commodity-chain" else _of_commissioned(name, market)
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
            counted, over, scales.get(measure, 1.0), weekly, "mean" if over else "sum",
        )
        for measure, label, direction, counted, over, weekly in _CHAIN
        if weighed or measure not in ("purity", "price")
    ]  # fmt: skip


def _of_commissioned(name: str, market: Market) -> list[MarketMeasure]:
    return [
        MarketMeasure(f"{measure}:{name}", name, measure, market.title, "commissioned", label, unit, "down")
        for measure, label, unit in _COMMISSIONED
    ]


def weekly_values(result: Any, measures: Sequence[MarketMeasure]) -> np.ndarray:
    """Weeks x measures, those whose weeks are kept."""
    columns = [_ratio(_traded(result, one), one, axis=1) for one in measures]
    weeks = len(result.series)
    return np.column_stack(columns) if columns else np.empty((weeks, 0))


def span_values(result: Any, measures: Sequence[MarketMeasure]) -> list[float]:
    """What the weeks of a run come to, a figure a measure."""
    return [
        float(_ratio(_traded(result, one).sum(axis=0, keepdims=True), one, axis=1)[0])
        if one.kind == "chain"
        else float(_struck(result.sectors, one))
        for one in measures
    ]


def _traded(result: Any, one: MarketMeasure) -> np.ndarray:
    return result.markets[:, result.chains.index(one.market)].astype(np.float64)


def _ratio(traded: np.ndarray, one: MarketMeasure, axis: int) -> np.ndarray:
    counted = traded[:, one.counted] * one.times
    if not one.over:
        return counted
    whole = traded[:, list(one.over)].sum(axis=axis)
    return np.divide(counted, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def _struck(sectors: Mapping[str, Mapping[str, float]], one: MarketMeasure) -> float:
    return sectors.get(one.market, {}).get(one.measure, float("nan"))


def paired_by_market(
    measures: Sequence[MarketMeasure], outcome: Callable[[str, str], np.ndarray], baseline: str, plans: Sequence[str],
    level: float,
) -> pd.DataFrame:  # fmt: skip
    """A row a plan, market and measure: both arms' means, the paired difference with its interval, how often it is better."""
    rows = [
        {"plan": plan, "market": one.market, "title": one.title, "kind": one.kind, "measure": one.measure, "label": one.label,
         **vars(paired(outcome(baseline, one.id), outcome(plan, one.id), one.direction, level)), "level": level, "unit": one.unit}
        for plan in plans
        for one in measures
    ]  # fmt: skip
    return pd.DataFrame(rows)


def nested(frame: pd.DataFrame, plan: str) -> dict[str, dict[str, Any]]:
    """One plan's rows under the names of market and measure."""
    found: dict[str, dict[str, Any]] = {}
    for row in frame.to_dict("records"):
        if row["plan"] == plan:
            figures = {key: row[key] for key in ("baseline", "difference", "low", "high", "probability_better", "unit")}
            found.setdefault(str(row["market"]), {})[str(row["measure"])] = {**figures, "plan": row["value"]}
    return found
