"""A world small enough to compute by hand, for tests of everything around the model."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation.schema import Measure, RunSpec

LOCALITIES = tuple(
    {"id": name, "name": name.title(), "force": "here", "kind": "town", "population": 100.0, "row": 0, "col": column}
    for column, name in enumerate(("north", "south"))
)
MEASURES = tuple(
    Measure(id=name, unit=unit, direction=direction, label=name, definition=name, aggregate=aggregate)
    for name, unit, direction, aggregate in (
        ("harm_gbp", "GBP/week", "down", "sum"),
        ("arrests", "count", "neither", "sum"),
        ("confidence", "share", "up", "mean"),
        ("people_active", "people", "down", "last"),
        ("plan_cost_gbp", "GBP/week", "down", "sum"),
        ("benefit_cost_ratio", "ratio", "up", "last"),
    )
)
EFFECT = {"do-as-now": 0.0, "volume-arrests": 10.0, "leader-arrests": 20.0}
SPENDING = {"do-as-now": 100.0, "volume-arrests": 104.0, "leader-arrests": 100.0}


@dataclass
class ToyResult:
    """What a run of the toy gives."""

    series: np.ndarray
    place: np.ndarray
    cost: dict[str, Any]
    localities: tuple[dict[str, Any], ...] = LOCALITIES
    place_measures: tuple[Measure, ...] = (MEASURES[0],)
    events: pd.DataFrame | None = None
    warnings: tuple[str, ...] = field(default=("a toy",))


def toy(spec: RunSpec, *, detail: bool = False, cancel: Callable[[], bool] | None = None) -> ToyResult:
    """Weekly figures that follow from seed, replicate, plan and parameters alone."""
    chance = np.random.default_rng([spec.seed, spec.replicate])
    noise = chance.normal(0.0, 50.0, spec.weeks)
    jitter = chance.normal(0.0, 1.0)
    effect = EFFECT[spec.plan.id] + (jitter if spec.plan.id != "do-as-now" else 0.0)
    effect += 100.0 * len(spec.parameters)
    harm = 1000.0 + noise - effect
    series = np.column_stack(
        [
            harm,
            np.full(spec.weeks, effect),
            np.full(spec.weeks, 0.5),
            np.arange(spec.weeks) - effect,
            np.full(spec.weeks, SPENDING[spec.plan.id]),
            np.full(spec.weeks, np.nan),
        ]
    )
    place = np.stack([harm * 0.25, harm * 0.75], axis=1)[:, :, None]
    spent = SPENDING[spec.plan.id] * spec.weeks
    cost = {"total": spent, "by_holder": {"force": spent}, "price_year": 2023, "discount_rate": 0.035}
    events = pd.DataFrame({"week": [0], "phase": ["policy"], "kind": ["arrest"], "value": [1.0]}) if detail else None
    return ToyResult(series, place, cost, events=events)


def brittle(spec: RunSpec, *, detail: bool = False, cancel: Callable[[], bool] | None = None) -> ToyResult:
    """The toy, but replicate 1 of one plan breaks."""
    if spec.replicate == 1 and spec.plan.id == "volume-arrests":
        raise ValueError("the toy broke")
    return toy(spec, detail=detail, cancel=cancel)


def deadly(spec: RunSpec, *, detail: bool = False, cancel: Callable[[], bool] | None = None) -> ToyResult:
    """The toy, but one run kills the process it is in."""
    if spec.replicate == 1 and spec.plan.id == "volume-arrests":
        os.kill(os.getpid(), signal.SIGKILL)
    return toy(spec, detail=detail, cancel=cancel)


def doubled(number: int) -> int:
    """Twice the number, after a moment."""
    time.sleep(0.02)
    return 2 * number


def dies_once(item: tuple[int, str]) -> int:
    """Kills its worker the first time number 3 comes."""
    number, folder = item
    mark = Path(folder) / "died"
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def dies_always(number: int) -> int:
    """Number 3 kills every worker."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return number


def note_and_sleep(folder: str) -> None:
    """Leave the worker's process number behind and stay busy."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)
