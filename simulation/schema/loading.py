"""Scenarios and plans by name, path or table."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from simulation.errors import BadType, Conflict, MissingKey, OutOfRange, SpannerError, UnknownName, collected
from simulation.schema.hierarchy import scaled, written_out
from simulation.schema.imported import check_kept, import_called, with_folder
from simulation.schema.names import INTERVENTIONS
from simulation.schema.naming import shocks_placed
from simulation.schema.overlay import overlaid
from simulation.schema.parameters import override_faults
from simulation.schema.plan import Plan
from simulation.schema.reading import (
    LIBRARY,
    check_depth,
    is_name,
    library_file,
    looks_like_path,
    names_in,
    raise_all,
    read_table,
    validated,
)
from simulation.schema.reference import check_sources, load_costs, load_sources
from simulation.schema.scenario import Scenario

type Given = str | os.PathLike[str] | Mapping[str, Any]


def list_scenarios() -> tuple[str, ...]:
    """The names of the presets, sorted."""
    return names_in("presets")


def list_cases() -> tuple[str, ...]:
    """The names of the cases, sorted: situations from the world, each a departure from a preset with a question."""
    return names_in("cases")


def list_plans() -> tuple[str, ...]:
    """The names of the plans that come with the product, sorted."""
    return names_in("plans")


def load_scenario(given: Given | Scenario) -> Scenario:
    """A scenario by the name of a preset or case, the path of a file, or as a table.

    A table or file with `preset = "force"` departs from that preset: its tables are laid over the preset's, and a bare
    number in place of a quantity sets the value. Raises SpannerError; `errors` holds every fault found.
    """
    if isinstance(given, Scenario):
        return given
    table, file, stem = _opened(given, "presets")
    if file is None or Path(file).parent != LIBRARY / "presets":
        table = _departed(table, file)
    elif "preset" in table:
        raise Conflict(file=file, key="preset", given=table["preset"], allowed="a preset departs from no other")
    table = {"id": stem or table.get("preset", "custom"), **table}
    table.setdefault("preset", table["id"])
    table = with_folder(_with_parts(table, file), file)
    scenario = validated(Scenario, table, file)
    check_kept(scenario.imported, scenario.id, file)
    check_sources(scenario, file)
    scenario = shocks_placed(scenario)
    errors = list(override_faults(scenario.parameters, file, "parameters"))
    known = load_costs().holders
    errors += [
        UnknownName.among(agency.holder, known, key=f"agencies.{name}.holder", file=file)
        for name, agency in scenario.agencies.items()
        if agency.holder not in known
    ]
    cited = load_sources()
    errors += [
        UnknownName.among(name, cited, key=f"sources[{n}]", file=file)
        for n, name in enumerate(scenario.sources)
        if name not in cited
    ]
    errors += [
        UnknownName.among(name, list_plans(), key=f"plans[{n}]", file=file)
        for n, name in enumerate(scenario.plans)
        if name not in list_plans()
    ]
    raise_all(errors)
    return scenario


def load_plan(given: Given | Plan, interventions: Collection[str] = INTERVENTIONS) -> Plan:
    """A plan by name, path or table; `interventions` are the names its entries may use.

    Raises SpannerError; `errors` holds every fault found.
    """
    if isinstance(given, Plan):
        return given
    table, file, stem = _opened(given, "plans")
    plan = validated(Plan, {"id": stem or "custom", **table}, file)
    holders = load_costs().holders
    errors: list[SpannerError] = []
    used = [(f"entry[{i}].intervention", entry.intervention) for i, entry in enumerate(plan.entry)]
    if plan.cycle is not None:
        used += [
            (f"cycle.options[{i}].interventions[{j}]", name)
            for i, option in enumerate(plan.cycle.options)
            for j, name in enumerate(option.interventions)
        ]
    errors += [UnknownName.among(n, interventions, key=key, file=file) for key, n in used if n not in interventions]
    purses = [(f"entry[{i}].budget_holder", entry.budget_holder) for i, entry in enumerate(plan.entry)]
    purses += [(f"budget.holders.{name}", name) for name in (plan.budget.holders if plan.budget else ())]
    errors += [
        UnknownName.among(n, holders, key=key, file=file) for key, n in purses if n is not None and n not in holders
    ]
    raise_all(errors)
    return plan


def _opened(given: Given, folder: str) -> tuple[dict[str, Any], str | None, str | None]:
    """The table, the file it came from and the name that file bears."""
    what = folder.rstrip("s")
    if isinstance(given, Mapping):
        table = dict(given)
        if not table:
            raise MissingKey(f"the {what} is an empty table.", key=what, allowed="at least one key")
        check_depth(table, None)
        return table, None, None
    if isinstance(given, str) and not looks_like_path(given):
        path = _named(folder, given)
    elif isinstance(given, (str, os.PathLike)):
        path = Path(given)
    else:
        raise BadType(key=what, given=type(given).__name__, allowed="a name, a path or a table")
    table = read_table(path)
    if "id" not in table and not is_name(path.stem):
        raise OutOfRange(file=str(path), key="id", given=path.stem, allowed="a file name or id of [a-z0-9-]{1,64}")
    return table, str(path), path.stem


def _named(folder: str, name: str) -> Path:
    """The file a name stands for: a scenario's name is that of a preset, of a case or of something imported."""
    if folder != "presets":
        return library_file(folder, name)
    known = (*list_scenarios(), *list_cases())
    if name not in known and (found := import_called(name)) is not None:
        return found
    if name not in known:
        raise UnknownName.among(name, known, key="preset")
    return library_file("presets" if name in list_scenarios() else "cases", name)


