"""Everything is compiled once, on all cores, before anyone waits for a result."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np
from llvmlite.binding import get_host_cpu_name

from simulation.kernel import cache_folder

if TYPE_CHECKING:
    from simulation.schema import Scenario
    from simulation.state.values import Values
    from simulation.state.world import State
    from simulation.world.ground import Locality

# What can be compiled at the same time: the phases of the week, those that take longest first, with the week and what
# surrounds it.
TASKS = (
    "supply", "people", "commission", "retail", "justice", "opening", "platforms", "franchise", "count", "accounts",
    "enforce", "adapt", "entry", "a world", "the week", "contest", "sense", "begin", "resolve", "trust_week", "routes",
    "operations", "a meeting", "franchise_terms", "clear", "insiders", "lending", "extortion", "camouflage", "community",
    "emergence", "picture", "acquisitive", "facilities",
)  # fmt: skip
WORKERS = 2
WORKER = "from simulation.world.compiled import work; work()"
SMALL = {"L": 2, "M": 1, "B": 10, "O": 4, "N": 4, "A": 1, "Q": 4, "G": 4, "R": 16, "E": 0}

Progress = Callable[[int, int, str], None]


def warm_up(progress: Progress | None = None) -> None:
    """Compile and keep every kernel; `progress(done, of, what)` after each step. Nothing is done where all is kept."""
    stamp = _stamp()
    if stamp is None or not stamp.exists():
        if progress is not None:
            progress(0, len(TASKS), "the phases of the week")
        for done, name in enumerate(_abreast(), start=1):
            if progress is not None:
                progress(done, len(TASKS), name)
        if stamp is not None:
            stamp.touch()
    elif progress is not None:
        progress(len(TASKS), len(TASKS), "all is compiled")


def _stamp() -> Path | None:
    """A file that says that all of these sources have been compiled for this processor; None where nothing is kept."""
    folder = cache_folder(Path(__file__))
    return None if folder is None else folder / f"complete-{get_host_cpu_name()}"


def _abreast() -> Iterator[str]:
    """Compile in processes side by side; says what is done as it is done."""
    with ExitStack() as at_the_end:
        idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        for _ in range(WORKERS):
            command = [sys.executable, "-c", WORKER]
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            at_the_end.callback(_end, worker)
            idle.put(worker)
        pool = at_the_end.enter_context(ThreadPoolExecutor(WORKERS))
        for done in as_completed([pool.submit(_asked, idle, name) for name in TASKS]):
            yield done.result()


def _end(worker: subprocess.Popen[str]) -> None:
    """Nothing more is asked of a worker, which may have died with a question unread."""
    worker.kill()
    with suppress(BrokenPipeError):
        worker.communicate()


def _asked(idle: SimpleQueue[subprocess.Popen[str]], name: str) -> str:
    """Have whichever worker is free compile something; its name, once that is done."""
    worker = idle.get()
    assert worker.stdin is not None and worker.stdout is not None
    try:
        print(name, file=worker.stdin, flush=True)
        if worker.stdout.readline().strip() != name:
            raise RuntimeError("a kernel did not compile; see the message above")
    finally:
        idle.put(worker)  # also one that has died: whoever waits for it would wait for ever
    return name


def work() -> None:
    """Compile what is asked for, a name a line, until nobody asks any more; each name is answered when it is done."""
    gc.disable()  # a compiler makes many objects that live on: looking through them again and again took a sixth of the time
    for line in sys.stdin:
        name = line.strip()
        compile_phase(name)
        print(name, flush=True)


def compile_phase(name: str) -> None:
    """Compile one phase by living it once in an empty world."""
    from simulation.chance.draws import make_key
    from simulation.kernels import week as phases
    from simulation.measures.catalogue import MEASURES, PLACE_MEASURES
    from simulation.measures.health import MEMORY
    from simulation.measures.weekly import count_week
    from simulation.policy.perceived import betweenness
    from simulation.state.columns import allocate
    from simulation.state.counters import COURSE, TRADE
    from simulation.state.handle import bind
    from simulation.state.levers import Levers
    from simulation.state.project import RECIPES
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
    courses = np.zeros((1, SMALL["M"] + RECIPES, COURSE))
    if name == "a world":
        start_small()
        start_small("virtual")  # whose jobs have crews from the start
    elif name == "a meeting":
        meet_small()
        betweenness(np.zeros((0, 2), np.int64), 2)
    elif name == "count":
        count_week(state, p, 0, np.zeros(MEMORY), series[0], places[0], courses[0])
    elif name == "the week":
        run_block(
            np.zeros(0, np.uint64), state, levers, p, make_key(0), 0, 1, 0, np.zeros(MEMORY), series, places, 0, np.zeros(6, np.int64),
            np.zeros(1, np.uint8), np.zeros(1, np.int64), np.zeros((1, SMALL["M"], TRADE), np.int64), courses,
        )  # fmt: skip
    else:
        getattr(phases, name)(state, levers, p, make_key(0), 0, 0)


def start_small(preset: str = "estate") -> tuple[State, list[Locality], Scenario, Values]:
    """A small world, populated."""
    from simulation.chance.draws import make_key
    from simulation.schema import load_scenario
    from simulation.world.create import create
    from simulation.world.values import parameter_record

    scenario, p = load_scenario(preset), parameter_record({})
    return *create(scenario, p, make_key(0), -1), scenario, p


def meet_small() -> None:
    """Rounds of tasking meetings in it, as carrying on and under a plan that opens operations."""
    import simulation.interventions  # noqa: F401 (registers the cards that plans name)
    from simulation.chance.draws import make_key
    from simulation.policy import Programme
    from simulation.schema import load_plan

    state, localities, scenario, p = start_small()
    for plan in ("do-as-now", "clear-hold-build"):
        programme = Programme(load_plan(plan), scenario, p, make_key(0), localities)
        programme.open(state, 0)
        for week in range(0, 16, 2):
            programme.meet(state, week)
