"""The closed vocabulary of units, and what nature allows in each."""

from __future__ import annotations

from typing import Final, Literal, get_args

Unit = Literal[
    "share", "count", "people", "weeks", "hours", "hours/week", "GBP", "GBP/week", "GBP/year", "GBP/hour", "GBP/g", "GBP/unit",
    "g", "g/week", "unit/week", "kg", "mg", "1/week", "1/year", "years", "months", "ratio", "index", "km", "GBP/person", "weight",
]  # fmt: skip
UNITS: Final[tuple[str, ...]] = get_args(Unit)

# Elasticities are ratios and transfers are pounds, so those may be negative; a stock, a time or a hazard may not.
_SIGNED: Final = frozenset({"GBP", "GBP/week", "GBP/year", "GBP/person", "ratio", "index", "weight"})


def natural_bounds(unit: str) -> tuple[float | None, float | None]:
    """The least and greatest value the unit admits; None where nothing bounds it."""
    if unit == "share":
        return 0.0, 1.0
    return (None, None) if unit in _SIGNED else (0.0, None)
