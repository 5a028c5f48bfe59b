"""What a comparison across an ensemble says besides its table: shares of uncertainty, rankings, and what is not robust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulation.experiments.across import ranked, split
from simulation.experiments.plain import plain

if TYPE_CHECKING:
    from simulation.experiments.comparison import Comparison

ROBUST: Final = 0.8  # highly likely
HARM: Final = "harm_gbp"


def document(found: Comparison) -> dict[str, Any]:
    """The part of `compare --json` that only a comparison across an ensemble has."""
    kept = found.ensemble
    assert kept is not None
    return plain(
        {
            "name": kept.name or None,
            "model_version": kept.model_version or None,
            "draws": len(set(found.dealt)),
            "of": len(kept.draws),
            "answer": answer(found),
            "uncertainty": {plan: shares(found, plan) for plan in found.plans},
            "rankings": {
                measure.id: rows for measure in found.measures if (rows := ranking(found, measure.id)) is not None
            },
        }
    )


def shares(found: Comparison, plan: str) -> dict[str, Any]:
    """By measure: how far parameters and chance each make the difference stray, and the share of parameters."""
    told: dict[str, Any] = {}
    for measure in found.measures:
        change = found.outcome(plan, measure.id) - found.outcome(found.baseline, measure.id)
        usable = np.isfinite(change)
        known = split(change[usable], np.asarray(found.dealt)[usable], found.level) if usable.any() else None
        if known is not None:
            told[measure.id] = {
                "parameters_sd": known.parameters_sd,
                "chance_sd": known.chance_sd,
                "parameter_share": known.parameter_share,
            }
    return told


def ranking(found: Comparison, measure: str) -> list[dict[str, Any]] | None:
    """The plans and their baseline, the likeliest best first, with the probability of each rank; None if none is better."""
    direction = {one.id: one.direction for one in found.measures}.get(measure, "neither")
    names = [found.baseline, *(plan for plan in found.plans if plan != found.baseline)]
    if direction == "neither" or len(names) < 2:
        return None
    base = found.outcome(found.baseline, measure)
    values = np.column_stack([found.outcome(name, measure) - base for name in names])
    usable = np.isfinite(values).all(axis=1)
    if not usable.any() or not values[usable].any():
        return None
    ranks = ranked(values[usable], np.asarray(found.dealt)[usable], up=direction == "up")
    if ranks is None:
        return None
    rows = [
        {"plan": name, "best": float(own[0]), "ranks": [float(one) for one in own]}
        for name, own in zip(names, ranks, strict=True)
    ]
    return sorted(rows, key=lambda row: -row["best"])


def answer(found: Comparison) -> list[str]:
    """What a reader is told before anything else: whether it is robust which plan does most against harm."""
    rows = ranking(found, HARM)
    if rows is None:
        few = len(found.dealt) < 2 * len(set(found.dealt))
        why = "with fewer than two pairs a draw" if few else "where hardly anything differs"
        return [f"Parameters and chance cannot be told apart {why}; no ranking is given."]
    first = rows[0]
    if first["best"] >= ROBUST:
        said = f"Robust: {first['plan']} leaves the least harm in {percent(first['best'])} of believable worlds."
    else:
        rest = ", ".join(f"{row['plan']} in {percent(row['best'])}" for row in rows[:3] if row["best"] >= 0.05)
        said = f"Not robust: which plan leaves the least harm depends on what is not known; best is {rest} of believable worlds."
    return [said, *unsigned(found)]


def unsigned(found: Comparison) -> list[str]:
    """Plans of which it is not known whether they raise or lower harm, and what would tell."""
    table = found.table.set_index(["plan", "measure"])
    said: list[str] = []
    for plan in found.plans:
        if plan == found.baseline or (plan, HARM) not in table.index:
            continue
        row = table.loc[(plan, HARM)]
        share = shares(found, plan).get(HARM, {}).get("parameter_share")
        if not row["low"] < 0.0 < row["high"] or share is None or not np.isfinite(share):
            continue
        more = "more pairs would tell" if share < 0.5 else "more pairs would not tell"
        said.append(
            f"Whether {plan} lowers harm at all is open; {percent(share)} of what is not known comes from parameters: {more}."
        )
    return said


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"
