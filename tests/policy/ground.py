"""The estate after its burn-in, and programmes on it, for tests of policy."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

import simulation.interventions  # noqa: F401  (registers the cards)
from simulation.policy import Programme
from simulation.schema import Plan, RunSpec, build_spec, load_plan
from simulation.state.columns import columns_of
from simulation.state.levers import Levers
from simulation.state.world import State, copy_state
from simulation.world.burn_in import Checkpoint, burnt_in
from simulation.world.run import execute
from simulation.world.values import parameter_record

WEEKS = 104
HOLDERS = {"funding": "additional", "budget_holder": "home-office"}


def plan_of(*entries: dict[str, Any], **more: Any) -> Plan:
    """A plan made of these entries."""
    return load_plan({"id": "test", "title": "Test", "entry": list(entries), **more})


def spec_of(plan: Plan | str, weeks: int = WEEKS, **more: Any) -> RunSpec:
    return build_spec("estate", plan, weeks=weeks, **more)


@functools.cache
def checkpoint() -> Checkpoint:
    return burnt_in(spec_of("do-as-now"))


def fresh_state() -> State:
    """The estate at week 0, to write in."""
    return copy_state(checkpoint().state)


def programme(plan: Plan, state: State | None = None, weeks: int = WEEKS) -> Programme:
    """An open programme on the estate."""
    spec = spec_of(plan, weeks)
    p = parameter_record({**spec.scenario.parameters})
    made = Programme(plan, spec.scenario, p, np.uint64(1), checkpoint().localities, weeks)
    made.open(checkpoint().state if state is None else state, 0)
    return made


def whole(made: Programme, weeks: int = WEEKS, state: State | None = None) -> dict[str, np.ndarray]:
    """All levers over all weeks, composed in one go."""
    composed = made.compose(checkpoint().state if state is None else state, 0, weeks)
    return {name: column.copy() for name, column in zip(columns_of(Levers), composed, strict=True)}


def identity(weeks: int = WEEKS) -> dict[str, np.ndarray]:
    """Levers of a plan that does nothing."""
    return whole(programme(plan_of()), weeks)


@functools.cache
def series(plan_json: str, weeks: int = WEEKS) -> np.ndarray:
    """The series of a run on the estate, plan given as JSON so that it can be remembered."""
    return execute(spec_of(Plan.model_validate_json(plan_json), weeks)).series
