"""What the simulation offers to choose from, read into the catalogue of the pages."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.views.catalogue import CardView, Catalogue, ForceTile, PlaceView, PlanView, Residents, words
from simulation import api

log = logging.getLogger("dashboard.jobs")
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
LARGE = 20_000
"""People involved in a place of which few worlds are lived unasked."""
# the force whose size and place in the region a preset has
TILES = {"force": ("MER",)}


@lru_cache(maxsize=16)
def places(preset: str) -> list[tuple[str, str]]:
    """Areas if there are several, and the neighbourhoods of all: id and name."""
    scenario = api.load(preset)
    layout = scenario.places
    areas = [(name, f"All of {area.title}") for name, area in scenario.areas.items()]
    return [*areas, *((_slug(name), name) for name in layout.names[: layout.force.whole])]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _imports() -> Iterator[tuple[str, Any]]:
    """Imports that can be read; one that cannot is left out, and the log says why."""
    for name in api.imports(readable=True)["id"]:
        try:
            yield name, api.load(name)
        except api.SpannerError as error:
            log.warning("an import is left out: %s", error.message)


@lru_cache(maxsize=1)
def _house() -> tuple[dict[str, Any], dict[str, str], dict[str, PlanView]]:
    """What comes with the product and never changes while it runs: places, the questions of cases, plans."""
    cases = {str(row["id"]): str(row["question"]) for row in api.cases().to_dict("records")}
    plans = {}
    for row in api.list_plans().to_dict("records"):
        if not row["saved"]:
            table = api.load_plan(str(row["id"])).model_dump(mode="json")
            plans[table["id"]] = PlanView(table["id"], table["title"], table.get("description", ""), table)
    return {name: api.load(name) for name in (*api.scenarios()["id"], *cases)}, cases, plans


def read_catalogue() -> Catalogue:
    """Cards, measures, parameters, places and plans."""
    house, cases, plans = _house()
    places.cache_clear()
    # an import goes by an id that says nothing, here and in every address
    scenarios = house | dict(_imports())
    purses = {entry.get("budget_holder") for plan in plans.values() for entry in plan.table["entry"]} - {None}
    purses |= {agency.holder for scenario in scenarios.values() for agency in scenario.agencies.values()}
    holders = sorted(purses)
    return Catalogue(
        cards={card.id: card for card in map(CardView.read, api.interventions().to_dict("records"))},
        measures=measures(),
        standing=api.standing(),
        parameters=api.parameters(),
        places={
            key: PlaceView(
                key,
                s.title,
                s.description,
                tiles_of(key, s),
                cases.get(key, ""),
                api.caution(s),
                s.community.involved.value >= LARGE,
            )
            for key, s in scenarios.items()
        },
        plans=dict(plans),
        forces=forces(),
        version=product_version(),
        model_version=api.model_version(),
        capacity={key: capacity(s) for key, s in scenarios.items()},
        residents={key: residents(s) for key, s in scenarios.items()},
        holders=tuple((holder, words(holder)) for holder in holders),
        agencies={key: agencies(s) for key, s in scenarios.items()},
        week=tuple((words(phase.function.removesuffix("_week")), phase.says) for phase in api.explain("week")),
    )


def measures() -> pd.DataFrame:
    """What is counted, with whether and why (or why not) published findings support it."""
    found = api.support()
    whole = found[found["market"] == ""].set_index("outcome")["why"]
    return api.measures().assign(why=lambda frame: [whole[name] for name in frame["id"]])


def supported(model_version: str) -> frozenset[str]:
    """The measures, MEASURE:MARKET and pictures that published findings support on a version of the model."""
    rows = api.support(model_version).query("validated").to_dict("records")
    return frozenset(f"{row['outcome']}:{row['market']}" if row["market"] else str(row["outcome"]) for row in rows)


BOUND = ("reactive", "border")
"""Reports are answered and borders kept whatever a plan wants."""


def capacity(scenario: Any) -> dict[str, dict[str, float]]:
    """Hours a week that each agency could put to other use, by resource."""
    out: dict[str, dict[str, float]] = {}
    for agency, about in scenario.agencies.items():
        out[agency] = {
            resource: number.value * (1.0 - sum(scenario.share(agency, resource, activity) for activity in BOUND))
            for resource, number in about.hours.items()
        }
    for group in scenario.groups:
        members = [out[name] for name in scenario.members(group)]
        out[group] = {resource: sum(one[resource] for one in members) for resource in members[0]}
    return out


def agencies(scenario: Any) -> tuple[tuple[str, str], ...]:
    """Who may lead an intervention: all of a kind together, and each by itself."""
    together = [(group, f"All: {scenario.agencies[scenario.members(group)[0]].title.split(': ')[-1]}")
                for group in scenario.groups if len(scenario.members(group)) > 1]  # fmt: skip
    return (*together, *((name, agency.title) for name, agency in scenario.agencies.items()))


def residents(scenario: Any) -> Residents:
    """How many people live in the places of a scenario."""
    place = scenario.places
    grounds = {name: len(rows) for name, rows in scenario.grounds().items()}
    covers = {name: grounds[a.force or a.region] for name, a in scenario.agencies.items() if a.force or a.region}
    return Residents(
        place.force.whole,
        place.residents.value,
        place.importing.whole,
        place.importing_residents.value,
        grounds,
        covers,
    )


def tiles_of(name: str, scenario: Any) -> tuple[str, ...]:
    """The tiles of the map of forces that a scenario is in the likeness of."""
    return TILES.get(name) or tuple(area.tile for area in scenario.areas.values() if area.tile)


def forces() -> tuple[ForceTile, ...]:
    """The forces of England and Wales and their tiles, from the data that comes with the model."""
    text = (SCENARIOS / "uk" / "forces.csv").read_text(encoding="utf-8")
    return tuple(
        ForceTile(row["tile"], row["force"], int(row["row"]), int(row["col"]))
        for row in csv.DictReader(text.splitlines())
    )


def product_version() -> str:
    """The installed version."""
    try:
        return version("spannerworks")
    except PackageNotFoundError:
        return "in development"
