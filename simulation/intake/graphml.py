"""A graph from outside: nodes and edges of a GraphML file as two tables, no entity expanded, no node made up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from simulation.errors import BadSyntax, EmptyFile, TooLarge
from simulation.intake.tables import LONGEST_CELL, MAX_ROWS, Table, check_header, read_text

ID: Final = "id"
SOURCE: Final = "source"
TARGET: Final = "target"
DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(r"""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")


def read_graphml(path: Path) -> tuple[Table, Table]:
    """The nodes and the edges of a graph; a row's number is the place of the node or edge in the file, from 1."""
    name = path.name
    text = read_text(path)
    if DECLARES.search(text):
        raise BadSyntax(
            f"{name} declares a document type or entities, which GraphML does not need and which are not read.",
            file=name, allowed="GraphML without DOCTYPE",
        )  # fmt: skip
    said = ENCODING.match(text)
    if said and said.group(1).lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise BadSyntax(
            f"{name} says that it is {said.group(1)}; save it as UTF-8.",
            file=name,
            given=said.group(1),
            allowed="UTF-8",
        )
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        row, _ = error.position
        raise BadSyntax(
            f"{name}: row {row} is not XML: {str(error).split(':')[0]}.", file=name, key=f"row {row}", allowed="GraphML"
        ) from error
    if _tag(root) != "graphml":
        raise BadSyntax(file=name, given=_tag(root)[:40], allowed="a graphml element at the top")
    graphs = [child for child in root if _tag(child) == "graph"]
    if len(graphs) != 1:
        raise BadSyntax(
            f"{name} holds {len(graphs)} graphs.", file=name, given=len(graphs), allowed="one graph in a file"
        )
    titles = {
        child.get("id", ""): child.get("attr.name") or child.get("id", "") for child in root if _tag(child) == "key"
    }
    nodes = _table(name, "node", graphs[0], titles, (ID,))
    edges = _table(name, "edge", graphs[0], titles, (SOURCE, TARGET))
    if not nodes.rows:
        raise EmptyFile(f"{name} holds no nodes.", file=name, allowed="at least one node")
    return nodes, edges


def _table(file: str, what: str, graph: ElementTree.Element, titles: dict[str, str], own: tuple[str, ...]) -> Table:
    """The elements of one kind as rows: first what identifies them, then their data by title."""
    found = [child for child in graph if _tag(child) == what]
    if len(found) > MAX_ROWS:
        raise TooLarge(file=file, given=f"{len(found)} {what}s", allowed=f"{MAX_ROWS} {what}s")
    cells = [{_title(data, titles, own): data.text or "" for data in one if _tag(data) == "data"} for one in found]
    header = [*own, *dict.fromkeys(title for row in cells for title in row)]
    table = Table(file, header, [], what)
    check_header(table)
    for number, (one, row) in enumerate(zip(found, cells, strict=True), start=1):
        values = [(one.get(title) or "").strip() for title in own] + [
            row.get(t, "").strip() for t in header[len(own) :]
        ]
        if max(map(len, values)) > LONGEST_CELL:
            table.faults.append(
                TooLarge(
                    f"{table.place(number)} holds a value of more than {LONGEST_CELL} characters.", file=file,
                    key=f"{what} {number}", allowed=LONGEST_CELL,
                )
            )  # fmt: skip
            continue
        table.rows.append((number, values))
    return table


def _title(data: ElementTree.Element, titles: dict[str, str], own: tuple[str, ...]) -> str:
    """What a value is called; one that is called as what identifies is told apart from it."""
    key = data.get("key", "")
    title = titles.get(key) or key
    return f"{title} (data)" if title in own else title


def _tag(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
