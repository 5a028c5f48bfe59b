"""Whether the commissioned markets of a draw's world go on for twenty years, or some of them die out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from simulation.schema import build_spec, load_plan, load_scenario
from simulation.state.codes import ACTIVE, COMMISSIONING
from simulation.world.burn_in import forget
from simulation.world.prepare_crews import commissioned
from simulation.world.run import start_engine

WORLDS: Final = 16
YEARS: Final = 20
FIVE: Final = 5
HALF: Final = 0.5
FEWEST: Final = 0.75
ALIVE: Final = 0.9
MOST: Final = 0.15


def lives(preset: str, draw: Mapping[str, float], seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Brokers at the end of every year, and pounds taken in it, where nothing is done: worlds x years x markets."""
    markets = len(commissioned(load_scenario(preset)))
    brokers = np.zeros((WORLDS, YEARS, markets))
    taken = np.zeros((WORLDS, YEARS + 1, markets))
    for world in range(WORLDS):
        spec = build_spec(
            preset, load_plan("do-as-now"), weeks=52 * YEARS, replicate=world, seed=seed, parameters=dict(draw)
        )
        engine = start_engine(spec)
        taken[world, 0] = engine.state.sector.pence_ever[:markets]
        for year in range(YEARS):
            engine.run(52)
            business = engine.state.business
            rows = np.flatnonzero((business.state == ACTIVE) & (business.model == COMMISSIONING))
            brokers[world, year] = np.bincount(engine.state.project.recipe[rows], minlength=markets)[:markets]
            taken[world, year + 1] = engine.state.sector.pence_ever[:markets]
        forget(spec)
    return brokers, np.diff(taken, axis=1) / 100.0


def alive(brokers: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Which markets keep half of their brokers, and three for four worlds at least, and take something in nine worlds of ten.

    The last five years are held against the first five.
    """
    first, last = brokers[:, :FIVE].mean(axis=(0, 1)), brokers[:, -FIVE:].mean(axis=(0, 1))
    kept = last >= np.maximum(HALF * first, FEWEST)
    return kept & ((taken[:, -FIVE:].sum(axis=1) > 0).mean(axis=0) >= ALIVE)


def drift(values: np.ndarray) -> float:
    """How much all markets together differ in the last five years from the first five."""
    years = values.sum(axis=2).mean(axis=0)
    return float(years[-FIVE:].mean() / years[:FIVE].mean() - 1.0)


def go_on(preset: str, draw: Mapping[str, float], seed: int = 1) -> bool:
    """Whether no market of a draw's world dies out, and brokers and takings as a whole drift by less than 15 %."""
    brokers, taken = lives(preset, draw, seed)
    return bool(alive(brokers, taken).all()) and max(abs(drift(brokers)), abs(drift(taken))) < MOST
