"""What came of every finding, as the product remembers it: a document beside the page, read wherever something is claimed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulation.errors import BadSyntax
from simulation.schema.base import Frozen, Many
from simulation.schema.reading import LIBRARY, read_text

DOCS = LIBRARY.parent / "docs"
PAGE = DOCS / "findings.md"
RECORD = LIBRARY / "uk" / "validated.json"
FIRST_PAGE = DOCS / "findings-first-look.md"
FIRST_RECORD = LIBRARY / "uk" / "first-look.json"


class Verdict(Frozen):
    """What came of one finding; a side that is open, and what could not be worked out, is None."""

    id: str
    role: str
    verdict: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    pass_low: float | None = None
    pass_high: float | None = None
    replicates: int = 0
    seconds: float | None = None

    @property
    def passed(self) -> bool:
        return self.verdict == "pass"


class Record(Frozen):
    """What came of all that were tried together, and with which model."""

    model_version: str
    draw: str = "default parameters"
    """Which values the parameters had."""
    rows: Many[Verdict] = ()

    def of(self, name: str) -> Verdict | None:
        """What came of one finding, if it was tried."""
        return next((row for row in self.rows if row.id == name), None)


def recorded(rows: Sequence[Mapping[str, Any]], version: str, draw: str = "default parameters") -> Record:
    """Rows as `validate` gives them, as a record."""
    return Record(model_version=version, draw=draw, rows=tuple(verdict(row) for row in rows))


def verdict(row: Mapping[str, Any]) -> Verdict:
    low, high = row["range"]
    return Verdict(
        id=row["id"], role=row["role"], verdict=row["status"], estimate=row["estimate"], low=row["low"],
        high=row["high"], pass_low=low, pass_high=high, replicates=row["replicates"],
        seconds=round(row["elapsed_s"], 1),
    )  # fmt: skip


def spelt(record: Record) -> str:
    """The document, a row a line."""
    head = {"model_version": record.model_version, "draw": record.draw}
    lines = ["{", *(f" {json.dumps(key)}: {json.dumps(text)}," for key, text in head.items()), ' "rows": [']
    rows = [f"  {json.dumps(row.model_dump(), ensure_ascii=False)}" for row in record.rows]
    return "\n".join([*lines, ",\n".join(rows), " ]", "}"]) + "\n"


def load_record(path: Path = RECORD) -> Record | None:
    """What a document remembers; None where nothing was ever tried. Raises BadSyntax where it is no record."""
    if not path.exists():
        return None
    try:
        return Record.model_validate_json(read_text(path))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"]) or "document"
        raise BadSyntax(file=str(path), key=where, given=fault["msg"], allowed="a record of findings") from error


def companion(page: Path) -> Path:
    """Where the record of a page lies: of the product's own pages in its library, of any other beside it."""
    own = {PAGE: RECORD, FIRST_PAGE: FIRST_RECORD}
    return own.get(page.resolve(), page.with_suffix(".json"))
