"""A small world for the tests of localities: a row of places, lines of rival businesses in them, and brokers."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.schema import Scenario, load_scenario
from simulation.state.codes import (
    ACTIVE,
    BROKER,
    CASH_CLEAN,
    COMMISSIONING,
    EQUITY,
    FENCE,
    FREE,
    FROM_25,
    HOLDER,
    LEGAL_ECONOMY,
    LINE,
    NEAR,
    OUTSIDE,
    RUNNER,
    SPECIALIST,
    THIEF,
)
from simulation.state.columns import allocate
from simulation.state.handle import Handle, bind
from simulation.state.levers import Levers
from simulation.state.values import Values
from simulation.state.world import FREE_BUSINESS, FREE_OUTLET, FREE_PERSON, State, allocate_state, copy_state
from simulation.world.prepare_crews import fill_recipes
from simulation.world.values import parameter_record

KEY = np.uint64(7 << 32)


def values(ablate: tuple[str, ...] = (), **overrides: float) -> Values:
    """Parameters at their values but for those given, as `contest__lethal=1.0`; these may lie outside the range."""
    record = parameter_record({}, ablate).copy()
    for name, value in overrides.items():
        record[name] = value
    return record


def levers(s: State) -> Handle:
    """A plan that does nothing; its columns are under `.columns`."""
    return bind(allocate(Levers, {"W": 1, "L": s.place.id.size, "A": s.agency.id.size, "M": s.chain.use.size}))


def empty(places: int = 4, people: int = 400, outlets: int = 60, businesses: int = 60) -> State:
    """A row of equal localities a kilometre apart, with nobody in them; all rows are free."""
    s = allocate_state(
        {"L": places, "M": 1, "B": businesses, "O": outlets, "N": people, "A": 1, "Q": 4, "G": 4, "R": 64, "E": 0}
    )
    for l in range(places):
        s.place.id[l] = 1000 + l
        s.place.population[l] = 27000
        s.place.deprivation[l] = 0.5
        s.place.x[l] = l
        order = sorted(range(places), key=lambda q: (abs(q - l), q))[:NEAR]
        s.place.near[l, : len(order)] = order
        s.place.near_weight[l, : len(order)] = [np.exp(-abs(q - l)) for q in order]
    s.chain.use[0] = 2200.0
    s.chain.need[0] = 0.45
    s.chain.above[0], s.chain.below[0] = (-1, 0, 1, 2), (1, 2, 3, -1)
    s.chain.volume[0] = 2200.0 * 200 * places
    s.business.state[:OUTSIDE] = 2
    stack(s.free.business, s.tally.count, FREE_BUSINESS, range(OUTSIDE, businesses))
    stack(s.free.outlet, s.tally.count, FREE_OUTLET, range(outlets))
    stack(s.free.person, s.tally.count, FREE_PERSON, range(people))
    return s


def stack(free: np.ndarray, count: np.ndarray, which: int, rows: range) -> None:
    """All these rows are free, the lowest to be taken first."""
    free[: len(rows)] = list(reversed(rows))
    count[which] = len(rows)


def take(free: np.ndarray, count: np.ndarray, which: int) -> int:
    count[which] -= 1
    return int(free[count[which]])


def add_business(s: State, identity: int, place: int, model: int = 0, tier: int = LINE) -> int:
    b = take(s.free.business, s.tally.count, FREE_BUSINESS)
    s.business.id[b] = identity
    s.business.state[b] = ACTIVE
    s.business.model[b] = model
    s.business.tier[b] = tier
    s.business.market[b] = 0 if tier >= 0 else -1
    s.business.home[b] = place
    s.business.required[b] = s.business.profit[b] = 4000.0
    return b


def add_person(s: State, identity: int, place: int, role: int, b: int = -1, o: int = -1, skill: float = 0.5) -> int:
    i = take(s.free.person, s.tally.count, FREE_PERSON)
    s.person.id[i] = identity
    s.person.status[i] = FREE
    s.person.role[i] = role
    s.person.business[i] = b
    s.person.business_id[i] = s.business.id[b] if b >= 0 else 0
    s.person.outlet[i] = o
    s.person.place[i] = place
    s.person.age[i] = FROM_25
    s.person.skill[i] = skill
    s.person.loyalty[i] = 0.5
    return i


def add_line(s: State, identity: int, b: int, place: int, staff: int = 4, born: int = -1000) -> int:
    """A line with a holder and runners, the first of whose business leads it."""
    o = take(s.free.outlet, s.tally.count, FREE_OUTLET)
    s.outlet.id[o] = identity
    s.outlet.state[o] = ACTIVE
    s.outlet.business[o] = b
    s.outlet.place[o] = place
    s.outlet.tier[o] = LINE
    s.outlet.born[o] = born
    s.outlet.staff[o] = staff
    for n in range(staff):
        i = add_person(s, identity * 100 + n, place, HOLDER if n == 0 else RUNNER, b, o)
        if n == 0:
            s.outlet.holder[o] = i
            if s.business.leader[b] < 0:
                s.business.leader[b] = i
                s.business.leader_id[b] = s.person.id[i]
    s.business.lines[b] += 1
    return o


def rivals(places: int = 4, lines: int = 3) -> State:
    """In each place that many lines, each of a business of its own."""
    s = empty(places)
    for l in range(places):
        for n in range(lines):
            b = add_business(s, 5000 + 10 * l + n, l)
            add_line(s, 7000 + 10 * l + n, b, l)
    return s


def theft_alone() -> Scenario:
    """The force with theft to order as its one commissioned market."""
    scenario = load_scenario("force")
    markets = {name: scenario.markets[name] for name in ("cocaine", "organised-acquisitive")}
    return scenario.model_copy(update={"markets": markets})


def crews(brokers: int = 3, hands: int = 6, places: int = 4) -> State:
    """Brokers at home in different places, and in each place some thieves, specialists and fences."""
    s = empty(places)
    s.ledger.book[LEGAL_ECONOMY, CASH_CLEAN] = 10**12
    s.ledger.book[LEGAL_ECONOMY, EQUITY] = -(10**12)
    for n in range(brokers):
        b = add_business(s, 6000 + n, n % places, COMMISSIONING, -1)
        i = add_person(s, 6100 + n, n % places, BROKER, b)
        s.business.leader[b] = i
        s.business.leader_id[b] = s.person.id[i]
        s.business.members[b] = 1
    fill_recipes(s, theft_alone())
    for l in range(places):
        for n in range(hands):
            for kind, role in enumerate((THIEF, THIEF, SPECIALIST, FENCE)):
                add_person(s, 8000 + 1000 * kind + 100 * l + n, l, role, skill=0.3 + 0.1 * n)
    return s


def mirrored(s: State) -> State:
    """The same outlets and people in the opposite rows."""
    groups = copy_state(s).columns
    outlets, people = s.outlet.id.size, s.person.id.size
    turned: dict[str, Any] = {
        name: type(getattr(groups, name))(*(column[::-1].copy() for column in getattr(groups, name)))
        for name in ("outlet", "tie", "person")
    }
    flip(turned["outlet"].holder, people)
    flip(turned["person"].outlet, outlets)
    flip(turned["person"].friend, people)
    flip(turned["tie"].supplier, outlets)
    flip(groups.business.leader, people)
    flip(groups.project.member, people)
    for stack_of, size in ((groups.free.person, people), (groups.free.outlet, outlets)):
        stack_of[:] = size - 1 - stack_of
    return State(*groups._replace(**turned))


def flip(rows: np.ndarray, size: int) -> None:
    rows[rows >= 0] = size - 1 - rows[rows >= 0]
