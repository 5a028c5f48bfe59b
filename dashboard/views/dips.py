"""How deep and for how long trade falls under a plan: the words, the courses and the table."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.figures.dip import Course
from dashboard.jobs.result import Result
from dashboard.text.numbers import finite, interval, named, percent, plain
from dashboard.views.frames import Row, numbers, ordered, pick, records
from dashboard.views.outcomes import series_of
from dashboard.views.support import marked

WHOLE = "whole"


def dip_courses(result: Result) -> list[Course]:
    """The course of capacity under each plan."""
    out = []
    for plan, series in series_of(result).items():
        rows = pick(result.capacity, plan=plan)
        if len(rows):
            rows = ordered(rows, "week")
            out.append(
                Course(
                    result.plans[plan], series, [int(w) for w in numbers(rows, "week")], list(numbers(rows, "value"))
                )
            )
    return out


def dip_rows(result: Result, plan: str) -> list[Row]:
    """The dip of the whole and of each market under one plan, the deepest market first."""
    rows = records(pick(result.dips, plan=plan))
    return sorted(rows, key=lambda row: (row["where"] != WHOLE, -float(row["depth"] or 0.0)))


def dip_title(result: Result) -> str:
    """How far each plan disrupts the whole, with the mark."""
    return marked(_title(result), result, "disruption_depth")


def _title(result: Result) -> str:
    said: dict[str, list[str]] = {}
    for plan in result.plans:
        row = next((row for row in dip_rows(result, plan) if row["where"] == WHOLE), None)
        if row is not None:
            said.setdefault(str(row["class"]), []).append(result.plans[plan])
    if not said:
        return "How far trade fell was not measured"
    if set(said) == {"minor"}:
        return (
            "Disruption as a whole is minor"
            if len(result.plans) == 1
            else "Every plan's disruption as a whole is minor"
        )
    worst = "major" if "major" in said else "moderate"
    return (
        f"{named(said[worst])} {'disrupts' if len(said[worst]) == 1 else 'disrupt'} organised crime to a {worst} degree"
    )


def dip_table(result: Result) -> list[tuple[str, ...]]:
    """Every plan and market: class, how sure that is, depth, area, and time to recover."""
    out = []
    for plan, title in result.plans.items():
        for row in dip_rows(result, plan):
            kind = str(row["class"])
            back = plain(row["recovery"]) if row["recovered"] else f"over {plain(row['recovery'])}"
            out.append((
                f"{row['title']}, {title}", f"{kind} ({percent(row[kind])} of pairs)", _ranged(row, "depth", percent),
                _ranged(row, "area", plain), back,
            ))  # fmt: skip
    return out


def _ranged(row: Row, name: str, show: Callable[[float], str]) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if low is None or high is None or not (finite(low) and finite(high)):
        return show(row[name])
    return f"{show(row[name])} ({interval(low, high, show)})"


def dip_words(result: Result) -> list[tuple[int, str, str]]:
    """A line a plan: its colour, its title, and its class with the share of pairs, the depth and what became of it."""
    out = []
    for plan, series in series_of(result).items():
        row = next((row for row in dip_rows(result, plan) if row["where"] == WHOLE), None)
        if row is not None:
            kind = str(row["class"])
            words = f"{kind} in {percent(row[kind])} of pairs, {percent(row['depth'])} down at the lowest"
            out.append((series, result.plans[plan], words))
    return out
