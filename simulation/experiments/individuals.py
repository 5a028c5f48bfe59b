"""Imported networks are about real people: what is said of them is by role, rule and count, and never of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from simulation.errors import Conflict
from simulation.schema.imported import FEW

if TYPE_CHECKING:
    from simulation.schema import Scenario
    from simulation.state.world import State

COUNTS: Final = ("members", "staff", "ties", "people", "people_in_its_area")
"""Columns and measures that count people: below FEW they are left blank."""
NAMES: Final = ("leader", "founder")
"""Columns that hold a person's identity, in frames about something else."""


def real(scenario: Scenario) -> bool:
    """Whether people of a scenario are taken from real ones."""
    return scenario.imported is not None and scenario.imported.people > 0


def refuse(scenario: Scenario, what: str) -> None:
    """Raise Conflict where a result would speak of single people of an imported network."""
    if real(scenario):
        raise Conflict(
            f"{what} speaks of single people, and those of an imported network are real; ask for counts by role.",
            key="imported", given=scenario.id, allowed="Run.roles, Run.series, Run.businesses, networks of businesses",
        )  # fmt: skip


def discreet(scenario: Scenario, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without names of people, and with small counts of them blank, where they are real."""
    if not real(scenario):
        return frame
    out = frame.copy()
    for column in out.columns:
        if column in NAMES:
            out[column] = ""
        elif column in COUNTS:
            out[column] = hidden(out[column].to_numpy(dtype=np.float64))
    if {"measure", "value"} <= set(out.columns):
        small = out["measure"].isin(COUNTS).to_numpy(dtype=bool)
        values = out["value"].to_numpy(dtype=np.float64).copy()
        values[small] = hidden(values[small])
        out["value"] = values
    return out


def hidden(counts: np.ndarray) -> np.ndarray:
    """Counts, NaN where they are so small that they could point at somebody; none at all is no one."""
    return np.where((counts > 0) & (counts < FEW), np.nan, counts)


def large_enough(scenario: Scenario, state: State) -> set[str] | None:
    """The businesses of which something may be said one by one; None: of all."""
    if not real(scenario):
        return None
    return {f"{int(one):016x}" for one in state.business.id[state.business.members >= FEW]}


def withheld(wanted: Sequence[str], allowed: set[str] | None) -> None:
    """Raise Conflict for a business that is asked for and too small to be spoken of."""
    if allowed is not None:
        for name in wanted:
            if name not in allowed:
                raise Conflict(
                    f"Fewer than {FEW} people work for this business of an imported network: what is said of it would be said of them.",
                    key="business", given=name, allowed=f"businesses of {FEW} people or more",
                )  # fmt: skip
