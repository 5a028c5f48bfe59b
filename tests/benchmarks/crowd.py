"""A crowd of people, businesses and outlets in the proportions of a force, for timing single mechanisms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from simulation.chance.draws import make_key
from simulation.chance.identity import children
from simulation.kernel import kernel
from simulation.state.codes import ACTIVE, FAMILY_REPUTATION, FREE, OUTSIDE, ROLES, TIE_SLOTS, TIERS
from simulation.state.columns import allocate
from simulation.state.handle import bind
from simulation.state.levers import Levers
from simulation.state.world import State, allocate_state
from simulation.world.values import parameter_record

PEOPLE_AN_OUTLET: Final = 6.5  # a force after its burn-in has about so many
PLACES: Final = 61
KNOWN: Final = 4  # suppliers each buyer knows
TIER_SHARES: Final = (0.04, 0.1, 0.22, 0.64)
SEED: Final = 20_260_101


@dataclass(frozen=True)
class Crowd:
    """A world in which people may be arrested and outlets choose suppliers, and what its kernels need besides."""

    state: State
    levers: Any
    p: Any
    key: np.uint64


@kernel
def buyers_of(s):
    """Rows of the outlets that buy from others, and how many there are."""
    rows = np.empty(s.outlet.id.size, np.int64)
    count = 0
    for o in range(rows.size):
        if s.outlet.tier[o] > 0:
            rows[count] = o
            count += 1
    return rows, count


def crowd(people: int) -> Crowd:
    """The same crowd every time."""
    chance = np.random.default_rng(SEED)
    outlets = round(people / PEOPLE_AN_OUTLET)
    businesses = OUTSIDE + outlets
    dims = {
        "L": PLACES,
        "M": 1,
        "B": businesses,
        "O": outlets,
        "N": people,
        "A": 1,
        "Q": 1,
        "G": 1,
        "R": people,
        "E": 0,
    }
    s = allocate_state(dims)
    s.place.id[:] = children(np.uint64(1), np.uint64(3), np.uint64(0), PLACES)
    settle_businesses(s, chance, businesses)
    settle_outlets(s, chance, outlets)
    s.person.id[:] = children(np.uint64(1), np.uint64(5), np.uint64(0), people)
    s.person.status[:] = FREE
    s.person.role[:] = chance.integers(0, ROLES, people)
    s.person.business[:] = chance.integers(OUTSIDE, businesses, people)
    s.person.place[:] = chance.integers(0, PLACES, people)
    levers = bind(allocate(Levers, {**dims, "W": 1}))
    return Crowd(s, levers, parameter_record({}), make_key(SEED))


def settle_businesses(s: State, chance: np.random.Generator, number: int) -> None:
    """One business an outlet, more or less careful, more or less suspicious."""
    own = slice(OUTSIDE, number)
    count = number - OUTSIDE
    s.business.id[own] = children(np.uint64(1), np.uint64(6), np.uint64(0), count)
    s.business.state[own] = ACTIVE
    s.business.home[own] = chance.integers(0, PLACES, count)
    s.business.security[own] = chance.uniform(0.1, 0.8, count)
    s.business.suspicion[own] = chance.uniform(0.0, 0.3, count)
    s.business.brand[own] = chance.uniform(0.0, 0.5, count)
    wary = chance.uniform(0.0, 0.3, (count, s.business.counter.shape[1]))
    s.business.counter[own, FAMILY_REPUTATION] = wary[:, FAMILY_REPUTATION]  # what the references know of


def settle_outlets(s: State, chance: np.random.Generator, number: int) -> None:
    """Outlets by tier from source to street, prices rising, each buyer with some suppliers it has dealt with."""
    outlet, tie = s.outlet, s.tie
    outlet.id[:] = children(np.uint64(1), np.uint64(7), np.uint64(0), number)
    outlet.state[:] = ACTIVE
    outlet.business[:] = OUTSIDE + np.arange(number)
    outlet.place[:] = chance.integers(0, PLACES, number)
    edges = np.round(np.cumsum((0.0, *TIER_SHARES)) * number).astype(int)
    for tier in range(TIERS):
        outlet.tier[edges[tier] : edges[tier + 1]] = tier
    outlet.price[:] = np.array([36.0, 42.0, 52.0, 45.0])[outlet.tier] * chance.uniform(0.9, 1.1, number)
    outlet.purity[:] = 0.5
    outlet.stock[:] = outlet.room[:] = 1_000_000
    outlet.good[:] = chance.uniform(1.0, 8.0, number)
    outlet.bad[:] = chance.uniform(0.0, 0.5, number)
    for buyer in np.flatnonzero(outlet.tier > 0):
        above = np.flatnonzero(outlet.tier == outlet.tier[buyer] - 1)
        known = chance.choice(above, KNOWN, replace=False)
        tie.supplier[buyer, :KNOWN] = known
        tie.supplier_id[buyer, :KNOWN] = outlet.id[known]
        tie.good[buyer, :KNOWN] = chance.uniform(0.0, 8.0, KNOWN)
        tie.bad[buyer, :KNOWN] = chance.uniform(0.0, 0.6, KNOWN)
    if KNOWN > TIE_SLOTS:
        raise AssertionError("an outlet cannot know so many suppliers")
