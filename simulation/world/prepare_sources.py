"""Sources of intelligence before history begins: what each of them tells of whom, and which are switched off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.chance.identity import name_number
from simulation.errors import OutOfRange
from simulation.schema import ACTIVITIES as ACTIVITY_IDS
from simulation.schema import IntelligenceSource, Scenario, load_intelligence
from simulation.state.codes import COMMISSIONING, LOCAL, MODEL_NAMES, NATIONAL, REGIONAL
from simulation.state.police import CHAIN_MODELS, NO_JOB, SEEN_NAMES
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.constants import chain_markets
from simulation.world.prepare_crews import commissioned

AT_MOST = 11  # as many as a hash of 64 bits has traits for
LEVEL_ROWS = {"local": LOCAL, "regional": REGIONAL, "national": NATIONAL}


def prepare_sources(s: State, scenario: Scenario) -> None:
    """Write the constants of every source of the library."""
    chains, jobs = [one.id for one in chain_markets(scenario)], [one.id for one in commissioned(scenario)]
    fill_sources(s, load_intelligence(), chains, jobs)


def fill_sources(s: State, listed: Sequence[IntelligenceSource], chains: Sequence[str], jobs: Sequence[str]) -> None:
    """Write the constants of these sources, for markets in the order of their rows."""
    if len(listed) > AT_MOST:
        raise OutOfRange(key="intelligence", given=f"{len(listed)} sources", allowed=f"at most {AT_MOST}")
    into = s.source
    for k, source in enumerate(listed):
        into.id[k] = name_number(source.id)
        for level, row in LEVEL_ROWS.items():
            if level in source.share:
                into.share[row, :, k] = source.share[level].upper.value, source.share[level].street.value
        for a, activity in enumerate(ACTIVITY_IDS):
            into.work[k, a] = source.work[activity].value if activity in source.work else 0.0
        into.delay[k] = source.delay.value
        into.hours[k] = source.analyst_hours.value
        into.mistakes[k] = source.mistakes.value
        into.reach[k] = source.reach.value
        into.residents[k] = source.residents.value
        into.hidden[k] = source.encryption.value
        for n, name in enumerate(SEEN_NAMES):
            into.sees[n, k] = name in source.sees
        usual = [source.models[name].value if name in source.models else 1.0 for name in MODEL_NAMES]
        for m, name in enumerate(chains):
            into.chain[m, :, k] = np.array(usual[:CHAIN_MODELS]) * coverage(source, name)
        for r, name in enumerate(jobs):
            into.job[r, k] = usual[COMMISSIONING] * coverage(source, name)
        into.job[NO_JOB, k] = usual[COMMISSIONING]


def coverage(source: IntelligenceSource, market: str) -> float:
    """What a source sees of a market, against what it sees of others."""
    return source.markets[market].value if market in source.markets else 1.0


def switch_sources(s: State, p: Values) -> None:
    """Those that a run does without fall silent."""
    for source in load_intelligence():
        if f"on_{source.switch}" in p.row:
            rows = np.flatnonzero(s.source.id == name_number(source.id))
            s.source.on[rows] = p[f"on_{source.switch}"]
