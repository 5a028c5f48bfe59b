"""The same world with its rows in another order: every reference follows, nothing else changes."""

from __future__ import annotations

from typing import Any, get_type_hints

import numpy as np

from simulation.state.codes import OUTSIDE, TARGET_BUSINESS, TARGET_OUTLET, TARGET_PERSON
from simulation.state.columns import columns_of
from simulation.state.police import GHOST_TARGET
from simulation.state.world import (
    FREE_BUSINESS,
    FREE_GHOST,
    FREE_OPERATION,
    FREE_OUTLET,
    FREE_PERSON,
    Groups,
    State,
)

DIMENSIONS = {"B": "business", "O": "outlet", "N": "person", "Q": "operation", "G": "ghost"}
STACKS = {"B": FREE_BUSINESS, "O": FREE_OUTLET, "N": FREE_PERSON, "Q": FREE_OPERATION, "G": FREE_GHOST}
# columns that hold row numbers of another table
REFERENCES = (
    ("business", "leader", "N"), ("outlet", "business", "B"), ("outlet", "holder", "N"), ("tie", "supplier", "O"),
    ("person", "business", "B"), ("person", "outlet", "O"), ("person", "friend", "N"), ("project", "member", "N"),
    ("orders", "operation", "Q"), ("franchise", "franchisor", "B"), ("franchise", "suitor", "B"),
    ("franchise", "bound", "B"),
)  # fmt: skip
TARGETS = ((TARGET_PERSON, "N"), (TARGET_OUTLET, "O"), (TARGET_BUSINESS, "B"), (GHOST_TARGET, "G"))


def shuffled(s: State, seed: int) -> State:
    """A copy of a world in which businesses, outlets, people, operations and ghosts stand in other rows.

    The stacks of free rows are shuffled too: which row a newcomer gets must not matter either.
    """
    dice = np.random.default_rng(seed)
    moved: dict[str, np.ndarray] = {}
    for dim, table in DIMENSIONS.items():
        size = getattr(s, table).id.size
        fixed = OUTSIDE if dim == "B" else 0
        moved[dim] = np.concatenate([np.arange(fixed), fixed + dice.permutation(size - fixed)])
    groups: dict[str, Any] = {}
    for name, kind in get_type_hints(Groups).items():
        columns = []
        for (_, column), array in zip(columns_of(kind).items(), getattr(s.columns, name), strict=True):
            copy = array.copy()
            if name != "free" and column.dims[0] in moved:
                copy[moved[str(column.dims[0])]] = array
            columns.append(copy)
        groups[name] = kind(*columns)
    for table, column, dim in REFERENCES:
        point(getattr(groups[table], column), moved[dim])
    for table in ("operation", "orders"):
        target, kinds = groups[table].target, groups[table].target_kind
        for kind, dim in TARGETS:
            mine = kinds == kind
            rows = target[mine]
            target[mine] = np.where(rows >= 0, moved[dim][np.clip(rows, 0, moved[dim].size - 1)], rows)
    for dim, which in STACKS.items():
        stack, height = getattr(groups["free"], DIMENSIONS[dim]), s.tally.count[which]
        stack[:height] = dice.permutation(moved[dim][stack[:height]])
    return State(*groups.values())


def point(rows: np.ndarray, moved: np.ndarray) -> None:
    """Row numbers follow those they name; -1 stays nobody."""
    held = rows >= 0
    rows[held] = moved[rows[held]]
