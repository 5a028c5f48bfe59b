"""Agencies as agents of the model: each deliberates at its own tasking meetings, on the picture at the end of the
last week.
"""

from __future__ import annotations

from typing import Any

import mesa

from simulation.policy.deliberation import NationalTable, PartnerTable, RegionalTable, Table


class Officer(mesa.Agent):
    """An agency with a tasking table. It draws nothing from the model's generators and writes no column itself."""

    def __init__(self, model: Any, engine: Any, table: Table) -> None:
        super().__init__(model)
        self.engine = engine
        self.table = table

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def title(self) -> str:
        return self.table.title

    @property
    def hours(self) -> dict[int, float]:
        """Hours for operations this week, by resource."""
        return dict(enumerate(self.engine.state.agency.free[self.table.row].tolist()))

    @property
    def operations(self) -> int:
        """Operations under way."""
        operation = self.engine.state.operation
        return int(((operation.state == 1) & (operation.agency == self.table.row)).sum())

    def deliberate(self, week: int) -> int:
        """If a meeting precedes `week`, choose targets and open operations; gives how many were opened."""
        return self.engine.programme.meet_agency(self.engine.state, week, self.table)


class Force(Officer):
    """A territorial police force."""


class RegionalUnit(Officer):
    """A regional organised crime unit."""


class NationalAgency(Officer):
    """The National Crime Agency."""


class Partner(Officer):
    """A council, a health service or another partner without investigators."""


def agent_class(table: Table) -> type[Officer]:
    """The kind of agent that sits at a table."""
    if isinstance(table, PartnerTable):
        return Partner
    if isinstance(table, RegionalTable):
        return RegionalUnit
    return NationalAgency if isinstance(table, NationalTable) else Force


def appoint_agents(model: Any, engine: Any) -> list[Officer]:
    """One agent an agency, in the order of their rows; `engine` holds the state and the programme."""
    return [agent_class(table)(model, engine, table) for table in engine.programme.tables]
