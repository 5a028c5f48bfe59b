"""Worlds to look into: made from a specification, with or without a burn-in, and lived through week by week."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

import simulation.interventions  # noqa: F401 (registers the cards that plans name)
from simulation.chance.draws import make_key
from simulation.policy import Programme
from simulation.schema import RunSpec, build_spec, load_mechanisms
from simulation.world.create import create
from simulation.world.engine import Engine
from simulation.world.run import start_engine
from simulation.world.shocks import Shocks
from simulation.world.values import parameter_record


def spec(preset: Any = "force", plan: Any = "do-as-now", weeks: int = 52, **given: Any) -> RunSpec:
    """One run, its ablations checked."""
    return build_spec(preset, plan, weeks=weeks, mechanisms=load_mechanisms(), **given)


def newborn(run: RunSpec, start: int = 0) -> Engine:
    """The world of a run as it is populated, without a burn-in: the first week lived is week `start`."""
    p = parameter_record({**run.scenario.parameters, **run.parameters}, run.ablate)
    key = make_key(run.seed, run.replicate)
    state, localities = create(run.scenario, p, key, start)
    programme = Programme(run.plan, run.scenario, p, key, localities, max(1, run.weeks))
    programme.open(state, start)
    shocks = Shocks(run.scenario.shocks, localities, key, max(1, run.weeks))
    return Engine(state, p, key, start, run.weeks, programme, shocks=shocks)


def grown_up(run: RunSpec) -> Engine:
    """The world of a run after its burn-in, at week 0."""
    return start_engine(run)


def lived(engine: Engine) -> np.ndarray:
    """The whole series of an engine."""
    engine.run(engine.weeks)
    return engine.series


def digest(series: np.ndarray) -> str:
    """A fingerprint of every bit of a series."""
    return hashlib.blake2b(np.ascontiguousarray(series).tobytes(), digest_size=16).hexdigest()


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two series are equal to the bit (a NaN equals itself)."""
    return one.shape == other.shape and one.tobytes() == other.tobytes()


def table(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A plan as a table."""
    return {"id": "tried", "title": "A plan under test", "entry": list(entries), **more}
