"""What a plan brings beside harm averted: who bears it, where it went, and what is seen of it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures.dots import Dot, DotRow
from dashboard.jobs.result import Result
from dashboard.text.numbers import finite, interval, joined, number_word, percent, plain, signed
from dashboard.views.frames import pick, records
from dashboard.views.outcomes import Outcome, outcome, series_of
from dashboard.views.support import marked

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
    label = str(rows["label"].iloc[0]) if len(rows) and "label" in rows else measure.replace("_", " ")
    return marked(label, result, measure)


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
    rows, table, worse, shown = [], [], dict.fromkeys(result.plans, 0), []
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
            shown.append(measure)
    for plan in result.plans:
        loop = outcome(result, plan, "tasking_loop")
        if loop is not None:
            table.append((f"{label_of(result, 'tasking_loop')}, {result.plans[plan]}", plain(loop.baseline), plain(loop.plan),
                          signed(plain(loop.value)), interval(loop.low, loop.high, plain)))  # fmt: skip
    bad = {plan: count for plan, count in worse.items() if count}
    if not rows:
        return Told("Who bears it was not measured", rows, table)
    if not bad:
        return Told(marked("Nothing here gets clearly worse", result, *shown), rows, table)
    plan = max(bad, key=lambda one: bad[one])
    things = "thing" if bad[plan] == 1 else "things"
    words = f"{result.plans[plan]} makes {number_word(bad[plan])} {things} of {number_word(len(rows))} clearly worse"
    return Told(marked(words, result, *shown), rows, table)


def moved(result: Result) -> Told:
    """Where what a plan pushes out turns up: a quotient for each kind, and a word on those that have none."""
    rows, table, unsaid, stated = [], [], [], []
    gone: dict[str, list[str]] = {}
    for kind, name in KINDS.items():
        title = marked(name, result, f"displacement_{kind}")
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
                gone.setdefault(plan, []).append(name[3:])
            table.append((f"{title}, {result.plans[plan]}", signed(two_digits(value)), interval(low, high, two_digits)))
        if dots:
            rows.append(DotRow(title, tuple(dots)))
            stated.append(f"displacement_{kind}")
        elif reasons:
            unsaid.append(f"{name.lower()}: {_first(reasons)}")
    said = [f"{result.plans[plan]} to {joined(list(dict.fromkeys(kinds)))}" for plan, kinds in gone.items()]
    title = f"Some of it moves: {'; '.join(said)}" if said else "Nothing clearly moves elsewhere"
    words = f"Not stated {'; '.join(unsaid)}." if unsaid else ""
    return Told(marked(title, result, *stated) if rows else "Where it moves cannot be said here", rows, table, words)


def _first(reasons: set[str]) -> str:
    """One reason for all plans."""
    return sorted(reasons)[0]


def seen(result: Result, plan: str) -> Told:
    """What is recorded and seen beside what is true, as changes against do as now under one plan."""
    rows, table, misleading = [], [], []
    both_of: list[str] = []
    series = series_of(result)[plan]
    for measure, true, title in PAIRS:
        apart = [relative(outcome(result, plan, name)) for name in (measure, true)]
        both = [one for one in apart if one is not None]
        if len(both) < len(apart):
            continue
        rows.append(
            DotRow(marked(title, result, measure, true), (dot(both[0], series, hollow=True), dot(both[1], series)))
        )
        for name, one in zip((measure, true), both, strict=True):
            table.append((label_of(result, name), share(one.value), interval(one.low, one.high, share)))
        if clear(both[0]) * both[1].value < 0 and title not in NOT_ALIKE:
            misleading.append(title.lower())
    if not rows:
        return Told("What is seen was not measured", rows, table)
    if misleading:
        return Told(marked(f"What is recorded of {joined(misleading)} would mislead", result, *both_of), rows, table)
    return Told(marked("What is recorded goes the way of what is true", result, *both_of), rows, table)


NOT_ALIKE = ("Drugs seized and sold", "Assets taken and profit")
"""Pairs in which more of the one may well be less of the other."""
