"""A small world for tests of the people in it: localities, and lines with runners and holders, one business each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulation.chance.draws import make_key
from simulation.chance.identity import splitmix
from simulation.kernels.enforce import enforce
from simulation.kernels.justice import justice
from simulation.kernels.orders import resolve
from simulation.kernels.people import people
from simulation.kernels.recruits import new_person
from simulation.kernels.rows import take_business, take_outlet
from simulation.kernels.succession import recount
from simulation.state.codes import (
    COUNTERPARTY,
    DISTRIBUTOR,
    FROM_25,
    HOLDER,
    INDEPENDENT,
    LINE,
    ORGANISER,
    OUTSIDE,
    RUNNER,
    STAFF,
)
from simulation.state.columns import allocate
from simulation.state.handle import bind
from simulation.state.levers import Levers
from simulation.state.world import (
    FREE_BUSINESS,
    FREE_OUTLET,
    FREE_PERSON,
    PEOPLE_INITIAL,
    State,
    allocate_state,
    copy_state,
)
from simulation.world.values import parameter_record

KEY = make_key(7)
MILLIGRAMS = 1000


class Underworld:
    """State, levers and parameters of a small world, and its clock."""

    def __init__(
        self,
        localities: int = 4,
        lines: int = 6,
        people: int = 512,
        parameters: Mapping[str, float] | None = None,
        ablate: Sequence[str] = (),
        weeks: int = 1,
        pool: int = 40,
    ) -> None:
        self.dims = {
            "L": localities, "M": 1, "B": OUTSIDE + 2 * lines + 4, "O": 4 * lines + 8, "N": people, "A": 1, "Q": 1,
            "G": 1, "R": people + 64, "E": 4096, "W": weeks,
        }  # fmt: skip
        self.s: State = allocate_state(self.dims)
        self.levers: Levers = allocate(Levers, self.dims)
        self.v: Any = bind(self.levers)
        self.p: Any = parameter_record(parameters or {}, ablate)
        self.week = 0
        s = self.s
        for which, stack in (
            (FREE_BUSINESS, s.free.business),
            (FREE_OUTLET, s.free.outlet),
            (FREE_PERSON, s.free.person),
        ):
            first = OUTSIDE if which == FREE_BUSINESS else 0
            rows = np.arange(first, stack.size)[::-1]
            stack[: rows.size] = rows
            s.tally.count[which] = rows.size
        s.business.state[:OUTSIDE] = COUNTERPARTY
        s.place.population[:] = 1_400_000 // localities
        s.place.hearings[:] = 4.2 / localities
        s.place.pool[:] = pool
        s.place.confidence[:] = self.p["community_confidence_most"]
        s.place.id[:] = np.arange(1, localities + 1)
        s.place.near[:, 0] = np.arange(localities)
        s.place.near_weight[:, 0] = 1.0
        s.chain.throughput[:] = 90 * MILLIGRAMS
        s.chain.above[:], s.chain.below[:] = (-1, 0, 1, 2), (1, 2, 3, -1)
        s.chain.capital[:] = 20_000.0
        for n in range(lines):
            self.add_business(n, n % localities)
        recount(s)
        s.tally.people[PEOPLE_INITIAL] = int(s.place.pool.sum()) + int((s.person.status > 0).sum())

    def add_business(self, n: int, place: int, tier: int = LINE, runners: int = 3) -> int:
        """One organiser with one outlet: a line with a holder and runners, or an upstream outlet with staff."""
        s = self.s
        b = take_business(s)
        s.business.id[b] = splitmix(np.uint64(1), np.uint64(2), np.uint64(n))
        s.business.model[b] = INDEPENDENT
        s.business.tier[b] = tier
        s.business.market[b] = 0
        s.business.home[b] = place
        s.business.security[b] = 0.3
        s.business.lines[b] = 1
        o = take_outlet(s)
        s.outlet.id[o] = splitmix(s.business.id[b], np.uint64(3), np.uint64(0))
        s.outlet.business[o] = b
        s.outlet.place[o] = place
        s.outlet.market[o] = 0
        s.outlet.tier[o] = tier
        s.outlet.forecast[o] = 170.0 * MILLIGRAMS
        self.add_person(n * 100, place, -1, b, ORGANISER)
        if tier == LINE:
            self.add_person(n * 100 + 1, place, o, b, HOLDER)
        for k in range(runners):
            self.add_person(n * 100 + 2 + k, place, o, b, RUNNER if tier == LINE else STAFF)
        return b

    def add_person(self, name: int, place: int, o: int, b: int, role: int) -> int:
        """A grown person with some standing."""
        identity = np.uint64(splitmix(np.uint64(99), np.uint64(4), np.uint64(name)))
        skill = 0.3 + 0.4 * (name % 7) / 7.0
        return new_person(self.s, -50, identity, place, o, b, role, FROM_25, skill, 10.0 + name % 5, 0.5)

    def run(self, weeks: int = 1, pool: int | None = None) -> np.ndarray:
        """Weeks of policing, courts and people; counters by week. The pool is topped up where a level is given."""
        counts = []
        s = self.s
        for _ in range(weeks):
            s.tally.week[:] = 0
            if pool is not None:
                new = np.maximum(0, pool - s.place.pool)
                s.place.pool[:] += new
                s.place.aged_in[:] += new
            enforce(s, self.v, self.p, KEY, self.week, 0)
            resolve(s, self.v, self.p, KEY, self.week, 0)
            justice(s, self.v, self.p, KEY, self.week, 0)
            people(s, self.v, self.p, KEY, self.week, 0)
            counts.append(s.tally.week.copy())
            self.week += 1
        return np.array(counts)

    def alive(self) -> np.ndarray:
        """Rows of the people in the table."""
        return np.flatnonzero(self.s.person.status > 0)

    def by_identity(self) -> dict[int, tuple[Any, ...]]:
        """What is observable of each person, by name."""
        person = self.s.person
        outlet = self.s.outlet
        return {
            int(person.id[i]): (
                int(person.status[i]), int(person.role[i]), int(person.business_id[i]), int(person.due[i]),
                int(person.charged[i]), float(person.experience[i]), float(person.heat[i]), int(person.age[i]),
                int(outlet.id[person.outlet[i]]) if person.outlet[i] >= 0 else 0,
            )
            for i in self.alive()
        }  # fmt: skip

    def permute(self, order: np.ndarray) -> None:
        """The same people in other rows: row `order[j]` becomes row `j`."""
        s = self.s
        to = np.empty(order.size, np.int64)
        to[order] = np.arange(order.size)
        for column in s.person:
            column[:] = column[order]
        for column in (s.person.friend, s.outlet.holder, s.business.leader, s.free.person):
            column[column >= 0] = to[column[column >= 0]]

    def copied(self) -> Underworld:
        """The same world in other arrays."""
        other = object.__new__(Underworld)
        other.__dict__.update(self.__dict__)
        other.s = copy_state(self.s)
        return other

    def posts(self) -> dict[str, np.ndarray]:
        """Copies of the counts of posts."""
        outlet, business = self.s.outlet, self.s.business
        return {
            "staff": outlet.staff.copy(), "runners": outlet.runners.copy(), "holder": outlet.holder.copy(),
            "members": business.members.copy(), "leader": business.leader.copy(),
        }  # fmt: skip


__all__ = ["DISTRIBUTOR", "KEY", "Underworld"]
