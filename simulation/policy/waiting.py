"""How long operations of each agency waited for a lead responsible officer, and for authorisation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.policy.deliberation import Table
from simulation.state.world import State

LEAST = 0.5  # weeks on average below which nobody needs to be told
QUEUES = ("to be taken in hand by a lead responsible officer", "to be authorised")


def waits(state: State) -> np.ndarray:
    """What was waited since the world began, agencies x (for a leader, for authorisation, operations opened)."""
    agency = state.agency
    return np.column_stack([agency.unled_weeks, agency.queued_weeks, agency.opened]).astype(float)


def stalled(tables: Sequence[Table], state: State, since: np.ndarray | None) -> list[str]:
    """A sentence for each queue in which operations waited long on average."""
    spent = waits(state) - (0.0 if since is None else since)
    found = []
    for table in tables:
        opened = spent[table.row, 2]
        for n, queue in enumerate(QUEUES):
            mean = spent[table.row, n] / opened if opened > 0.0 else 0.0
            if mean >= LEAST:
                found.append(f"{table.title}: {opened:.0f} operations waited {mean:.1f} weeks on average {queue}")
    return found
