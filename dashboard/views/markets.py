"""Market by market: what is traded, at what price and purity, what is lost, and where trade moves under a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.figures.effects import Effect
from dashboard.jobs.result import Result
from dashboard.text.amounts import amount, many, points, price, signed_amount
from dashboard.text.label import MARK
from dashboard.text.numbers import (
    NONE,
    Formatter,
    counted,
    finite,
    interval,
    joined,
    number_word,
    percent,
    pounds,
    signed,
)
from dashboard.views.frames import Row, first, ordered, pick, records
from dashboard.views.outcomes import HALF_OF_90, best_plan, series_of
from dashboard.views.support import marked, validated

CHAIN, COMMISSIONED = "chain", "commissioned"
SHOWN = {
    CHAIN: ("takings", "volume", "street_price", "purity", "unmet", "seized"),
    COMMISSIONED: ("project_takings_gbp", "projects_begun", "projects", "project_crimes", "project_victims"),
}
"""What the tables show of a market; what their order and pictures go by stands first."""
HEADINGS = {
    "takings": "Users spend",
    "volume": "Volume",
    "street_price": "Street price",
    "purity": "Purity",
    "unmet": "Demand unmet",
    "seized": "Share seized",
    "price": "Price of a pure gram",
    "project_takings_gbp": "Taken",
    "projects_begun": "Jobs begun",
    "projects": "Jobs done",
    "project_crimes": "Crimes",
    "project_victims": "Victims",
    "harm_gbp": "Harm",
    "illegal_profit_gbp": "Illegal profit",
}
ALL = "all"
LEAST = 0.001
"""Of what a market takes: a change below it is not spoken of."""


@dataclass(frozen=True)
class Cell:
    """One figure with its interval, and whether a change is clear of zero."""

    main: str
    note: str
    clear: bool = False


@dataclass(frozen=True)
class MarketRow:
    """One market in a table."""

    market: str
    title: str
    cells: tuple[Cell, ...]


def traded(result: Result, kind: str) -> list[tuple[str, str]]:
    """The markets of a kind: id and title, the largest first."""
    rows = pick(result.markets, kind=kind, measure=SHOWN[kind][0])
    if rows.empty:
        return []
    rows = ordered(rows.assign(baseline=pd.to_numeric(rows["baseline"])), "baseline", falling=True)
    return list(dict.fromkeys((str(row["market"]), str(row["title"])) for row in records(rows)))


def shown_plan(result: Result, of: str | None) -> str | None:
    """The plan whose markets are shown: the one asked for, else the best."""
    return of if of in result.plans else best_plan(result) or next(iter(result.plans), None)


def levels(result: Result, kind: str) -> list[MarketRow]:
    """Each market as it is: every figure with the range of 90% of runs."""
    return rows_of(result, kind, lambda market, measure: _level(market_row(result, None, market, measure)))


def rows_of(result: Result, kind: str, cell: Callable[[str, str], Cell]) -> list[MarketRow]:
    """A row a market of a kind: a cell for every figure that is shown, by market and measure."""
    shown = SHOWN[kind]
    return [
        MarketRow(market, *labelled(result, market, title, shown, [cell(market, measure) for measure in shown]))
        for market, title in traded(result, kind)
    ]


def labelled(
    result: Result, market: str, title: str, measures: Sequence[str], cells: Sequence[Cell]
) -> tuple[str, tuple[Cell, ...]]:
    """A market's title and figures with the mark: after the title where it is meant of every figure, else after each."""
    outcomes = [f"{measure}:{market}" for measure in measures]
    said = [one for one, cell in zip(outcomes, cells, strict=True) if cell.main != NONE]
    if not any(validated(result, one) for one in said):
        return marked(title, result, *said), tuple(cells)
    return title, tuple(
        cell if cell.main == NONE else Cell(marked(cell.main, result, one), cell.note, cell.clear)
        for one, cell in zip(outcomes, cells, strict=True)
    )


def changes(result: Result, kind: str, plan: str) -> list[MarketRow]:
    """Each market under a plan: every change from do as now with its interval."""
    return rows_of(result, kind, lambda market, measure: _change(market_row(result, plan, market, measure)))


def details(result: Result, kind: str, plan: str) -> list[tuple[str, str, str, str, str]]:
    """The table behind: market and figure, do as now, with the plan, the difference and its interval."""
    out = []
    for market, title in traded(result, kind):
        for measure in SHOWN[kind]:
            row = market_row(result, plan, market, measure)
            if row is not None and known(row):
                out.append(detail(result, market, measure, f"{title}: {HEADINGS[measure].lower()}", row))
    return out


def detail(result: Result, market: str, measure: str, heading: str, row: Row) -> tuple[str, str, str, str, str]:
    """A line of the table behind."""
    show = amount(str(row["unit"]))
    return (
        marked(heading, result, f"{measure}:{market}"),
        show(row["baseline"]),
        show(row["value"]),
        signed_amount(show(row["difference"])),
        interval(row["low"], row["high"], show),
    )


def effects(result: Result, kind: str, plan: str) -> list[Effect]:
    """What users spend (or crews take) more or less in each market, in pounds."""
    first_ = SHOWN[kind][0]
    found = (
        (marked(title, result, f"{first_}:{market}"), market_row(result, plan, market, first_))
        for market, title in traded(result, kind)
    )
    return [effect(result, plan, title, row) for title, row in found if row is not None and known(row)]


