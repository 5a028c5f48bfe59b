"""Weeks are computed in blocks between decisions: one compiled call for as long as the levers are known."""

from __future__ import annotations

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.ghosts import SLOTS_A_WEEK
from simulation.kernels.week import week
from simulation.measures.weekly import count_week
from simulation.state.police import FORCE
from simulation.state.world import (
    EVENT_COUNT,
    FREE_BUSINESS,
    FREE_GHOST,
    FREE_OPERATION,
    FREE_OUTLET,
    FREE_PERSON,
    OVERRUN,
    State,
)

OPERATIONS_A_MEETING = 256  # rows kept for the operations that the meetings of a week may open
DONE, NEED_ROOM, CANCELLED, OVERRAN = 0, 1, 2, 3


@kernel
def enough_room(s, reserve):
    """Whether every stack still has the rows that one week can need; events, where kept, have room for a week too."""
    count = s.tally.count
    if count[FREE_PERSON] < reserve[2] or count[FREE_OUTLET] < reserve[1] or count[FREE_BUSINESS] < reserve[0]:
        return False
    if count[FREE_OPERATION] < reserve[3] or count[FREE_GHOST] < reserve[4]:
        return False
    events = s.tally.event.shape[0]
    return events == 0 or events - count[EVENT_COUNT] >= reserve[5]


@kernel
def run_block(
    phases,
    s,
    v,
    p,
    key,
    first,
    weeks,
    skip,
    memory,
    series,
    places,
    offset,
    reserve,
    cancel,
    progress,
    markets,
    courses,
):
    """Compute up to `weeks` weeks of those phases from world week `first`; `skip` of the block's lever weeks are used.

    Row `offset + n` of the series, of that by place, and of those by chain market and by any market receives week n.
    Returns (weeks computed, DONE | NEED_ROOM | CANCELLED | OVERRAN).
    """
    for n in range(weeks):
        if cancel[0] != 0:
            return n, CANCELLED
        if not enough_room(s, reserve):
            return n, NEED_ROOM
        week(phases, s, v, p, key, first + n, skip + n)
        count_week(s, p, first + n, memory, series[offset + n], places[offset + n], courses[offset + n])
        markets[offset + n] = s.tally.trade
        progress[0] = first + n
        if s.tally.count[OVERRUN] > 0:
            return n + 1, OVERRAN
    return weeks, DONE


def room_reserve(s: State) -> np.ndarray:
    """Rows that one week may need: businesses, outlets, people, operations, ghosts, events; more in a larger world."""
    forces = int(np.count_nonzero((s.agency.id != 0) & (s.agency.kind == FORCE)))
    least = np.array([24, 48, 320, OPERATIONS_A_MEETING, forces * SLOTS_A_WEEK, 6000])
    tables = (s.business, s.outlet, s.person, s.operation, s.ghost)
    return np.maximum(least, np.array([*(table.id.size // 8 for table in tables), s.person.id.size]))
