"""The one room that speaks to the simulation: what can be chosen, and requests computed into results."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard.jobs.choices import LARGE, places, read_catalogue, supported
from dashboard.jobs.request import Request
from dashboard.jobs.result import Result
from dashboard.jobs.runner import Cancel, Cancelled, Progress
from dashboard.jobs.tables import (
    HARM,
    band,
    consequences,
    drawn_markets,
    market_levels,
    mean_of_known,
    place_differences,
    place_levels,
)
from dashboard.services import Model
from dashboard.views.courses import BAND_MEASURES
from simulation import api

TRACED = 4
"""Runs of a place that are lived again week by week, to follow goods and money from hand to hand."""
PAIRED = (HARM, "illegal_profit_gbp", "violence_true")


def simulation_model(store: Path | None = None) -> Model:
    """The simulation, as the dashboard needs it; comparisons and saved plans are kept in `store`."""

    def work(request: Request, progress: Progress, cancel: Cancel) -> Result:
        return compute(request, progress, cancel, store)

    def keep(plan: dict[str, Any]) -> None:
        if store is not None:
            api.save_plan(plan, str(plan["id"]), store, replace=True)

    return Model(
        catalogue=read_catalogue, compute=work, check_plan=check_plan, places=places,
        kept=lambda request: store is not None and in_store(store, request), keep_plan=keep,
        validated=supported, state=api.imports_state,
    )  # fmt: skip


def in_store(folder: Path, request: Request) -> bool:
    """Whether a store has as many finished runs of every plan as the request wants."""
    if not all(isinstance(plan, str) for plan in request.plans):
        return False
    try:
        runs = api.query(
            api.open_store(folder),
            "SELECT plan, count(*) AS finished FROM runs WHERE status = 'done' "
            f"AND preset = '{request.preset}' AND seed = {request.seed:d} AND weeks = {request.weeks:d} "
            f"AND replicate < {request.replicates:d} GROUP BY plan",
        )
    except api.SpannerError:
        return False  # there is no store yet, or nothing in it
    finished = {str(row["plan"]): int(row["finished"]) for row in runs.to_dict(orient="records")}
    return all(finished.get(str(plan), 0) >= request.replicates for plan in (request.baseline, *request.plans))


def check_plan(preset: str, plan: dict[str, Any]) -> None:
    """Raise the schema's own error when a plan says something that cannot be."""
    del preset
    api.load_plan(plan)


def compute(request: Request, progress: Progress, cancel: Cancel, store: Path | None = None) -> Result:
    """Run what was asked for; raises Cancelled when stopped. Runs of comparisons are kept, those of forecasts are not."""
    try:
        if request.kind == "place":
            return look(request, progress, cancel)
        return comparison(request, progress, cancel, store if request.kind == "comparison" else None)
    except api.Cancelled as stopped:
        raise Cancelled from stopped


def comparison(request: Request, progress: Progress, cancel: Cancel, store: Path | None = None) -> Result:
    """Plans against the baseline, pair by pair."""
    found = api.compare(request.preset, list(request.plans), baseline=request.baseline, weeks=request.weeks,
                        replicates=request.replicates, seed=request.seed, store=store, recent=request.kind == "forecast",
                        progress=progress, cancel=cancel)  # fmt: skip
    return from_comparison(request, found)


def from_comparison(request: Request, found: Any) -> Result:
    """A finished comparison as the pages read it."""
    labels = {str(measure.id): str(measure.label) for measure in found.measures}
    table = found.table.assign(label=[labels[name] for name in found.table["measure"]])
    kept = [measure for measure in BAND_MEASURES if measure in labels]
    # a forecast follows every change of a plan: it shows no market
    kept += drawn_markets(found) if request.kind == "comparison" else ()
    costs = {plan: found.costs(plan) for plan in found.plans}
    base_cost = found.costs(found.baseline)
    money = next((cost for cost in costs.values() if cost), {})
    return Result(
        kind=request.kind, preset=request.preset, preset_title=api.load(request.preset).title, plans=titles(request), weeks=request.weeks,
        replicates=request.replicates, seed=request.seed, baseline=found.baseline, model_version=found.model_version,
        price_year=str(money.get("price_year") or ""), discount_rate=money.get("discount_rate"), elapsed=found.elapsed_s, table=table,
        pairs=found.pairs([measure for measure in PAIRED if measure in labels]),
        bands=pd.concat([band(found, measure) for measure in kept], ignore_index=True) if kept else pd.DataFrame(),
        place=place_differences(found), localities=found.localities, flows=pd.DataFrame(),
        cost={plan: extra(cost, base_cost) for plan, cost in costs.items()}, warnings=tuple(found.warnings),
        markets=found.markets, validated=frozenset(), **(consequences(found) if request.kind == "comparison" else {}),
    )  # fmt: skip


