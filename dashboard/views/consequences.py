"""What a plan brings beside harm averted: how far trade fell, who bears it, where it went, what is seen of it, what tells early."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.figures.dip import Course, Sign
from dashboard.figures.dots import Dot, DotRow
from dashboard.jobs.result import Result
from dashboard.text.numbers import finite, interval, joined, named, number_word, percent, plain, signed
from dashboard.views.frames import Row, numbers, ordered, pick, records
from dashboard.views.outcomes import Outcome, outcome, series_of

WHOLE = "whole"
BORNE = (
    "contact_ratio", "under_18_charged", "recruits_under_18", "intrusion", "retaliation_violence", "user_harm",
    "user_deaths", "confidence_lost", "confidence_gap",
)  # fmt: skip
"""Who bears it: more of each is worse, whatever is averted."""
PAIRS = (
    ("violence_recorded", "violence_true", "Violence"),
    ("acquisitive_recorded", "acquisitive_true", "Acquisitive crime"),
    ("commissioned_recorded", "project_crimes", "Commissioned crime"),
    ("people_mapped", "people_active", "People known and active"),
    ("price_seen_gbp_per_pure_g", "retail_price_gbp_per_pure_g", "Price of hard drugs"),
    ("seized_pure_kg", "drug_volume_pure_kg", "Drugs seized and sold"),
    ("assets_recovered_gbp", "illegal_profit_gbp", "Assets taken and profit"),
)
"""What is seen, what is, and what both are of."""
KINDS = {
    "place": "To places beside", "market": "To other markets", "model": "To other models", "platform": "To other platforms",
    "time": "To a later time", "people": "To other people",
}  # fmt: skip
EARLIEST = 5


@dataclass(frozen=True)
class Told:
    """A picture's finding, its rows, and the table behind it."""

    title: str
    rows: list[DotRow]
    table: list[tuple[str, ...]]
    words: str = ""


def relative(found: Outcome | None) -> Outcome | None:
    """A change as a share of do as now; nothing where there is nothing to be a share of."""
    if found is None or not finite(found.baseline) or abs(found.baseline) < 1e-12:
        return None
    return found.scaled(1 / abs(found.baseline))


def label_of(result: Result, measure: str) -> str:
    """What a measure is called."""
    rows = pick(result.table, measure=measure)
    return str(rows["label"].iloc[0]) if len(rows) and "label" in rows else measure.replace("_", " ")


def share(value: float) -> str:
    """A change in per cent, its sign before it."""
    return signed(percent(value, 1 if abs(value) < 0.02 else 0))


def two_digits(value: float) -> str:
    """A quotient."""
    return f"{value:.2f}".replace("-", "−")


def clear(found: Outcome) -> int:
    """On which side of nothing an interval lies: 1, -1, or 0 where it may be either."""
    return 1 if found.low > 0 else -1 if found.high < 0 else 0


def dot(found: Outcome, series: int, *, hollow: bool = False) -> Dot:
    """A change as a mark."""
    return Dot(series, found.value, found.low, found.high, share(found.value), hollow)


def borne(result: Result) -> Told:
    """What each plan does to those who bear it, against do as now."""
    rows, table, worse = [], [], dict.fromkeys(result.plans, 0)
    for measure in BORNE:
        label, dots = label_of(result, measure), []
        for plan, series in series_of(result).items():
            found = outcome(result, plan, measure)
            change = relative(found)
            if found is None or change is None:
                continue
            dots.append(dot(change, series))
            worse[plan] += clear(change) > 0
            table.append((f"{label}, {result.plans[plan]}", plain(found.baseline), plain(found.plan), share(change.value),
                          interval(change.low, change.high, share)))  # fmt: skip
        if dots:
            rows.append(DotRow(label, tuple(dots)))
    for plan in result.plans:
        loop = outcome(result, plan, "tasking_loop")
        if loop is not None:
            table.append((f"{label_of(result, 'tasking_loop')}, {result.plans[plan]}", plain(loop.baseline), plain(loop.plan),
                          signed(plain(loop.value)), interval(loop.low, loop.high, plain)))  # fmt: skip
    bad = {plan: count for plan, count in worse.items() if count}
    if not rows:
        return Told("Who bears it was not measured", rows, table)
    if not bad:
        return Told("Nothing here gets clearly worse", rows, table)
    plan = max(bad, key=lambda one: bad[one])
    things = "thing" if bad[plan] == 1 else "things"
    words = f"{result.plans[plan]} makes {number_word(bad[plan])} {things} of {number_word(len(rows))} clearly worse"
    return Told(words, rows, table)


