"""What common random numbers are worth: how many times fewer pairs a small change needs than independent arms would.

The change is a twentieth more arrests from week 0, in both arms' shared world.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.cli.tables import HEADLINES
from simulation.experiments.executors import imap
from simulation.experiments.outcomes import outcome
from simulation.experiments.paired import variance_ratio
from simulation.measures.catalogue import COMPARED, INDEX, MEASURES
from simulation.schema import RunSpec, Shock, build_spec, load_scenario
from simulation.world.run import execute
from tests.benchmarks.figure import SEED, Figure, Size, at_least

MORE = 1.05
HORIZONS = {52: 20.0, 208: 5.0}
NAMED = {"drug_volume_pure_kg": "drugs sold", "people_active": "people active"}
COST = "plan_cost_gbp"


def measure(size: Size) -> list[Figure]:
    """The variance of the difference of independent arms over that of paired ones, at a year and at four."""
    pairs, scale = size(200, 4), size(1, 4)
    scenario = load_scenario("force")
    more = Shock(week=0, kind="arrest-rate", size=MORE)
    shocked = scenario.model_copy(update={"shocks": (more,)})  # what lies before week 0 stays the same world
    weeks = max(HORIZONS) // scale
    arms = [
        [build_spec(one, "do-as-now", weeks=weeks, seed=SEED, replicate=replicate) for one in (scenario, shocked)]
        for replicate in range(pairs)
    ]
    found = np.empty((pairs, 2, weeks, len(MEASURES)))
    for row, series in imap(_pair, arms, executor="threads"):
        found[row] = series
    figures, lowest = [], dict.fromkeys(_headlines(), np.inf)
    for horizon, bound in HORIZONS.items():
        for measure in lowest:
            base, after = (_outcomes(found[:, arm, : horizon // scale], measure) for arm in (0, 1))
            ratio = variance_ratio(base, [after])
            if ratio is None:
                continue
            lowest[measure] = min(lowest[measure], ratio[1])
            if measure in NAMED:
                name = f"common random numbers, variance ratio at {horizon} weeks: {NAMED[measure]}"
                figures.append(at_least(name, ratio[0], "ratio", bound))
    for measure, low in lowest.items():
        value = float(low) if np.isfinite(low) else None
        figures.append(at_least(f"common random numbers, lower bound of the ratio: {measure}", value, "ratio", 1.0))
    return figures


def _headlines() -> list[str]:
    return [measure for measure in HEADLINES if measure not in COMPARED and measure != COST]


def _pair(specs: list[RunSpec]) -> np.ndarray:
    return np.stack([execute(spec).series for spec in specs])


def _outcomes(series: np.ndarray, measure: str) -> np.ndarray:
    about: Any = MEASURES[INDEX[measure]]
    return np.array([outcome(run[:, INDEX[measure], None], measure, about.aggregate)[0] for run in series])
