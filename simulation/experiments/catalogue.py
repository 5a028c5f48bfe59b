"""What can be chosen, changed and counted, as tables: every row from the schema's data, nothing typed twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import pandas as pd

from simulation.experiments.support import supports
from simulation.measures.catalogue import MEASURES
from simulation.policy.intervention import REGISTRY
from simulation.policy.levers import LEVERS
from simulation.schema import (
    Card,
    Force,
    load_costs,
    load_forces,
    load_mechanisms,
    load_parameters,
    load_scenario,
    load_sectors,
    load_unit_costs,
    sector_markets,
)
from simulation.schema.loading import list_cases, list_scenarios
from simulation.world.indicators import INDICATORS


def parameters() -> pd.DataFrame:
    """Every parameter with its value, unit, range, status and source."""
    columns = ["id", "mechanism", "value", "unit", "low", "high", "status", "source", "note"]
    return pd.DataFrame([each.model_dump() for each in load_parameters().values()], columns=columns)


def mechanisms() -> pd.DataFrame:
    """Every mechanism that can be switched off: what it does, what it reads and writes, how many parameters it has."""
    counts = Counter(parameter.mechanism for parameter in load_parameters().values())
    rows = [{**head.model_dump(), "parameters": counts[head.id]} for head in load_mechanisms().values()]
    return pd.DataFrame(rows, columns=["id", "title", "meaning", "reads", "writes", "parameters"])


def measures() -> pd.DataFrame:
    """Every measure: its unit, which direction is better, how weeks come to one figure, label, definition, whether a plan's
    triggers and cycle may observe it, and whether it is validated."""
    columns = ["id", "unit", "direction", "aggregate", "label", "definition"]
    frame = pd.DataFrame([measure.model_dump() for measure in MEASURES], columns=columns)
    support = supports()
    return frame.assign(
        indicator=frame["id"].isin(INDICATORS), validated=[support.validated(name) for name in frame["id"]]
    )


def scenarios() -> pd.DataFrame:
    """Every preset: id, title, and what it is."""
    rows = [load_scenario(name) for name in list_scenarios()]
    return pd.DataFrame(
        [{"id": each.id, "title": each.title, "description": each.description} for each in rows],
        columns=["id", "title", "description"],
    )


def cases() -> pd.DataFrame:
    """Every case: id, title, the preset it departs from, its question, what it is, rests on and compares (none: the usual)."""
    rows = [load_scenario(name) for name in list_cases()]
    columns = ["id", "title", "preset", "question", "description", "sources", "plans"]
    lists = ("sources", "plans")
    return pd.DataFrame(
        [
            {name: list(getattr(each, name)) if name in lists else getattr(each, name) for name in columns}
            for each in rows
        ],
        columns=columns,
    )


def forces() -> pd.DataFrame:
    """Every territorial police force of England and Wales: residents, officers, region, and its tile on the map."""
    frame = pd.DataFrame([each.model_dump() for each in load_forces()], columns=list(Force.model_fields))
    return frame.rename(columns={"police_uk_id": "id", "force": "title"}).sort_values("id", ignore_index=True)


def costs() -> pd.DataFrame:
    """Every price results are counted with: what an hour, a place or a crime costs, its range, source and price year."""
    effort, society = load_costs(), load_unit_costs()
    kinds = [
        ("hour", effort.hour, effort.price_year), ("other", effort.other, effort.price_year),
        ("offence", society.offence, society.price_year), ("harm", society.harm, society.price_year),
    ]  # fmt: skip
    rows = [
        {"id": f"{kind}.{name}", "kind": kind, **quantity.model_dump(), "price_year": year}
        for kind, quantities, year in kinds
        for name, quantity in quantities.items()
    ]
    columns = ["id", "kind", "value", "unit", "low", "high", "status", "source", "price_year", "note"]
    return pd.DataFrame(rows, columns=columns).sort_values("id", ignore_index=True)


def sectors() -> pd.DataFrame:
    """Every sector of organised crime: its yearly cost, whether the model lives it, by which markets, and if not, why."""
    markets = sector_markets()
    rows = []
    for name, sector in load_sectors().items():
        cost = sector.cost.model_dump() if sector.cost is not None else {}
        rows.append(
            {"id": name, "title": sector.title, "cost": cost.pop("value", None), **cost,
             "price_year": sector.price_year, "dynamic": sector.dynamic, "markets": markets.get(name, ()),
             "reason": sector.reason}
        )  # fmt: skip
    columns = [
        "id", "title", "cost", "unit", "low", "high", "status", "source", "price_year", "dynamic", "markets", "reason",
        "note",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(object).where(lambda frame: frame.notna(), None)


def levers() -> pd.DataFrame:
    """Every lever interventions can move: where it applies, how contributions are joined, its unit and meaning."""
    rows = [asdict(lever) for lever in LEVERS.values() if not lever.derived]
    return pd.DataFrame(rows, columns=["id", "scope", "composition", "unit", "meaning"])


def interventions() -> pd.DataFrame:
    """Every intervention: a column a field of its card."""
    import simulation.interventions  # noqa: F401 - importing it puts the cards on the register

    cards = [REGISTRY[name].card.model_dump(mode="json") for name in sorted(REGISTRY)]
    return pd.DataFrame(cards, columns=list(Card.model_fields))
