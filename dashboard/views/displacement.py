"""Where harm fell, where it rose, and how much appeared outside."""

from __future__ import annotations

from dashboard.jobs.result import Result
from dashboard.text.numbers import pounds
from dashboard.views.frames import Row, pick, records
from dashboard.views.outcomes import HARM, INSIDE


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


def map_title(result: Result, plan: str) -> str:
    """Where harm fell and how much moved out."""
    here, out = inside(result, plan), moved_outside(result, plan)
    if not here:
        return "Where harm changed"
    down = sum(r["difference"] < 0 for r in here)
    where = "most" if down > 0.6 * len(here) else "few" if down < 0.4 * len(here) else "about half of the"
    text = f"Harm falls in {where} neighbourhoods"
    if not out:
        return text
    total = sum(r["difference"] for r in out)
    return f"{text}; {pounds(total)} appears outside" if total > 0 else f"{text}, and does not rise outside"


def diverging(value: float, limit: float) -> int:
    """Which of seven steps from less harm (0) to more (6) a change falls in."""
    if limit <= 0:
        return 3
    share = max(-1.0, min(1.0, value / limit))
    return round((share + 1) / 2 * 6) if abs(share) > 0.1 else 3
