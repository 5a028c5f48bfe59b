"""A file is handed over: the level that takes it knows from then on what the one that gave it knew."""

from simulation.kernel import kernel
from simulation.state.police import GHOST_TARGET


@kernel
def refer(s, a, kind, row, giver, taker):
    """An agency passes what its level knows of one target to another level, mistakes included."""
    if kind == GHOST_TARGET:
        s.ghost.knowledge[row, taker] = max(s.ghost.knowledge[row, taker], s.ghost.knowledge[row, giver])
    else:
        s.person.knowledge[row, taker] = max(s.person.knowledge[row, taker], s.person.knowledge[row, giver])
    s.agency.referred[a, 0 if taker > giver else 1] += 1
