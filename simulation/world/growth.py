"""A table that is nearly full is lengthened between weeks; nobody in the world can tell."""

from __future__ import annotations

import numpy as np

from simulation.state.columns import grow
from simulation.state.world import (
    FREE_BUSINESS,
    FREE_GHOST,
    FREE_OPERATION,
    FREE_OUTLET,
    FREE_PERSON,
    Groups,
    State,
)

TABLES = (
    ("B", "business", FREE_BUSINESS, 0),
    ("O", "outlet", FREE_OUTLET, 1),
    ("N", "person", FREE_PERSON, 2),
    ("Q", "operation", FREE_OPERATION, 3),
    ("G", "ghost", FREE_GHOST, 4),
)


def grown(s: State, reserve: np.ndarray) -> State:
    """The same world with every short table half as long again (and at least the reserve more)."""
    groups = dict(zip(Groups._fields, s.columns, strict=True))
    for dim, table, which, need in TABLES:
        count = groups["tally"].count
        if count[which] >= reserve[need]:
            continue
        old = groups[table].id.size
        new = old + max(old // 2, int(reserve[need]))
        groups = {name: grow(group, dim, new) for name, group in groups.items()}
        stack = getattr(groups["free"], table)
        height = int(groups["tally"].count[which])
        # new rows lie under the old free ones, so that low rows go on being taken first
        fresh = np.arange(new - 1, old - 1, -1, dtype=np.int32)
        stack[fresh.size : fresh.size + height] = stack[:height].copy()
        stack[: fresh.size] = fresh
        groups["tally"].count[which] = height + fresh.size
        if dim in ("N", "O"):
            groups["orders"] = grow(groups["orders"], "R", groups["orders"].kind.size + new - old)
    return State(*groups.values())
