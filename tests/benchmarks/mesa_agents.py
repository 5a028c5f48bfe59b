"""Arrest, choice of supplier and trust as Mesa's own examples would have them: agents with attributes, a step each.

Each draws its own luck, through the same keyed function as the model.
"""

from __future__ import annotations

import math
from typing import Any

import mesa
import numpy as np

from simulation.chance.draws import uniform
from simulation.chance.streams import ARREST, SUPPLY_CHOICE
from simulation.kernels.enforce import arrest_table
from simulation.state.codes import FAMILY_REPUTATION, LINE, OUTSIDE
from tests.benchmarks.crowd import Crowd

NOBODY = np.uint64(0)


class Business(mesa.Agent):
    """A business with a name, a posture and suspicions."""

    def __init__(self, model: Market, brand: float, security: float, suspicion: float, counter: float) -> None:
        super().__init__(model)
        self.brand = brand
        self.suspicion = suspicion
        self.counter = counter
        self.caution = math.exp(model.p.enforcement_security_effect * (model.p.enforcement_security_usual - security))


class Person(mesa.Agent):
    """Somebody at large who may be arrested."""

    def __init__(self, model: Market, business: Business, place: int, role: int, identity: np.uint64) -> None:
        super().__init__(model)
        self.business = business
        self.place = place
        self.role = role
        self.identity = identity

    def step(self) -> None:
        hazard = self.model.hazards[self.place][self.role] * self.business.caution
        u = uniform(self.model.key, self.identity, self.model.week, ARREST, 0, NOBODY)
        if u < hazard and u < -math.expm1(-hazard):
            self.model.arrests += 1


class Tie:
    """What a buyer has lived through with one supplier."""

    def __init__(self, supplier: Outlet, good: float, bad: float) -> None:
        self.supplier = supplier
        self.good = good
        self.bad = bad


class Outlet(mesa.Agent):
    """An outlet that buys from the outlets it knows."""

    def __init__(
        self, model: Market, business: Business, tier: int, price: float, purity: float, identity: np.uint64
    ) -> None:
        super().__init__(model)
        self.identity = identity
        self.business = business
        self.tier = tier
        self.price = price
        self.purity = purity
        self.good = self.bad = 0.0
        self.good_name = self.report_weight = 0.0
        self.served = 0
        self.ties: list[Tie] = []
        self.chosen: Tie | None = None

    def hear(self) -> None:
        """What is said of this outlet."""
        p = self.model.p
        mass = self.good + self.bad
        self.good_name = self.good / (mass + 1e-9)
        self.report_weight = p.trust_public_weight * mass / (p.trust_public_half + mass)
        self.served = 0

    def trust(self, tie: Tie) -> float:
        """Trust in the supplier of a tie."""
        p, supplier = self.model.p, tie.supplier
        firm = supplier.business
        weight = supplier.report_weight * (1.0 - p.adaptation_strength * self.business.counter)
        prior = 1.0 - (1.0 - p.trust_prior) * (1.0 - p.trust_brand_weight * firm.brand)
        top = tie.good + weight * supplier.good_name + p.trust_prior_weight * prior
        value = top / (tie.good + tie.bad + weight + p.trust_prior_weight)
        doubt = min(1.0, firm.suspicion + 0.5 * self.business.suspicion)
        return value * (1.0 - p.trust_suspicion * doubt)

    def choose(self) -> None:
        """Turn to the supplier that promises most, or to none."""
        p, week, key = self.model.p, self.model.week, self.model.key
        if not self.ties:
            return
        if self.tier == LINE:
            value = p.supply_line_value * self.price / max(self.purity, 0.05)
        else:
            value = p.supply_value * self.price
        best = -math.inf
        for tie in self.ties:
            trust = self.trust(tie)
            price = tie.supplier.price
            loss = price * (1.0 - p.supply_tick * trust) + p.supply_fear * price
            utility = (trust * (value - price) - (1.0 - trust) * loss) / price
            luck = uniform(key, self.identity, week, SUPPLY_CHOICE, 0, tie.supplier.identity)
            utility -= p.supply_noise * math.log(-math.log(luck))
            if utility > best:
                best = utility
                self.chosen = tie
        luck = uniform(key, self.identity, week, SUPPLY_CHOICE, 1, NOBODY)
        if best <= -p.supply_noise * math.log(-math.log(luck)):
            self.chosen = None
            self.model.refusals += 1
        else:
            self.model.trades += 1

    def remember(self) -> None:
        """The delivery counts as evidence, and all evidence fades."""
        if self.chosen is not None:
            self.chosen.good += 1.0
            self.chosen.supplier.served += 1
            self.chosen = None
        for tie in self.ties:
            tie.good *= self.model.private
            tie.bad *= self.model.private

    def report(self) -> None:
        """Deliveries become reports, and all reports fade."""
        self.good = self.good * self.model.public + self.model.p.trust_report_weight * self.served
        self.bad *= self.model.public


class Parameters:
    """Parameters as plain attributes."""

    def __init__(self, record: Any) -> None:
        for name in record.row:
            setattr(self, name, float(record[name]))

    def __getattr__(self, name: str) -> float:
        raise AttributeError(name)


class Market(mesa.Model):
    """The crowd as agents."""

    def __init__(self, of: Crowd) -> None:
        super().__init__()
        s = of.state
        self.p = Parameters(of.p)
        self.key = of.key
        self.private = 2.0 ** (-1.0 / self.p.trust_private_half_life)
        self.public = 2.0 ** (-1.0 / self.p.trust_public_half_life)
        self.hazards = arrest_table(s, of.levers, of.p, 0).tolist()
        self.week = self.arrests = self.trades = self.refusals = 0
        firms = [
            Business(self, float(s.business.brand[b]), float(s.business.security[b]), float(s.business.suspicion[b]),
                     float(s.business.counter[b, FAMILY_REPUTATION]))
            for b in range(OUTSIDE, s.business.id.size)
        ]  # fmt: skip
        for i, identity in enumerate(s.person.id):
            Person(self, firms[s.person.business[i] - OUTSIDE], int(s.person.place[i]), int(s.person.role[i]), identity)
        self._settle(of, firms)

    def _settle(self, of: Crowd, firms: list[Business]) -> None:
        s = of.state
        outlets = [
            Outlet(self, firms[s.outlet.business[o] - OUTSIDE], int(s.outlet.tier[o]), float(s.outlet.price[o]),
                   float(s.outlet.purity[o]), s.outlet.id[o])
            for o in range(s.outlet.id.size)
        ]  # fmt: skip
        for o, outlet in enumerate(outlets):
            outlet.good, outlet.bad = float(s.outlet.good[o]), float(s.outlet.bad[o])
            for k in np.flatnonzero(s.tie.supplier[o] >= 0):
                supplier = outlets[s.tie.supplier[o, k]]
                outlet.ties.append(Tie(supplier, float(s.tie.good[o, k]), float(s.tie.bad[o, k])))

    def step(self) -> None:
        self.arrests = self.trades = self.refusals = 0
        people, outlets = self.agents_by_type[Person], self.agents_by_type[Outlet]
        people.shuffle_do("step")
        outlets.do("hear")
        outlets.shuffle_do("choose")
        outlets.do("remember")
        outlets.do("report")
        self.week += 1

    def evidence(self) -> float:
        """All own evidence there is."""
        return math.fsum(tie.good + tie.bad for outlet in self.agents_by_type[Outlet] for tie in outlet.ties)
