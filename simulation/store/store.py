"""A store checks what it holds and takes more: what the journal lists and the disk bears out is done."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from simulation.errors import BadSyntax, Conflict, NotFound, Unwritable
from simulation.store.batches import announced
from simulation.store.format import FORMAT, MANIFEST, RUNS_PER_PART, SECONDS_PER_PART
from simulation.store.journal import Journal, Part
from simulation.store.parts import TEMPORARY, is_whole, part_name, set_aside, write_part
from simulation.store.provenance import provenance
from simulation.store.records import Record, frames

DEFAULT_FOLDER: Final = "spanner-runs"
VARIABLE: Final = "SPANNER_STORE"
STALE_S: Final = 86_400.0


def default_folder() -> Path:
    """Where results go when nobody says: SPANNER_STORE, else `spanner-runs` here."""
    return Path(os.environ.get(VARIABLE) or DEFAULT_FOLDER)


class Store:
    """A folder of results; open it to read or to write, as often and from as many processes as you like."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self.folder = folder
        self.writable = writable
        self.journal = Journal(folder)
        self.damaged: list[str] = []
        self._checked: set[str] = set()

    @classmethod
    def open(cls, folder: str | Path | None = None) -> Self:
        """Open a store to read; NotFound when there is none, Conflict when its format is newer than this code."""
        path = Path(folder) if folder is not None else default_folder()
        if not (path / MANIFEST).is_file():
            raise NotFound(f"There is no store of results at {path}.", file=str(path))
        _check_manifest(path)
        return cls(path, writable=False)

    @classmethod
    def create(cls, folder: str | Path | None = None) -> Self:
        """Open a store to write, making it when it is not there; damaged parts are set aside to be done again."""
        path = Path(folder) if folder is not None else default_folder()
        try:
            path.mkdir(parents=True, exist_ok=True)
            if not (path / MANIFEST).exists():
                _write_manifest(path)
            with Journal(path).locked():
                pass
        except (OSError, ValueError) as error:
            raise _unwritable(path, error) from error
        _check_manifest(path)
        store = cls(path, writable=True)
        store._clear_abandoned()
        store.parts()
        return store

    def parts(self) -> list[Part]:
        """The parts that count: listed, and borne out by the disk. When writable, the others are set aside for good."""
        listed = list(self.journal.read().parts.values())
        good: list[Part] = []
        for part in listed:
            if is_whole(self.folder, part, deep=part.name not in self._checked):
                self._checked.add(part.name)
                good.append(part)
                continue
            if part.name not in self.damaged:
                self.damaged.append(part.name)
            if self.writable:
                set_aside(self.folder, part)
                self.journal.drop(part.name)
        return good

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be known as writing here, so that nobody takes runs out meanwhile; waits while somebody does."""
        with ExitStack() as stack:
            try:
                stack.enter_context(announced(self.folder))
            except OSError as error:
                raise _unwritable(self.folder, error) from error
            yield

    def write(self, records: list[Record]) -> Part:
        """Write records as one part and list it; after this returns they survive a crash.

        Raises Unwritable when the disk is full or the folder refuses; parts listed before stay as they are.
        """
        name = part_name()
        try:
            part = write_part(self.folder, name, {**frames(records), "provenance": provenance(name)}, len(records))
            self.journal.add(part)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self._checked.add(name)
        return part

    def _clear_abandoned(self) -> None:
        """Take away temporary files whose writer has been gone for a day."""
        for path in self.folder.glob(f"*/*{TEMPORARY}"):
            try:
                if time.time() - path.stat().st_mtime > STALE_S:
                    path.unlink()
            except FileNotFoundError:
                continue  # another process cleared it first


class Writer:
    """Gathers finished runs into parts that are worth a file: 256 runs or 30 seconds of work, whichever comes first."""

    def __init__(self, store: Store, *, runs: int = RUNS_PER_PART, seconds: float = SECONDS_PER_PART) -> None:
        self.store = store
        self.written = 0
        self._runs = runs
        self._seconds = seconds
        self._waiting: list[Record] = []
        self._since = time.monotonic()

    def add(self, record: Record) -> None:
        """Take a finished run; it is on the disk at the latest after the next flush."""
        self._waiting.append(record)
        if len(self._waiting) >= self._runs or time.monotonic() - self._since >= self._seconds:
            self.flush()

    def flush(self) -> None:
        """Write what waits. When the disk refuses, what waits is kept and can be flushed again."""
        if self._waiting:
            self.store.write(self._waiting)
            self.written += len(self._waiting)
            self._waiting = []
        self._since = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Unwritable):  # an interrupt or a fault elsewhere must not lose finished runs
            self.flush()


def _write_manifest(folder: Path) -> None:
    text = json.dumps({"format": FORMAT, "created": datetime.now(UTC).isoformat(timespec="seconds")}, indent=2)
    temporary = folder / f"{MANIFEST}.{os.getpid()}-{secrets.token_hex(4)}"
    with open(temporary, "w", encoding="utf-8") as handle:
        handle.write(text + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    os.rename(temporary, folder / MANIFEST)


def _check_manifest(folder: Path) -> None:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        number = manifest["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadSyntax("The store's manifest cannot be read.", file=str(path)) from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    if number != FORMAT:
        raise Conflict(
            f"The store at {folder} has format {number}; this version reads and writes format {FORMAT}.",
            file=str(path), key="format", given=number, allowed=FORMAT,
        )  # fmt: skip


def _unwritable(folder: Path, error: Exception) -> Unwritable:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return Unwritable(f"Results cannot be written to {folder}: {reason}.", file=str(folder), given=str(folder))
