"""Where harm fell, where it rose, and how much appeared outside."""

from __future__ import annotations

from dashboard.jobs.result import Result
from dashboard.text.numbers import counted, number_word, pounds
from dashboard.views.frames import Row, pick, records
from dashboard.views.outcomes import HARM, INSIDE

MISSED = 0.1
"""Share of intervals that leave out what they are for."""


def moved_outside(result: Result, plan: str) -> list[Row]:
    """Places outside the force and how their harm changed, the largest rise first."""
    return sorted((r for r in _places(result, plan) if r["kind"] != INSIDE), key=lambda r: -r["difference"])


def inside(result: Result, plan: str) -> list[Row]:
    """Neighbourhoods of the force and how their harm changed, with their tile."""
    return [r for r in _places(result, plan) if r["kind"] == INSIDE]


def _places(result: Result, plan: str) -> list[Row]:
    if result.place.empty or result.localities.empty:
        return []
    rows = pick(result.place, plan=plan, measure=HARM)
    return records(rows.merge(result.localities, left_on="locality", right_on="id", how="inner"))


def clear(row: Row) -> bool:
    """Whether the interval of a change leaves out zero."""
    return row["low"] > 0 or row["high"] < 0


def look_clear_by_chance(here: list[Row]) -> float:
    """In how many places at most an interval of nine in ten leaves out zero where nothing changes: with more, something does."""
    moved = sum(row["high"] > row["low"] for row in here)
    return MISSED * moved + 1.645 * (MISSED * (1.0 - MISSED) * moved) ** 0.5


def map_title(result: Result, plan: str) -> str:
    """In how many places harm clearly fell or rose: the rest may be chance."""
    here = inside(result, plan)
    if not here:
        return "Where harm changed"
    sure = [row for row in here if clear(row)]
    if not sure:
        return "Harm changes clearly in no neighbourhood"
    if len(sure) <= look_clear_by_chance(here):
        return f"Harm changes in no more of {len(here)} neighbourhoods than chance would show"
    down = sum(row["difference"] < 0 for row in sure)
    said = [(down, "falls"), (len(sure) - down, "rises")]
    parts = " and ".join(f"{verb} in {number_word(count)}" for count, verb in said if count)
    return f"Harm clearly {parts} of {len(here)} neighbourhoods"


def outside_words(result: Result, plan: str) -> str:
    """What all the places outside the force come to, and in how many of them the change is clear."""
    out = moved_outside(result, plan)
    total = sum(row["difference"] for row in out)
    if abs(total) < 0.5:
        return f"Nothing changes in {counted(len(out), 'place')} outside."
    sure = sum(clear(row) for row in out)
    change = f"{pounds(abs(total))} {'more' if total > 0 else 'less'} harm"
    return f"In all {change} in {counted(len(out), 'place')} outside; clear of zero in {number_word(sure) if sure else 'none'} of them."


def about_displacement(remark: str) -> bool:
    """Whether a remark of the model belongs beside the map."""
    return "displacement" in remark


def diverging(value: float, limit: float) -> int:
    """Which of seven steps from less harm (0) to more (6) a change falls in."""
    if limit <= 0:
        return 3
    share = max(-1.0, min(1.0, value / limit))
    return round((share + 1) / 2 * 6) if abs(share) > 0.1 else 3
