"""What a plan's cycle and its triggers are told of the world: indicators, over the weeks lately."""

from __future__ import annotations

import numpy as np

from simulation.errors import SpannerError, UnknownName, collected
from simulation.measures.catalogue import COMPARED, FAIRNESS, INDEX
from simulation.schema import Plan

# those of a whole comparison have no single week of a run; those on fairness watch, and steer nothing
INDICATORS = tuple(sorted(set(INDEX) - COMPARED - FAIRNESS))


def check_indicators(plan: Plan) -> None:
    """Refuse a cycle or a trigger that wants to observe what no week of a run can tell."""
    asked = [
        (f"entry[{n}].trigger.measure", entry.trigger.measure)
        for n, entry in enumerate(plan.entry)
        if entry.trigger is not None
    ]
    if plan.cycle is not None:
        asked += [(f"cycle.observe[{n}]", name) for n, name in enumerate(plan.cycle.observe)]
    if plan.cycle is not None and plan.cycle.rule.measure is not None:
        asked.append(("cycle.rule.measure", plan.cycle.rule.measure))
    faults: list[SpannerError] = [
        UnknownName.among(name, INDICATORS, key=f"{key} of plan {plan.id}")
        for key, name in asked
        if name not in INDICATORS
    ]
    if faults:
        raise collected(faults)


def lately(series: np.ndarray, measure: str, weeks: int) -> float:
    """The mean of an indicator over the last `weeks` rows of what has been lived; NaN where nothing was seen yet."""
    seen = series[-weeks:, INDEX[measure]] if len(series) else series[:0, 0]
    seen = seen[np.isfinite(seen)]
    return float(seen.mean()) if seen.size else float("nan")
