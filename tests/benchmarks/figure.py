"""One measured figure, and how time is taken: processor time of this process, the least disturbed of a few tries."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

SEED: Final = 1


@dataclass(frozen=True)
class Figure:
    """What was measured; `value` is None where the thing to measure, or what it is held against, is not here."""

    name: str
    value: float | None
    unit: str
    target: str | None = None
    met: bool | None = None

    def row(self) -> dict[str, Any]:
        """The figure as JSON says it, in as many digits as mean anything."""
        table = asdict(self)
        if self.value is not None:
            table["value"] = float(f"{self.value:.4g}")
        return table


@dataclass(frozen=True)
class Size:
    """How much is done: everything, or (for tests of the output) as little as gives a figure."""

    quick: bool

    def __call__(self, full: int, quick: int) -> int:
        return quick if self.quick else full


def at_most(name: str, value: float | None, unit: str, bound: float, why: str = "") -> Figure:
    """A figure that should not exceed a bound; a reason why it may stands with the target and lets it pass."""
    target = f"at most {bound:g}" + (f", or for a reason: {why}" if why else "")
    return Figure(name, value, unit, target, None if value is None else value <= bound or bool(why))


def at_least(name: str, value: float | None, unit: str, bound: float) -> Figure:
    """A figure that should reach a bound."""
    return Figure(name, value, unit, f"at least {bound:g}", None if value is None else value >= bound)


def cpu_seconds(work: Callable[[], Any]) -> float:
    """Processor time of this process, all threads, that some work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def wall_seconds(work: Callable[[], Any]) -> float:
    """Time on the wall that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def both_seconds(work: Callable[[], Any]) -> tuple[float, float]:
    """Time on the wall, and processor time of this process and of those it started and saw end."""
    wall, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return time.perf_counter() - wall, sum(after[:4]) - sum(before[:4])


def middle(values: Iterable[float]) -> float:
    """The median: other programs on the machine disturb single tries."""
    return statistics.median(values)


def say(text: str) -> None:
    """A note to the person who waits."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
