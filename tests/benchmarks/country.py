"""What the largest preset costs: the country in time and memory, and how cost grows from preset to preset."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from simulation.state.codes import ACTIVE
from simulation.state.world import State
from simulation.world import burn_in
from simulation.world.model import World
from simulation.world.run import start_engine
from tests.benchmarks.figure import Figure, Size, at_least, at_most, cpu_seconds
from tests.benchmarks.runs import MEGABYTE, MS, NS, inside_and_beside, spec_of, state_bytes

ROOT = Path(__file__).resolve().parents[2]
WEEKS = 520
LADDER = ("force", "region", "national")
"""Presets made alike, each larger than the one before: the estate has one market, and online there is no ground."""
PEAK = """
import sys
from pathlib import Path
from simulation.schema import build_spec
from simulation.world.run import execute, start_engine

def peak():
    told = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in told if line.startswith("VmHWM"))

weeks = int(sys.argv[1])
execute(build_spec("force", "do-as-now", weeks=4))
before = peak()
start_engine(build_spec("national", "do-as-now", weeks=weeks)).run(weeks)
print(peak() - before)
"""
KILOBYTE = 1024


def measure(size: Size) -> list[Figure]:
    """One country lived, and what it took; then the same under Mesa; then smaller places beside it."""
    weeks = size(WEEKS, 13)
    before = cpu_seconds(lambda: start_engine(spec_of("national", weeks, 1)))
    engine = start_engine(spec_of("national", weeks, 1))
    at_first = state_bytes(engine.state)
    spent = cpu_seconds(lambda: engine.run(weeks))
    people = int(np.count_nonzero(engine.state.person.status))
    return [
        at_most(f"national replicate of {WEEKS} weeks, after burn-in", MS * spent, "ms CPU", 3000.0),
        Figure(f"national burn-in of {burn_in.BURN_IN_WEEKS} weeks", MS * before, "ms CPU"),
        Figure("national, people", float(people), "people"),
        *_counted(engine.state),
        at_most("national, a person-week", NS * spent / weeks / people, "ns", 80.0),
        at_most("national state, bytes of all columns", state_bytes(engine.state) / MEGABYTE, "MB", 70.0),
        at_most("national state, growth over 520 weeks", state_bytes(engine.state) / at_first - 1.0, "share", 0.2),
        at_most("national, rise of peak memory over a process that has run the force", _peak(weeks), "MB", 70.0),
        at_most("Mesa and deliberation in a national run", _beside(size), "share", 0.1),
        at_most("growth exponent over force, region and national", _exponent(size), "ratio", 1.1),
    ]


def _counted(state: State) -> list[Figure]:
    """Businesses, outlets and ties in use in the country at the end of its life."""
    known = state.tie.supplier[state.outlet.state == ACTIVE] >= 0
    friends = state.person.friend[state.person.status > 0] >= 0
    return [
        Figure("national, businesses", float(np.count_nonzero(state.business.state == ACTIVE)), "businesses"),
        Figure("national, outlets", float(np.count_nonzero(state.outlet.state == ACTIVE)), "outlets"),
        at_least("national, trade ties", float(np.count_nonzero(known)), "ties", 60_000.0),
        at_least("national, directed social ties", float(np.count_nonzero(friends)), "ties", 700_000.0),
    ]


def _peak(weeks: int) -> float | None:
    """Megabytes by which the peak of a fresh process rises when it burns in and lives a country; None where none is told."""
    if not Path("/proc/self/status").exists():
        return None
    run = subprocess.run([sys.executable, "-c", PEAK, str(weeks)], cwd=ROOT, check=True, capture_output=True, text=True)
    return int(run.stdout) * KILOBYTE / MEGABYTE


def _beside(size: Size) -> float:
    """The share of a run under Mesa that is not compiled weeks."""
    inside, whole = inside_and_beside(World("national", weeks=size(104, 4), rng=1, replicate=1))
    return 1.0 - inside / whole


def _exponent(size: Size) -> float:
    """How fast the time of a week grows with the number of people: the slope of logarithms, by least squares."""
    people, seconds = [], []
    for preset in LADDER:
        weeks = size(156, 13)
        engine = start_engine(spec_of(preset, weeks, 1))
        seconds.append(cpu_seconds(lambda engine=engine, weeks=weeks: engine.run(weeks)) / weeks)
        people.append(int(np.count_nonzero(engine.state.person.status)))
    return float(np.polyfit(np.log(people), np.log(seconds), 1)[0])
