"""The columns of an import: groups, people and ties as numbers, kept beside the scenario and read when a world is made."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from simulation.errors import Conflict, NotFound
from simulation.schema.imported import COLUMNS_FILE, FEW, Imported


class Columns(NamedTuple):
    """Rows in the order of their tokens, which says nothing of the table they came from. Bare numbers and market names."""

    group: np.ndarray
    """u8: token of each group."""
    market: np.ndarray
    """Text: its market."""
    tier: np.ndarray
    """i1: its tier in the market's chain; -1 in a commissioned market."""
    home: np.ndarray
    """i4: the locality of the force that it is at home in; -1 where nobody said."""
    person: np.ndarray
    """u8: token of each person."""
    member: np.ndarray
    """i4: row of the person's group."""
    role: np.ndarray
    """u1: number of the role among simulation.world.graft_people.NAMES."""
    place: np.ndarray
    """i4: the locality the person lives in; -1 where nobody said."""
    age: np.ndarray
    """i1: age band; -1 where nobody said."""
    one: np.ndarray
    """i4: row of one of the two people of a tie."""
    two: np.ndarray
    """i4: and of the other."""
    strength: np.ndarray
    """f4: 0 to 1."""
    bond: np.ndarray
    """u1: kind of tie."""


KINDS: Final = Columns("u8", "U64", "i1", "i4", "u8", "i4", "u1", "i4", "i1", "i4", "i4", "f4", "u1")  # pyright: ignore[reportArgumentType]


def typed(columns: Columns) -> Columns:
    """The columns at the widths they are kept in."""
    return Columns(*(np.asarray(column).astype(kind) for column, kind in zip(columns, KINDS, strict=True)))


def digest(columns: Columns) -> str:
    """32 hex digits of what the columns hold."""
    sums = hashlib.blake2b(digest_size=16)
    for name, column in zip(Columns._fields, columns, strict=True):
        sums.update(f"{name}:{column.dtype.str}:{column.size};".encode())
        sums.update(np.ascontiguousarray(column).tobytes())
    return sums.hexdigest()


def packed(columns: Columns) -> bytes:
    """The columns as the bytes of a file; nothing in it runs when it is read."""
    into = io.BytesIO()
    np.savez_compressed(into, **columns._asdict())
    return into.getvalue()


def small_groups(imported: Imported | None) -> frozenset[str]:
    """The identities of imported groups of so few people that whatever is said of the group is said of them."""
    if imported is None or imported.people == 0:
        return frozenset()
    columns = read_columns(imported)
    people = np.bincount(columns.member, minlength=columns.group.size)
    return frozenset(f"{int(one):016x}" for one in columns.group[people < FEW])


def read_columns(imported: Imported) -> Columns:
    """The columns of an import. Raises NotFound when they are gone, Conflict when they are not those it was made with."""
    path = Path(imported.folder) / COLUMNS_FILE
    try:
        with np.load(path, allow_pickle=False) as held:
            columns = Columns(*(held[name] for name in Columns._fields))
    except OSError as error:
        raise NotFound(
            f"{path}: the columns of this import are not there; it may have been forgotten.", file=str(path)
        ) from error
    except (ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
        raise Conflict(f"{path} does not hold the columns of an import.", file=str(path)) from error
    if digest(columns) != imported.digest:
        raise Conflict(
            f"{path} is not what was imported with this scenario; import it again.",
            file=str(path),
            key="imported.digest",
        )
    return columns
