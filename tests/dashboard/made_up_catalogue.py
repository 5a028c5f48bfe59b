"""A small made-up catalogue: measures, cards, plans, parameters and places as the pages are told of them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.views.catalogue import CardView, Catalogue, ForceTile, PlaceView, PlanView, Residents

MEASURES = (
    ("harm_gbp", "GBP", "down", "Harm", "sum", 18e6), ("illegal_profit_gbp", "GBP", "down", "Illegal profit", "sum", 2.8e6),
    ("businesses_active", "count", "down", "Organised crime businesses", "last", 134.0),
    ("lines_external", "count", "down", "County lines run from here", "last", 58.0),
    ("violence_true", "count", "down", "Violent events", "sum", 40.0), ("people_active", "people", "neither", "People active", "last", 1900.0),
    ("assets_recovered_gbp", "GBP", "up", "Taken from criminals", "sum", 7e4), ("intrusion", "count", "down", "Intrusion", "sum", 900.0),
    ("retaliation_violence", "count", "down", "Retaliation violence", "sum", 3.0), ("prison", "people", "neither", "In prison", "last", 300.0),
    ("confidence", "share", "up", "Confidence in police", "mean", 0.5), ("user_harm", "GBP", "down", "Harm to users", "sum", 1e6),
)  # fmt: skip


STANDING = {
    "model_version": "f" * 32, "ensembles": [], "calibrate": {"findings": 16, "tried": 15, "reproduced": 13},
    "test": {"findings": 18, "tried": 15, "reproduced": 7},
}  # fmt: skip


SUPPORTED = frozenset({"businesses_active", "people_active", "violence_true", "prison", "assets_recovered_gbp", "flow_goods",
                       "volume:heroin-and-crack", "street_price:heroin-and-crack", "purity:heroin-and-crack"})  # fmt: skip


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
