"""Agencies meet, look at the top of their list, and take on as many targets as their hours allow.

Ranking is a kernel's work; what a kind of agency adds is its own rule of choice. Nothing here draws a number or
writes state.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from simulation.policy.intervention import Order
from simulation.schema import Agency
from simulation.state.codes import (
    COVERT,
    DIGITAL_ANALYSTS,
    FINANCIAL_INVESTIGATORS,
    INVESTIGATORS,
    LOCAL,
    NATIONAL,
    ORDER_ARREST,
    REGIONAL,
    RESOURCES,
    SURVEILLANCE,
)
from simulation.state.values import Values


class Table:
    """An agency's tasking table: when it sits, and how it chooses."""

    level: ClassVar[int] = LOCAL
    scale: ClassVar[float] = 1.0
    """Hours of one of its operations, against a force's."""
    investigates: ClassVar[bool] = True

    def __init__(self, row: int, name: str, agency: Agency, parameters: Values) -> None:
        self.row = row
        self.name = name
        self.title = agency.title
        self.period = max(1, round(agency.tasking_weeks.value))
        self.offset = round(agency.tasking_offset.value)
        self.weeks = float(parameters["operations_weeks"])
        self.needs: dict[int, float] = {
            INVESTIGATORS: float(parameters["operations_hours_investigators"]) * self.scale,
            SURVEILLANCE: float(parameters["operations_hours_surveillance"]) * self.scale,
            FINANCIAL_INVESTIGATORS: float(parameters["operations_hours_financial"]) * self.scale,
            DIGITAL_ANALYSTS: float(parameters["operations_hours_digital"]) * self.scale,
            COVERT: float(parameters["operations_hours_covert"]) * self.scale,
        }
        self.needed = np.zeros(RESOURCES)
        for resource, hours in self.needs.items():
            self.needed[resource] = hours
        self.first = int(np.argmax(self.needed))

    def sits(self, week: int) -> bool:
        """Whether a tasking meeting precedes this week."""
        return (week - self.offset) % self.period == 0

    def next_sitting(self, week: int) -> int:
        """The first week after this one that a meeting precedes."""
        return week + self.period - (week - self.offset) % self.period

    def has_room(self, left: np.ndarray, whole: np.ndarray) -> bool:
        """Whether the hours left of the coming months allow for one more operation; one is always possible on an
        empty desk.
        """
        if left[self.first] >= self.needed[self.first]:
            return True
        return bool(left[self.first] >= whole[self.first])

    def worth(self, score: float, known: float) -> float:
        """How an agency weighs a target of its list; each kind of agency its own way."""
        return score

    def choose(self, shortlist: tuple[np.ndarray, ...], left: np.ndarray) -> list[Order]:
        """Targets to take on now, by worth, greedily under the hours there are; ties by identity."""
        rows, kinds, identities, scores, known = (part.tolist() for part in shortlist)
        listed = [(-self.worth(scores[n], known[n]), identities[n], n) for n in range(len(rows)) if rows[n] >= 0]
        room = max(1, int(left[self.first] // self.needed[self.first]))
        chosen = [n for _, _, n in sorted(listed)[:room]]
        return [self.order(kinds[n], rows[n], identities[n], known[n]) for n in chosen]

    def order(self, kind: int, row: int, identity: int, known: float) -> Order:
        return Order(ORDER_ARREST, kind, row, identity, self.needs, self.weeks, known)


class ForceTable(Table):
    """A territorial police force: harm x likelihood x confidence, as it stands."""


class RegionalTable(Table):
    """A regional organised crime unit: it prefers what is well known already, since its cases are long."""

    level = REGIONAL

    def worth(self, score: float, known: float) -> float:
        return score * known


class NationalTable(Table):
    """The National Crime Agency: longer cases, upstream."""

    level = NATIONAL
    scale = 1.5


class PartnerTable(Table):
    """A council or health service: it comes to the table every quarter, and runs no arrest operations of its own."""

    investigates = False

    def has_room(self, left: np.ndarray, whole: np.ndarray) -> bool:
        return False


TABLES: dict[str, type[Table]] = {"local": ForceTable, "regional": RegionalTable, "national": NationalTable}


def table_of(row: int, name: str, agency: Agency, parameters: Values) -> Table:
    """The table of a scenario's agency; those without investigators are partners."""
    kind = TABLES[agency.level] if "investigators" in agency.hours else PartnerTable
    return kind(row, name, agency, parameters)
