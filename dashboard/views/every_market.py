"""Every market side by side, whatever its kind: the harm that comes with it, what is sold or taken, who earns by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.figures.effects import Effect
from dashboard.jobs.result import Result
from dashboard.text.numbers import NONE, interval, percent, pounds, signed
from dashboard.views.frames import Row, first, numbers, ordered, pick, records
from dashboard.views.markets import (
    LEAST,
    SHOWN,
    Cell,
    MarketRow,
    detail,
    effect,
    known,
    labelled,
    market_row,
    named_markets,
)
from dashboard.views.outcomes import HARM
from dashboard.views.start import monthly
from dashboard.views.support import marked

MONEY = {kind: shown[0] for kind, shown in SHOWN.items()}
"""What users spend on goods, or crews take."""
HEADINGS = ("Harm", "Sold or taken", "Illegal profit", "Businesses")


@dataclass(frozen=True)
class Small:
    """One market of small multiples: a figure with its range, what else is said of it, and its course."""

    market: str
    title: str
    value: str
    note: str
    course: tuple[float, ...]


def listed(result: Result) -> list[tuple[str, str, str]]:
    """The markets whose harm was counted: id, title and kind, the most harmful first."""
    rows = pick(result.markets, measure=HARM)
    if rows.empty:
        return []
    rows = ordered(rows.assign(baseline=pd.to_numeric(rows["baseline"])), "baseline", falling=True)
    return list(dict.fromkeys((str(row["market"]), str(row["title"]), str(row["kind"])) for row in records(rows)))


def measures(kind: str) -> tuple[str, ...]:
    """What the table shows, in the order of its headings."""
    return (HARM, MONEY[kind], "illegal_profit_gbp", "businesses_active")


def levels(result: Result) -> list[Small]:
    """Each market as it is: harm a year with the range of 90% of runs, and its course by month."""
    out = []
    for market, title, kind in listed(result):
        harm, money = (market_row(result, None, market, name) for name in (HARM, MONEY[kind]))
        if harm is None or harm["baseline"] is None:
            continue
        note = interval(harm["low"], harm["high"], pounds)
        if money is not None and money["baseline"] is not None:
            note += f" · {pounds(float(money['baseline']))} {'spent' if kind == 'chain' else 'taken'}"
        rows = pick(result.bands, measure=f"{HARM}:{market}")
        course = monthly(numbers(ordered(rows, "week"), "baseline")) if not rows.empty else []
        out.append(
            Small(
                market, marked(title, result, f"{HARM}:{market}"), pounds(float(harm["baseline"])), note, tuple(course)
            )
        )
    return out


def levels_title(result: Result) -> str:
    """How much of all harm comes with the markets."""
    found, whole = _in_markets(result), first(pick(result.table, measure=HARM))
    if not found or whole is None or not whole["baseline"]:
        return "Harm market by market"
    share = min(1.0, found / float(whole["baseline"]))
    said = "All" if share > 0.9995 else percent(share)
    return marked(f"{said} of harm comes with a market: {pounds(found)} a year", result, HARM)


def apart(result: Result) -> str:
    """What is said of the harm that belongs to no market; empty where there is none of it."""
    found, whole = _in_markets(result), first(pick(result.table, measure=HARM))
    if whole is None or not whole["baseline"] or found / float(whole["baseline"]) > 0.9995:
        return ""
    return (
        f"The other {marked(pounds(float(whole['baseline']) - found), result, HARM)} is violence, theft by users to pay for drugs and children drawn in, "
        "which belong to no one market"
    )


def _in_markets(result: Result) -> float:
    rows = [market_row(result, None, market, HARM) for market, *_ in listed(result)]
    return sum(float(row["baseline"]) for row in rows if row is not None and row["baseline"] is not None)


def effects(result: Result, plan: str) -> list[Effect]:
    """By what share of do as now harm falls or rises in each market: in pounds the largest would hide the others."""
    out = []
    for market, title, _ in listed(result):
        row = market_row(result, plan, market, HARM)
        if row is not None and known(row) and float(row["baseline"]) > 0:
            out.append(effect(result, plan, marked(title, result, f"{HARM}:{market}"), _of_baseline(row), share))
    return out


def changes(result: Result, plan: str) -> list[MarketRow]:
    """What a plan changes in each market: harm in pounds, all else as a share of do as now, with its interval."""
    return [
        MarketRow(
            market,
            *labelled(
                result,
                market,
                title,
                measures(kind),
                [_change(market_row(result, plan, market, name)) for name in measures(kind)],
            ),
        )
        for market, title, kind in listed(result)
    ]


def share(value: float) -> str:
    """A share as a percentage, finer where it is small."""
    return percent(value, 1 if abs(value) < 0.1 else 0)


def _of_baseline(row: Row) -> Row:
    return {key: float(row[key]) / float(row["baseline"]) for key in ("difference", "low", "high")}


def _change(row: Row | None) -> Cell:
    if row is None or not known(row):
        return Cell(NONE, "")
    if float(row["baseline"]) <= 0:
        return Cell(NONE, "none under do as now")
    relative = _of_baseline(row)
    clear = (row["low"] > 0 or row["high"] < 0) and abs(relative["difference"]) >= LEAST
    show, said = (pounds, row) if row["measure"] == HARM else (share, relative)
    return Cell(signed(show(said["difference"])), interval(said["low"], said["high"], show), clear)


def details(result: Result, plan: str) -> list[tuple[str, str, str, str, str]]:
    """The table behind: market and figure, do as now, with the plan, the difference and its interval."""
    out = []
    for market, title, kind in listed(result):
        for measure, heading in zip(measures(kind), HEADINGS, strict=True):
            row = market_row(result, plan, market, measure)
            if row is not None and known(row):
                out.append(detail(result, market, measure, f"{title}: {heading.lower()}", row))
    return out


def changes_title(rows: Sequence[Effect]) -> str:
    """In which markets harm falls and rises, where that is clear of zero and more than a rounding."""
    told = [row for row in rows if abs(row.value) >= LEAST]
    less = [row.title for row in told if row.high_90 < 0]
    more = [row.title for row in told if row.low_90 > 0]
    if not less and not more:
        return "In no market does harm clearly fall or rise"
    parts = [f"falls in {named_markets(less)}"] if less else []
    parts += [f"rises in {named_markets(more)}"] if more else []
    return f"Harm {' and '.join(parts)}"