def moved(result: Result) -> Told:
    """Where what a plan pushes out turns up: a quotient for each kind, and a word on those that have none."""
    rows, table, unsaid = [], [], []
    gone: dict[str, list[str]] = {}
    for kind, title in KINDS.items():
        dots, reasons = [], set()
        for plan, series in series_of(result).items():
            row = next(iter(records(pick(result.displacement, plan=plan, kind=kind))), None)
            if row is None:
                continue
            if row["quotient"] is None or not finite(row["quotient"]):
                reasons.add(str(row["reason"]))
                table.append((f"{title}, {result.plans[plan]}", "–", str(row["reason"])))
                continue
            value, low, high = (
                float(row[name]) if row[name] is not None else float("nan") for name in ("quotient", "low", "high")
            )
            low, high = (low if finite(low) else value), (high if finite(high) else value)
            dots.append(Dot(series, value, low, high, signed(two_digits(value))))
            if high < 0:
                gone.setdefault(plan, []).append(title[3:])
            table.append((f"{title}, {result.plans[plan]}", signed(two_digits(value)), interval(low, high, two_digits)))
        if dots:
            rows.append(DotRow(title, tuple(dots)))
        elif reasons:
            unsaid.append(f"{title.lower()}: {_first(reasons)}")
    said = [f"{result.plans[plan]} to {joined(list(dict.fromkeys(kinds)))}" for plan, kinds in gone.items()]
    title = f"Some of it moves: {'; '.join(said)}" if said else "Nothing clearly moves elsewhere"
    words = f"Not stated {'; '.join(unsaid)}." if unsaid else ""
    return Told(title if rows else "Where it moves cannot be said here", rows, table, words)


def _first(reasons: set[str]) -> str:
    """One reason for all plans."""
    return sorted(reasons)[0]


def seen(result: Result, plan: str) -> Told:
    """What is recorded and seen beside what is true, as changes against do as now under one plan."""
    rows, table, misleading = [], [], []
    series = series_of(result)[plan]
    for measure, true, title in PAIRS:
        apart = [relative(outcome(result, plan, name)) for name in (measure, true)]
        both = [one for one in apart if one is not None]
        if len(both) < len(apart):
            continue
        rows.append(DotRow(title, (dot(both[0], series, hollow=True), dot(both[1], series))))
        for name, one in zip((measure, true), both, strict=True):
            table.append((label_of(result, name), share(one.value), interval(one.low, one.high, share)))
        if clear(both[0]) * both[1].value < 0 and title not in NOT_ALIKE:
            misleading.append(title.lower())
    if not rows:
        return Told("What is seen was not measured", rows, table)
    if misleading:
        return Told(f"What is recorded of {joined(misleading)} would mislead", rows, table)
    return Told("What is recorded goes the way of what is true", rows, table)


NOT_ALIKE = ("Drugs seized and sold", "Assets taken and profit")
"""Pairs in which more of the one may well be less of the other."""


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
    """How far each plan disrupts the whole."""
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


def early_rows(result: Result, plan: str) -> list[Row]:
    """Every observed series of a plan, the earliest first."""
    rows = pick(result.early, plan=plan)
    return [row for row in records(rows) if not row["reason"]] if len(rows) else []


def early_reason(result: Result, plan: str) -> str:
    """Why nothing is said of what tells early; empty where something is."""
    rows = pick(result.early, plan=plan)
    return next((str(row["reason"]) for row in records(rows) if row["reason"]), "") if len(rows) else ""


def early_signs(result: Result, plan: str) -> list[Sign]:
    """The few series that tell first."""
    told = [row for row in early_rows(result, plan) if _week(row) is not None]
    return [Sign(_way(row), _week(row) or 0, percent(_told(row))) for row in told[:EARLIEST]]


def early_title(result: Result, plan: str, signs: Sequence[Sign]) -> str:
    """What would be seen first."""
    if signs:
        return f"{signs[0].title} first, after {signs[0].week} weeks, where {result.plans[plan]} works"
    return "Nothing that is seen tells success from failure"


def early_table(result: Result, plan: str) -> list[tuple[str, ...]]:
    """Every observed series: when it tells, how well, and how plainly the plan itself shows in it."""
    return [
        (_way(row), str(_week(row) or "–"), f"{plain(row['auc'])} ({interval(row['low'], row['high'], plain)})",
         plain(row["shown"]) if row["shown"] is not None else "–")
        for row in early_rows(result, plan)
    ]  # fmt: skip


def split_words(result: Result, plan: str) -> str:
    """What success means here."""
    rows = early_rows(result, plan)
    if rows and rows[0]["split"] == "better-half":
        return "nearly all pairs come out alike, so the better half of them stands for success"
    return "success is a pair in which harm was averted"


def _week(row: Row) -> int | None:
    value = row["week"]
    return None if value is None or pd.isna(value) else int(value)


def _told(row: Row) -> float:
    return max(float(row["auc"]), 1.0 - float(row["auc"]))


def _way(row: Row) -> str:
    return f"{row['label']} {'higher' if row['direction'] == 'up' else 'lower'}"
