"""What one mechanism leaves another reads: checks reach brokers, crews are read about, street inputs bind, choices are told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulation import api
from simulation.kernels.camouflage import camouflage, dearer, exposed
from simulation.kernels.reports import running
from simulation.kernels.retail import attract
from simulation.kernels.sense import judge_adequacy
from simulation.state.codes import ACTIVE, COMMISSIONING, LINE, OUTSIDE
from simulation.state.handle import bind
from simulation.state.route import WAYS
from simulation.world.run import start_engine
from tests.kernels.place_world import KEY, crews, levers, values
from tests.kernels.police_world import levers as columns


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return api.run("force", weeks=60).events


def test_partners_of_brokers_withdraw_when_all_markets_are_checked() -> None:
    p = values()
    s = crews()
    s.finance.partners[:] = 1.0
    v = levers(s)
    v.columns.camouflage_cost[:] = 1.0
    brokers = np.flatnonzero((s.business.state == ACTIVE) & (s.business.model == COMMISSIONING))
    for w in range(40):
        camouflage(s, v, p, KEY, w, 0)
    assert (s.finance.partners[brokers] < 0.6).all()
    assert dearer(s, p, brokers[0]) > 1.15
    assert exposed(s, p, brokers[0]) > 1.15
    off = values(ablate=("camouflage",))
    assert dearer(s, off, brokers[0]) == 1.0


def test_there_is_something_to_read_about_where_nobody_has_an_outlet() -> None:
    engine = start_engine(api.run("virtual", weeks=20, detail=False).spec)
    engine.run(20)
    s = engine.state
    v = bind(columns(s))
    judge_adequacy(s, v, engine.p, 0, running(s, v, engine.p, 0))
    hired = 0
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] == ACTIVE and s.project.owner_id[b] == s.business.id[b]:
            crew = s.project.member[b]
            # whoever has left the trade since is no longer there to be read about
            hired += int(((crew >= 0) & (s.person.id[crew] == s.project.member_id[b])).sum())
    working = int(s.outlet.staff[s.outlet.state == ACTIVE].sum())
    assert hired > 0
    assert s.agency.volume[s.agency.id != 0].max() == hired + working


def test_what_a_line_can_pass_on_is_bound_by_its_inputs() -> None:
    engine = start_engine(api.run("estate", weeks=5, detail=False).spec)
    engine.run(5)
    s = engine.state
    lines = np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.tier == LINE)).astype(np.int32)
    s.outlet.stock[lines] = 10**12
    v = columns(s)
    attract(s, bind(v), engine.p, 0, 0, lines)
    room = s.outlet.room[lines].copy()
    v.input_capacity[:, 0, LINE] = 0.5
    attract(s, bind(v), engine.p, 0, 0, lines)
    assert room.sum() > 0
    assert np.abs(s.outlet.room[lines] - room / 2).max() <= 1.0


def test_a_smuggler_who_changes_the_way_is_told_of(events: pd.DataFrame) -> None:
    told = events[events["kind"] == "route"]
    assert len(told) > 0
    assert set(told["phase"]) == {"routes"}
    engine = start_engine(api.run("force", weeks=1, detail=False).spec)
    ways = {f"{int(way):016x}" for way in engine.state.passage.way_id.reshape(-1, WAYS).ravel() if way}
    assert set(told["object"]) <= ways


def test_whom_a_way_of_life_drives_out_is_told_of_and_leaves(events: pd.DataFrame) -> None:
    told = events[events["kind"] == "lifestyle"]
    left = events[events["kind"] == "exit"]
    assert len(told) > 0
    assert (told["value"].astype(float) > 1.0).all()
    assert set(zip(told["week"], told["subject"], strict=True)) <= set(zip(left["week"], left["subject"], strict=True))
    as_usual = api.run("force", weeks=30, ablate="lifestyle").events
    assert "exit" in set(as_usual["kind"])
    assert "lifestyle" not in set(as_usual["kind"])
