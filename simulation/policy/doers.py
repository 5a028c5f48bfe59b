"""Who does the work of an entry: the agency that the plan names or, where it names none, the one whose work the card is."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.policy.intervention import intervention
from simulation.schema import Entry, Plan, Scenario
from simulation.state.codes import PARTNERSHIP
from simulation.state.police import PARTNER
from simulation.state.world import Groups, State

FALLBACK: Final = "force"
"""Does what a card leaves to an agency that a place has not; what the law keeps from it is refused, as for anyone."""


def doer(entry: Entry, scenario: Scenario) -> str:
    """The agency, or kind of agency, that does an entry's work in a scenario."""
    if entry.agency is not None:
        return entry.agency
    own = intervention(entry.intervention).card.agency
    return own if scenario.members(own) else FALLBACK


def with_doers(plan: Plan, scenario: Scenario) -> Plan:
    """The plan with an agency at every entry."""
    entries = tuple(entry.model_copy(update={"agency": doer(entry, scenario)}) for entry in plan.entry)
    return plan.model_copy(update={"entry": entries})


def own_officers(hours: np.ndarray, state: State | Groups, agency: int) -> np.ndarray:
    """A card's hours as an agency gives them, (RESOURCES,): a partner has no detectives or analysts, and does with its own
    officers what a card asks of a kind it has none of.
    """
    if state.agency.kind[agency] != PARTNER:
        return hours
    missing = state.agency.hours[agency] == 0.0
    missing[PARTNERSHIP] = False
    given = np.where(missing, 0.0, hours)
    given[PARTNERSHIP] += hours[missing].sum()
    return given
