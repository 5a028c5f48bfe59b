"""How far a version of the model is calibrated and validated: what a reader is told before any figure."""

from __future__ import annotations

from typing import Any

from simulation.experiments.ensembles import list_ensembles, load_ensemble
from simulation.experiments.record import load_record
from simulation.schema import load_findings
from simulation.store.identity import model_version


def standing(version: str | None = None) -> dict[str, Any]:
    """Findings by role: how many there are, were tried on this version, and are reproduced; ensembles that fit it."""
    version = version or model_version()
    record = load_record()
    tried = {} if record is None else record.verdicts(version)
    found: dict[str, Any] = {"model_version": version}
    for role in ("calibrate", "test"):
        names = [finding.id for finding in load_findings() if finding.role == role]
        found[role] = {
            "findings": len(names),
            "tried": sum(name in tried for name in names),
            "reproduced": sum(all(tried.get(name, [False])) for name in names),
        }
    ensembles = [load_ensemble(name) for name in list_ensembles()] if version == model_version() else []
    found["ensembles"] = [
        {"name": one.name, "draws": len(one.draws)} for one in ensembles if one.likeness and one.stale is None
    ]
    return found
