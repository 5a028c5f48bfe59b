"""What came of every finding, as the product remembers it: a document beside the page, read wherever something is claimed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from simulation.errors import BadSyntax
from simulation.schema.base import Frozen, Many
from simulation.schema.reading import LIBRARY, read_text

RECORD: Final = LIBRARY / "uk" / "validated.json"
FIRST_RECORD: Final = LIBRARY / "uk" / "first-look.json"


class Verdict(Frozen):
    """What came of one experiment; a side that is open, and what could not be worked out, is None."""

    id: str
    finding: str | None = None
    """The published finding that it tries."""
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

    def verdicts(self, version: str) -> dict[str, list[bool]]:
        """Of each finding that was tried on a version of the model, whether each experiment on it passed."""
        found: dict[str, list[bool]] = {}
        for row in self.rows if version == self.model_version else ():
            if row.finding is not None:
                found.setdefault(row.finding, []).append(row.passed)
        return found

    def of(self, name: str) -> Verdict | None:
        """What came of one finding, if it was tried."""
        return next((row for row in self.rows if row.id == name), None)


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
