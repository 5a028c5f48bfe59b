"""The estate's twelve localities as two areas of two forces in two regions, or of one force of both."""

from __future__ import annotations

from typing import Any


def count(value: float, unit: str) -> dict[str, Any]:
    return {"value": float(value), "unit": unit, "low": 0.5 * value, "high": 2.0 * value, "status": "assumed"}


def two_areas(**merged: str) -> dict[str, Any]:
    """A departure from the estate; `merged` gives areas another force."""
    areas = {
        name: {
            "title": name.capitalize(), "region": region, "row": row, "col": 0, "localities": 6,
            "residents": count(residents, "people"), "officers": count(officers, "people"),
            **({"force": merged[name]} if name in merged else {}),
        }
        for name, region, row, residents, officers in (("north", "upper", 0, 16_000, 30), ("south", "lower", 1, 8_000, 10))
    }  # fmt: skip
    return {
        "preset": "estate", "areas": areas, "places": {"tile": count(20, "km")},
        "agencies": {
            "force": {"per": "force", "by": "officers"}, "council": {"per": "force"}, "rocu": {"per": "region"},
        },
    }  # fmt: skip
