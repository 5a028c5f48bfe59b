"""The journal says which parts of a store are whole: a line a part, appended under a lock, synced before it counts."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from simulation.store.format import JOURNAL, LOCK

_HELD = threading.local()
"""The locks that a thread holds."""


@dataclass(frozen=True)
class PartFile:
    """One Parquet file of a part: where it lies under the store, how long it is and its blake2b hash."""

    path: str
    size: int
    hash: str
    rows: int


@dataclass(frozen=True)
class Part:
    """What one flush wrote: its files stand or fall together."""

    name: str
    files: tuple[PartFile, ...]
    runs: int


@dataclass
class Listing:
    """The journal read from end to end: parts that stand, and the names of those that were set aside."""

    parts: dict[str, Part] = field(default_factory=dict)
    set_aside: set[str] = field(default_factory=set)
    torn: int = 0


class Journal:
    """An append-only file of JSON lines; a line torn by a crash is skipped, so the part it named is done again."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL
        self._lock = folder / LOCK

    def read(self) -> Listing:
        """Every part listed and not set aside since, in the order they were listed."""
        listing = Listing()
        if not self.path.exists():
            return listing
        for line in self.path.read_bytes().split(b"\n"):
            if not line.strip():
                continue
            entry = _parse(line)
            if entry is None:
                listing.torn += 1
            elif "set_aside" in entry:
                listing.set_aside.add(entry["set_aside"])
                listing.parts.pop(entry["set_aside"], None)
            else:
                part = Part(entry["name"], tuple(PartFile(**item) for item in entry["files"]), entry["runs"])
                listing.parts[part.name] = part
        return listing

    def add(self, part: Part) -> None:
        """List a part whose files already lie in their places."""
        self._append(asdict(part))

    def drop(self, name: str) -> None:
        """Record that a part no longer counts."""
        self._append({"set_aside": name})

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store's lock: one process at a time may write the journal or move parts about.

        The thread that holds it already may take it again, so that what belongs together is done as one.
        """
        held: set[Path] = _HELD.__dict__.setdefault("locks", set())
        lock = self._lock.resolve()
        if lock in held:
            yield
            return
        with open(lock, "ab") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            held.add(lock)
            try:
                yield
            finally:
                held.discard(lock)
                fcntl.flock(handle, fcntl.LOCK_UN)

    def _append(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
        with self.locked(), open(self.path, "ab+") as handle:
            end = handle.seek(0, os.SEEK_END)
            if end:
                handle.seek(end - 1)
                if handle.read(1) != b"\n":  # the last writer died in mid-line: let ours stand alone
                    line = b"\n" + line
            handle.seek(0, os.SEEK_END)
            try:
                handle.write(line + b"\n")
                handle.flush()
                os.fsync(handle.fileno())
            except OSError:
                handle.truncate(end)  # a full disk must not leave half a line
                raise


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    if not isinstance(entry, dict):
        return None
    return entry if "set_aside" in entry or {"name", "files", "runs"} <= entry.keys() else None
