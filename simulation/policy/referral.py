"""What an agency does not take on it passes to whose work it is: suppliers of others up, sellers on the street down."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.kernels.referral import refer
from simulation.policy.deliberation import Table
from simulation.state.codes import LEVELS, LOCAL, WHOLESALER
from simulation.state.police import GHOST_TARGET, NATIONAL_AGENCY, REGIONAL_UNIT
from simulation.state.values import Values
from simulation.state.world import State

TAKERS = {1: REGIONAL_UNIT, 2: NATIONAL_AGENCY}


def pass_on(state: State, p: Values, table: Table, shortlist: tuple[np.ndarray, ...]) -> int:
    """Pass the best known files of a meeting's list to the next level, so many each way; gives how many."""
    most, done = round(p["referral_most"]), {+1: 0, -1: 0}
    under_way = set(
        state.operation.target_id[(state.operation.state == 1) & (state.operation.agency == table.row)].tolist()
    )
    for kind, row, identity, known in listed(shortlist):
        way = direction(state, table.level, kind, row)
        taker = table.level + way
        if way == 0 or not 0 <= taker < LEVELS or done[way] >= most or known < p["referral_known"]:
            continue
        if identity in under_way or not someone_takes(state, taker):
            continue
        held = state.ghost.knowledge if kind == GHOST_TARGET else state.person.knowledge
        if held[row, taker] >= known:
            continue  # they have it already
        refer(state, table.row, kind, row, table.level, taker)
        done[way] += 1
    return sum(done.values())


def listed(shortlist: tuple[np.ndarray, ...]) -> Iterator[tuple[int, int, int, float]]:
    """The targets of a list, best first: kind, row, identity, knowledge."""
    rows, kinds, identities, _, known = (part.tolist() for part in shortlist)
    return ((kinds[n], rows[n], identities[n], known[n]) for n in range(len(rows)) if rows[n] >= 0)


def direction(state: State, level: int, kind: int, row: int) -> int:
    """Where a file belongs from a level's point of view: 1 up, -1 down, 0 here."""
    if kind == GHOST_TARGET:
        return 1 if level == LOCAL else 0  # it is taken for somebody at the top
    business = int(state.person.business[row])
    tier = int(state.business.tier[business]) if business >= 0 else -1
    if 0 <= tier <= WHOLESALER:
        return 1
    return -1 if tier > WHOLESALER and level > LOCAL else 0


def someone_takes(state: State, level: int) -> bool:
    """Whether there is an agency of that level to take files."""
    if level == LOCAL:
        return True
    return bool(np.any((state.agency.kind == TAKERS[level]) & (state.agency.id != 0)))
