"""How amounts of a market are printed: kilograms, packs, prices, points."""

from __future__ import annotations

from dashboard.text.numbers import MINUS, Formatter, percent, plain, pounds, signed


def amount(unit: str) -> Formatter:
    """How an amount of a market is printed: 1,240 kg, 38,000 packs, £46 a gram, 12%."""
    if unit in ("count", "people"):
        return plain
    if unit == "GBP":
        return pounds
    if unit.startswith("GBP/"):
        piece = {"g": "gram"}.get(unit[4:], unit[4:])
        return lambda v: f"{price(v)} a {piece}"
    if unit == "share":
        return lambda v: percent(v, 1 if abs(v) < 0.1 else 0)
    return lambda v: f"{many(v)} {unit}"


def many(value: float) -> str:
    """An amount, in millions where there are that many."""
    return f"{plain(value / 1e6)}m" if abs(value) >= 1e6 else plain(value)


def price(value: float) -> str:
    """Pounds and pence below ten pounds, else whole pounds: no price is rounded to thousands."""
    size = f"{abs(value):,.0f}" if abs(value) >= 10 else f"{abs(value):.2f}"
    return f"{MINUS if value < 0 else ''}£{size}"


def signed_amount(text: str) -> str:
    """A change with its sign, unless nothing of it is left after rounding."""
    return signed(text) if any(figure in "123456789" for figure in text) else text


def points(value: float) -> str:
    """A change of a share, in points."""
    text = f"{abs(value) * 100:.1f}"
    return (MINUS if value < 0 and text.strip("0.") else "") + text
