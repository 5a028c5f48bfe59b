"""Profit takes in every penny a business earned or lost, in the week's accounts or in those of the week after."""

from __future__ import annotations

import numpy as np
import pytest

from simulation import api
from simulation.kernels.accounts import accounts
from simulation.kernels.begin import begin
from simulation.kernels.enforce import freeze_accounts
from simulation.kernels.orders import seize_cash
from simulation.measures.catalogue import INDEX
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    CAUSE_PLAN,
    DRAWINGS,
    EQUITY,
    HOUSEHOLDS,
    INVESTMENT,
    LAUNDERING_FEE,
    LOSS,
    OUTSIDE,
    SEIZURE,
    STATE,
)
from simulation.state.counters import FROZEN_PENCE, SEIZED_PENCE
from simulation.state.world import State
from simulation.world.engine import Engine
from simulation.world.run import start_engine
from tests.kernels.brand_world import market, retail
from tests.kernels.place_world import KEY, levers, values

PENCE = 100.0


def world(preset: str) -> Engine:
    """A preset on its way, in which smoothed profit is the week's own."""
    engine = start_engine(api.run(preset, weeks=40, detail=False).spec)
    engine.p["accounts_profit_speed"] = 1.0
    engine.p["laundering_channels_useless"] = 0.0  # felt beside the books
    return engine


def earned(s: State) -> np.ndarray:
    """Pence that each business gained in the week beside what owners gave and took."""
    flow = s.ledger.flow
    return flow.sum(axis=1) - flow[:, INVESTMENT] - flow[:, DRAWINGS]


@pytest.mark.parametrize("preset", ["estate", "virtual"])
def test_profits_add_up_to_the_books_to_the_penny(preset: str) -> None:
    engine = world(preset)
    engine.run(1)
    s = engine.state
    rows = np.flatnonzero(s.business.state == ACTIVE)
    rows = rows[rows >= OUTSIDE]
    named = s.business.id[rows].copy()
    carried = earned(s)[rows] - s.business.unread[rows]
    booked, told = np.zeros(rows.size, np.int64), np.zeros(rows.size)
    late = fees = taken = 0
    for _ in range(30):
        engine.run(1)
        s = engine.state
        booked += earned(s)[rows]
        told += s.business.profit[rows] * PENCE
        late += int(np.abs(earned(s)[rows] - s.business.unread[rows]).sum())
        fees -= int(s.ledger.flow[rows, LAUNDERING_FEE].sum())
        taken -= int(s.ledger.flow[rows, SEIZURE].sum())
    stayed = s.business.id[rows] == named
    left = earned(s)[rows] - s.business.unread[rows]
    assert stayed.sum() > 5
    assert late > 0 and fees > 0 and taken > 0
    assert np.array_equal(np.rint(told[stayed]).astype(np.int64), (booked + carried - left)[stayed])


def two_weeks(seize: bool, freeze: bool = False, close: int = 0) -> float:
    """The profit of a business after its second week's accounts, when something befell it after those of the first."""
    p = values()
    p["accounts_profit_speed"] = 1.0
    s = market(p)
    b = int(retail(s)[0])
    for owner, sign in ((b, 1), (HOUSEHOLDS, -1)):
        s.ledger.book[owner, CASH_CLEAN] += sign * 1_000_000
        s.ledger.book[owner, EQUITY] -= sign * 1_000_000
    v = levers(s)
    for w in range(2):
        begin(s, v, p, KEY, w, 0)
        accounts(s, v, p, KEY, w, 0)
        if w == 0 and seize:
            seize_cash(s, p, w, b, 100_000.5 / s.ledger.book[b, CASH_DIRTY], CAUSE_PLAN, -1)
        if w == 0 and freeze:
            freeze_accounts(s, p, w, b, 100_000.5 / s.ledger.book[b, CASH_CLEAN], CAUSE_PLAN, -1)
        if w == 0 and close:
            s.ledger.flow[b, LOSS] -= close
    return float(s.business.profit[b])


def test_what_is_taken_after_the_accounts_is_in_those_of_the_next_week() -> None:
    as_now = two_weeks(False)
    assert as_now - two_weeks(True) == pytest.approx(1_000.0, abs=2.0)
    assert as_now - two_weeks(False, freeze=True) == pytest.approx(1_000.0, abs=2.0)
    assert as_now - two_weeks(False, close=250_000) == pytest.approx(2_500.0, abs=2.0)


def test_it_counts_once() -> None:
    """In the third week nothing is left of it."""
    p = values()
    p["accounts_profit_speed"] = 1.0
    found = []
    for seize in (False, True):
        s = market(p)
        b = int(retail(s)[0])
        v = levers(s)
        for w in range(3):
            begin(s, v, p, KEY, w, 0)
            accounts(s, v, p, KEY, w, 0)
            if w == 0 and seize:
                seize_cash(s, p, w, b, 0.01, CAUSE_PLAN, -1)
        found.append(float(s.business.profit[b]))
    assert found[0] == pytest.approx(found[1], abs=1.0)


def test_what_the_state_recovers_holds_seizures_and_what_was_frozen_for_good() -> None:
    engine = start_engine(api.run("force", weeks=30, detail=False).spec)
    frozen = seized = 0
    for w in range(30):
        engine.run(1)
        week = engine.state.tally.week
        recovered = engine.series[w, INDEX["assets_recovered_gbp"]]
        assert recovered == pytest.approx((week[SEIZED_PENCE] + week[FROZEN_PENCE]) / PENCE)
        assert recovered == pytest.approx(engine.state.ledger.flow[STATE, SEIZURE] / PENCE)
        frozen += int(week[FROZEN_PENCE])
        seized += int(week[SEIZED_PENCE])
    assert frozen > 0 and seized > 0
