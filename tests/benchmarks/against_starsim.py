"""A person-week of the whole model against a person-step of Starsim's SIR on a random network, where Starsim is here."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import numpy as np

from simulation.world.run import start_engine
from tests.benchmarks.figure import Figure, Size, at_least, cpu_seconds, middle, say
from tests.benchmarks.runs import spec_of

NAME = "person-step of Starsim's SIR (100,000 people) over a person-week of the force"
AGENTS = 100_000


def measure(size: Size) -> list[Figure]:
    """How many times less a person-week costs; null without Starsim."""
    if importlib.util.find_spec("starsim") is None or size.quick:
        say("Starsim is not measured")
        return [at_least(NAME, None, "ratio", 4.0)]
    return [at_least(NAME, starsim_step(52) / person_week(260), "ratio", 4.0)]


def starsim_step(steps: int) -> float:
    """Seconds a person-step; a step is one of Starsim's own, of whatever length."""
    starsim: Any = importlib.import_module("starsim")

    def made(length: int) -> Any:
        sim = starsim.Sim(n_agents=AGENTS, dur=length, diseases="sir", networks="random", verbose=0)
        sim.init()
        return sim

    made(2).run()  # compiles what it compiles
    sim = made(steps)
    return cpu_seconds(sim.run) / (AGENTS * len(sim.t.timevec))


def person_week(weeks: int) -> float:
    """Seconds a person-week of the force, all mechanisms on."""
    spent = []
    for replicate in range(3):
        engine = start_engine(spec_of("force", weeks, replicate))
        seconds = cpu_seconds(lambda engine=engine: engine.run(weeks))
        spent.append(seconds / (weeks * int(np.count_nonzero(engine.state.person.status))))
    return middle(spent)
