"""The live forecast beside the plan: where harm ends against do as now, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures.fan import Fan
from dashboard.jobs.result import Result
from dashboard.text.numbers import interval, percent, plain, pounds
from dashboard.text.phia import clause
from dashboard.views.frames import numbers, ordered, pick
from dashboard.views.outcomes import HARM, outcome
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
    note = f"{result.replicates} paired runs of {result.weeks} weeks, {result.elapsed:.1f} s."
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
    sub = f"Harm a year, 13-week mean; over the whole span {pounds(found.value)} ({interval(found.low, found.high, pounds)})"
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


def side_effects(result: Result) -> list[tuple[str, str]]:
    """What else changes, whether it gets better or worse: a few measures in words."""
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
            o = found.scaled(1 / abs(found.baseline))
            clear = o.low > 0 or o.high < 0
            sign = "+" if o.value > 0 else ""
            out.append(
                (
                    marked(label, result, measure),
                    f"{sign}{percent(o.value, 1 if abs(o.value) < 0.01 else 0)}" if clear else "no clear change",
                )
            )
        elif abs(found.value) > 1e-9:
            out.append((marked(label, result, measure), plain(found.value)))
    return out
