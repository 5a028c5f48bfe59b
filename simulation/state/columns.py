"""Columns are declared once, as annotations; this module allocates, copies, grows and reorders whole groups of them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, get_type_hints

import numpy as np


@dataclass(frozen=True)
class Col:
    """One column: its dtype, the dimensions it spans (names of `Dims`, or plain integers) and its value when empty."""

    dtype: str
    dims: tuple[str | int, ...]
    fill: float = 0


def col(dtype: str, *dims: str | int, fill: float = 0) -> Col:
    return Col(dtype, dims, fill)


@functools.cache
def columns_of(group: type) -> dict[str, Col]:
    """Name -> column of a group, in declaration order."""
    hints = get_type_hints(group, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def allocate(group: type, dims: dict[str, int]) -> Any:
    """An empty group: every column filled with its empty value. `dims` maps dimension names to lengths."""
    arrays = []
    for column in columns_of(group).values():
        shape = tuple(dims[d] if isinstance(d, str) else d for d in column.dims)
        arrays.append(np.full(shape, column.fill, dtype=column.dtype))
    return group(*arrays)


def copy(group: Any) -> Any:
    """The same rows in new arrays, so that a fork never writes into its parent."""
    if isinstance(group, np.ndarray):
        return group.copy()
    return type(group)(*(copy(part) for part in group))


def grow(group: Any, dim: str, length: int) -> Any:
    """The group with dimension `dim` lengthened to `length`; new rows are empty, old ones keep their place."""
    arrays = []
    for (_, column), array in zip(columns_of(type(group)).items(), group, strict=True):
        if dim not in column.dims:
            arrays.append(array)
            continue
        shape = tuple(length if d == dim else n for d, n in zip(column.dims, array.shape, strict=True))
        bigger = np.full(shape, column.fill, dtype=column.dtype)
        bigger[tuple(slice(0, n) for n in array.shape)] = array
        arrays.append(bigger)
    return type(group)(*arrays)
