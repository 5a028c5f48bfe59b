"""The course of one market by week: which markets and measures can be drawn, and what they are called."""

from __future__ import annotations

from dashboard.jobs.result import Result
from dashboard.views.markets import ALL, CHAIN, COMMISSIONED, HEADINGS, market_row, traded

WEEKLY = {
    CHAIN: ("volume", "takings", "street_price", "purity", "unmet", "seized", "harm_gbp", "illegal_profit_gbp"),
    COMMISSIONED: (
        "project_takings_gbp", "projects", "project_crimes", "project_victims", "harm_gbp", "illegal_profit_gbp",
    ),
}  # fmt: skip
"""Of which the course by week is kept; what is shown unasked stands first."""
USUAL = tuple(names[0] for names in WEEKLY.values())


def choices(result: Result) -> list[tuple[str, str]]:
    """The markets whose course can be drawn; all of them together stand first."""
    kept = _kept(result)
    found = [one for kind in WEEKLY for one in traded(result, kind) if f"{WEEKLY[kind][0]}:{one[0]}" in kept]
    return [(ALL, "All markets"), *found] if found else []


def course_of(result: Result, show: str, market: str) -> str:
    """The id of a measure of a market; what is not counted there gives way to its volume, or takings."""
    kept = _kept(result)
    return next(name for name in (f"{show}:{market}", *(f"{one}:{market}" for one in USUAL)) if name in kept)


def weekly_choices(result: Result, market: str) -> list[tuple[str, str]]:
    """What is kept by week of a market."""
    kept = _kept(result)
    names = dict.fromkeys(name for shown in WEEKLY.values() for name in shown)
    return [(name, HEADINGS[name]) for name in names if f"{name}:{market}" in kept]


def label_of(result: Result, identity: str) -> tuple[str, str]:
    """What a MEASURE:MARKET is called, and its unit."""
    measure, _, market = identity.partition(":")
    row = market_row(result, None, market, measure)
    title = str(row["title"]) if row else market
    return f"{HEADINGS.get(measure, measure)}, {title[:1].lower() + title[1:]}", str(row["unit"]) if row else "count"


def _kept(result: Result) -> set[str]:
    return set(result.bands["measure"]) if not result.bands.empty else set()
