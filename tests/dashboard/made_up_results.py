"""Made-up results: frames of the contract's shape from a seeded generator, no simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.jobs.request import Request
from dashboard.jobs.result import Result
from tests.dashboard.made_up_catalogue import MEASURES, PLANS
from tests.dashboard.made_up_markets import JOBS, MARKETS, markets, supported

SIZE = {"clear-hold-build": (-0.035, 0.02), "reputation-sabotage": (-0.022, 0.035), "leader-arrests": (-0.004, 0.02)}


def localities() -> pd.DataFrame:
    """Fifty-two neighbourhoods on a grid, two importing towns."""
    inside = [{"id": f"place-{i}", "name": f"Place {i + 1}", "force": "force", "kind": "inside", "population": 27_900.0, "row": i // 8, "col": i % 8}
              for i in range(52)]  # fmt: skip
    towns = [{"id": f"town-{i}", "name": f"Town {i + 1}", "force": "", "kind": "importing-town", "population": 60_000.0, "row": 9, "col": i}
             for i in range(2)]  # fmt: skip
    return pd.DataFrame(inside + towns)


def result(request: Request, elapsed: float = 1.4) -> Result:
    """A result for a request: the same request gives the same frames."""
    chance = np.random.default_rng([request.seed, request.weeks, request.replicates])
    if request.kind == "place":
        return place_result(request, chance, elapsed)
    titles = {plan if isinstance(plan, str) else plan["id"]: PLANS[plan].title if isinstance(plan, str) else plan["title"]
              for plan in request.plans}  # fmt: skip
    weeks = np.arange(request.weeks)
    table, pairs, bands, place, cost = [], [], [], [], {}
    for plan in titles:
        mean, spread = SIZE.get(plan, (-0.03, 0.015))
        for measure, unit, direction, label, aggregate, level in MEASURES:
            total = level * (request.weeks if aggregate == "sum" else 1)
            change = total * (mean + spread * chance.standard_normal(request.replicates))
            half = 1.7 * change.std(ddof=1) / np.sqrt(request.replicates)
            better = float(np.mean(change < 0)) if direction == "down" else float(np.mean(change > 0))
            table.append({"plan": plan, "measure": measure, "label": label, "baseline": total, "value": total + change.mean(),
                          "difference": change.mean(), "low": change.mean() - half, "high": change.mean() + half, "level": 0.9,
                          "probability_better": None if direction == "neither" else better, "unit": unit,
                          "replicates": request.replicates})  # fmt: skip
            pairs += [{"plan": plan, "replicate": i, "measure": measure, "baseline": total, "value": total + c, "difference": c}
                      for i, c in enumerate(change)]  # fmt: skip
            if measure in ("harm_gbp", "illegal_profit_gbp", "businesses_active"):
                rise = 1 - np.exp(-weeks / 40)
                if plan == "leader-arrests":
                    rise = 6 * np.exp(-weeks / 20) * rise
                middle, wide = level * mean * rise, level * spread * rise
                bands.append(pd.DataFrame({"plan": plan, "measure": measure, "week": weeks, "baseline": level * (1 + 0.01 * np.sin(weeks / 9)),
                                           "middle": middle, "low_50": middle - 0.67 * wide, "high_50": middle + 0.67 * wide,
                                           "low_90": middle - 1.64 * wide, "high_90": middle + 1.64 * wide}))  # fmt: skip
        for market, *_, level, _, moved in MARKETS:
            middle, wide = level * moved * (1 - np.exp(-weeks / 40)), 0.01 * level
            bands.append(pd.DataFrame({"plan": plan, "measure": f"volume:{market}", "week": weeks, "baseline": level, "middle": middle,
                                       "low_50": middle - wide, "high_50": middle + wide, "low_90": middle - 2 * wide,
                                       "high_90": middle + 2 * wide}))  # fmt: skip
        for market, _, lost in JOBS:
            bands += [
                bands[-1].assign(measure=f"{name}:{market}", baseline=lost / 52)
                for name in ("project_takings_gbp", "harm_gbp")
            ]
        for _, row in localities().iterrows():
            base = 18e6 * request.weeks / 54
            change = base * (0.01 * chance.standard_normal() + (mean if row["kind"] == "inside" else 0.004))
            place.append({"plan": plan, "locality": row["id"], "measure": "harm_gbp", "baseline": base, "difference": change,
                          "low": change - 1e5, "high": change + 1e5})  # fmt: skip
        cost[plan] = {
            "total": 13.4e6 + 1e6 * len(plan),
            "cash": 4.6e6,
            "by_holder": {"policing-body": 8e6, "council": 4.6e6},
            "by_resource": {},
            "hours": {},
        }
    return Result(
        request.kind, request.preset, "A large urban force", titles, request.weeks, request.replicates, request.seed, request.baseline, "f" * 32,
        "2025/26", 0.035, elapsed, pd.DataFrame(table), pd.DataFrame(pairs), pd.concat(bands, ignore_index=True), pd.DataFrame(place),
        localities(), pd.DataFrame(), cost, (), markets(list(titles), request.weeks),
        validated=supported(),
    )  # fmt: skip


def place_result(request: Request, chance: np.random.Generator, elapsed: float) -> Result:
    """A place as it is: levels with the range of the runs."""
    weeks = np.arange(request.weeks)
    table = pd.DataFrame([{"plan": "do-as-now", "measure": m, "label": t, "baseline": v * (52 if a == "sum" else 1),
                           "value": v * (52 if a == "sum" else 1), "difference": 0.0, "low": 0.9 * v * (52 if a == "sum" else 1),
                           "high": 1.1 * v * (52 if a == "sum" else 1), "level": 0.9, "probability_better": None, "unit": u,
                           "replicates": request.replicates} for m, u, _, t, a, v in MEASURES])  # fmt: skip
    bands = pd.concat([pd.DataFrame({"plan": "do-as-now", "measure": m, "week": weeks,
                                     "baseline": v * (1 + 0.02 * chance.standard_normal(request.weeks).cumsum() / 7)} |
                                    dict.fromkeys(("middle", "low_50", "high_50", "low_90", "high_90"), 0.0))
                       for m, *_, v in MEASURES], ignore_index=True)  # fmt: skip
    bands = pd.concat(
        [bands, *(bands[bands["measure"] == "harm_gbp"].assign(measure=f"harm_gbp:{m}") for m, *_ in (*MARKETS, *JOBS))]
    )
    harm = 18e6 * 52 / 54 * np.exp(0.5 * chance.standard_normal(54))
    place = localities().assign(locality=lambda f: f["id"], baseline=harm, low=harm * 0.9, high=harm * 1.1, measure="harm_gbp",
                                plan="do-as-now", difference=0.0)  # fmt: skip
    flows = pd.DataFrame(
        [("goods", "source", "importer", 180.0, "kg"), ("goods", "importer", "seized-border", 12.0, "kg"),
         ("goods", "importer", "line", 164.0, "kg"), ("goods", "line", "sold-here", 118.0, "kg"),
         ("goods", "line", "sold-elsewhere", 40.0, "kg"), ("goods", "line", "lost-inland", 6.0, "kg"),
         ("goods", "lost-inland", "seized-inland", 5.0, "kg"), ("goods", "lost-inland", "dumped", 1.0, "kg"),
         ("goods", "line", "stock", -2.0, "kg"), ("money", "users", "abroad", 34e6, "GBP"), ("money", "users", "line", 66e6, "GBP"),
         ("money", "line", "kept", 66e6, "GBP"), ("money", "kept", "wages", 26e6, "GBP"), ("money", "kept", "owners-cash", 40e6, "GBP")],
        columns=["kind", "source", "target", "value", "unit"],
    )  # fmt: skip
    return Result(
        "place", request.preset, "A large urban force", {"do-as-now": "Do as now"}, request.weeks, request.replicates, request.seed,
        request.baseline, "f" * 32, "2025/26", 0.035, elapsed, table, pd.DataFrame(), bands,
        place[["plan", "locality", "measure", "baseline", "difference", "low", "high"]], localities(), flows,
        markets=markets(["do-as-now"], 52, 0.0), **seen(), validated=supported(),
    )  # fmt: skip


def seen() -> dict[str, pd.DataFrame]:
    """Forty businesses of which police see half, two ghosts, and people by role."""
    n = np.arange(42)
    spots = {"x": (n % 8).astype(float), "y": (n // 8).astype(float), "seen": (n % 2 == 0) | (n >= 40)}
    dots = pd.DataFrame({"what": ["business"] * 40 + ["ghost"] * 2, **spots})
    ends = [(a, a + 2) for a in range(0, 38, 3)]
    ties = pd.DataFrame(
        [(float(a % 8), float(a // 8), float(b % 8), float(b // 8), a % 2 == 0) for a, b in ends],
        columns=["x0", "y0", "x1", "y1", "seen"],
    )
    roles = pd.DataFrame({"role": ["organiser", "runner"], "there": [40, 160], "seen": [20, 100], "ghosts": [2, 0]})
    return {"roles": roles, "dots": dots, "ties": ties}
