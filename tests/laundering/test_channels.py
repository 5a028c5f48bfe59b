"""Every way of laundering keeps the promises that all of them make: documented, sourced, conserved, steady, alive, denied
by a lever, missed when it is switched off.
"""

from __future__ import annotations

import functools

import numpy as np
import pytest

from simulation.policy.denial import row_of
from simulation.policy.intervention import REGISTRY
from simulation.report.sections import SECTIONS
from simulation.schema import load_channels, load_sources
from simulation.schema.quantity import quantities
from simulation.state.laundering import CHANNELS
from simulation.world.engine import Engine
from tests.conservation.identities import first_faults
from tests.integration.lives import grown_up, spec

FILES = {channel.id: channel for channel in load_channels()}
TWENTY_YEARS = 20 * 52
EVERY = pytest.mark.parametrize("name", sorted(FILES))


@EVERY
def test_it_is_documented(name: str) -> None:
    channel = FILES[name]
    assert channel.title in SECTIONS["laundering"]()
    assert channel.description.endswith(".")


@EVERY
def test_its_figures_have_a_source_or_a_wide_range(name: str) -> None:
    known = load_sources()
    for key, quantity in quantities(FILES[name]):
        assert quantity.note, key
        assert quantity.source is None or quantity.source in known
        if quantity.status == "assumed":
            assert quantity.high >= 1.25 * quantity.value or quantity.unit == "share", key
            assert quantity.low <= 0.75 * quantity.value, key


@EVERY
def test_an_intervention_reaches_it(name: str) -> None:
    assert any(name in getattr(kind, "channels", ()) for kind in REGISTRY.values())


@functools.cache
def history(ablated: bool = False, weeks: int = TWENTY_YEARS) -> np.ndarray:
    """Money through every channel by quarter, quarters x channels, in a force left to itself."""
    engine = grown_up(spec("force", weeks=weeks, ablate=["laundering_channels"] if ablated else []))
    found = []
    for _ in range(weeks // 13):
        total = np.zeros(CHANNELS)
        for _ in range(13):
            engine.run(1)
            total += engine.state.channel.used.sum(axis=1)
        found.append(total)
    return np.array(found)


@EVERY
def test_it_is_steady_and_alive_after_twenty_years(name: str) -> None:
    share = history() / history().sum(axis=1)[:, None]
    mine = share[:, row_of(name)]
    assert mine.min() > 0.0
    assert mine[:4].mean() == pytest.approx(FILES[name].share.value, rel=0.3)
    assert mine[-4:].mean() == pytest.approx(mine[:4].mean(), rel=0.25)


@EVERY
def test_switched_off_nothing_goes_through_it(name: str) -> None:
    assert not history(True, 26)[:, row_of(name)].any()
    assert history()[:2, row_of(name)].all()


def alone(name: str) -> Engine:
    """A grown estate in which this is the only way to launder."""
    engine = grown_up(spec("estate", weeks=26, replicate=2))
    channel, row = engine.state.channel, row_of(name)
    channel.usual[:] = 0.0
    channel.usual[row] = 1.0
    channel.detection[row] = 20.0  # reports in many a week
    channel.capacity[row] = channel.asked[row] = channel.capacity.sum(axis=0)
    engine.state.finance.use[:] = -1.0
    return engine


@EVERY
def test_money_is_conserved_where_there_is_no_other_way(name: str) -> None:
    engine = alone(name)
    through = np.zeros(engine.state.channel.used.shape[0])
    for _ in range(26):
        assert first_faults(engine, 1) == []
        through += engine.state.channel.used.sum(axis=1)
    assert through[row_of(name)] > 0
    assert through.sum() == through[row_of(name)]
