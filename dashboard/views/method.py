"""The parameters and cards as the method page lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.text.numbers import UNIT_WORDS, counted, number_word
from dashboard.views.catalogue import FAMILIES, STATUS_WORDS, CardView
from dashboard.views.frames import Row, records, texts

MOST_ROWS = 40


@dataclass(frozen=True)
class ParameterRow:
    """One parameter: what it is, its value and range, and on whose word."""

    id: str
    note: str
    value: str
    span: str
    status: str
    source: str


def number(value: float) -> str:
    """A parameter as it stands in its file: no rounding that would hide it."""
    text = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return text.replace("-", "−")


def find(
    parameters: pd.DataFrame, words: str = "", mechanism: str = "", status: str = ""
) -> tuple[list[ParameterRow], int]:
    """The parameters in which every word occurs, and how many there are in all."""
    rows = [
        row
        for row in records(parameters)
        if mechanism in ("", row["mechanism"]) and status in ("", row["status"]) and _holds(row, words)
    ]
    out = []
    for row in rows[:MOST_ROWS]:
        unit = UNIT_WORDS.get(str(row["unit"]), str(row["unit"])) or str(row["unit"])
        source = row.get("source")
        out.append(
            ParameterRow(
                str(row["id"]),
                str(row.get("note") or ""),
                f"{number(float(row['value']))} {unit}",
                f"{number(float(row['low']))} to {number(float(row['high']))}",
                STATUS_WORDS.get(str(row["status"]), str(row["status"])),
                source if isinstance(source, str) and source else "none yet",
            )
        )
    return out, len(rows)


def _holds(row: Row, words: str) -> bool:
    """Whether every word occurs in what is said of a parameter."""
    text = " ".join(str(row.get(key) or "") for key in ("id", "note", "source")).casefold()
    return all(word in text for word in words.casefold().split())


def status_sentence(parameters: pd.DataFrame) -> str:
    """How many parameters rest on what."""
    counts = Counter(texts(parameters, "status"))
    parts = [
        f"{number_word(counts[key])} {words.split(',')[0]}" for key, words in STATUS_WORDS.items() if key in counts
    ]
    listed = ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    return f"{counted(len(parameters), 'parameter').capitalize()}: {listed}"


def by_family(cards: Mapping[str, CardView]) -> list[tuple[str, list[CardView]]]:
    """The cards family by family, in the order of the toolkit."""
    out = []
    for family, title in FAMILIES.items():
        found = sorted((c for c in cards.values() if c.family == family), key=lambda c: c.title)
        if found:
            out.append((title, found))
    return out


def options(values: Sequence[str]) -> list[str]:
    """The distinct values in order."""
    return sorted(set(values))
