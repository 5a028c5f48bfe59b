"""Recorded events as a frame that people can read: who, what, to whom, why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.state.codes import CAUSE_NAMES, EVENT_NAMES, TARGET_NAMES
from simulation.state.police import BY_CLEAR

COLUMNS = ("week", "phase", "kind", "subject_kind", "subject", "object", "cause", "intervention", "value", "unit")
# the phase of the week in which each kind of event happens, and the unit of its value
PHASES = {
    "arrest": ("resolve", "people"), "closure": ("resolve", "mg"), "seizure": ("resolve", "GBP"),
    "death": ("resolve", "people"), "charge": ("justice", "people"), "sentence": ("justice", "weeks"),
    "release": ("justice", "people"), "exit": ("people", "people"), "recruit": ("people", "people"),
    "promote": ("people", "people"), "succeed": ("people", "share"), "entry": ("entry", "count"),
    "fail": ("accounts", "GBP/week"), "open": ("opening", "count"), "cheat": ("supply", "GBP"),
    "adapt": ("adapt", "count"), "operation": ("operations", "count"),
    "inform": ("people", "people"), "project": ("commission", "GBP"), "violence": ("contest", "count"),
    "interdict": ("supply", "mg"), "launder": ("accounts", "GBP"), "insider": ("insiders", "count"),
    "extort": ("extortion", "GBP"), "defect": ("franchise", "count"),
    "platform": ("platforms", "count"), "route": ("routes", "share"), "lifestyle": ("people", "ratio"),
    "facility": ("facilities", "share"),
}  # fmt: skip
ORDER = (
    "facilities", "routes", "supply", "commission", "franchise", "extortion", "insiders", "platforms", "accounts", "operations", "resolve",
    "justice", "contest", "adapt", "people", "entry",
    "opening",
)  # fmt: skip


def named(number: float, names: tuple[str, ...]) -> str:
    at = int(number)
    return names[at] if 0 <= at < len(names) else ""


def named_intervention(number: float, interventions: Sequence[str]) -> str:
    at = int(number)
    if at == BY_CLEAR:
        return "clear"
    return interventions[at] if 0 <= at < len(interventions) else ""


def event_frame(parts: list[tuple[np.ndarray, np.ndarray]], interventions: Sequence[str] = ()) -> pd.DataFrame:
    """All events in order of week, phase and subject identity; identities as 16 hexadecimal digits.

    `interventions` are the names by number; -1 is today's work, -2 the orders of a Clear.
    """
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    values = np.concatenate([part[0] for part in parts])
    ids = np.concatenate([part[1] for part in parts])
    kinds = [named(k, EVENT_NAMES) for k in values[:, 1]]
    frame = pd.DataFrame(
        {
            "week": values[:, 0].astype(int),
            "phase": [PHASES[kind][0] for kind in kinds],
            "kind": kinds,
            "subject_kind": [named(k, TARGET_NAMES) for k in values[:, 2]],
            "subject": [f"{i:016x}" for i in ids[:, 0]],
            "object": [f"{i:016x}" if i else "" for i in ids[:, 1]],
            "cause": [named(k, CAUSE_NAMES) for k in values[:, 3]],
            "intervention": [named_intervention(n, interventions) for n in values[:, 4]],
            "value": values[:, 5],
            "unit": [PHASES[kind][1] for kind in kinds],
        }
    )
    order = [ORDER.index(phase) for phase in frame["phase"]]
    return frame.assign(_order=order).sort_values(["week", "_order", "subject", "kind", "object", "value"], kind="stable").drop(
        columns="_order"
    ).reset_index(drop=True)  # fmt: skip


def without_people(events: pd.DataFrame, small: frozenset[str]) -> pd.DataFrame:
    """The events of businesses, outlets, places and platforms: of imported people, none is told one by one, nor of `small`
    groups, which are as good as people.
    """
    told = (events["subject_kind"] != "person").to_numpy(dtype=bool)
    for column in ("subject", "object"):
        told = told & ~events[column].isin(list(small)).to_numpy(dtype=bool)
    return events.loc[told].reset_index(drop=True)
