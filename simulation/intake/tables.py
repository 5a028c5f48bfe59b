"""A table from outside as rows of text: CSV by the header's own separator, or GraphML; every fault with its row."""

from __future__ import annotations

import csv
import io
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from simulation.errors import BadSyntax, BadType, Conflict, EmptyFile, NotFound, NotText, SpannerError, TooLarge

MAX_BYTES: Final = 64_000_000
MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 200
LONGEST_CELL: Final = 2_000
SEPARATORS: Final = (",", ";", "\t", "|")


@dataclass
class Table:
    """Rows of text under a header. A row's number is the one a spreadsheet shows: the header is row 1."""

    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]
    what: str = "row"
    """What a row is called where it is pointed at: a row, or the n-th node or edge of a graph."""
    faults: list[SpannerError] = field(default_factory=list)
    decimal: str = "."
    """What may stand for the point of a number besides the point: a comma where cells are not separated by one."""

    def place(self, number: int, column: str | None = None) -> str:
        """Where a cell stands, in words. What the cell says is never repeated: it may name somebody."""
        return f"{self.file}: {self.what} {number}" + (f', column "{column}"' if column else "")


def read_csv(path: Path) -> Table:
    """The rows of a CSV file; rows of the wrong length and cells without end are faults of the table."""
    name = path.name
    text = read_text(path)
    first = next(line for line in text.splitlines() if line.strip())
    told = first.lower().strip() if first.lower().startswith("sep=") and len(first.strip()) == 5 else None
    separator = first.strip()[4] if told else max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    table = Table(name, [], [], decimal="." if separator == "," else ",")
    number = 0
    try:
        for cells in reader:
            number += 1
            if not any(cell.strip() for cell in cells):
                continue  # an empty line says nothing
            if told and number == 1:
                continue  # Excel's own word for what separates cells
            if not table.header:
                table.header = [cell.strip() for cell in cells]
                check_header(table)
                continue
            _add(table, number, cells)
    except csv.Error as error:
        table.faults.append(
            BadSyntax(f"{name}: row {number + 1} is not CSV: {error}.", file=name, key=f"row {number + 1}")
        )
    if not table.rows and not table.faults:
        raise EmptyFile(f"{name} has a header and no rows.", file=name, allowed="at least one row")
    return table


def _add(table: Table, number: int, cells: list[str]) -> None:
    """One row, if it can be read at all."""
    if len(table.rows) >= MAX_ROWS:
        raise TooLarge(file=table.file, given=f"more than {MAX_ROWS} rows", allowed=f"{MAX_ROWS} rows")
    if len(cells) != len(table.header):
        table.faults.append(
            BadSyntax(
                f"{table.place(number)} has {len(cells)} cells where the header has {len(table.header)}.",
                file=table.file, key=f"row {number}", given=len(cells), allowed=len(table.header),
            )
        )  # fmt: skip
        return
    for column, cell in zip(table.header, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            table.faults.append(
                TooLarge(
                    f"{table.place(number, column)} holds {len(cell)} characters; allowed: {LONGEST_CELL}.",
                    file=table.file, key=f"row {number}", given=len(cell), allowed=LONGEST_CELL,
                )
            )  # fmt: skip
            return
    table.rows.append((number, [cell.strip() for cell in cells]))


def check_header(table: Table) -> None:
    """Refuse a header in which columns cannot be told apart, or that has more of them than anyone means."""
    names = table.header
    if len(names) > MAX_COLUMNS:
        raise TooLarge(file=table.file, given=f"{len(names)} columns", allowed=f"{MAX_COLUMNS} columns")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Conflict(
            f"{table.file}: row 1 names the column \"{twice[0]}\" {names.count(twice[0])} times.",
            file=table.file, key="row 1", given=twice[0], allowed="a header in which every column has its own name",
        )  # fmt: skip


def read_text(path: Path) -> str:
    """The text of a file; refused are files that are absent, empty, too large or not UTF-8, with the row at fault."""
    name = path.name
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotFound(file=name, given=name, allowed="a regular file")
        if found.st_size > MAX_BYTES:
            raise TooLarge(file=name, given=f"{found.st_size} bytes", allowed=f"{MAX_BYTES} bytes")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a possible path"
        raise NotFound(
            f"{str(path)[:300]} cannot be read: {reason.lower()}.", file=name, given=name, allowed="a file to read"
        ) from error
    if not data.strip():
        raise EmptyFile(file=name, allowed="a header and at least one row")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotText(
            f"{name} is a workbook or an archive, whatever it is called; save the sheet as CSV UTF-8.", file=name,
            allowed="UTF-8 text",
        )  # fmt: skip
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise NotText(
            f"{name}: row {row} is not UTF-8 text; save the file as UTF-8 (in Excel: CSV UTF-8).",
            file=name, key=f"row {row}", given=f"byte {error.start}", allowed="UTF-8 text",
        ) from error  # fmt: skip
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise NotText(f"{name}: row {row} holds a NUL character; this is no text file.", file=name, key=f"row {row}")
    return text


def kind_of(path: Path) -> str:
    """What a file is by its ending: `csv` or `graphml`."""
    ending = path.suffix.lower()
    if path.is_dir():
        raise BadType(f"{path} is a folder; name the file in it.", file=str(path), key="file", allowed="a file")
    if ending in (".xlsx", ".xls", ".ods"):
        raise BadType(
            f"{path.name} is a workbook; save the sheet as CSV UTF-8 and import that.", file=path.name, key="file",
            given=ending, allowed="a .csv, .tsv or .graphml file",
        )  # fmt: skip
    if ending in (".csv", ".tsv", ".txt"):
        return "csv"
    if ending in (".graphml", ".xml"):
        return "graphml"
    raise BadType(file=path.name, key="file", given=ending or path.name, allowed="a .csv, .tsv or .graphml file")