def _departed(table: dict[str, Any], file: str | None) -> dict[str, Any]:
    """The table laid over the preset it names; a table that names none must say everything itself."""
    base = table.get("preset")
    if base is None:
        if "places" not in table:
            raise MissingKey(file=file, key="preset", allowed=list(list_scenarios()))
        return table
    if not isinstance(base, str):
        raise BadType(file=file, key="preset", given=base, allowed=list(list_scenarios()))
    if base not in list_scenarios() and "places" in table:  # a scenario of someone's own, written out in full
        return table
    preset = read_table(library_file("presets", base, key="preset", file=file))
    return overlaid(preset, table)


def _with_parts(table: dict[str, Any], file: str | None) -> dict[str, Any]:
    """The table with its markets and portfolio put in whole."""
    table = written_out(table, file)
    community = table.get("community")
    scale = community.get("scale") if isinstance(community, dict) else None
    markets = table.get("markets", {})
    errors: list[SpannerError] = []
    if isinstance(markets, dict):
        whole: dict[str, Any] = {}
        for name, departure in markets.items():
            own = departure if isinstance(departure, dict) else {}
            try:
                base = (
                    {} if "kind" in own else read_table(library_file("markets", name, key=f"markets.{name}", file=file))
                )
            except UnknownName as error:
                errors.append(error)
                continue
            base = scaled(base, scale)
            whole[name] = overlaid({"id": name, **base}, own) if isinstance(departure, dict) else departure
        table = {**table, "markets": whole}
    routes = table.get("routes", "uk")
    if isinstance(routes, str):
        table = {**table, "routes": read_table(library_file("routes", routes, key="routes", file=file))}
    elif isinstance(routes, dict) and "title" not in routes:  # a departure from the usual ways in
        table = {**table, "routes": overlaid(read_table(library_file("routes", "uk", key="routes", file=file)), routes)}
    portfolio = table.get("portfolio")
    if isinstance(portfolio, str):
        path = library_file("portfolios", portfolio, key="portfolio", file=file)
        table = {**table, "portfolio": {"id": portfolio, **read_table(path)}}
    if errors:
        raise collected(errors)
    return table
