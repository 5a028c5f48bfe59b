"""The online underworld: one locality without distance or goods, hundreds of loose groups, thousands of specialists."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from simulation.measures.catalogue import INDEX
from simulation.schema import build_spec, list_plans, load_plan
from simulation.state.codes import ACTIVE, COMMISSIONING, FREELANCE_OF_ROLE
from simulation.world.engine import Engine
from simulation.world.run import execute, start_engine
from tests.conservation.identities import first_faults

FREELANCES = np.flatnonzero(FREELANCE_OF_ROLE)


@functools.cache
def lived(weeks: int, replicate: int = 0) -> Engine:
    engine = start_engine(build_spec("virtual", "do-as-now", weeks=weeks, replicate=replicate))
    engine.run(weeks)
    return engine


def test_it_is_as_large_as_it_says_and_has_no_chain() -> None:
    state = lived(52).state
    brokers = (state.business.state == ACTIVE) & (state.business.model == COMMISSIONING)
    assert 200 <= brokers.sum() <= 900
    assert np.isin(state.person.role[state.person.status > 0], FREELANCES).sum() >= 1500
    assert state.place.id.size == 1
    assert not (state.outlet.state == ACTIVE).any()
    assert not (state.business.model[state.business.state == ACTIVE] != COMMISSIONING).any()


def test_fraud_and_cyber_crime_are_commissioned_recorded_and_cost_society() -> None:
    engine = lived(52)
    state, series = engine.state, engine.series
    assert (state.sector.crimes_ever[:2] > 10_000).all()
    assert (series[:, INDEX["project_takings_gbp"]] > 0).all()
    assert (series[:, INDEX["harm_gbp"]] > 0).all()
    assert series[:, INDEX["drug_volume_pure_kg"]].sum() == series[:, INDEX["acquisitive_true"]].sum() == 0
    assert np.isfinite(series[:, [INDEX[name] for name in ("harm_gbp", "people_active", "arrests", "prison")]]).all()


def test_everything_is_conserved_in_every_week() -> None:
    engine = start_engine(build_spec("virtual", "do-as-now", weeks=40))
    assert first_faults(engine, 40) == []


@pytest.mark.parametrize("plan", list_plans())
def test_every_plan_can_be_carried_out(plan: str) -> None:
    run = execute(build_spec("virtual", load_plan(plan), weeks=60))
    assert np.isfinite(run.series[:, INDEX["harm_gbp"]]).all()
    assert np.isfinite(run.cost["total"])


def test_police_who_do_nothing_are_missed() -> None:
    idle = execute(build_spec("virtual", "nothing-at-all", weeks=52)).series
    assert idle[:, INDEX["arrests"]].sum() < 0.5 * lived(52).series[:, INDEX["arrests"]].sum()


def test_hardened_sectors_cost_it_money() -> None:
    hard = {
        "id": "hard",
        "title": "Hard",
        "entry": [
            {"intervention": "sector-hardening", "where": "force", "agency": "nca", "funding": "additional",
             "budget_holder": "home-office"}
        ],
    }  # fmt: skip
    takings = execute(build_spec("virtual", load_plan(hard), weeks=156)).series[-52:, INDEX["project_takings_gbp"]]
    assert takings.mean() < 0.95 * lived(156).series[-52:, INDEX["project_takings_gbp"]].mean()


@pytest.mark.slow
def test_it_lives_and_is_steady_over_twenty_years() -> None:
    for name in ("project_takings_gbp", "brokers", "people_active", "project_crimes"):
        values = np.stack([lived(1040, replicate).series[:, INDEX[name]] for replicate in range(4)])
        years = values.reshape(4, 20, 52).mean(axis=2)
        assert (years > 0.7 * years[:, :1]).all(), name
        assert abs(years[:, -5:].mean() / years[:, :5].mean() - 1.0) < 0.15, name