def effect(result: Result, plan: str, title: str, row: Row, show: Formatter = pounds) -> Effect:
    """A change, as it is drawn."""
    value, low, high = (float(row[key]) for key in ("difference", "low", "high"))
    low_50, high_50 = value - (value - low) * HALF_OF_90, value + (high - value) * HALF_OF_90
    label, within = signed(show(value)), interval(low, high, show)
    return Effect(title, series_of(result)[plan], value, low_50, high_50, low, high, label, within)


def first_of(result: Result, kind: str) -> list[str]:
    """What the markets of a kind are ordered by, as outcomes."""
    return [f"{SHOWN[kind][0]}:{market}" for market, _ in traded(result, kind)]


def spent(result: Result, kind: str) -> dict[str, float]:
    """What each market, by its title, takes under do as now."""
    first_ = SHOWN[kind][0]
    rows = {
        marked(title, result, f"{first_}:{market}"): market_row(result, None, market, first_)
        for market, title in traded(result, kind)
    }
    return {title: float(row["baseline"]) for title, row in rows.items() if row is not None}


def changes_title(kind: str, rows: Sequence[Effect], spent: Mapping[str, float]) -> str:
    """Which markets shrink and which grow, where that is clear of zero and more than a rounding."""
    told = [row for row in rows if abs(row.value) >= LEAST * spent.get(row.title, 0.0)]
    less = [row.title for row in told if row.high_90 < 0]
    more = [row.title for row in told if row.low_90 > 0]
    if not rows:
        return "What happens in each market was not kept"
    if kind == COMMISSIONED:
        if not less and not more:
            return "No commissioned market clearly takes more or less"
        parts = [f"less is taken in {named_markets(less)}"] if less else []
        parts += (
            [f"more in {named_markets(more)}" if less else f"more is taken in {named_markets(more)}"] if more else []
        )
    else:
        if not less and not more:
            one = len(rows) == 1
            return "Trade neither clearly grows nor shrinks" if one else "No market clearly grows or shrinks"
        parts = [f"users spend less on {named_markets(less)}"] if less else []
        parts += (
            [f"more on {named_markets(more)}" if less else f"users spend more on {named_markets(more)}"] if more else []
        )
    text = " and ".join(parts)
    return text[:1].upper() + text[1:]


def named_markets(titles: Sequence[str]) -> str:
    """One or two by name, more by number."""
    titles = [title.removesuffix(MARK) for title in titles]
    lower = [title if title[:2].isupper() else title[:1].lower() + title[1:] for title in titles]
    return joined(lower) if len(lower) <= 2 else counted(len(lower), "market")


def levels_title(result: Result, kind: str) -> str:
    """Where most is spent, or most taken."""
    rows = [market_row(result, None, market, SHOWN[kind][0]) for market, _ in traded(result, kind)]
    known = [row for row in rows if row is not None and finite(row["baseline"])]
    total = sum(float(row["baseline"]) for row in known)
    if not known or total <= 0:
        return "Market by market"
    title, share = named_markets([str(known[0]["title"])]), float(known[0]["baseline"]) / total
    if len(known) == 1:
        verb = f"Users spend {pounds(total)} a year on" if kind == CHAIN else f"{pounds(total)} a year is taken in"
        return f"{verb} {title}"
    what = "users spend in" if kind == CHAIN else "is taken in"
    whole = f"{number_word(len(known))} {'markets' if kind == CHAIN else 'commissioned markets'}"
    return f"{percent(share)} of the {pounds(total)} a year that {what} {whole} goes on {title}" if kind == CHAIN else (
        f"{percent(share)} of the {pounds(total)} a year that {what} {whole} is in {title}"
    )  # fmt: skip


def market_row(result: Result, plan: str | None, market: str, measure: str) -> Row | None:
    """What is kept of one measure of a market; of any plan, for what it is under do as now."""
    wanted = {"market": market, "measure": measure} | ({"plan": plan} if plan is not None else {})
    return first(pick(result.markets, **wanted))


def known(row: Row) -> bool:
    """Whether a change was measured."""
    return all(row[key] is not None and finite(float(row[key])) for key in ("baseline", "difference", "low", "high"))


def _level(row: Row | None) -> Cell:
    if row is None or row["baseline"] is None or not finite(float(row["baseline"])):
        return Cell(NONE, "")
    show = amount(str(row["unit"]))
    short = show
    if str(row["unit"]).startswith("GBP/"):
        short = price
    elif row["measure"] == "volume":
        short = many
    return Cell(show(float(row["baseline"])), interval(row["low"], row["high"], short))


def _change(row: Row | None) -> Cell:
    """Shares change by points, money spent and taken by pounds, everything else by a percentage of do as now."""
    if row is None or not known(row):
        return Cell(NONE, "")
    base, value, low, high = (float(row[key]) for key in ("baseline", "difference", "low", "high"))
    clear = (low > 0 or high < 0) and abs(value) >= (LEAST / 2 if row["unit"] == "share" else LEAST * abs(base))
    if row["unit"] == "share":
        return Cell(f"{signed(points(value))} points", interval(low, high, points), clear)
    if row["unit"] == "GBP":
        return Cell(signed(pounds(value)), interval(low, high, pounds), clear)
    if base <= 0:
        return Cell(NONE, "none under do as now")
    share: Formatter = lambda v: percent(v, 1 if abs(v) < 0.1 else 0)  # noqa: E731 - a formatter is a function of one number
    return Cell(signed(share(value / base)), interval(low / base, high / base, share), clear)
