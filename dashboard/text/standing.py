"""What of the model is calibrated and what is reproduced, in a few words and in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.text.numbers import counted


def short(standing: Mapping[str, Any]) -> tuple[str, str]:
    """Whether an ensemble fits this version of the model, and how many findings are reproduced on it."""
    head = "Calibrated" if standing.get("ensembles") else "Not calibrated"
    roles = [standing[role] for role in ("calibrate", "test") if role in standing]
    if not sum(role["tried"] for role in roles):
        return head, "no finding tried on this version"
    return (
        head,
        f"{sum(role['reproduced'] for role in roles)} of {sum(role['findings'] for role in roles)} findings reproduced",
    )


def sentences(standing: Mapping[str, Any]) -> list[str]:
    """The same at length: what was fitted, to what, and what was kept to test it."""
    ensembles = standing.get("ensembles") or []
    if ensembles:
        draws = " and ".join(f"{counted(one['draws'], 'draw')} in the ensemble “{one['name']}”" for one in ensembles)
        out = [
            f"Calibrated: sets of parameter values that fit the findings kept for it were sought and found for this version: {draws}."
        ]
    else:
        out = [
            "Not calibrated: no set of parameter values has been fitted to this version of the model. Most are judgement within "
            "a range; read every figure as what follows from them, not as a forecast."
        ]
    kept = {"calibrate": "that parameters may be fitted to", "test": "that nothing is fitted to"}
    for role, words in kept.items():
        found = standing.get(role)
        if found and found["tried"]:
            out.append(
                f"Of {found['findings']} published findings {words}, {found['tried']} were tried on this version and "
                f"{found['reproduced']} are reproduced."
            )
        elif found:
            out.append(f"None of the {found['findings']} published findings {words} was tried on this version.")
    out.append(
        "An outcome is validated where a reproduced finding tries what makes it. All others are unvalidated and carry the mark † wherever "
        "they stand; the list of measures says which, and why."
    )
    return out
