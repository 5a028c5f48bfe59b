"""What a plan did against do as now, from the frames of a result: totals, intervals and probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.jobs.result import Result
from dashboard.views.frames import first, numbers, pick

HARM = "harm_gbp"
INSIDE = "inside"
"""The kind of a locality that belongs to the place itself."""
# the 50% half-width of a normal interval as a share of its 90% half-width
HALF_OF_90 = 0.6745 / 1.6449


@dataclass(frozen=True)
class Outcome:
    """The paired difference of one measure under one plan, and how often it beat do as now."""

    value: float
    low: float
    high: float
    low_50: float
    high_50: float
    baseline: float
    plan: float
    probability_better: float | None
    unit: str

    def turned(self) -> Outcome:
        """The same counted the other way: harm averted instead of harm added."""
        return Outcome(
            -self.value,
            -self.high,
            -self.low,
            -self.high_50,
            -self.low_50,
            self.baseline,
            self.plan,
            self.probability_better,
            self.unit,
        )

    def scaled(self, factor: float) -> Outcome:
        """The same in another unit."""
        return Outcome(
            self.value * factor,
            self.low * factor,
            self.high * factor,
            self.low_50 * factor,
            self.high_50 * factor,
            self.baseline * factor,
            self.plan * factor,
            self.probability_better,
            self.unit,
        )


def outcome(result: Result, plan: str, measure: str) -> Outcome | None:
    """What a plan did to a measure; nothing where it was not measured."""
    row = first(pick(result.table, plan=plan, measure=measure))
    if row is None or pd.isna(row["difference"]):
        return None
    value = float(row["difference"])
    low = float(row["low"]) if pd.notna(row["low"]) else value
    high = float(row["high"]) if pd.notna(row["high"]) else value
    probability = float(row["probability_better"]) if pd.notna(row["probability_better"]) else None
    return Outcome(
        value,
        low,
        high,
        value - (value - low) * HALF_OF_90,
        value + (high - value) * HALF_OF_90,
        float(row["baseline"]),
        float(row["value"]),
        probability,
        str(row["unit"]),
    )


def best_plan(result: Result) -> str | None:
    """The plan that averts most harm."""
    found = [(o.value, plan) for plan in result.plans if (o := outcome(result, plan, HARM)) is not None]
    return min(found)[1] if found else None


def averted_by_pair(result: Result) -> pd.DataFrame:
    """Harm averted, a row a pair and a column a plan; empty where pairs were not kept."""
    pairs = result.pairs
    if pairs.empty or not {"plan", "replicate", "measure", "difference"} <= set(pairs.columns):
        return pd.DataFrame()
    wide = pick(pairs, measure=HARM).pivot_table(index="replicate", columns="plan", values="difference")
    return pd.DataFrame({plan: -numbers(wide, plan) for plan in result.plans if plan in wide.columns})


def probability_best(result: Result) -> dict[str, float]:
    """In what share of the pairs each plan averts most; ties are shared. Do as now does not compete."""
    wide = averted_by_pair(result)
    if wide.empty or len(wide.columns) < 2:
        return {}
    values = wide.to_numpy(float)
    top = values == values.max(axis=1, keepdims=True)
    shares = (top / top.sum(axis=1, keepdims=True)).mean(axis=0)
    return {str(plan): float(share) for plan, share in zip(wide.columns, shares, strict=True)}


def extra_cost(result: Result, plan: str) -> float | None:
    """What a plan costs beyond do as now."""
    table = result.cost.get(plan) or {}
    total = table.get("total")
    if total is not None and np.isfinite(total):
        return float(total)
    found = outcome(result, plan, "plan_cost_gbp")
    return found.value if found else None


def per_pound(result: Result, plan: str) -> tuple[float, float, float] | None:
    """Harm averted for each extra pound, with its interval; nothing where the plan costs no more."""
    cost, harm = extra_cost(result, plan), outcome(result, plan, HARM)
    if cost is None or harm is None or cost <= 0:
        return None
    averted = harm.turned()
    return averted.value / cost, averted.low / cost, averted.high / cost


def series_of(result: Result) -> dict[str, int]:
    """A plan keeps its colour: its place in the order asked for."""
    return {plan: place for place, plan in enumerate(result.plans)}


def new_money(result: Result, plan: str) -> float | None:
    """The part of the cost that is cash: new hours and grants."""
    value = (result.cost.get(plan) or {}).get("cash")
    return float(value) if value is not None else None


def stated(result: Result, plan: str, measure: str) -> tuple[float, float, float, float] | None:
    """A figure that only a comparison has, with its interval and how often it is for the better; nothing where it is not stated."""
    row = first(pick(result.table, plan=plan, measure=measure))
    if row is None or pd.isna(row["value"]) or pd.isna(row["probability_better"]):
        return None
    low, high = (float(row[end]) if pd.notna(row[end]) else float(row["value"]) for end in ("low", "high"))
    return float(row["value"]), low, high, float(row["probability_better"])
