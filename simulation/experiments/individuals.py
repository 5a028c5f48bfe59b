"""Imported networks are about real people: what is said of them is by role, rule and count, and never of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from simulation.errors import Conflict
from simulation.schema.imported import FEW
from simulation.world.standing_in import small_groups

if TYPE_CHECKING:
    from simulation.schema import Scenario
    from simulation.state.world import State

COUNTS: Final = ("members", "staff", "ties", "people", "people_in_its_area")
"""Columns and measures that count people: below FEW they are left blank."""
IDENTITIES: Final = ("id", "business", "source", "target", "subject", "object")
"""Columns that may hold the identity of a business."""
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
    """The frame without names of people and rows of small groups, and with small counts blank, where they are real."""
    if not real(scenario):
        return frame
    out = spoken_of(scenario, frame).copy()
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


def spoken_of(scenario: Scenario, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that are about no small imported group, by every column that could hold its identity."""
    small = small_groups(scenario.imported)
    told = np.ones(len(frame), dtype=bool)
    for column in IDENTITIES:
        if small and column in frame.columns:
            told &= ~frame[column].isin(list(small)).to_numpy(dtype=bool)
    return frame.loc[told].reset_index(drop=True)


def hidden(counts: np.ndarray) -> np.ndarray:
    """Counts, NaN where they are so small that they could point at somebody; none at all is no one."""
    return np.where((counts > 0) & (counts < FEW), np.nan, counts)


def large_enough(scenario: Scenario, state: State) -> set[str] | None:
    """The businesses of which something may be said one by one; None: of all."""
    if not real(scenario):
        return None
    large = {f"{int(one):016x}" for one in state.business.id[state.business.members >= FEW]}
    return large - small_groups(scenario.imported)


def refuse_small(scenario: Scenario, business: object) -> None:
    """Raise Conflict for an imported group that is asked for and has so few people that they would be spoken of."""
    if business in tuple(small_groups(scenario.imported)):
        raise Conflict(_TOO_FEW, key="business", given=business, allowed=f"businesses of {FEW} people or more")


_TOO_FEW: Final = (
    f"Fewer than {FEW} people work for this business of an imported network: what is said of it would be said of them."
)


def withheld(wanted: Sequence[str], allowed: set[str] | None) -> None:
    """Raise Conflict for a business that is asked for and too small to be spoken of."""
    if allowed is not None:
        for name in wanted:
            if name not in allowed:
                raise Conflict(_TOO_FEW, key="business", given=name, allowed=f"businesses of {FEW} people or more")
