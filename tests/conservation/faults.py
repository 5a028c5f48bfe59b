"""A fault is a line of text; what the checks of a world share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.state.codes import ACTIVE
from simulation.state.world import State

type Identity = Callable[[State], list[str]]


def fault(found: np.ndarray, what: str) -> list[str]:
    """One line when any row of a mask is a fault."""
    rows = np.flatnonzero(found)
    return [f"{what}: rows {rows[:5].tolist()}" + (" and more" if rows.size > 5 else "")] if rows.size else []


def active(s: State, table: str) -> np.ndarray:
    """Rows of a table that stand for something."""
    return np.flatnonzero(getattr(s, table).state == ACTIVE)
