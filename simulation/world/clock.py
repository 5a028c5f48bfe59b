"""Mesa's clock and ours: world week w is computed by Mesa's step at time w + 1; what must precede it happens half a week before."""

from __future__ import annotations

import math
from collections.abc import Callable

import mesa


def step_time(week: int) -> int:
    """Mesa's time at which a world week is computed."""
    return week + 1


def schedule_before(model: mesa.Model, week: int, function: Callable[[], None]) -> None:
    """Have a bound method called before a week is computed. Mesa fires an event on the week itself after its step."""
    model.schedule_event(function, at=step_time(week) - 0.5)


def weeks_before(time: float) -> float:
    """How many weeks Mesa has stepped through by a time of its clock; an event at that time sees no later week."""
    return time if math.isinf(time) else math.floor(time)


def next_event_time(model: mesa.Model) -> float:
    """Mesa's time of the next event in its diary, asked from within a step: the next step is not in it yet."""
    diary = model._event_list
    return math.inf if diary.is_empty() else diary.peek_ahead(1)[0].time
