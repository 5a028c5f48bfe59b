"""Localities by their ids; an area, a force or a region that a selection of places names stands for its localities."""

from __future__ import annotations

import re

from simulation.schema.base import Frozen
from simulation.schema.place import Where
from simulation.schema.plan import Plan
from simulation.schema.scenario import Scenario


def locality_id(name: str) -> str:
    """The id of a locality from its name: `Harbour East` is `harbour-east`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def plan_placed(plan: Plan, scenario: Scenario) -> Plan:
    """The plan with the localities themselves wherever an entry names an area, a force or a region."""
    if not scenario.areas:
        return plan
    return plan.model_copy(update={"entry": tuple(_placed(entry, scenario) for entry in plan.entry)})


def shocks_placed(scenario: Scenario) -> Scenario:
    """The scenario with the localities themselves wherever a shock names an area, a force or a region."""
    if not scenario.areas or not scenario.shocks:
        return scenario
    return scenario.model_copy(update={"shocks": tuple(_placed(shock, scenario) for shock in scenario.shocks)})


def _placed[S: Frozen](statement: S, scenario: Scenario) -> S:
    where: Where = getattr(statement, "where")  # noqa: B009 - plans' entries and shocks both have one
    rows = scenario.grounds()
    if not any(name in rows for name in where.names):
        return statement
    ids = [locality_id(name) for name in scenario.places.names]
    names = dict.fromkeys(
        one for name in where.names for one in ([ids[n] for n in rows[name]] if name in rows else [name])
    )
    return statement.model_copy(update={"where": where.model_copy(update={"names": tuple(names)})})
