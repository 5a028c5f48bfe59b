"""Everything is compiled once, on all cores, before anyone waits for a result."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulation.schema import Scenario
    from simulation.state.values import Values
    from simulation.state.world import State
    from simulation.world.ground import Locality

# What can be compiled at the same time, one process a group: first the phases of the week, in two groups of about equal
# compile time; then what puts the week together, and beside it what surrounds the week. Each is cached on its own.
STAGES = (
    (
        ("supply", "retail", "accounts", "adapt", "entry", "opening", "trust_week", "begin", "picture", "resolve",
         "sense"),
        ("people", "commission", "justice", "enforce", "clear", "count", "contest", "community", "acquisitive",
         "operations"),
    ),
    (("the week",), ("a world", "a meeting")),
)  # fmt: skip
LAST = ("a plan",)
SMALL = {"L": 2, "M": 1, "B": 10, "O": 4, "N": 4, "A": 1, "Q": 4, "G": 4, "R": 16, "E": 0}

Progress = Callable[[int, int, str], None]


def warm_up(progress: Progress | None = None) -> None:
    """Compile and cache every kernel; `progress(done, of, what)` after each step. Quick when all is cached already."""
    from simulation.schema import build_spec
    from simulation.world.run import execute

    names = [name for stage in STAGES for group in stage for name in group]
    total = len(names) + len(LAST)
    done = 0
    if progress is not None:
        progress(done, total, "the phases of the week")
    for stage in STAGES:
        for name in _abreast(stage):
            done += 1
            if progress is not None:
                progress(done, total, name)
    for plan in ("do-as-now", "clear-hold-build"):
        execute(build_spec("estate", plan, weeks=14))
    if progress is not None:
        progress(total, total, LAST[0])


def _abreast(groups: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Compile groups in a process each; says what is done as it is done."""
    code = "import sys; from simulation.world.compiled import compile_phases; compile_phases(sys.argv[1:])"
    workers = [
        subprocess.Popen([sys.executable, "-c", code, *group], stdout=subprocess.PIPE, text=True) for group in groups
    ]
    streams = [iter(worker.stdout) for worker in workers if worker.stdout is not None]
    while streams:
        for stream in list(streams):
            line = next(stream, None)
            if line is None:
                streams.remove(stream)
            else:
                yield line.strip()
    failed = [worker.wait() for worker in workers]
    if any(failed):
        raise RuntimeError("a kernel did not compile; see the message above")


def compile_phases(names: list[str]) -> None:
    """Compile some phases by living them once in an empty world; prints each when it is done."""
    from simulation.chance.draws import make_key
    from simulation.kernels import week as phases
    from simulation.measures.catalogue import MEASURES, PLACE_MEASURES
    from simulation.measures.weekly import count_week
    from simulation.state.columns import allocate
    from simulation.state.handle import bind
    from simulation.state.levers import Levers
    from simulation.state.world import allocate_state
    from simulation.world.advance import run_block
    from simulation.world.create import fill_free, seat_counterparties
    from simulation.world.values import parameter_record

    state = allocate_state(SMALL)
    fill_free(state)
    seat_counterparties(state)
    state.place.price_seen[:] = state.place.price_rest[:] = state.chain.street_price[:] = 1.0
    levers = bind(allocate(Levers, {**SMALL, "W": 1}))
    p = parameter_record({})
    series, places = np.zeros((1, len(MEASURES))), np.zeros((1, SMALL["L"], len(PLACE_MEASURES)))
    for name in names:
        if name == "a world":
            start_small()
        elif name == "a meeting":
            meet_small()
        elif name == "count":
            count_week(state, p, np.zeros(2), series[0], places[0])
        elif name == "the week":
            run_block(
                state, levers, p, make_key(0), 0, 1, 0, np.zeros(2), series, places, 0, np.zeros(6, np.int64),
                np.zeros(1, np.uint8), np.zeros(1, np.int64),
            )  # fmt: skip
        else:
            getattr(phases, name)(state, levers, p, make_key(0), 0, 0)
        print(name, flush=True)


def start_small() -> tuple[State, list[Locality], Scenario, Values]:
    """The smallest world, populated."""
    from simulation.chance.draws import make_key
    from simulation.schema import load_scenario
    from simulation.world.create import create
    from simulation.world.values import parameter_record

    scenario, p = load_scenario("estate"), parameter_record({})
    return *create(scenario, p, make_key(0), -1), scenario, p


def meet_small() -> None:
    """One round of tasking meetings in it, which calls what agencies call."""
    import simulation.interventions  # noqa: F401 (registers the cards that plans name)
    from simulation.chance.draws import make_key
    from simulation.policy import Programme
    from simulation.schema import load_plan

    state, localities, scenario, p = start_small()
    programme = Programme(load_plan("do-as-now"), scenario, p, make_key(0), localities)
    programme.meet(state, -52)
    programme.meet(state, -50)
