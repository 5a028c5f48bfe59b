"""Tables as Markdown writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells may hold anything."""
    lines = [_line(heads), "|" + "---|" * len(heads)]
    lines += [_line([cell(text) for text in row]) for row in rows]
    return "\n".join(lines)


def cell(text: str) -> str:
    """A text on one line, its bars escaped."""
    return " ".join(text.split()).replace("|", "\\|")


def code(name: str) -> str:
    """A name as the source writes it."""
    return f"`{name}`"


def codes(names: Iterable[str]) -> str:
    """Names after one another."""
    return ", ".join(code(name) for name in names)


def number(value: float) -> str:
    """A figure in as few digits as say it exactly, thousands apart: 40000.0 is 40,000."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:.12g}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
