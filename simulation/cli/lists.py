"""Commands that show what there is to choose from, and how the model works."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from simulation.cli import options
from simulation.cli.output import emit, figure, records, table
from simulation.errors import UnknownName


def scenarios(
    scenario: Annotated[str | None, typer.Argument(help="One to check and show, by name or path.")] = None,
    as_json: options.AsJson = False,
) -> int:
    """List the presets, or check one scenario and show it."""
    from simulation import api

    if scenario is not None:
        found = api.load(scenario).model_dump(mode="json")
        if as_json:
            emit(found)
        else:
            table(found["title"], ["", ""], _flat(found), left=2)
        return 0
    rows = records(api.scenarios())
    return _list(rows, ["id", "title", "description"], as_json)


def cases(
    case: Annotated[str | None, typer.Argument(help="One to check and show, by name.")] = None,
    as_json: options.AsJson = False,
) -> int:
    """List the cases, situations from the world that a scenario can start from, or check one and show it."""
    from simulation import api

    rows = records(api.cases())
    if case is None:
        return _list(rows, ["id", "title", "preset", "question"], as_json)
    if case not in {row["id"] for row in rows}:
        raise UnknownName.among(case, [row["id"] for row in rows], key="case")
    return scenarios(case, as_json)


def plans(
    plan: Annotated[str | None, typer.Argument(help="One to check and show, by name or path.")] = None,
    out: options.Out = None,
    as_json: options.AsJson = False,
) -> int:
    """List the plans, or check one and show it."""
    from simulation import api

    if plan is not None:
        found = api.load_plan(plan, out).model_dump(mode="json")
        if as_json:
            emit(found)
        else:
            table(found["title"], ["", ""], _flat(found), left=2)
        return 0
    rows = records(api.list_plans(out))
    return _list(rows, ["id", "title", "entries", "description"], as_json)


def toolkit(
    intervention: Annotated[str | None, typer.Argument(help="One intervention, in full.")] = None,
    as_json: options.AsJson = False,
) -> int:
    """List the interventions with what they are, or show one card in full."""
    from simulation import api

    cards = {row["id"]: row for row in records(api.interventions())}
    if intervention is not None:
        if intervention not in cards:
            raise UnknownName.among(intervention, cards, key="intervention")
        card = cards[intervention]
        if as_json:
            emit([card])
        else:
            table(str(card["title"]), ["", ""], _flat(card), left=2)
        return 0
    return _list(list(cards.values()), ["id", "title", "family", "p4", "dddd"], as_json)


def parameters(
    pattern: Annotated[str | None, typer.Argument(help="A mechanism, a parameter, or the beginning of one.")] = None,
    as_json: options.AsJson = False,
) -> int:
    """List the model's parameters with value, range, status and source."""
    from simulation import api

    rows = records(api.parameters())
    if pattern is not None:
        names = [*(row["id"] for row in rows), *{row["mechanism"] for row in rows}]
        rows = [row for row in rows if row["id"].startswith(pattern)]
        if not rows:
            raise UnknownName.among(pattern, names, key="parameter")
    if as_json:
        emit(rows)
        return 0
    shown = [
        [row["id"], *(figure(row[key], row["unit"]) for key in ("value", "low", "high")), row["unit"], row["status"],
         row["source"] or ""]
        for row in rows
    ]  # fmt: skip
    table("", ["parameter", "value", "low", "high", "unit", "status", "source"], shown)
    return 0


def measures(as_json: options.AsJson = False) -> int:
    """List what is counted, and whether a published finding that tries what makes it passed on this version of the model."""
    from simulation import api

    support = api.support()
    why = {row["outcome"]: row["why"] for row in records(support) if not row["market"]}
    rows = [{**row, "why": why[row["id"]]} for row in records(api.measures())]
    if as_json:
        emit(rows)
        return 0
    shown = [
        [row["id"], row["label"], row["unit"], "validated" if row["validated"] else "unvalidated", row["why"]]
        for row in rows
    ]
    table("", ["measure", "label", "unit", "findings say", "which"], shown, left=5)
    return 0


def sectors(as_json: options.AsJson = False) -> int:
    """List the sectors of organised crime: what each costs a year, and by which markets the model lives it."""
    from simulation import api

    rows = records(api.sectors())
    if as_json:
        emit(rows)
        return 0
    shown = [
        [row["id"], "" if row["cost"] is None else f"{row['cost'] / 1e9:g}", row["price_year"], row["status"] or "",
         ", ".join(row["markets"]) or ("in every business" if row["dynamic"] else "not in the dynamics")]
        for row in rows
    ]  # fmt: skip
    table("", ["sector", "GBP bn a year", "prices of", "status", "markets"], shown)
    return 0


def explain(
    subject: Annotated[str, typer.Argument(help="What to explain: week.")] = "week",
    as_json: options.AsJson = False,
) -> int:
    """Print the week, line by line, as the model lives it."""
    from simulation import api

    phases = api.explain(subject)
    if as_json:
        emit([asdict(phase) for phase in phases])
        return 0
    rows = [[str(phase.line), phase.code, phase.says, phase.file] for phase in phases]
    table(f"One {subject}", ["line", "source", "what happens", "file"], rows, left=4)
    return 0


def _list(rows: list[dict[str, Any]], columns: list[str], as_json: bool) -> int:
    if as_json:
        emit(rows)
    else:
        table("", columns, [[str(row[column]) for column in columns] for row in rows], left=len(columns))
    return 0


def _flat(value: Any, path: str = "") -> list[list[str]]:
    """A nested statement as rows of path and value; quantities in one row."""
    if isinstance(value, dict) and {"value", "unit", "low", "high"} <= value.keys():
        unit = value["unit"]
        text = f"{value['value']:g} {unit} ({value['low']:g} to {value['high']:g}, {value['status']})"
        return [[path, text]]
    if isinstance(value, dict):
        return [row for key, item in value.items() for row in _flat(item, f"{path}.{key}" if path else str(key))]
    if isinstance(value, (list, tuple)) and any(isinstance(item, (dict, list)) for item in value):
        return [row for number, item in enumerate(value) for row in _flat(item, f"{path}[{number}]")]
    if isinstance(value, (list, tuple)):
        return [[path, ", ".join(map(str, value))]] if value else []
    return [] if value in (None, "") else [[path, str(value)]]
