"""Platforms before history begins: as many of each kind as the scenario says, without users; those come in the burn-in."""

from __future__ import annotations

import numpy as np

from simulation.chance.draws import normal, uniforms
from simulation.chance.identity import PLATFORM as KIND_PLATFORM
from simulation.chance.identity import splitmix
from simulation.chance.streams import PLATFORM
from simulation.errors import OutOfRange, UnknownName
from simulation.kernels.platform_life import COMING, kind_id, set_up
from simulation.schema import Scenario
from simulation.schema.platform import load_services
from simulation.state.platform import MARKET_PLACE, PLATFORM_KIND_NAMES, PLATFORM_KINDS, PLATFORMS
from simulation.state.values import Values
from simulation.state.world import State

ROOM = PLATFORMS // (2 * PLATFORM_KINDS)  # platforms of one kind at the start: as many rows stay free for others


def prepare_platforms(s: State, scenario: Scenario, p: Values, key: np.uint64, start: int) -> None:
    """Write what each kind is like, and open the platforms that there usually are. Raises SpannerError."""
    for name in scenario.platforms:
        if name not in PLATFORM_KIND_NAMES:
            raise UnknownName.among(name, PLATFORM_KIND_NAMES, key=f"platforms.{name}")
    platform = s.platform
    row = 0
    for kind, name in enumerate(PLATFORM_KIND_NAMES):
        known = load_services(name).platform
        platform.models[kind] = len(known)
        for n, one in enumerate(known):
            platform.model_assurance[kind, n] = one.assurance.value
            platform.model_fee[kind, n] = one.fee.value
            platform.model_invited[kind, n] = one.invited.value
        platform.typical[kind] = np.mean([one.assurance.value for one in known])
        number = how_many(scenario, kind, name)
        platform.intended[kind] = number
        parent = np.uint64(kind_id(kind))
        for n in range(number):
            identity = np.uint64(splitmix(parent, np.uint64(KIND_PLATFORM), np.uint64(n)))
            chance = uniforms(key, identity, start, PLATFORM, COMING, np.uint64(0))
            set_up(s, p, start, row, identity, kind, n % len(known), chance[1], normal(chance[3]))
            row += 1


def how_many(scenario: Scenario, kind: int, name: str) -> int:
    """Platforms of a kind: the scenario's own number; of market places, what its population says if it says so."""
    said = scenario.platforms.get(name)
    number = 0 if said is None else said.whole
    key = f"platforms.{name}"
    if kind == MARKET_PLACE and scenario.population.platforms is not None:
        number, key = scenario.population.platforms, "population.platforms"
    if not 0 <= number <= ROOM:
        raise OutOfRange(key=key, given=number, allowed=f"0 to {ROOM} platforms of a kind")
    return number
