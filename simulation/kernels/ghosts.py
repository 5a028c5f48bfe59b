"""Ghosts: people in the picture who are not there, raised by volume that nobody reads, and forgotten again."""

import numpy as np

from simulation.chance.draws import poisson, uniform, uniforms
from simulation.chance.identity import splitmix
from simulation.chance.streams import SENSE
from simulation.kernel import kernel
from simulation.kernels.rows import release_ghost, take_ghost
from simulation.state.codes import ACTIVE, KIND_GHOST, LEVELS, ORGANISER, SPECIALIST, TARGET_PERSON
from simulation.state.police import FORCE
from simulation.state.world import FREE_GHOST, OVERRUN

SLOTS_A_WEEK = 64  # ghosts an agency can raise in a week
WEEK_ORIGIN = 1024


@kernel
def within(s, a, l):
    """Whether a locality lies in an agency's jurisdiction."""
    force = s.agency.force[a]
    if force >= 0:
        return s.place.force[l] == force
    region = s.agency.region[a]
    return region < 0 or s.place.region[l] == region


@kernel
def fade_ghosts(s, p):
    """What is not there is confirmed by nothing: ghosts fade like any knowledge, and are dropped when nobody believes
    in them.
    """
    kept = 2.0 ** (-1.0 / p.sense_half_life)
    ghost = s.ghost
    for g in range(ghost.id.size):
        if ghost.state[g] != ACTIVE:
            continue
        most = 0.0
        for level in range(LEVELS):
            ghost.knowledge[g, level] *= kept
            most = max(most, float(ghost.knowledge[g, level]))
        if most < p.sense_ghost_floor:
            release_ghost(s, g)


@kernel
def raise_ghosts(s, v, p, key, w, lw):
    """Volume that no analyst reads properly turns, here and there, into someone who does not exist."""
    for a in range(s.agency.id.size):
        if s.agency.id[a] == 0 or s.agency.kind[a] != FORCE:
            continue
        mean = p.sense_ghosts * s.agency.rumours[a] * (1.0 - s.agency.adequacy[a])
        mean *= v.false_positive[lw, s.agency.level[a]]
        arrivals = min(poisson(uniform(key, s.agency.id[a], w, SENSE, 0, np.uint64(0)), mean), SLOTS_A_WEEK - 1)
        for slot in range(arrivals):
            if s.tally.count[FREE_GHOST] == 0:
                s.tally.count[OVERRUN] += 1  # the driver keeps room for every ghost of a week
                return
            ordinal = np.uint64((w + WEEK_ORIGIN) * SLOTS_A_WEEK + slot)
            identity = splitmix(s.agency.id[a], np.uint64(KIND_GHOST), ordinal)
            traits = uniforms(key, identity, w, SENSE, 0, np.uint64(0))
            l = some_place(s, a, traits[0])
            if l < 0:
                continue
            g = take_ghost(s)
            ghost = s.ghost
            ghost.id[g] = identity
            ghost.kind[g] = TARGET_PERSON
            ghost.place[g] = l
            ghost.role[g] = ORGANISER if traits[1] < p.sense_ghost_organisers else SPECIALIST
            for level in range(LEVELS):
                ghost.knowledge[g, level] = 0.0
            ghost.knowledge[g, s.agency.level[a]] = p.sense_ghost_start + (1.0 - p.sense_ghost_start) * traits[2]


@kernel
def some_place(s, a, u):
    """A locality of the jurisdiction, each with the same chance; -1 where there is none."""
    many = 0
    for l in range(s.place.id.size):
        if within(s, a, l):
            many += 1
    nth = int(u * many)
    for l in range(s.place.id.size):
        if within(s, a, l):
            if nth == 0:
                return l
            nth -= 1
    return -1
