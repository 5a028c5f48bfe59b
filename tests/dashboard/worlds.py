"""A small made-up model for tests of the pages: frames of the contract's shape from a seeded generator, no simulation."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd

from dashboard.jobs.request import Request
from dashboard.jobs.result import Result
from dashboard.jobs.runner import Cancel, Cancelled, Progress
from dashboard.services import Model
from dashboard.views.catalogue import CardView, Catalogue, ForceTile, PlaceView, PlanView, Residents
from simulation.errors import OutOfRange

MEASURES = (
    ("harm_gbp", "GBP", "down", "Harm", "sum", 18e6), ("illegal_profit_gbp", "GBP", "down", "Illegal profit", "sum", 2.8e6),
    ("businesses_active", "count", "down", "Organised crime businesses", "last", 134.0),
    ("lines_external", "count", "down", "County lines run from here", "last", 58.0),
    ("violence_true", "count", "down", "Violent events", "sum", 40.0), ("people_active", "people", "neither", "People active", "last", 1900.0),
    ("assets_recovered_gbp", "GBP", "up", "Taken from criminals", "sum", 7e4), ("intrusion", "count", "down", "Intrusion", "sum", 900.0),
    ("retaliation_violence", "count", "down", "Retaliation violence", "sum", 3.0), ("prison", "people", "neither", "In prison", "last", 300.0),
    ("confidence", "share", "up", "Confidence in police", "mean", 0.5), ("user_harm", "GBP", "down", "Harm to users", "sum", 1e6),
)  # fmt: skip


def quantity(value: float, unit: str, low: float, high: float, note: str = "") -> dict[str, Any]:
    """A quantity as the schema writes it."""
    return {"value": value, "unit": unit, "low": low, "high": high, "status": "assumed", "note": note}


def card(
    identity: str, title: str, family: str, p4: str = "Pursue", dddd: str = "Disrupt", **parameters: Any
) -> CardView:
    """A card as the toolkit writes it."""
    part = {"score": 1, "text": "One evaluation, no review.", "source": "a-study"}
    return CardView.read({
        "id": identity, "title": title, "family": family, "p4": p4, "dddd": dddd,
        "mechanism": f"{title} makes the trade harder to carry on, so that it moves or shrinks.", "targets": "Those who hold the money.",
        "parameters": parameters, "cost": {"hours": {"investigators": quantity(900 / 145.08, "hours/week", 3, 10),
                                                     "surveillance": quantity(1500 / 145.08, "hours/week", 6, 18)}},
        "lead_time": quantity(8, "weeks", 4, 14), "authorising_level": "Superintendent", "power": "ripa-directed-surveillance",
        "intrusion": {"level": "medium", "text": "Some people who are not its aim."}, "retaliation": {"level": "low", "text": "Seldom seen."},
        "evidence": dict.fromkeys(("effect", "mechanism", "moderators", "implementation", "economics"), part),
        "affects": {"levers": ["arrest_hazard"], "orders": ["arrest"]},
    })  # fmt: skip


CARDS = {item.id: item for item in (
    card("leader-arrests", "Leader arrests", "pursue-people", caseload=quantity(4, "count", 1, 12, "Cases a quarter.")),
    card("account-freezing", "Account freezing", "pursue-money", orders=quantity(30, "count", 5, 60)),
    card("mule-denial", "Mule denial", "pursue-money", "Pursue", "Deny", focus=quantity(0.3, "share", 0.1, 0.9, "Aimed at enablers.")),
    card("clear", "Clear", "place"), card("hold", "Hold", "place", "Protect", "Deny"), card("build", "Build", "place", "Prevent", "Collaborate"),
    card("false-signals", "False-signal campaign", "trust", "Pursue", "Deceive"),
    card("youth-diversion", "Diversion of young people", "prevent", "Prevent", "Delete"),
)}  # fmt: skip

PLANS = {
    "do-as-now": PlanView("do-as-now", "Do as now", "", {"id": "do-as-now", "title": "Do as now", "entry": []}),
    "clear-hold-build": PlanView("clear-hold-build", "Clear, Hold, Build", "", {
        "id": "clear-hold-build", "title": "Clear, Hold, Build", "entry": [
            {"intervention": "clear", "end": 13, "where": {"rule": "most-harm", "n": 3}},
            {"intervention": "hold", "end": 104, "ramp_weeks": 4, "where": {"rule": "most-harm", "n": 3}},
            {"intervention": "build", "dose": 0.8, "start": 13, "ramp_weeks": 26, "agency": "council", "funding": "additional",
             "budget_holder": "home-office"}]}),
    "reputation-sabotage": PlanView("reputation-sabotage", "Sabotage trust", "", {
        "id": "reputation-sabotage", "title": "Sabotage trust", "entry": [
            {"intervention": "false-signals", "dose": 0.6, "cadence_weeks": 13, "pulse_weeks": 4, "where": "force"}]}),
    "leader-arrests": PlanView("leader-arrests", "Leader arrests", "", {
        "id": "leader-arrests", "title": "Leader arrests", "entry": [{"intervention": "leader-arrests", "start": 4}]}),
}  # fmt: skip
SIZE = {"clear-hold-build": (-0.035, 0.02), "reputation-sabotage": (-0.022, 0.035), "leader-arrests": (-0.004, 0.02)}


def parameters() -> pd.DataFrame:
    """Two mechanisms with a few parameters."""
    rows = [
        {"id": f"{mechanism}.{name}", "mechanism": mechanism, **quantity(value, unit, value / 2, value * 2, note), "source": None}
        for mechanism, name, value, unit, note in (
            ("trust", "private_half_life", 26.0, "weeks", "How long experience is remembered."),
            ("trust", "prior_weight", 4.0, "weight", "How much a name counts before experience."),
            ("justice", "court_queue", 30.0, "weeks", "From charge to court."))
    ]  # fmt: skip
    rows[2] |= {"status": "measured", "source": "moj-courts-2024"}
    return pd.DataFrame(rows)


def catalogue() -> Catalogue:
    """Two places, four plans, eight cards."""
    measures = pd.DataFrame([{"id": m, "unit": u, "direction": d, "label": t, "definition": f"{t} in the week.", "aggregate": a,
                              "indicator": True, "validated": m in SUPPORTED, "why": "reproduced: a-row" if m in SUPPORTED else "missed: a-row"}
                             for m, u, d, t, a, _ in MEASURES])  # fmt: skip
    return Catalogue(
        cards=CARDS, measures=measures, parameters=parameters(),
        places={"estate": PlaceView("estate", "An estate", "Twelve localities of two thousand residents."),
                "force": PlaceView("force", "A large urban force", "52 localities and eight importing towns.", ("MER",)),
                "port": PlaceView("port", "A port", "The force with a container port.", (), "What is lost when the border takes more?")},
        plans=PLANS, forces=(ForceTile("NBA", "Northumbria", 0, 4), ForceTile("MER", "Merseyside", 3, 2), ForceTile("CUM", "Cumbria", 1, 3)),
        standing=STANDING, version="0.1.0", model_version="f" * 32,
        capacity={"force": {"force": {"investigators": 8000.0, "surveillance": 3400.0}}, "estate": {"force": {"investigators": 400.0}}},
        residents={"force": Residents(52, 27_900.0, 8, 60_000.0), "port": Residents(52, 27_900.0, 8, 60_000.0), "estate": Residents(12, 2_000.0)},
        holders=(("home-office", "Home Office"), ("council", "Councils")),
        agencies={"force": (("force", "The force"), ("council", "Councils")), "port": (("force", "The force"),), "estate": (("force", "The force"),)},
    )  # fmt: skip


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


MARKETS = (
    ("heroin-and-crack", "Heroin and crack", "kg", "GBP/g", 66e6, 118.0, 74.0, -0.05),
    ("cannabis", "Cannabis", "kg", "GBP/g", 31e6, 3100.0, 10.0, 0.03),
    ("illicit-tobacco", "Illicit tobacco", "packs", "GBP/pack", 9e6, 2e6, 4.5, 0.0),
)


WHOLE = frozenset(measure for measure, *_ in MEASURES)
EVERYTHING = WHOLE | {"plan_cost_gbp", "benefit_cost_ratio", "flow_goods", "flow_money", "sight", "early", "disruption_depth"} | {
    f"displacement_{kind}" for kind in ("place", "market", "model", "platform", "time", "people")}  # fmt: skip
"""What a made-up result is validated in, markets apart; the server's own results are only in SUPPORTED."""
SUPPORTED = frozenset({"businesses_active", "people_active", "violence_true", "prison", "assets_recovered_gbp", "flow_goods",
                       "volume:heroin-and-crack", "street_price:heroin-and-crack", "purity:heroin-and-crack"})  # fmt: skip
