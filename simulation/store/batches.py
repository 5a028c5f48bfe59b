"""Whoever writes to a store says so as long as it writes; whoever takes runs out of it looks first, and refuses.

A batch holds a file of its own under a lock that ends with its process, however that ends, so nothing is left to be cleared
by hand. The files say which process it is and since when, and nothing of what it does.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from simulation.errors import Conflict, Unwritable
from simulation.store.journal import Journal

FOLDER: Final = "batches"


@contextmanager
def announced(folder: Path) -> Iterator[None]:
    """Be known as writing to a store. Waits while runs are taken out of it; raises OSError where nothing can be written."""
    with Journal(folder).locked():
        (folder / FOLDER).mkdir(exist_ok=True)
        path = folder / FOLDER / f"{os.getpid()}-{secrets.token_hex(4)}"
        handle = open(path, "x", encoding="utf-8")  # noqa: SIM115 - held open as long as the batch lives
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            since = datetime.now(UTC).isoformat(timespec="seconds")
            json.dump({"process": os.getpid(), "host": socket.gethostname(), "since": since}, handle)
            handle.flush()
        except BaseException:
            handle.close()
            path.unlink(missing_ok=True)
            raise
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        handle.close()


def running(folder: Path) -> list[dict[str, Any]]:
    """The batches that write to a store now; what a process that is gone left behind is cleared away."""
    found: list[dict[str, Any]] = []
    for path in sorted((folder / FOLDER).glob("*")):
        try:
            with open(path, encoding="utf-8") as handle:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink(missing_ok=True)
                except BlockingIOError:
                    found.append(_said(handle.read(), path))
        except FileNotFoundError:
            continue  # it ended meanwhile
    return found


@contextmanager
def held_alone(folder: Path) -> Iterator[None]:
    """Hold a store with nobody writing to it: a batch that is about to begin waits.

    Raises Conflict, naming the process, where one has begun: what it writes next would come too late to be removed.
    """
    try:
        with Journal(folder).locked():
            _refuse_beside(folder, running(folder))
            yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unwritable(f"Runs cannot be removed from {folder}: {reason}.", file=str(folder)) from error


def _refuse_beside(folder: Path, batches: list[dict[str, Any]]) -> None:
    if not batches:
        return
    one = batches[0]
    where = "" if one["host"] == socket.gethostname() else f" on {one['host']}"
    more = f" (and {len(batches) - 1} more)" if len(batches) > 1 else ""
    raise Conflict(
        f"Process {one['process']}{where}{more} has been writing results to {folder} since {one['since']}, so nothing was "
        "removed: wait for it to end, or stop it, then ask again.",
        file=str(folder), key="store", given=one["process"], allowed="a store that nobody writes to",
    )  # fmt: skip


def _said(text: str, path: Path) -> dict[str, Any]:
    """What a batch says of itself; at least its process, which its file is called by."""
    try:
        said = json.loads(text)
    except ValueError:
        said = {}
    return {"process": int(path.name.split("-")[0]), "host": socket.gethostname(), "since": "its beginning", **said}
