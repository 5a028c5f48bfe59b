"""Numbers are printed short, with a true minus sign and never without their interval where there is one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

MINUS = "−"
NONE = "–"

Formatter = Callable[[float], str]


def finite(value: float | None) -> bool:
    """A number that can be printed: not missing, not infinite."""
    return value is not None and math.isfinite(value)


def significant(value: float, digits: int = 2) -> str:
    """A bare number with so many significant digits, thousands separated, no exponent."""
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits - 1}e}")
    decimals = digits - 1 - math.floor(math.log10(abs(rounded)))
    return f"{rounded:,.{max(decimals, 0)}f}"


def plain(value: float | None, digits: int = 2) -> str:
    """A count or ratio: 1,240, 58, 4.6, 0.31."""
    if not finite(value):
        return NONE
    assert value is not None
    size = abs(value)
    text = f"{size:,.0f}" if size >= 100 or float(size).is_integer() else significant(size, digits)
    return (MINUS if value < 0 and text.strip("0.,") else "") + text


def pounds(value: float | None, digits: int = 2) -> str:
    """Money as it is said: £61m, £13.4m, £205k, £1.2bn, £480."""
    if not finite(value):
        return NONE
    assert value is not None
    size = abs(value)
    text, suffix = f"{size:,.0f}" if size >= 10 or size == 0 else f"{size:.2f}", ""
    for limit, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if size >= limit * 0.9995:
            scaled = size / limit
            decimals = 1 if scaled < 9.95 or (digits > 2 and scaled < 99.95) else 0
            text, suffix = f"{scaled:,.{decimals}f}", letter
            break
    sign = MINUS if value < 0 and text.strip("0.,") else ""
    return f"{sign}£{text}{suffix}"


def percent(value: float | None, digits: int = 0) -> str:
    """A share as a percentage: 74%, −3.9%."""
    if not finite(value):
        return NONE
    assert value is not None
    text = f"{abs(value) * 100:.{digits}f}"
    return (MINUS if value < 0 and text.strip("0.") else "") + text + "%"


def signed(text: str) -> str:
    """A change carries its sign: +£1.9m, −3%, 0."""
    if text.startswith(MINUS) or text == NONE:
        return text
    if not text.strip("£0.,%"):
        return "£0" if "£" in text else "0%" if "%" in text else "0"
    return f"+{text}"


def interval(low: float | None, high: float | None, show: Formatter) -> str:
    """The two ends of an interval: £28m to £97m."""
    return f"{show(low)} to {show(high)}" if finite(low) and finite(high) else NONE  # type: ignore[arg-type]


def estimate(value: float | None, low: float | None, high: float | None, show: Formatter) -> str:
    """An estimate is never bare: £61m (£28m to £97m)."""
    if not finite(value):
        return NONE
    assert value is not None
    return f"{show(value)} ({interval(low, high, show)})" if finite(low) and finite(high) else show(value)


def formatter(unit: str) -> Formatter:
    """How a value in this unit of the closed vocabulary is printed."""
    if unit.startswith("GBP"):
        return pounds
    if unit == "share":
        return percent
    return plain


UNIT_WORDS = {
    "share": "",
    "count": "",
    "people": "people",
    "weeks": "weeks",
    "hours": "hours",
    "hours/week": "hours a week",
    "GBP": "",
    "GBP/week": "a week",
    "GBP/year": "a year",
    "GBP/hour": "an hour",
    "GBP/g": "a gram",
    "g": "g",
    "g/week": "g a week",
    "kg": "kg",
    "mg": "mg",
    "1/week": "a week",
    "1/year": "a year",
    "years": "years",
    "months": "months",
    "ratio": "",
    "index": "points",
    "km": "km",
    "GBP/person": "a person",
    "weight": "",
}


def with_unit(value: float | None, unit: str) -> str:
    """A value and the words of its unit: 14 weeks, £205k a week, 45%."""
    words = UNIT_WORDS.get(unit, unit)
    text = formatter(unit)(value) if value is not None else NONE
    if value == 1 and words in ("weeks", "hours", "years", "months"):
        words = words[:-1]
    return f"{text} {words}".strip()


def duration(seconds: float | None) -> str:
    """How long something takes, in words: under a second, 14 seconds, about 3 minutes, about 2 hours."""
    if not finite(seconds):
        return "a time not yet known"
    assert seconds is not None
    if seconds < 1:
        return "under a second"
    if seconds < 90:
        count = max(1, round(seconds))
        return f"{count} second" if count == 1 else f"{count} seconds"
    if seconds < 5400:
        return f"about {round(seconds / 60)} minutes"
    return f"about {round(seconds / 3600)} hours"


def weeks_in_words(weeks: int) -> str:
    """A span of weeks as people say it: three years, one year, 30 weeks."""
    years = weeks / 52
    if weeks and abs(years - round(years)) < 0.02:
        return counted(round(years), "year")
    return counted(weeks, "week")


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(count: int) -> str:
    """Small counts in words, others in figures."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun: one plan, three plans, 24 pairs."""
    return f"{number_word(count)} {noun if count == 1 else plural or noun + 's'}"


def joined(names: Sequence[str]) -> str:
    """Names in a row: one, two and three."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def named(names: Sequence[str], noun: str = "plan") -> str:
    """One or two by name, more by number: A and B, four plans."""
    return joined(names) if len(names) <= 2 else counted(len(names), noun)
