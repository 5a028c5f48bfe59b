"""Which phase of the week takes how much of it.

A week is compiled that reads the processor's own counter after every phase, in the order that the model's week has. What
it lives must be what the model lives, to the last bit. Weeks in which another program had the processor are the slowest;
the slowest tenth of each phase's weeks is left out.
"""

from __future__ import annotations

import platform
from typing import Any, Final

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from simulation.experiments.explain import explain
from simulation.measures.weekly import count_week
from simulation.pointer import call_phase
from simulation.schema import build_spec
from simulation.world.advance import enough_room
from simulation.world.engine import Engine
from simulation.world.growth import grown
from simulation.world.run import start_engine
from tests.benchmarks.figure import SEED, Figure, Size, at_most

COUNT: Final = "count_week"
MOST: Final = 0.2
KEPT: Final = 0.9
COUNTED_ON: Final = ("x86_64", "AMD64")  # elsewhere a program may not read the counter
REASONS: Final[dict[str, str]] = {
    "supply": "every buyer weighs every supplier it knows, with a draw and two logarithms for each, and may ask a second",
    "people": "everyone is looked at: who leaves, informs, rises or takes over, and who of those without a post is hired",
}
"""Why a phase may take more than its share."""


@intrinsic
def ticks(typingctx: Any) -> Any:
    """The processor's counter of time."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        counter = builder.module.declare_intrinsic("llvm.readcyclecounter", (), ir.FunctionType(ir.IntType(64), ()))
        return builder.call(counter, ())

    return types.int64(), codegen


def measure(size: Size) -> list[Figure]:
    """The share of each phase in a week of the force and of the country, the largest first."""
    return _ranked("force", size(156, 6), size(3, 1)) + _ranked("national", size(26, 4), 1)


def _ranked(preset: str, weeks: int, replicates: int) -> list[Figure]:
    said = f"share of a {preset} week: "
    if platform.machine() not in COUNTED_ON:
        return [at_most(said + name, None, "share", MOST) for name in phase_names()]
    found = shares(preset, weeks, replicates)
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return [at_most(said + name, share, "share", MOST, _reason(name, share)) for name, share in ranked]


def _reason(name: str, share: float) -> str:
    return REASONS.get(name, "") if share > MOST else ""


def phase_names() -> list[str]:
    """The phases in their order, and the counting after them."""
    return [*(phase.function for phase in explain("week")), COUNT]


def shares(preset: str, weeks: int, replicates: int) -> dict[str, float]:
    """Each phase's share of the time of all."""
    names = phase_names()
    total = np.zeros(len(names))
    for replicate in range(replicates):
        spec = build_spec(preset, "do-as-now", weeks=weeks, seed=SEED, replicate=replicate)
        plain, timed = start_engine(spec), start_engine(spec)
        plain.run(weeks)
        laps = lived_by_phase(timed, weeks, len(names))
        if not np.array_equal(plain.series, timed.series, equal_nan=True):
            raise AssertionError("the week lived phase by phase is not the week")
        total += np.sort(laps, axis=0)[: max(1, int(KEPT * weeks))].mean(axis=0)
    return dict(zip(names, (total / total.sum()).tolist(), strict=True))


@numba.njit(nogil=True, error_model="numpy")
def timed_week(phases, s, v, p, key, w, lw, memory, row, places, courses, laps):
    """The model's week with a reading of the counter after every phase."""
    last = ticks()
    for n in range(phases.size):
        call_phase(phases[n], s, v, p, key, w, lw)
        now = ticks()
        laps[n] = now - last
        last = now
    count_week(s, p, w, memory, row, places, courses)
    laps[phases.size] = ticks() - last


def lived_by_phase(engine: Engine, weeks: int, phases_in_all: int) -> np.ndarray:
    """Ticks by week and phase."""
    laps = np.zeros((weeks, phases_in_all), dtype=np.int64)
    for n in range(weeks):
        if engine.week >= engine.block_end:
            engine.decide()
        if not enough_room(engine.state, engine.reserve):
            engine.collect_events()
            engine.state = grown(engine.state, engine.reserve)
        timed_week(
            engine.phases, engine.state, engine.levers, engine.p, engine.key, engine.week, engine.week - engine.levers_first,
            engine.memory, engine.series[n], engine.places[n], engine.courses[n], laps[n],
        )  # fmt: skip
        engine.week += 1
    engine.fairness.reckon(engine.series, engine.places, engine.week - engine.first)
    return laps
