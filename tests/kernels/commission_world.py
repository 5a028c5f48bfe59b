"""A place with the brokers, thieves and fences of one commissioned market, and weeks of their work."""

from simulation.kernels.commission import commission
from simulation.state.codes import (
    OUTSIDE,
)
from simulation.state.counters import PROJECT_PENCE, PROJECTS
from simulation.state.handle import Handle
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.prepare_place import prepare_place
from tests.kernels.place_world import KEY, crews, levers, values

FIRST = OUTSIDE  # row of the first broker's business


def ready(p: Values, **size: int) -> tuple[State, Handle]:
    s = crews(**size)
    prepare_place(s, p)
    return s, levers(s)


def weeks(s: State, v: Handle, p: Values, count: int, first: int = 0) -> tuple[int, int]:
    """Jobs done and pence taken over so many weeks."""
    done = pence = 0
    for week in range(first, first + count):
        s.tally.week[:] = 0
        commission(s, v, p, KEY, week, 0)
        done += int(s.tally.week[PROJECTS])
        pence += int(s.tally.week[PROJECT_PENCE])
    return done, pence


def lonely(**changes: float) -> Values:
    """Nobody new comes in, so that crews are those that stand."""
    return values(ablate=("freelance",), **changes)
