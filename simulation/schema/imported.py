"""A network or profile that was brought in: where it lies, what it is called, how long it may be kept."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from simulation.errors import Conflict, OutOfRange
from simulation.schema.base import Frozen, Name

VARIABLE: Final = "SPANNER_IMPORTS"
DEFAULT_FOLDER: Final = "spanner-imports"
SCENARIO_FILE: Final = "scenario.toml"
COLUMNS_FILE: Final = "columns.npz"
KEY_FILE: Final = "key"
FEW: Final = 5
"""A count of people below it is not shown: it could point at somebody."""
CAUTION: Final = (
    "This is a simulation with imported groups in it: not evidence, and not for decisions about individuals "
    "(Data Protection Act 2018, Part 3)."
)

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Imported(Frozen):
    """Groups and people that stand in for simulated ones at week 0; they lie in a file of columns beside the scenario."""

    digest: Digest
    """Of what the columns hold, so that a run is named by them and a changed file is refused."""
    groups: int = Field(ge=1, le=20_000)
    people: int = Field(ge=0, le=200_000)
    """0 for a profile of places, which knows of no people."""
    ties: int = Field(ge=0, le=2_000_000)
    kept_until: Day
    """The last day on which it is read; after it, it can only be forgotten."""
    folder: str = Field(default="", exclude=True)
    """Where the columns lie; no part of what the scenario says, so it names no run and stands in no file."""


def imports_folder() -> Path:
    """Where imported networks lie, apart from results: SPANNER_IMPORTS, else `spanner-imports` here."""
    return Path(os.environ.get(VARIABLE) or DEFAULT_FOLDER)


def list_imports() -> dict[str, Path]:
    """The scenario file of every import by the name it was given, and by the id that stands in for that name."""
    found: dict[str, Path] = {}
    for path in sorted(imports_folder().glob(f"[!.]*/{SCENARIO_FILE}")):  # what is half written has a name with a dot
        found[path.parent.name] = path
    return found


def import_called(name: str) -> Path | None:
    """The scenario file of the import of that name or id; None where there is none."""
    known = list_imports()
    if name in known:
        return known[name]
    return next((path for path in known.values() if id_of(path) == name), None)


def id_of(path: Path) -> str | None:
    """The id an imported scenario bears: the first line of its file that states one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return next((line.split('"')[1] for line in lines if line.startswith('id = "') and line.count('"') == 2), None)


def with_folder(table: dict[str, Any], file: str | None) -> dict[str, Any]:
    """The table with the folder of its columns put in: beside the scenario file, wherever that now is."""
    imported = table.get("imported")
    if not isinstance(imported, dict):
        return table
    if file is None:
        raise Conflict(
            "An imported network is loaded by its name or from its file, not from a table.", key="imported",
            given="a table", allowed="the name or the path of an imported scenario",
        )  # fmt: skip
    return {**table, "imported": {**imported, "folder": str(Path(file).resolve().parent)}}


def check_kept(imported: Imported | None, name: Name, file: str | None) -> None:
    """Refuse what has outlived the day until which it may be kept."""
    if imported is not None and date.fromisoformat(imported.kept_until) < date.today():
        raise OutOfRange(
            f'The import "{name}" was kept until {imported.kept_until} and is read no more; '
            f"`spanner forget {name}` removes it and all that came of it.",
            file=file, key="imported.kept_until", given=imported.kept_until, allowed="today or later",
        )  # fmt: skip
