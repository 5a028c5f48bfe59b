"""Mesa's clock and ours: world week w is computed by Mesa's step at time w + 1; what must precede it happens half a week before."""

from __future__ import annotations

from collections.abc import Callable

import mesa


def step_time(week: int) -> int:
    """Mesa's time at which a world week is computed."""
    return week + 1


def schedule_before(model: mesa.Model, week: int, function: Callable[[], None]) -> None:
    """Have a bound method called before a week is computed. Mesa fires an event on the week itself after its step."""
    model.schedule_event(function, at=step_time(week) - 0.5)
