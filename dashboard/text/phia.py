"""Probabilities are put in the words of the Professional Head of Intelligence Assessment yardstick."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """One word of the yardstick and the percentages it stands for."""

    word: str
    low: int
    high: int


BANDS: tuple[Band, ...] = (
    Band("remote chance", 0, 5),
    Band("highly unlikely", 10, 20),
    Band("unlikely", 25, 35),
    Band("realistic possibility", 40, 50),
    Band("likely", 55, 75),
    Band("highly likely", 80, 90),
    Band("almost certain", 95, 100),
)


def band(probability: float) -> Band:
    """The band a probability falls in; a value in a gap takes the nearer one, the higher when it is midway."""
    value = probability * 100

    def gap(item: Band) -> float:
        return max(item.low - value, value - item.high, 0.0)

    return min(reversed(BANDS), key=gap)


def percentage(probability: float) -> str:
    """A share of finitely many pairs: never printed as 0% or 100% unless it is one."""
    value = probability * 100
    if 0 < value < 1:
        return "under 1%"
    if 99 < value < 100:
        return "over 99%"
    return f"{value:.0f}%"


def in_words(probability: float) -> str:
    """The word first, the percentage in brackets: likely (74%)."""
    return f"{band(probability).word} ({percentage(probability)})"


def clause(probability: float, what: str) -> tuple[tuple[str, bool], ...]:
    """A whole clause about an event, the word strong: it is **likely (74%)** to be best; there is a **remote chance (3%)** ..."""
    word = band(probability).word
    said = (in_words(probability), True)
    if word in ("remote chance", "realistic possibility"):
        return (("there is a ", False), said, (f" for it {what}", False))
    return (("it is ", False), said, (f" {what}", False))
