"""A world is run under do-as-now until week 0; that state is kept and every plan starts from a copy of it."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict, deque
from typing import NamedTuple

import numpy as np

import simulation.interventions  # noqa: F401 (registers the cards that plans name)
from simulation.chance.draws import make_key
from simulation.policy import Programme
from simulation.schema import RunSpec, Scenario, canonical, load_plan
from simulation.state.world import State
from simulation.world.create import create
from simulation.world.engine import Engine
from simulation.world.graft import graft
from simulation.world.ground import Locality
from simulation.world.values import parameter_record

BURN_IN_WEEKS = 260
KEPT_BYTES = 400_000_000


class Checkpoint(NamedTuple):
    """A world at the end of its burn-in."""

    state: State
    localities: list[Locality]
    memory: np.ndarray
    bytes: int


_kept: OrderedDict[str, Checkpoint] = OrderedDict()
_spelt: deque[tuple[Scenario, str]] = deque(maxlen=4)
_lock = threading.Lock()
_busy: dict[str, threading.Lock] = {}


def checkpoint_key(spec: RunSpec) -> str:
    """What decides a burn-in: scenario (without what only happens later), parameters, seed and replicate."""
    said = f"{spelt(spec.scenario)}|{canonical(spec.parameters)}|{spec.seed}|{spec.replicate}"
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def spelt(scenario: Scenario) -> str:
    """A scenario in words, but for its shocks; the last few are remembered, since many runs share one."""
    with _lock:
        for known, words in _spelt:
            if known is scenario:
                return words
    words = canonical(scenario.model_copy(update={"shocks": ()}).model_dump(mode="json"))
    with _lock:
        _spelt.append((scenario, words))
    return words


def burnt_in(spec: RunSpec) -> Checkpoint:
    """The checkpoint of a run, computed once and kept in memory; ablations begin only at week 0."""
    key = checkpoint_key(spec)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
        mine = _busy.setdefault(key, threading.Lock())
    with mine:
        with _lock:
            if key in _kept:
                return _kept[key]
        made = burn_in(spec.scenario, spec.parameters, spec.seed, spec.replicate)
        with _lock:
            _kept[key] = made
            _busy.pop(key, None)
            while len(_kept) > 1 and sum(one.bytes for one in _kept.values()) > KEPT_BYTES:
                _kept.popitem(last=False)
        return made


def forget(spec: RunSpec) -> None:
    """Let go of the checkpoint of a run that nothing will be held against any more."""
    key = checkpoint_key(spec)
    with _lock:
        _kept.pop(key, None)


def burn_in(scenario: Scenario, parameters: dict[str, float], seed: int, replicate: int) -> Checkpoint:
    """Populate a world and live through its burn-in under do-as-now."""
    p = parameter_record({**scenario.parameters, **parameters})
    key = make_key(seed, replicate)
    state, localities = create(scenario, p, key, -BURN_IN_WEEKS)
    programme = Programme(load_plan("do-as-now"), scenario, p, key, localities)
    engine = Engine(state, p, key, -BURN_IN_WEEKS, BURN_IN_WEEKS, programme)
    engine.run(BURN_IN_WEEKS)
    state = graft(engine.state, scenario, p, key)
    size = sum(array.nbytes for group in state.columns for array in group)
    return Checkpoint(state, localities, engine.memory, size)
