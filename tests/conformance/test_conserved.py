"""Money, goods and people add up in every week of every world of the library, and with any mechanism off."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.schema import load_channels, load_mechanisms, load_scenario
from simulation.state.counters import CONSUMED_MG, IMPORTED_MG, SALES_PENCE
from simulation.state.platform import PLATFORM_KIND_NAMES, PLATFORM_KINDS
from tests.conformance.census import WORLDS, chains, crews
from tests.conservation.identities import Bookkeeper, faults_of, first_faults
from tests.integration.lives import grown_up, spec

MECHANISMS = sorted(load_mechanisms())


@pytest.mark.parametrize("name", WORLDS)
def test_every_world_adds_up_while_all_that_is_in_it_goes_on(name: str) -> None:
    """To the penny and the milligram; in the same weeks every market sells, every channel and kind of platform is used."""
    engine = grown_up(spec(name, weeks=26))
    keeper = Bookkeeper(engine.state)
    jobs = engine.state.sector.pence_ever.copy()
    users, laundered = np.zeros(PLATFORM_KINDS), np.zeros(len(load_channels()))
    for _ in range(26):
        engine.run(1)
        assert faults_of(engine.state) + keeper.week(engine.state) == []
        there = engine.state.platform.state == 1
        users += np.bincount(engine.state.platform.kind[there], engine.state.platform.users[there], PLATFORM_KINDS)
        laundered += engine.state.channel.used.sum(axis=1)[: laundered.size]
    sold = engine.markets.sum(axis=0)[: len(chains(name))]
    assert (sold[:, [CONSUMED_MG, IMPORTED_MG, SALES_PENCE]] > 0).all()
    assert ((engine.state.sector.pence_ever - jobs)[: len(crews(name))] > 0).all()
    assert (laundered > 0).all()
    for kind, one in enumerate(PLATFORM_KIND_NAMES):
        assert (users[kind] > 0) == (load_scenario(name).platforms[one].whole > 0)


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_an_estate_adds_up_without_any_one_mechanism(mechanism: str) -> None:
    engine = grown_up(spec("estate", weeks=8, ablate=[mechanism]))
    assert first_faults(engine, 8) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", ["force", "virtual"])
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_every_preset_adds_up_without_any_one_mechanism(name: str, mechanism: str) -> None:
    engine = grown_up(spec(name, weeks=52, ablate=[mechanism]))
    assert first_faults(engine, 52) == []
