"""The accepted draws become an ensemble: a file of parameters, one of what they came to, and the draw in their midst."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.spatial.distance import cdist

from simulation.calibration.keeping import place
from simulation.calibration.living import Answer
from simulation.calibration.search import Found
from simulation.calibration.space import Axis, valued
from simulation.calibration.statement import Calibration
from simulation.calibration.targets import Reading
from simulation.experiments.ensembles import FIT
from simulation.store.identity import model_version, version_but

FEWEST: Final = 2


def medoid(points: np.ndarray) -> int:
    """The draw that lies nearest all others."""
    return int(np.argmin(cdist(points, points).sum(axis=1)))


def ensemble(
    calibration: Calibration, reading: Reading, axes: Sequence[Axis], found: Found, seed: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two documents of the ensemble that a search came to."""
    names = found.accepted
    points = np.array([found.points[name] for name in names])
    draws = [valued(axes, point) for point in points]
    return documents(calibration, reading, points, draws, [found.answers[name] for name in names], seed)


def documents(
    calibration: Calibration, reading: Reading, points: np.ndarray, draws: Sequence[Mapping[str, float]],
    answers: Sequence[Answer], seed: int,
) -> tuple[dict[str, Any], dict[str, Any]]:  # fmt: skip
    """The two documents of an ensemble: its draws, and what each came to by target."""
    free = tuple(sorted(calibration.free))
    presets = sorted({run.spec.scenario.id for run in reading.runs})
    targets = [target.id for target in reading.targets]
    head = {
        "format": 1,
        "name": calibration.id,
        "title": calibration.title,
        "model_version": model_version(),
        "likeness": version_but(free),
        "presets": presets,
        "seed": seed,
        "replicates": calibration.replicates,
        "targets": targets,
        "without": calibration.without,
        "medoid": medoid(points),
    }
    fit = {"targets": targets, "values": [[told(one.values[target]) for target in targets] for one in answers]}
    return {**head, "draws": [dict(draw) for draw in draws]}, fit


def write(folder: Path, name: str, drawn: dict[str, Any], fit: dict[str, Any]) -> Path:
    """Put both documents in their places; returns the file of draws. Raises Unwritable."""
    path = folder / f"{name}.json"
    place(folder / f"{name}{FIT}", lines(fit))
    place(path, lines(drawn))
    return path


def lines(document: dict[str, Any]) -> bytes:
    """A document as JSON, a line a draw, so that a change of one shows as one."""
    parts: list[str] = []
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], (dict, list)):
            rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False, allow_nan=False) for row in value)
            parts.append(f"{json.dumps(key)}: [\n{rows}\n ]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}")
    return ("{\n " + ",\n ".join(parts) + "\n}\n").encode()


def told(value: float) -> float | None:
    """A figure as JSON can say it; what never comes back (infinite) is null."""
    return value if math.isfinite(value) else None
