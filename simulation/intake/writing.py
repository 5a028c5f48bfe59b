"""An import is written to a folder of its own: a scenario that departs from a preset, bare columns, and the key alone."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from simulation.errors import Conflict, OutOfRange, Unwritable
from simulation.schema import list_cases, list_scenarios
from simulation.schema.imported import COLUMNS_FILE, KEY_FILE, SCENARIO_FILE, imports_folder
from simulation.schema.reading import is_name
from simulation.world.standing_in import Columns, packed

ID_DIGITS: Final = 16
PREFIX: Final = "import-"
HALF: Final = re.compile(r"^\.[a-z0-9-]{1,64}\.[0-9a-f]{8}$")
STALE_S: Final = 300.0
"""Writing takes seconds; what is older was left by a process that was killed."""


def new_id() -> str:
    """The id by which results speak of an import: nobody can guess it, and it says nothing."""
    return PREFIX + secrets.token_hex(ID_DIGITS // 2)


def check_name(name: str) -> None:
    """Refuse a name that is none, or that something else bears."""
    if not is_name(name):
        raise OutOfRange(key="out", given=name, allowed="a name of [a-z0-9-]{1,64} that names nobody")
    if name in (*list_scenarios(), *list_cases()) or name.startswith(PREFIX):
        raise Conflict(
            f'"{name}" is the name of a preset or case, or looks like an id; call the import something else.',
            key="out", given=name, allowed="a name of its own",
        )  # fmt: skip
    if (imports_folder() / name).exists():
        raise _taken(name)


def _taken(name: str) -> Conflict:
    return Conflict(
        f'An import called "{name}" is there already; `spanner forget {name}` removes it.', key="out", given=name,
        allowed="a name that is not taken",
    )  # fmt: skip


def clear_half_written(name: str | None = None) -> None:
    """Remove what imports that were killed left behind: those of this name, and all that nobody writes to any more."""
    for folder in imports_folder().glob(".*.*"):
        if not HALF.match(folder.name):
            continue
        try:
            if folder.name.split(".")[1] == name or time.time() - folder.stat().st_mtime > STALE_S:
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            continue  # another process cleared it first


def write_import(name: str, table: Mapping[str, Any], columns: Columns, key: bytes) -> Path:
    """Write the folder of an import, whole or not at all, for its owner alone to read; returns the scenario file."""
    import tomlkit

    folder = imports_folder() / name
    temporary = folder.with_name(f".{name}.{secrets.token_hex(4)}")
    clear_half_written()
    try:
        temporary.mkdir(parents=True, mode=0o700)
        _put(temporary / COLUMNS_FILE, packed(columns))
        _put(temporary / KEY_FILE, key.hex().encode())
        _put(temporary / SCENARIO_FILE, tomlkit.dumps(table).encode())
        os.rename(temporary, folder)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):  # another import took the name meanwhile
            raise _taken(name) from error
        reason = error.strerror or str(error)
        raise Unwritable(f"The import cannot be written to {folder}: {reason}.", file=str(folder)) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)  # gone already, unless something stopped it
    return folder / SCENARIO_FILE


def _put(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
