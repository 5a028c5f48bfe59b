"""What happens week by week under each plan, against do as now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figures.fan import Fan
from dashboard.jobs.result import Result
from dashboard.text.numbers import joined, number_word
from dashboard.views.frames import numbers, ordered, pick
from dashboard.views.outcomes import HARM, series_of


@dataclass(frozen=True)
class PlanFan:
    """A plan's course and what it says in three words."""

    plan: str
    title: str
    series: int
    fan: Fan
    says: str


BAND_MEASURES = (
    HARM,
    "illegal_profit_gbp",
    "businesses_active",
    "lines_external",
    "violence_true",
    "drug_volume_pure_kg",
    "trust_in_trade",
    "people_active",
    "recruits_under_18",
    "confidence",
    "fear",
    "public_concern",
)


def fans(result: Result, measure: str, step: int = 1) -> list[PlanFan]:
    """The course of a measure under every plan, as paired differences from do as now; shares of the baseline for money."""
    bands = result.bands
    if bands.empty:
        return []
    out = []
    for plan, place in series_of(result).items():
        rows = ordered(pick(bands, plan=plan, measure=measure), "week").iloc[::step]
        if rows.empty:
            continue
        names = ("middle", "low_50", "high_50", "low_90", "high_90")
        columns = {c: numbers(rows, c) for c in names}
        base = numbers(rows, "baseline")
        if relative(result, measure):
            columns = {c: v / np.maximum(base, 1e-9) for c, v in columns.items()}
        fan = Fan(list(numbers(rows, "week")), *(list(columns[c]) for c in names))
        out.append(PlanFan(plan, result.plans[plan], place, fan, course(fan)))
    return out


def relative(result: Result, measure: str) -> bool:
    """Whether a measure's course is shown as a share of do as now: it never comes near zero there."""
    base = numbers(pick(result.bands, measure=measure), "baseline") if not result.bands.empty else np.empty(0)
    return bool(len(base) and np.all(base > 0) and base.min() > 0.2 * base.mean())


def course(fan: Fan) -> str:
    """The shape of a course in a few words, from its own bands and nothing else."""
    middle = np.asarray(fan.middle)
    end_low, end_high = np.median(fan.low_90[-8:]), np.median(fan.high_90[-8:])
    end = float(np.mean(middle[-8:]))
    peak = int(np.argmin(middle)) if end <= 0 else int(np.argmax(middle))
    largest = float(middle[peak])
    clear_once = bool(np.any(np.asarray(fan.high_90) < 0) or np.any(np.asarray(fan.low_90) > 0))
    if end_low > 0 or end_high < 0:
        if abs(end) < 0.6 * abs(largest):
            return "fades but holds"
        return "falls and stays down" if end < 0 else "rises and stays up"
    if clear_once and abs(end) < 0.5 * abs(float(middle[np.argmax(np.abs(middle))])):
        return "moves, then fades"
    return "could go either way"


def fan_title(items: Sequence[PlanFan], label: str) -> str:
    """What the courses say together."""
    down = [item.title for item in items if item.says == "falls and stays down"]
    fading = [item.title for item in items if item.says in ("moves, then fades", "fades but holds")]
    if down and fading:
        return f"{joined(fading)} {'wears' if len(fading) == 1 else 'wear'} off; {joined(down)} {'lasts' if len(down) == 1 else 'last'}"
    if len(down) == len(items) and items:
        return f"{label} falls under {_every(items)} and stays down"
    if down:
        return f"{label} stays down under {joined(down)}"
    if fading:
        return f"{label} moves under {joined(fading)}, then returns"
    return f"No lasting change in {label[:1].lower() + label[1:]} is clear of chance"


def _every(items: Sequence[PlanFan]) -> str:
    return items[0].title if len(items) == 1 else f"all {number_word(len(items))} plans"