def titles(request: Request) -> dict[str, str]:
    """The plans' ids and titles, in the order asked for."""
    loaded = [api.load_plan(plan) for plan in request.plans]
    return {plan.id: plan.title for plan in loaded}


def extra(cost: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan costs beyond the baseline: in all, by holder, by resource."""
    out = dict(cost)
    for key in ("total",):
        if isinstance(cost.get(key), (int, float)) and isinstance(base.get(key), (int, float)):
            out[key] = cost[key] - base[key]
    for key in ("by_holder", "by_resource", "hours"):
        mine, theirs = cost.get(key), base.get(key)
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            out[key] = {name: _minus(value, theirs.get(name, 0.0)) for name, value in mine.items()}
    return out


def _minus(value: Any, base: Any) -> Any:
    both = isinstance(value, (int, float)) and isinstance(base, (int, float))
    return value - base if both else value


def look(request: Request, progress: Progress, cancel: Cancel) -> Result:
    """A place as it is: levels, their spread over runs, and their course."""
    large = api.load(request.preset).community.involved.value >= LARGE
    traced = 1 if large else min(TRACED, request.replicates)
    whole = request.replicates + traced
    found = api.repeat(request.preset, request.baseline, weeks=request.weeks, replicates=request.replicates, seed=request.seed,
                       progress=lambda done, _: progress(done, whole), cancel=cancel)  # fmt: skip
    labels = {str(measure.id): str(measure.label) for measure in found.measures}
    rows = found.table
    table = pd.DataFrame({
        "plan": found.plan, "measure": rows["measure"], "label": [labels[name] for name in rows["measure"]], "baseline": rows["mean"], "value": rows["mean"],
        "difference": 0.0, "low": rows["q05"], "high": rows["q95"], "level": found.level, "probability_better": np.nan,
        "unit": rows["unit"], "replicates": rows["replicates"],
    })  # fmt: skip
    means = mean_of_known(found.runs.series[0])
    weeks = np.arange(found.weeks)
    bands = pd.concat([pd.DataFrame({"plan": found.plan, "measure": measure, "week": weeks, "baseline": means[:, column]})
                       for column, measure in enumerate(found.runs.measures)], ignore_index=True)  # fmt: skip
    cost = found.runs.cost(found.plan)
    courses = [pd.DataFrame({"plan": found.plan, "measure": measure, "week": weeks, "baseline": mean_of_known(found.runs.weeks_of(measure)[0])})
               for measure in drawn_markets(found)]  # fmt: skip
    bands = pd.concat([bands, *courses], ignore_index=True)
    flows = api.flows(request.preset, request.baseline, request.weeks, traced, request.seed, cancel=cancel,
                      progress=lambda done, _: progress(request.replicates + done, whole))  # fmt: skip
    seen = api.sight(request.preset, request.baseline, request.weeks, request.seed)
    return Result(
        kind="place", preset=request.preset, preset_title=api.load(request.preset).title, plans={found.plan: "Do as now"},
        weeks=found.weeks, replicates=found.replicates, seed=found.seed, baseline=found.plan, model_version=found.model_version,
        price_year=str(cost.get("price_year") or ""), discount_rate=cost.get("discount_rate"), elapsed=found.elapsed_s, table=table,
        pairs=pd.DataFrame(), bands=bands, place=place_levels(found), localities=pd.DataFrame(list(found.runs.localities)),
        flows=flows, warnings=tuple(sorted(found.runs.warnings)), markets=market_levels(found),
        roles=seen.roles, dots=seen.dots, ties=seen.ties,
    )  # fmt: skip
