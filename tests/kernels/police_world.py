"""A small world for tests of policing: two forces, four places, a handful of businesses, outlets and people."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from simulation.schema import IntelligenceSource, load_intelligence
from simulation.state.codes import (
    ACTIVE,
    COUNTERPARTY,
    DIGITAL_ANALYSTS,
    FREE,
    HOLDER,
    INVESTIGATIONS,
    INVESTIGATORS,
    LINE,
    NEIGHBOURHOOD,
    NEIGHBOURHOOD_POLICING,
    ORGANISER,
    OUTSIDE,
    PROACTIVE_STREET,
    REACTIVE,
    RUNNER,
)
from simulation.state.columns import allocate
from simulation.state.handle import Handle, bind
from simulation.state.levers import Levers
from simulation.state.police import FORCE
from simulation.state.world import (
    FREE_GHOST,
    FREE_OPERATION,
    FREE_OUTLET,
    FREE_PERSON,
    State,
    allocate_state,
)
from simulation.world.prepare_sources import fill_sources

PARAMETERS = Path(__file__).parents[2] / "scenarios" / "parameters"
PLACES = 4
BUSINESSES = 4
PEOPLE_EACH = 5
KEY = np.uint64(7 << 32)


def parameters(**changes: float) -> Any:
    """A record of every parameter with all mechanisms on, changed as asked."""
    values: dict[str, float] = {}
    for path in sorted(PARAMETERS.glob("*.toml")):
        table = tomllib.loads(path.read_text())
        values[f"on_{path.stem}"] = 1.0
        for name, quantity in table.get(path.stem, {}).items():
            values[f"{path.stem}_{name}"] = float(quantity["value"])
    unknown = set(changes) - set(values)
    assert not unknown, f"no such parameter: {unknown}"
    values.update(changes)
    names = sorted(values)
    record = np.zeros(1, np.dtype([(name, "f8") for name in names]))
    for name in names:
        record[name] = values[name]
    return record[0]


def identity(kind: int, n: int) -> np.uint64:
    """A well mixed identity for the n-th test being of a kind."""
    x = (kind * 0x9E3779B97F4A7C15 + (n + 1) * 0xBF58476D1CE4E5B9) % 2**64
    x ^= x >> 29
    return np.uint64((x * 0x94D049BB133111EB) % 2**64)


def police_world(
    people_each: int = PEOPLE_EACH, businesses: int = BUSINESSES, spare: int = 8,
    sources: Sequence[IntelligenceSource] | None = None,
) -> State:  # fmt: skip
    """Places 0 and 1 belong to force 0, 2 and 3 to force 1; business k has a line in place k modulo 4, a leader, a
    holder, runners.
    """
    people = businesses * people_each
    dims = {
        "L": PLACES, "M": 1, "B": OUTSIDE + businesses + spare, "O": businesses + spare, "N": people + spare,
        "A": 2, "Q": 16, "G": 16, "R": 4 * (people + businesses), "E": 64,
    }  # fmt: skip
    s = allocate_state(dims)
    s.business.state[:OUTSIDE] = COUNTERPARTY
    for l in range(PLACES):
        s.place.id[l] = identity(1, l)
        s.place.force[l] = l // 2
        s.place.population[l] = 10_000
    s.place.confidence[:] = 0.5
    s.place.near[:, 0] = np.arange(PLACES)
    for a in range(2):
        s.agency.id[a] = identity(5, a)
        s.agency.kind[a] = FORCE
        s.agency.panel[a] = 1.0
        s.agency.force[a] = a
        s.agency.hours[a, INVESTIGATORS] = 1000.0
        s.agency.hours[a, DIGITAL_ANALYSTS] = 100.0
        s.agency.hours[a, NEIGHBOURHOOD] = 500.0
        s.agency.portfolio[a, INVESTIGATORS, INVESTIGATIONS] = 0.6
        s.agency.portfolio[a, INVESTIGATORS, REACTIVE] = 0.4
        s.agency.portfolio[a, DIGITAL_ANALYSTS, INVESTIGATIONS] = 1.0
        s.agency.portfolio[a, NEIGHBOURHOOD, NEIGHBOURHOOD_POLICING] = 0.6
        s.agency.portfolio[a, NEIGHBOURHOOD, PROACTIVE_STREET] = 0.4
    row = 0
    for k in range(businesses):
        b, place = OUTSIDE + k, k % PLACES
        s.business.state[b] = ACTIVE
        s.business.born[b] = s.outlet.born[k] = -1000
        s.business.id[b] = identity(2, k)
        s.business.home[b] = place
        s.business.market[b] = 0
        s.business.tier[b] = LINE
        s.business.lines[b] = 1
        s.business.security[b] = 0.3
        s.business.members[b] = people_each
        s.ledger.book[b, 0] = 1_000_000
        s.ledger.book[b, 7] = -1_000_000
        s.outlet.state[k] = ACTIVE
        s.outlet.id[k] = identity(3, k)
        s.outlet.business[k] = b
        s.outlet.place[k] = place
        s.outlet.tier[k] = LINE
        s.outlet.stock[k] = 10_000
        s.outlet.staff[k] = people_each
        for n in range(people_each):
            s.person.id[row] = identity(4, row)
            s.person.status[row] = FREE
            s.person.joined[row] = -1000
            s.person.role[row] = (ORGANISER, HOLDER, RUNNER)[min(n, 2)]
            s.person.business[row] = b
            s.person.business_id[row] = s.business.id[b]
            s.person.outlet[row] = k
            s.person.place[row] = place
            s.person.knowledge[row] = 0.6
            if n == 0:
                s.business.leader[b] = row
                s.business.leader_id[b] = s.person.id[row]
            elif n == 1:
                s.outlet.holder[k] = row
                s.outlet.holder_id[k] = s.person.id[row]
            else:
                s.outlet.runners[k] += 1
            row += 1
    fill_stacks(s, people, businesses)
    fill_sources(s, load_intelligence() if sources is None else sources, ["class-a"], [])
    return s


def fill_stacks(s: State, people: int, outlets: int) -> None:
    """All rows beyond the first are free."""
    for stack, which, used in (
        (s.free.person, FREE_PERSON, people),
        (s.free.outlet, FREE_OUTLET, outlets),
        (s.free.operation, FREE_OPERATION, 0),
        (s.free.ghost, FREE_GHOST, 0),
    ):
        rows = np.arange(used, stack.size)[::-1]
        stack[: rows.size] = rows
        s.tally.count[which] = rows.size


def levers(s: State, weeks: int = 4) -> Levers:
    """Levers at identity for this world, as columns."""
    dims = {"W": weeks, "L": s.place.id.size, "A": s.agency.id.size, "M": s.chain.cover.shape[0]}
    return allocate(Levers, dims)


def felt(s: State, v: Levers, lw: int = 0) -> Handle:
    """Levers as kernels take them; the effort of the week is put where `begin` puts it."""
    s.place.effort[:] = v.effort[lw]
    return bind(v)
