"""What one wave of a calibration saw: where it looked, what each target came to there, and how well that can be emulated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from simulation.calibration.emulator import Emulator, left_out
from simulation.calibration.living import Answer
from simulation.calibration.targets import Reading, Target


@dataclass
class Wave:
    """One wave: where it looked, what it learned."""

    number: int
    points: np.ndarray
    share: float | None
    """How much of the whole was left when it was laid out; unknown where it began from known places."""
    emulators: dict[str, Emulator] = field(default_factory=dict)
    summary: list[dict[str, Any]] = field(default_factory=list)

    def names(self) -> list[str]:
        return [f"wave-{self.number}-{n:04d}" for n in range(len(self.points))]


def finite(answer: Answer, target: Target) -> bool:
    """Whether a draw came to a number there."""
    return bool(np.isfinite(answer.values.get(target.id, np.nan)))


def summed_up(target: Target, answers: Sequence[Answer], emulator: Emulator | None) -> dict[str, Any]:
    """What one wave saw of a target: where its draws lay, how well they are emulated."""
    values = np.array([answer.values[target.id] for answer in answers])
    scored = np.abs(left_out(emulator)) if emulator is not None else np.empty(0)
    return {
        "target": target.id,
        "draws": len(values),
        "within": float(np.mean([target.holds(value) for value in values])) if values.size else None,
        "median": float(np.median(values)) if values.size else None,
        "low": float(np.quantile(values, 0.05)) if values.size else None,
        "high": float(np.quantile(values, 0.95)) if values.size else None,
        "chance_sd": float(np.sqrt(np.nanmean([answer.variances[target.id] for answer in answers])))
        if values.size
        else None,
        "emulated": emulator is not None,
        "emulated_within_3sd": float((scored <= 3.0).mean()) if scored.size else None,
    }


def strictest_first(reading: Reading, answers: Iterable[Answer]) -> Reading:
    """The same targets, the rows that most draws have missed before the others: a draw may not be lived beyond one it misses."""
    known = list(answers)
    met: dict[str, float] = {}
    for target in reading.targets:
        held = [target.holds(one.values[target.id]) for one in known if target.id in one.values]
        met[target.row] = min(met.get(target.row, 1.0), float(np.mean(held)) if held else 1.0)
    return replace(reading, targets=tuple(sorted(reading.targets, key=lambda target: met[target.row])))
