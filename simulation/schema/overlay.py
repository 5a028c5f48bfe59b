"""One table laid over another: what it says replaces, what it leaves unsaid stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def overlaid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the tables of `over` merged in, lists and values replaced.

    A bare number over a quantity sets its value: the range is widened to hold it and the status becomes assumed, since
    the source of the old value says nothing of the new one.
    """
    merged = dict(base)
    for key, value in over.items():
        under = merged.get(key)
        if isinstance(under, Mapping) and isinstance(value, Mapping):
            merged[key] = overlaid(under, value)
        elif _is_quantity(under) and _is_number(value):
            merged[key] = _set(under, value)
        else:
            merged[key] = value
    return merged


def _set(quantity: Any, value: float) -> dict[str, Any]:
    return {
        **quantity,
        "value": value,
        "low": min(quantity["low"], value),
        "high": max(quantity["high"], value),
        "status": "assumed",
        "source": None,
        "note": "Set by the scenario.",
    }


def _is_quantity(value: Any) -> bool:
    return isinstance(value, Mapping) and {"value", "unit", "low", "high"} <= value.keys()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
