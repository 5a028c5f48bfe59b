"""A part is written whole or not at all: temporary name, sync, rename, then the journal says it counts."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from simulation.store.format import TABLES
from simulation.store.journal import Part, PartFile

TEMPORARY: Final = ".writing"
BAD: Final = ".bad"


def part_name() -> str:
    """A name no other process will choose; names sort by the time they were begun."""
    return f"part-{time.time_ns():020d}-{os.getpid()}-{secrets.token_hex(4)}"


def write_part(folder: Path, name: str, frames: Mapping[str, pd.DataFrame], runs: int) -> Part:
    """Write each non-empty table of one flush and put all of them in their places; nothing is listed yet.

    Raises OSError when the disk will not take them; what was written is then taken away again.
    """
    placed: list[Path] = []
    files: list[PartFile] = []
    try:
        for table, frame in frames.items():
            if frame.empty:
                continue
            (folder / table).mkdir(parents=True, exist_ok=True)
            final = folder / table / f"{name}.parquet"
            temporary = final.with_suffix(TEMPORARY)
            placed.append(temporary)
            _copy(table, frame, temporary)
            _sync(temporary)
            os.rename(temporary, final)
            placed[-1] = final
            _sync(final.parent)
            relative = final.relative_to(folder).as_posix()
            files.append(PartFile(relative, final.stat().st_size, file_hash(final), len(frame)))
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        raise
    return Part(name, tuple(files), runs)


def _copy(table: str, frame: pd.DataFrame, path: Path) -> None:
    """One Parquet file by way of a connection of its own, with the columns' types as the format states them."""
    columns = TABLES[table]
    wanted = ", ".join(
        f'CAST("{name}" AS {kind}) AS "{name}"' if name in frame.columns else f'CAST(NULL AS {kind}) AS "{name}"'
        for name, kind in columns.items()
    )
    target = str(path).replace("'", "''")
    con = duckdb.connect(":memory:")
    try:
        con.execute("SET threads = 1")
        con.execute("SET preserve_insertion_order = true")
        con.register("part_frame", frame)
        con.execute(
            f"COPY (SELECT {wanted} FROM part_frame) TO '{target}' "
            "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"
        )
    except (duckdb.IOException, duckdb.FatalException) as error:
        raise OSError(str(error).splitlines()[0]) from error
    finally:
        con.close()


def is_whole(folder: Path, part: Part, *, deep: bool = True) -> bool:
    """Whether every file of a part is there with its listed size and, when deep, its listed hash."""
    for item in part.files:
        path = folder / item.path
        try:
            if path.stat().st_size != item.size or (deep and file_hash(path) != item.hash):
                return False
        except OSError:
            return False
    return True


def set_aside(folder: Path, part: Part) -> None:
    """Rename what is left of a damaged part, so that it is kept for inspection and read by nothing."""
    for item in part.files:
        path = folder / item.path
        try:
            path.rename(path.with_suffix(path.suffix + BAD))
        except FileNotFoundError:
            continue  # this file is what was missing, or another process set it aside first


def file_hash(path: Path) -> str:
    """The blake2b hash of a file's bytes."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
