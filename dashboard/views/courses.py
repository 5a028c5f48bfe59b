"""What happens week by week under each plan, against do as now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figures.fan import Fan
from dashboard.jobs.result import Result
from dashboard.text.numbers import named, number_word
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


CLEAR_WEEKS = 8  # a course that leaves nothing for less long may owe it to chance


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
    below, above = np.sum(np.asarray(fan.high_90) < 0), np.sum(np.asarray(fan.low_90) > 0)
    apart = (fan.weeks[-1] - fan.weeks[0]) / max(1, len(fan.weeks) - 1)
    clear_once = max(below, above) * apart >= CLEAR_WEEKS
    word = "rises" if largest > 0 else "falls"
    if end_low > 0 or end_high < 0:
        return (
            f"{word} and partly stays"
            if abs(end) < 0.6 * abs(largest)
            else f"{word} and stays {'up' if end > 0 else 'down'}"
        )
    furthest = float(middle[np.argmax(np.abs(middle))])
    if clear_once:
        word = "rises" if furthest > 0 else "falls"
        return f"{word}, then returns" if abs(end) < 0.5 * abs(furthest) else f"{word} for a time"
    return "could go either way"


def fan_title(items: Sequence[PlanFan], label: str) -> str:
    """What the courses say together."""
    stays = {way: [i.title for i in items if i.says.endswith(f"stays {way}")] for way in ("down", "up")}
    returns = [item.title for item in items if item.says.endswith(("then returns", "partly stays", "for a time"))]
    if len(stays["down"]) == len(items):
        return f"{label} falls under {_every(items)} and stays down"
    if stays["down"]:
        return f"{label} stays down under {named(stays['down'])}" + (
            f"; it returns under {named(returns)}" if returns else ""
        )
    if stays["up"]:
        return f"{label} stays up under {named(stays['up'])}"
    if returns:
        return f"{label} moves under {named(returns)} for a time"
    return f"No lasting change in {label[:1].lower() + label[1:]} is clear of chance"


def _every(items: Sequence[PlanFan]) -> str:
    return items[0].title if len(items) == 1 else f"all {number_word(len(items))} plans"
