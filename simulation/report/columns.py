"""The columns of the world describe themselves: declarations and the remarks beside them are read from the source."""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import get_type_hints

from simulation.state.columns import columns_of
from simulation.state.world import Groups


@dataclass(frozen=True)
class Column:
    """One column: its name, the type of its values, what it has a value for, and what the values mean."""

    name: str
    dtype: str
    dims: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Group:
    """One table of the world."""

    id: str
    says: str
    columns: tuple[Column, ...]


def groups() -> list[Group]:
    """Every table of the world in the order of its declaration."""
    return [read_group(name, kind) for name, kind in get_type_hints(Groups).items()]


def read_group(name: str, kind: type) -> Group:
    """A table from the class that declares it, with the remarks of its source file."""
    path = inspect.getsourcefile(kind)
    remarks = field_remarks(Path(path).read_text(encoding="utf-8"), kind.__name__) if path else {}
    columns = tuple(
        Column(field, column.dtype, tuple(str(dim) for dim in column.dims), remarks.get(field, ""))
        for field, column in columns_of(kind).items()
    )
    return Group(name, " ".join((inspect.getdoc(kind) or "").split()), columns)


def field_remarks(source: str, name: str) -> dict[str, str]:
    """The remarks at the ends of a class's annotated fields, by field."""
    remarks: dict[int, str] = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.line[: token.start[1]].strip():  # not a line of its own
            remarks[token.start[0]] = token.string.lstrip("# ").strip()
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef) or node.name != name:
            continue
        for field in node.body:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                lines = range(field.lineno, (field.end_lineno or field.lineno) + 1)
                said = " ".join(remarks[line] for line in lines if line in remarks)
                if said:
                    found[field.target.id] = said
    return found
