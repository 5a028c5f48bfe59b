"""What came of every finding is written down beside the page that says it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulation.experiments.record import FIRST_RECORD, RECORD, Record, Verdict
from simulation.schema.reading import LIBRARY
from simulation.validation.experiment import list_experiments, load_experiment

DOCS = LIBRARY.parent / "docs"
PAGE = DOCS / "findings.md"
FIRST_PAGE = DOCS / "findings-first-look.md"


def recorded(rows: Sequence[Mapping[str, Any]], version: str, draw: str = "default parameters") -> Record:
    """Rows as `validate` gives them, as a record."""
    return Record(model_version=version, draw=draw, rows=tuple(verdict(row) for row in rows))


def verdict(row: Mapping[str, Any]) -> Verdict:
    low, high = row["range"]
    finding = load_experiment(row["id"]).finding if row["id"] in list_experiments() else None
    return Verdict(
        id=row["id"], finding=finding, role=row["role"], verdict=row["status"], estimate=row["estimate"], low=row["low"],
        high=row["high"], pass_low=low, pass_high=high, replicates=row["replicates"],
        seconds=round(row["elapsed_s"], 1),
    )  # fmt: skip


def spelt(record: Record) -> str:
    """The document, a row a line."""
    head = {"model_version": record.model_version, "draw": record.draw}
    lines = ["{", *(f" {json.dumps(key)}: {json.dumps(text)}," for key, text in head.items()), ' "rows": [']
    rows = [f"  {json.dumps(row.model_dump(), ensure_ascii=False)}" for row in record.rows]
    return "\n".join([*lines, ",\n".join(rows), " ]", "}"]) + "\n"


def companion(page: Path) -> Path:
    """Where the record of a page lies: of the product's own pages in its library, of any other beside it."""
    own = {PAGE: RECORD, FIRST_PAGE: FIRST_RECORD}
    return own.get(page.resolve(), page.with_suffix(".json"))
