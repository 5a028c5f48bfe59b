"""What the literature says both of: whether the model shows both sides of a tension at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulation.errors import UnknownName
from simulation.schema import load_findings
from simulation.schema.base import Frozen, Many, Text, Title
from simulation.schema.reading import LIBRARY, read_table, validated
from simulation.validation.experiment import list_experiments

TENSIONS = LIBRARY / "uk" / "tensions.toml"


class Side(Frozen):
    """One of the things said, and the rows that show it."""

    says: Text
    rows: Many[str]


class Tension(Frozen):
    """Two things that pull apart and are both true."""

    id: str
    title: Title
    sides: Many[Side]


def load_tensions() -> tuple[Tension, ...]:
    """Every tension, in the order of the file. Raises SpannerError for a row that is neither finding nor experiment."""
    known = {*list_experiments(), *(finding.id for finding in load_findings())}
    found = []
    for name, table in read_table(TENSIONS).items():
        tension = validated(Tension, {"id": name, **table}, str(TENSIONS), name)
        for row in (row for side in tension.sides for row in side.rows):
            if row not in known:
                raise UnknownName.among(row, known, key=f"{name}.sides", file=str(TENSIONS))
        found.append(tension)
    return tuple(found)


def together(tension: Tension, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every row of every side passes; one that was not tried does not."""
    passed = {row["id"] for row in rows if row["passed"]}
    return all(name in passed for side in tension.sides for name in side.rows)


def section(rows: Sequence[Mapping[str, Any]]) -> str:
    """The part of the page: each tension, its sides, and what came of the rows that show them."""
    status = {row["id"]: row["status"] for row in rows}
    parts = [
        "## Tensions",
        "Findings that pull apart and are true at once. A side holds when all of its rows pass; a tension is shown when "
        "both of its sides hold.",
    ]
    for tension in load_tensions():
        held = sum(all(status.get(name) == "pass" for name in side.rows) for side in tension.sides)
        verdict = "both sides hold" if together(tension, rows) else f"{held} of {len(tension.sides)} sides hold"
        lines = [f"**{tension.title}**: {verdict}.", "", "| side | rows |", "|---|---|"]
        for side in tension.sides:
            told = ", ".join(
                f"[{name}](#{name}) {status[name]}" if name in status else f"{name} not run" for name in side.rows
            )
            lines.append(f"| {side.says} | {told} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
