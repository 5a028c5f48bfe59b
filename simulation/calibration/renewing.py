"""An ensemble is gone on with: what its earlier waves said stays beside what the new ones say, and which draws fit no more is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulation.calibration.search import Found
from simulation.calibration.targets import Reading
from simulation.experiments.ensembles import FOUND, Ensemble
from simulation.schema.reading import read_text


def told_before(old: Ensemble) -> dict[str, Any]:
    """What the calibration of an ensemble found, where that lies beside its file; else nothing."""
    assert old.file is not None
    path = Path(old.file).with_suffix(FOUND)
    return json.loads(read_text(path)) if path.exists() else {"waves": [], "targets": []}


def gone_on(document: dict[str, Any], reading: Reading, found: Found, old: Ensemble) -> dict[str, Any]:
    """The answer of a calibration that began from an ensemble, after what its earlier waves said.

    What moves a target is known from waves over the whole space only: of targets that those did not have, nothing is said.
    """
    before = told_before(old)
    first = len(before["waves"])
    known = {row["id"]: row for row in before["targets"]}
    for row in document["targets"]:
        said = known.get(row["id"], {"waves": [], "moved_by": []})
        row["waves"] = said["waves"] + [one | {"wave": one["wave"] + first} for one in row["waves"]]
        row["moved_by"] = said["moved_by"]
    waves = before["waves"] + [one | {"wave": one["wave"] + first} for one in document["waves"]]
    return {**document, "waves": waves, "renewed": renewed(reading, found, old)}


def renewed(reading: Reading, found: Found, old: Ensemble) -> dict[str, Any]:
    """Which draws of an ensemble still meet every target, and what the others miss."""
    names = found.waves[0].names() if found.waves else []
    kept = set(found.accepted)
    lost = [
        {"draw": at, "targets": missed(reading, found, name)}
        for at, name in enumerate(names)
        if name in found.answers and name not in kept
    ]
    return {
        "ensemble": old.file,
        "made_with": old.model_version or None,
        "draws": len(old.draws),
        "kept": sum(name in kept for name in names),
        "lost": lost,
    }


def missed(reading: Reading, found: Found, name: str) -> list[str]:
    """The targets that a draw does not meet."""
    values = found.answers[name].values
    return [target.id for target in reading.targets if target.id not in values or not target.holds(values[target.id])]
