"""What interventions that run arrest operations share: hours for operations, and targets by a rule on the perceived
picture.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, Order, View
from simulation.policy.targets import ranked
from simulation.schema import RESOURCES as RESOURCE_IDS
from simulation.state.codes import ORDER_ARREST

LENGTH = 24


class ArrestOperations(Intervention):
    """Hours are given to operations in proportion to the dose; a case takes `hours_each`, divided as the card's hours
    are.
    """

    gives_orders = True
    rule: ClassVar[str]
    order: ClassVar[int] = ORDER_ARREST

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        return [
            Modifier("capacity", (view.agency, RESOURCE_IDS.index(name)), view.dose * a_week * view.residents)
            for name, a_week in self.hours().items()
        ]

    def orders(self, view: View, week: int) -> list[Order]:
        if not np.any(view.dose > 0.0):
            return []
        chosen = self.entry.targets.rule
        rule = self.rule if chosen == "card" else chosen
        total = sum(self.hours().values())
        hours = {
            RESOURCE_IDS.index(name): self.numbers["hours_each"] * a_week / total
            for name, a_week in self.hours().items()
        }
        bound = float(view.tasking["tasking_perceived"])
        return [
            Order(
                self.order,
                target.kind,
                target.row,
                target.identity,
                hours,
                self.numbers["weeks_each"],
                target.knowledge,
            )
            for target in ranked(view.state, rule, view.level, view.places, bound, LENGTH, view.tiers)
        ]