STANDING = {
    "model_version": "f" * 32, "ensembles": [], "calibrate": {"findings": 16, "tried": 15, "reproduced": 13},
    "test": {"findings": 18, "tried": 15, "reproduced": 7},
}  # fmt: skip


JOBS = (("fraud", "Fraud", 30e6), ("labour-exploitation", "Labour exploitation", 4e6))


def markets(plans: list[str], weeks: int, change: float = 1.0) -> pd.DataFrame:
    """Three chains, of which one shrinks under every plan and one grows, and two commissioned markets."""
    rows = []
    for plan in plans:
        for market, title, unit, per, spent, volume, price, moved in MARKETS:
            figures = [("takings", "GBP", spent * weeks / 52, moved), ("volume", unit, volume * weeks / 52, moved),
                       ("street_price", per, price, 0.01), ("unmet", "share", 0.02, 0.1), ("seized", "share", 0.08, 0.2)]  # fmt: skip
            figures += [("purity", "share", 0.44, -0.01)] if unit == "kg" else []
            rows += [(plan, market, title, "chain", *one) for one in figures]
        for market, title, lost in JOBS:
            rows += [(plan, market, title, "commissioned", measure, unit, value * weeks / 52, -0.02) for measure, unit, value in (
                        ("project_takings_gbp", "GBP", lost), ("project_crimes", "count", lost / 1e4),
                        ("project_victims", "people", lost / 1e4), ("projects_begun", "count", 80.0), ("projects", "count", 50.0))]  # fmt: skip
        kinds = [(market, title, "chain", spent, moved) for market, title, _, _, spent, _, _, moved in MARKETS]
        kinds += [(market, title, "commissioned", lost, -0.02) for market, title, lost in JOBS]
        for market, title, kind, money, moved in kinds:
            rows += [(plan, market, title, kind, "harm_gbp", "GBP", 2 * money * weeks / 52, moved),
                     (plan, market, title, kind, "illegal_profit_gbp", "GBP", money / 4 * weeks / 52, moved),
                     (plan, market, title, kind, "businesses_active", "count", 40.0, 0.0)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["plan", "market", "title", "kind", "measure", "unit", "baseline", "moved"])
    difference, wide = frame["baseline"] * frame["moved"] * change, frame["baseline"] * 0.02
    if change == 0:
        low, high = frame["baseline"] * 0.9, frame["baseline"] * 1.1
    else:
        low, high = difference - wide, difference + wide
    return frame.drop(columns="moved").assign(label=frame["measure"], value=frame["baseline"] + difference, difference=difference,
                                              low=low, high=high, level=0.9, probability_better=None, replicates=16)  # fmt: skip


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


def supported() -> frozenset[str]:
    """Everything: most tests are about words, not about labels."""
    frame = markets(["x"], 52)
    return EVERYTHING | {f"{row['measure']}:{row['market']}" for row in frame.to_dict("records")}


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


def compute(request: Request, progress: Progress, cancel: Cancel) -> Result:
    """As the model answers: some steps, each told, and stopped when asked."""
    steps = 200 if request.replicates > 500 else 4
    for step in range(steps):
        if cancel():
            raise Cancelled
        progress(step, steps)
        time.sleep(0.05)
    progress(steps, steps)
    return result(request, steps * 0.05)


def check_plan(preset: str, plan: dict[str, Any]) -> None:
    """The schema's rule that a dose is a share, as an example of a refusal."""
    del preset
    for entry in plan["entry"]:
        if not 0 <= entry.get("dose", 1.0) <= 1:
            raise OutOfRange(key="dose", given=entry["dose"], allowed="0 to 1")


def made_up_model() -> Model:
    """The model that the tests' server stands on."""
    return Model(
        catalogue, compute, check_plan, lambda preset: [(f"place-{i}", f"Place {i + 1}") for i in range(52)],
        validated=lambda version: SUPPORTED,
    )  # fmt: skip
