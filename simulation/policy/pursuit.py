"""What interventions that run operations share: hours in proportion to the dose, and targets by a rule on the
picture.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, Order, View
from simulation.policy.targets import RULES, Target, known_businesses, known_lines, ranked
from simulation.schema import RESOURCES as RESOURCE_IDS
from simulation.state.codes import ORDER_ARREST, ORDER_CLOSURE, ORDER_SEIZURE

LENGTH = 24


class Operations(Intervention, ABC):
    """Hours are given to operations in proportion to the dose; a case takes `hours_each`, divided as the card's hours
    are.
    """

    gives_orders = True
    order: ClassVar[int] = ORDER_ARREST

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        return [
            Modifier("capacity", (view.agency, RESOURCE_IDS.index(name)), view.dose * a_week * view.residents)
            for name, a_week in self.hours().items()
        ]

    @abstractmethod
    def targets(self, view: View, bound: float) -> list[Target]:
        """Whom the operations should follow, best first; `bound` is the knowledge from which anyone is in the
        picture.
        """

    def orders(self, view: View, week: int) -> list[Order]:
        if not np.any(view.dose > 0.0):
            return []
        total = sum(self.hours().values())
        hours = {
            RESOURCE_IDS.index(name): self.numbers["hours_each"] * a_week / total
            for name, a_week in self.hours().items()
        }
        found = self.targets(view, float(view.tasking["tasking_perceived"]))
        weeks = self.numbers["weeks_each"]
        return [Order(self.order, one.kind, one.row, one.identity, hours, weeks, one.knowledge) for one in found]


class ArrestOperations(Operations):
    """Operations that end in the arrest of a person, chosen by the card's rule or by the plan's."""

    rule: ClassVar[str]
    accepts = tuple(sorted(RULES))

    def targets(self, view: View, bound: float) -> list[Target]:
        chosen = self.entry.targets.rule
        rule = self.rule if chosen == "card" else chosen
        return ranked(view.state, rule, view.level, view.places, bound, LENGTH, view.tiers, view.markets, view.tasking)


class ClosureOperations(Operations):
    """Operations that end in the closure of a line."""

    order = ORDER_CLOSURE

    def targets(self, view: View, bound: float) -> list[Target]:
        return known_lines(view.state, view.level, view.places, view.markets, bound, LENGTH)


class MoneyOperations(Operations):
    """Operations that end in the seizure of a business's cash."""

    order = ORDER_SEIZURE

    def targets(self, view: View, bound: float) -> list[Target]:
        return known_businesses(view.state, view.level, view.places, bound, LENGTH, view.tiers)
