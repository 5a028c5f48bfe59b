"""What an entry may wait for: an indicator that passes a threshold, by its mean over so many weeks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.jobs.result import Result
from dashboard.views.frames import numbers, pick
from dashboard.views.plan import field

BEGINS = (("week", "In the week it is decided"), ("trigger", "Once an indicator passes a threshold"))
SIDES = (("above", "Is above"), ("below", "Is below"))
FIRST = "violence_recorded"
"""What an entry waits for until something else is chosen."""
WEEKS, USUAL_WEEKS = (1, 520), 13
"""Over how many weeks an indicator may be read, and over how many it is."""
CONTROLS = ("begins", "trigger_measure", "trigger_side", "trigger_value", "trigger_weeks")


def shown(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What the controls stand at; those of a threshold are there only where there is one."""
    trigger = field(entry, "trigger")
    if not trigger:
        return {"begins": "week"}
    side = "above" if trigger.get("above") is not None else "below"
    return {
        "begins": "trigger",
        "trigger_measure": trigger["measure"],
        "trigger_side": side,
        "trigger_value": trigger[side],
        "trigger_weeks": trigger.get("weeks", USUAL_WEEKS),
    }


def changes(moved: Mapping[str, Any], now: Mapping[str, Any], level: Callable[[str], float]) -> dict[str, Any]:
    """What moved controls mean for the entry; `level`: what an indicator usually stands at, where a new threshold begins."""
    if not set(CONTROLS) & set(moved):
        return {}
    if now["begins"] != "trigger":
        return {"trigger": None}
    measure = str(now.get("trigger_measure") or FIRST)
    value = now.get("trigger_value")
    fresh = value is None or ("trigger_measure" in moved and "trigger_value" not in moved)
    if not fresh and not _is_number(value):
        return {}  # the field is empty while a number is typed
    return {
        "trigger": {
            "measure": measure,
            str(now.get("trigger_side") or "above"): level(measure) if fresh else float(value),  # type: ignore[arg-type]
            "weeks": int(now.get("trigger_weeks") or USUAL_WEEKS),
        }
    }


def redrawn(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a change asks for the controls to be drawn anew: all but of the numbers, which are typed and dragged."""
    apart = ("trigger_value", "trigger_weeks")
    old, new = ({key: value for key, value in shown(one).items() if key not in apart} for one in (before, after))
    return old != new


def usual_level(result: Result | None, measure: str) -> float:
    """The mean of an indicator over the weeks of a place as it is, to three digits; 0 where nobody has looked."""
    if result is None or result.bands.empty:
        return 0.0
    rows = pick(result.bands, measure=measure)
    mean = float(numbers(rows, "baseline").mean()) if len(rows) else 0.0
    return float(f"{mean:.3g}") if math.isfinite(mean) else 0.0


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
