"""The live forecast beside the plan: where harm ends against do as now, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures.fan import Fan
from dashboard.jobs.result import Result
from dashboard.text.numbers import Formatter, interval, percent, plain, pounds, signed
from dashboard.text.phia import clause
from dashboard.views.frames import numbers, ordered, pick
from dashboard.views.outcomes import HARM, Outcome, outcome
from dashboard.views.support import marked

YEAR = 52
FIRST = 8
PAIRS, WEEKS = 24, 156


@dataclass(frozen=True)
class Forecast:
    """What the card beside the plan says."""

    title: str
    sub: str
    fan: Fan | None
    baseline: tuple[float, ...]
    limits: tuple[float, float]
    labels: tuple[str, str]
    text: tuple[tuple[str, bool], ...]
    note: str


def forecast(result: Result) -> Forecast:
    """Yearly rate of harm under the plan and under do as now."""
    plan = next(iter(result.plans))
    found = outcome(result, plan, HARM)
    note = (
        f"{result.replicates} paired runs of {result.weeks} weeks, worked out in {result.elapsed:.1f} s. "
        "Changes are against do as now, with 90% intervals."
    )
    if found is None:
        return Forecast(
            "No harm figure came back",
            "",
            None,
            (),
            (0.0, 1.0),
            ("", ""),
            (("The model did not report harm.", False),),
            note,
        )
    share = found.scaled(1 / found.baseline) if found.baseline else found
    if share.low > 0 or share.high < 0:
        title = f"Harm is {percent(abs(share.value), 1)} {'below' if share.value < 0 else 'above'} do as now"
    else:
        title = "No clear change in harm"
    title = marked(title, result, HARM)
    sub = (
        f"Harm a year, 13-week mean; over the whole span {signed(pounds(found.value))} against do as now "
        f"(90% interval {interval(found.low, found.high, pounds)})"
    )
    rows = ordered(pick(result.bands, plan=plan, measure=HARM), "week")
    fan: Fan | None = None
    baseline: tuple[float, ...] = ()
    limits, labels = (0.0, 1.0), ("", "")
    if len(rows) > 1:
        weeks = numbers(rows, "week")
        base = numbers(rows, "baseline") * YEAR
        keep = slice(FIRST if len(weeks) > 4 * FIRST else 0, None, 2)  # a mean of one or two weeks says little
        columns = [base + numbers(rows, c) * YEAR for c in ("middle", "low_50", "high_50", "low_90", "high_90")]
        fan = Fan(list(weeks[keep]), *[list(column[keep]) for column in columns])
        baseline = tuple(base[keep])
        low = min(float(columns[3].min()), float(base.min()))
        high = max(float(columns[4].max()), float(base.max()))
        room = (high - low) * 0.12 or 1.0
        limits = (max(0.0, low - room), high + room)
        labels = (pounds(baseline[-1], 3), pounds(fan.middle[-1], 3))
    better = found.probability_better
    said = clause(better, "to avert harm against do as now") if better is not None else ()
    text = said or (("How likely it is to avert harm was not measured", False),)
    text = ((text[0][0][:1].upper() + text[0][0][1:], text[0][1]), *text[1:], (".", False))
    return Forecast(title, sub, fan, baseline, limits, labels, text, note)


def side_effects(result: Result) -> list[tuple[str, str, str]]:
    """What else changes against do as now: the measure, the change in words, and its interval."""
    plan = next(iter(result.plans))
    out = []
    for measure, label in (
        ("retaliation_violence", "Retaliation violence"),
        ("violence_true", "Violence"),
        ("user_harm", "Harm to users"),
        ("intrusion", "Intrusion"),
        ("recruits_under_18", "Under-18s drawn in"),
    ):
        found = outcome(result, plan, measure)
        if found is None:
            continue
        if abs(found.baseline) > 1e-9:
            found = found.scaled(1 / abs(found.baseline))
            show = _shares(found)
        elif found.low == found.high == 0:
            continue
        else:
            show = plain
        clear = found.low > 0 or found.high < 0
        words = signed(show(found.value)) if clear else "no clear change"
        out.append((marked(label, result, measure), words, interval(found.low, found.high, show)))
    return out


def _shares(found: Outcome) -> Formatter:
    """Shares to so many places that a clear change is not printed as none."""
    widest = max(abs(found.low), abs(found.high))
    digits = 0 if widest >= 0.03 else 1 if widest >= 0.003 else 2
    return lambda value: percent(value, digits)
