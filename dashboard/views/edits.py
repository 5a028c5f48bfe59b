"""Changes to a plan: each gives a new table and leaves the old one as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.views.plan import Table, tidy_entry

TITLE = 120
"""Letters that the name of a plan may have."""


def add_entry(plan: Mapping[str, Any], intervention: str) -> Table:
    """One more entry at full effort from the first week."""
    return {**plan, "entry": [*plan["entry"], {"intervention": intervention}]}


def change_entry(plan: Mapping[str, Any], index: int, changes: Mapping[str, Any]) -> Table:
    """An entry with some of its values changed."""
    entries = list(plan["entry"])
    entries[index] = tidy_entry({**entries[index], **changes})
    return {**plan, "entry": entries}


def copy_entry(plan: Mapping[str, Any], index: int) -> Table:
    """An entry a second time, after the first."""
    entries = list(plan["entry"])
    return {**plan, "entry": [*entries[: index + 1], dict(entries[index]), *entries[index + 1 :]]}


def drop_entry(plan: Mapping[str, Any], index: int) -> Table:
    """A plan without one of its entries."""
    return {**plan, "entry": [entry for place, entry in enumerate(plan["entry"]) if place != index]}


def moved(entry: Mapping[str, Any], start: int, end: int, weeks: int) -> Table:
    """What a bar dragged to these weeks means: an end at the last week stays open."""
    start = max(0, min(start, weeks - 1))
    end = max(start + 1, min(end, weeks))
    return {"start": start, "end": None if end >= weeks else end}
