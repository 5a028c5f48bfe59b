"""What counting remembers from week to week: smoothed seizures, and what there was in week 0."""

from __future__ import annotations

import numpy as np

from simulation.measures.health import FIRST_BUSINESSES, FIRST_PLATFORM, MEMORY
from simulation.state.codes import ACTIVE
from simulation.state.platform import PLATFORM_KINDS
from simulation.state.world import State

UNKNOWN = -1.0


def remembered(memory: np.ndarray | None, state: State, first: int) -> np.ndarray:
    """A memory of its own for an engine that begins in week `first`; from week 0 on it knows what there was in week 0."""
    found = np.zeros(MEMORY) if memory is None else memory.copy()
    if first < 0:
        found[FIRST_PLATFORM : FIRST_PLATFORM + PLATFORM_KINDS] = UNKNOWN
    elif found[FIRST_BUSINESSES] == 0.0:
        found[FIRST_BUSINESSES] = float(np.count_nonzero((state.business.state == ACTIVE) & (state.business.born < 0)))
        for kind in range(PLATFORM_KINDS):
            found[FIRST_PLATFORM + kind] = most_used(state, kind)
    return found


def most_used(state: State, kind: int) -> float:
    """Row of the platform of a kind with most users, ties by identity; -1 where there is none."""
    platform = state.platform
    rows = np.flatnonzero((platform.state == ACTIVE) & (platform.kind == kind) & (platform.users > 0))
    if not rows.size:
        return UNKNOWN
    return float(rows[np.lexsort((platform.id[rows], -platform.users[rows]))[0]])
