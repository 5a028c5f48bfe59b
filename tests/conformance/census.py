"""A world left to itself for twenty years, counted year by year: what every market, model, platform, channel and node did."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from simulation.measures.catalogue import MEASURES
from simulation.schema import list_cases, list_scenarios, load_channels, load_scenario
from simulation.state.codes import ACTIVE, MODEL_NAMES, OUTSIDE
from simulation.state.counters import CONSUMED_MG, DEMAND_MG, UNMET_MG
from simulation.state.platform import PLATFORM_KINDS
from simulation.world.constants import chain_markets
from simulation.world.prepare_crews import commissioned
from simulation.world.prepare_routes import name_identity
from tests.integration.lives import grown_up, spec

PRESETS = tuple(list_scenarios())
WORLDS = (*PRESETS, *list_cases())
YEARS = 20
YEAR = 52
QUARTER = 13


@dataclass(frozen=True)
class Census:
    """What happened in one world: one row a year (measures: a week)."""

    series: np.ndarray
    grams: np.ndarray
    """Consumed a week, by chain market."""
    unmet: np.ndarray
    """Share of demand nobody met, by chain market."""
    pence: np.ndarray
    """Taken in the year, by commissioned market."""
    brokers: np.ndarray
    """Mean over quarters, by commissioned market."""
    models: np.ndarray
    """Businesses, mean over quarters, by model."""
    platforms: np.ndarray
    """Platforms, mean over quarters, by kind."""
    users: np.ndarray
    """Businesses on a platform, mean over quarters, by kind."""
    largest: np.ndarray
    """Share of its kind's users that the largest platform has, mean over quarters."""
    laundered: np.ndarray
    """Pence, by channel, in the last weeks of quarters."""
    passed: np.ndarray
    """Share of consignments that came by, mean over quarters, by route node."""


def chains(name: str) -> list[str]:
    """Markets in goods that pass down a chain, as the world counts them."""
    return [market.id for market in chain_markets(load_scenario(name))]


def crews(name: str) -> list[str]:
    """Markets in jobs that brokers put together, as the world counts them."""
    return [market.id for market in commissioned(load_scenario(name))]


def nodes(name: str) -> list[str]:
    """Nodes that goods of this world's markets can pass."""
    scenario = load_scenario(name)
    return sorted({node for market in chains(name) for way in scenario.routes.ways(market) for node in way})


@functools.cache
def census(name: str, replicate: int = 0, years: int = YEARS) -> Census:
    """Live a world for years under do-as-now and count."""
    engine = grown_up(spec(name, weeks=YEAR * years, replicate=replicate))
    jobs = len(crews(name))
    node_ids = [name_identity(node) for node in nodes(name)]
    taken = [engine.state.sector.pence_ever[:jobs].copy()]
    counted: dict[str, list[np.ndarray]] = {
        key: [] for key in ("brokers", "models", "platforms", "users", "largest", "laundered", "passed")
    }
    for quarter in range(1, years * YEAR // QUARTER + 1):
        engine.run(QUARTER)
        s = engine.state
        alive = np.flatnonzero(s.business.state == ACTIVE)
        alive = alive[alive >= OUTSIDE]
        model = s.business.model[alive]
        recipe = s.project.recipe[alive[model == MODEL_NAMES.index("commissioning")]]
        counted["brokers"].append(np.bincount(recipe, minlength=jobs)[:jobs])
        counted["models"].append(np.bincount(model, minlength=len(MODEL_NAMES)))
        there = s.platform.state == ACTIVE
        kind, users = s.platform.kind[there], s.platform.users[there]
        counted["platforms"].append(np.bincount(kind, minlength=PLATFORM_KINDS))
        of_kind = [users[kind == k] for k in range(PLATFORM_KINDS)]
        counted["users"].append(np.array([each.sum() for each in of_kind]))
        counted["largest"].append(np.array([each.max(initial=0) / max(1, each.sum()) for each in of_kind]))
        counted["laundered"].append(s.channel.used.sum(axis=1)[: len(load_channels())])
        counted["passed"].append(np.array([s.route.flow[s.route.id == one].sum() for one in node_ids]))
        if quarter % (YEAR // QUARTER) == 0:
            taken.append(s.sector.pence_ever[:jobs].copy())
    weekly = engine.markets.reshape(years, YEAR, *engine.markets.shape[1:]).astype(float)
    by_year = {
        key: np.array(rows, dtype=float).reshape(years, YEAR // QUARTER, -1).mean(axis=1)
        for key, rows in counted.items()
    }
    return Census(
        series=engine.series.reshape(years, YEAR, len(MEASURES)).mean(axis=1),
        grams=weekly[..., CONSUMED_MG].mean(axis=1) / 1000.0,
        unmet=weekly[..., UNMET_MG].sum(axis=1) / np.maximum(1.0, weekly[..., DEMAND_MG].sum(axis=1)),
        pence=np.diff(np.array(taken), axis=0).astype(float),
        **by_year,
    )
