"""Whom the levels of police have in their pictures and whom they miss: probes as in `probes`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from simulation.state.codes import BAIL, FREE, LICENCE, LOCAL, NATIONAL, REGIONAL
from simulation.state.values import Values
from simulation.state.world import State
from simulation.validation.way_probes import Answer, Asked


def in_pictures(state: State, p: Values) -> np.ndarray:
    """Whether each level has each person at large in its picture, (people, levels)."""
    rows = np.flatnonzero(np.isin(state.person.status, (FREE, LICENCE, BAIL)))
    return state.person.knowledge[rows] >= p["tasking_perceived"]


def missed_by_a_level() -> Asked:
    """Of people whom any level has in its picture, the part of all levels' files on them that is missing."""

    def ask(state: State, p: Values, week: int) -> Answer:
        seen = in_pictures(state, p)
        found = seen[seen.any(axis=1)]
        return float((~found).sum()), float(found.size)

    return ask


def missed_locally() -> Asked:
    """Of people whom the region or the country has in its picture, the share that the force misses."""

    def ask(state: State, p: Values, week: int) -> Answer:
        seen = in_pictures(state, p)
        above = seen[:, REGIONAL] | seen[:, NATIONAL]
        return float((above & ~seen[:, LOCAL]).sum()), float(above.sum())

    return ask


def missed_above() -> Asked:
    """Of people whom the force has in its picture, the share that both the region and the country miss."""

    def ask(state: State, p: Values, week: int) -> Answer:
        seen = in_pictures(state, p)
        above = seen[:, REGIONAL] | seen[:, NATIONAL]
        return float((seen[:, LOCAL] & ~above).sum()), float(seen[:, LOCAL].sum())

    return ask


def known_at_all() -> Asked:
    """People at large whom any level has in its picture."""

    def ask(state: State, p: Values, week: int) -> Answer:
        return float(in_pictures(state, p).any(axis=1).sum()), 1.0

    return ask


OF_LEVELS: Final[dict[str, Callable[[], Asked]]] = {
    "missed_by_a_level": missed_by_a_level,
    "missed_locally": missed_locally,
    "missed_above": missed_above,
    "known_at_all": known_at_all,
}
