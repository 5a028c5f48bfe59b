"""A file is read with suspicion: regular, not too large, UTF-8, TOML, not too deep. Each refusal is one sentence."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from simulation.errors import (
    BadSyntax,
    BadType,
    EmptyFile,
    NotFound,
    NotText,
    SpannerError,
    TooLarge,
    UnknownName,
    collected,
)
from simulation.schema.base import NAME_PATTERN
from simulation.schema.faults import translated

MAX_BYTES = 1_000_000
MAX_DEPTH = 16
LIBRARY = Path(__file__).resolve().parents[2] / "scenarios"
"""The data that comes with the product, beside the package in a clone and in an installation alike."""


def is_name(text: str) -> bool:
    """Whether the text has the form of a name."""
    return re.fullmatch(NAME_PATTERN, text) is not None


def looks_like_path(text: str) -> bool:
    """Whether the text means a file rather than a name."""
    return text.endswith(".toml") or "/" in text or os.sep in text


def names_in(folder: str, library: Path = LIBRARY) -> tuple[str, ...]:
    """The names of the TOML files of a folder of the library, sorted."""
    return tuple(sorted(path.stem for path in (library / folder).glob("*.toml")))


def library_file(folder: str, name: str, *, key: str | None = None, file: str | None = None) -> Path:
    """The file a name stands for. Raises UnknownName with the nearest name there is."""
    if not is_name(name) or name not in (known := names_in(folder)):
        raise UnknownName.among(name, names_in(folder), key=key or folder.rstrip("s"), file=file)
    assert known
    return LIBRARY / folder / f"{name}.toml"


def read_table(path: Path) -> dict[str, Any]:
    """The table a TOML file states. Raises NotFound, TooLarge, EmptyFile, NotText or BadSyntax."""
    file = str(path)
    if path.suffix != ".toml":
        raise BadType(file=file, key="file", given=path.suffix or path.name, allowed="a .toml file")
    text = read_text(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSyntax(f"{file}: not TOML: {error}.", file=file, given=str(error), allowed="TOML 1.0") from error
    except (RecursionError, ValueError) as error:  # nesting without end, or a number of thousands of digits
        raise BadSyntax(file=file, given=type(error).__name__, allowed="TOML of modest depth and numbers") from error
    if not table:
        raise EmptyFile(file=file, allowed="at least one key")
    check_depth(table, file)
    return table


def read_text(path: Path) -> str:
    """The text of a file of at most MAX_BYTES bytes."""
    file = str(path)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotFound(file=file, given=file, allowed="a regular file")
        if found.st_size > MAX_BYTES:
            raise TooLarge(file=file, given=f"{found.st_size} bytes", allowed=f"{MAX_BYTES} bytes")
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a possible path"
        raise NotFound(
            f"{file[:300]} cannot be read: {reason.lower()}.", file=file, given=file, allowed="a file that can be read"
        ) from error
    if not data.strip():
        raise EmptyFile(file=file, allowed="at least one key")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(file=file, given=f"byte {error.start}", allowed="UTF-8 text") from error
    if "\0" in text:
        raise NotText(file=file, given=f"NUL at character {text.index(chr(0))}", allowed="UTF-8 text")
    return text


def check_depth(table: Any, file: str | None) -> None:
    """Refuse tables nested deeper than anything we say; everything after may then recurse safely."""
    level: list[Any] = [table]
    for _ in range(MAX_DEPTH):
        level = [
            item
            for each in level
            for item in (each.values() if isinstance(each, dict) else each)
            if isinstance(item, (dict, list, tuple))
        ]
        if not level:
            return
    raise BadSyntax(file=file, given=f"more than {MAX_DEPTH} levels", allowed=f"at most {MAX_DEPTH} levels of tables")


def validated[M: BaseModel](model: type[M], table: Any, file: str | None, under: str | None = None) -> M:
    """The statement, found in the file under the key `under`, as a model. Raises the first fault of all."""
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise collected(translated(error, model, file, under)) from None


def raise_all(errors: Iterable[SpannerError]) -> None:
    """Raise the first of the faults, if there are any, knowing of the others."""
    found = list(errors)
    if found:
        raise collected(found)
