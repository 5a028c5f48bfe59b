"""A world of two lines: what a calibration should find in it is known beforehand."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from simulation.calibration import search
from simulation.calibration.keeping import Folder
from simulation.calibration.living import Answer, Gate, Task
from simulation.calibration.search import Found, Search
from simulation.calibration.statement import Calibration
from simulation.calibration.targets import Reading, Target
from simulation.validation.experiment import Estimate

STREET, HOARD = "exit.street", "accounts.hoard_spent"  # 0.2 to 0.5, and 0.005 to 0.05
TRUTH = 0.33
NOISE = 0.02
ASKED = Calibration(
    id="toy", title="Two lines", free={STREET: "what the targets are about", HOARD: "nothing depends on it"},
    draws=40, accepted=90,
)  # fmt: skip


def target(name: str, low: float, high: float, *, shared: bool = True) -> Target:
    estimate = Estimate(kind="level", measure="arrests", arm="as-now", window=(0, 1))
    return Target(name, name, name, estimate, low, high, False, 1, {"as-now": 0}, shared)


def reading(*targets: Target) -> Reading:
    return Reading(targets, ())


LEVEL = target("level", 10 * TRUTH - 0.2, 10 * TRUTH + 0.2)
EFFECT = target("effect", TRUTH**2 - 0.01, 1.0, shared=False)


def lived(reading: Reading, gate: Gate, cancel: Callable[[], bool] | None, task: Task) -> Answer:
    """Ten times the first parameter, and its square where the first target lets it through; a little chance besides."""
    street = task.values[STREET]
    chance = np.random.default_rng(abs(hash(tuple(map(ord, task.draw)))) % 2**32).normal(0.0, NOISE, 2)
    values = {"level": 10 * street + chance[0], "against": 10 * street + chance[0], "effect": street**2}
    shared = {one.id: values[one.id] for one in reading.targets if one.shared}
    found = Answer(task.draw, shared, dict.fromkeys(shared, NOISE**2), 0.001)
    if not found.within([one for one in reading.targets if one.shared], gate):
        return found
    every = {one.id: values[one.id] for one in reading.targets}
    return Answer(task.draw, every, dict.fromkeys(every, NOISE**2), 0.002)


def searched(folder: Path, targets: tuple[Target, ...] = (LEVEL, EFFECT), **how: Any) -> Found:
    """The calibration of the toy in a folder."""
    asked = how.pop("asked", ASKED)
    kept = Folder(folder)
    try:
        given = {"seed": 1, "hours": 1.0, "executor": "serial", "workers": None, "lives": lived} | how
        return Search(asked, reading(*targets), kept, **given).run()
    finally:
        kept.close()


def dying(left: list[int]) -> Any:
    """The toy world, in which the machine goes down after so many draws."""

    def live(reading: Reading, gate: Gate, cancel: Callable[[], bool] | None, task: Task) -> Answer:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return lived(reading, gate, cancel, task)

    return live


if __name__ == "__main__":
    search.FLUSH_S = 0.0  # pyright: ignore[reportAttributeAccessIssue]
    searched(Path(sys.argv[1]), lives=dying([int(sys.argv[2])]))
