"""What runs, burn-ins and comparisons cost in time and memory."""

from __future__ import annotations

import os
import time

import numpy as np
import psutil

from simulation import api
from simulation.experiments.executors import available_workers, imap
from simulation.schema import RunSpec, build_spec, list_scenarios
from simulation.state.world import State
from simulation.world import burn_in
from simulation.world.burn_in import burnt_in
from simulation.world.model import World
from simulation.world.run import execute, start_engine
from tests.benchmarks.figure import (
    SEED,
    Figure,
    Size,
    at_least,
    at_most,
    both_seconds,
    cpu_seconds,
    middle,
    wall_seconds,
)

MS, MICROSECONDS, NS, MEGABYTE = 1e3, 1e6, 1e9, 1e6
RUN_TARGETS = {"force": (260, 50.0), "region": (520, 400.0)}
TWO = 2


def spec_of(preset: str, weeks: int, replicate: int = 0, plan: str = "do-as-now") -> RunSpec:
    """One run of the benchmarks."""
    return build_spec(preset, plan, weeks=weeks, seed=SEED, replicate=replicate)


def replicates(size: Size) -> list[Figure]:
    """Processor time of a run after its burn-in, and of the burn-in."""
    figures: list[Figure] = []
    for preset, (weeks, bound) in RUN_TARGETS.items():
        name = f"{preset} replicate of {weeks} weeks, after burn-in"
        before, after = [], []
        for replicate in range(size(7, 1)):
            spec = spec_of(preset, size(weeks, 13), replicate)
            before.append(cpu_seconds(lambda spec=spec: burnt_in(spec)))
            after.append(cpu_seconds(lambda spec=spec: execute(spec)))
        figures.append(at_most(name, MS * middle(after), "ms CPU", bound))
        figures.append(Figure(f"{preset} burn-in of {burn_in.BURN_IN_WEEKS} weeks", MS * middle(before), "ms CPU"))
    return figures


def live_forecast(size: Size) -> list[Figure]:
    """From asking to figures for the page: 24 pairs of 156 weeks of the force.

    Cold; then with burn-ins at hand; then, as after each further change of a plan, with the baseline's runs at hand too.
    """
    pairs, weeks = size(24, 2), size(156, 13)

    def forecast(plan: str, recent: bool) -> None:
        found = api.compare("force", [plan], weeks=weeks, replicates=pairs, seed=SEED, workers=TWO, recent=recent)
        if found.table.empty or found.bands("harm_gbp").empty or found.place("harm_gbp").empty or found.failures:
            raise AssertionError("the forecast gave no figures")

    burn_in._kept.clear()
    cold, cold_cpu = both_seconds(lambda: forecast("clear-hold-build", recent=True))
    warm, warm_cpu = both_seconds(lambda: forecast("reputation-sabotage", recent=False))
    again, again_cpu = both_seconds(lambda: forecast("leader-arrests", recent=True))
    shape = "24 pairs of 156 weeks, two threads"
    return [
        at_most(f"live forecast of the force, {shape}, warm", warm, "s", 2.0),
        Figure(f"live forecast of the force, {shape}, warm, processor time", warm_cpu, "s CPU"),
        at_most(f"live forecast of the force, {shape}, after a further change of the plan", again, "s", 2.0),
        Figure(f"live forecast of the force, {shape}, after a further change, processor time", again_cpu, "s CPU"),
        at_most(f"live forecast of the force, {shape}, cold", cold, "s", 6.0),
        Figure(f"live forecast of the force, {shape}, cold, processor time", cold_cpu, "s CPU"),
    ]


def memory(size: Size) -> list[Figure]:
    """What a world takes, how it grows while it is lived, and what each further run leaves behind."""
    weeks = size(520, 26)
    engine = start_engine(spec_of("force", weeks))
    at_first = state_bytes(engine.state)
    engine.run(weeks)
    people = int(np.count_nonzero(engine.state.person.status))
    process = psutil.Process()
    fresh, rows = 1000, size(6, 2)  # replicates whose burn-in nobody has lived yet
    for replicate in range(2):
        execute(spec_of("force", size(260, 13), fresh + replicate))
    resident = process.memory_info().rss
    for replicate in range(rows):
        execute(spec_of("force", size(260, 13), fresh + 2 + replicate))
    further = max(0, process.memory_info().rss - resident) / rows / MEGABYTE
    return [
        at_most("force state, growth over 520 weeks", state_bytes(engine.state) / at_first - 1.0, "share", 0.2),
        Figure("force state, bytes a person", state_bytes(engine.state) / people, "B"),
        at_most("memory that each further force replicate keeps", further, "MB", 70.0),
    ]


def state_bytes(state: State) -> int:
    """Bytes of all columns of a world."""
    return sum(array.nbytes for group in state.columns for array in group)


def cost_model(size: Size) -> list[Figure]:
    """Time a week as so much for each person and so much besides, fitted over presets."""
    people, seconds = [], []
    weeks = size(260, 13)
    for preset in list_scenarios():
        heads, spent = [], []
        for replicate in range(1 if preset == "national" else size(5, 1)):
            engine = start_engine(spec_of(preset, weeks, replicate))
            spent.append(cpu_seconds(lambda engine=engine, weeks=weeks: engine.run(weeks)) / weeks)
            heads.append(int(np.count_nonzero(engine.state.person.status)))
        people.append(middle(heads))
        seconds.append(middle(spent))
    slope, rest = np.polyfit(people, seconds, 1, w=1.0 / np.array(seconds))  # each preset counts alike
    return [
        Figure("cost model: a person-week", NS * float(slope), "ns"),
        Figure("cost model: a week besides", MICROSECONDS * float(rest), "us"),
    ]


def mesa_share(size: Size) -> list[Figure]:
    """How much of a run under Mesa is Mesa and deliberation, and not the compiled weeks."""
    found = []
    for replicate in range(size(3, 1)):
        inside, whole = inside_and_beside(World("force", weeks=size(260, 26), rng=SEED, replicate=replicate))
        found.append(1.0 - inside / whole)
    return [Figure("Mesa and deliberation in a force run", middle(found), "share")]


def inside_and_beside(world: World) -> tuple[float, float]:
    """Seconds that the compiled weeks of a world take, and all that it takes to live them."""
    inside = [0.0]
    compute = world.engine.compute

    def timed(weeks: int) -> int:
        begun = time.process_time()
        done = compute(weeks)
        inside[0] += time.process_time() - begun
        return done

    world.engine.compute = timed
    whole = cpu_seconds(lambda: world.advance(world.engine.weeks))
    return inside[0], whole


def batch(size: Size) -> list[Figure]:
    """Runs done by two threads in the time that one takes for half as many, as a share of what two could do."""
    name = "batch efficiency on two cores"
    if available_workers() < TWO or (os.cpu_count() or 1) < TWO:
        return [at_least(name, None, "share", 0.9)]
    specs = [spec_of("force", size(260, 13), replicate) for replicate in range(size(12, 2))]
    for spec in specs:
        burnt_in(spec)

    def done(workers: int) -> None:
        list(imap(execute, specs, executor="threads", workers=workers))

    alone = wall_seconds(lambda: done(1))
    together = wall_seconds(lambda: done(TWO))
    return [at_least(name, alone / (TWO * together), "share", 0.9)]
