"""Premises and vehicles that are lost take goods and room with them, and are replaced out of the cash there is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.kernels.facilities import facilities
from simulation.kernels.orders_placed import place_orders
from simulation.state.codes import CASH_CLEAN, CASH_DIRTY, LEGAL_ECONOMY, LINE, LOSS, OUTSIDE, OVERHEAD, STOCK_AT_COST
from simulation.state.world import GOODS_LOST
from tests.kernels.underworld import KEY, Underworld

STOCK = 80_000
RICH = 10_000_000


def stocked(lines: int = 6, cash: int = RICH, **more: Any) -> Underworld:
    """Lines with goods and cash, divided over their outlets as `begin` does."""
    u = Underworld(lines=lines, **more)
    for o in range(lines):
        u.s.outlet.stock[o] = STOCK
        u.s.outlet.cost[o] = 400_000
        b = u.s.outlet.business[o]
        book = u.s.ledger.book[b]
        book[STOCK_AT_COST] = 400_000
        book[CASH_DIRTY] = cash
        book[7] = -400_000 - cash
    return u


def week(u: Underworld, w: int) -> None:
    for o in np.flatnonzero(u.s.outlet.state):
        u.s.outlet.budget[o] = u.s.ledger.book[u.s.outlet.business[o], CASH_DIRTY]
    facilities(u.s, u.v, u.p, KEY, w, 0)


def test_without_the_lever_nothing_is_lost_and_nothing_is_paid() -> None:
    u = stocked()
    before = u.s.ledger.book.copy()
    for w in range(50):
        week(u, w)
    assert (u.s.outlet.wrecked == 0.0).all()
    assert np.array_equal(u.s.ledger.book, before)
    assert (u.s.outlet.stock[:6] == STOCK).all()


def test_off_nothing_is_lost_whatever_the_lever() -> None:
    u = stocked(ablate=("facilities",))
    u.levers.facility_loss[:] = 1.0
    for w in range(20):
        week(u, w)
    assert (u.s.outlet.wrecked == 0.0).all()
    assert (u.s.outlet.stock[:6] == STOCK).all()


def test_losses_come_at_the_hazard_where_and_in_the_tier_it_is() -> None:
    u = stocked(lines=12)
    u.levers.facility_loss[:, 1, LINE] = 0.2
    struck = np.zeros(12)
    for w in range(200):
        u.s.outlet.wrecked[:] = 0.0
        week(u, w)
        struck += u.s.outlet.wrecked[:12] > 0.0
    here = u.s.outlet.place[:12] == 1
    assert (struck[~here] == 0).all()
    assert struck[here].mean() / 200 == pytest.approx(1.0 - np.exp(-0.2), rel=0.15)


def test_goods_and_books_close_and_what_can_be_handed_over_falls_as_much() -> None:
    u = stocked()
    u.levers.facility_loss[:] = 50.0
    place_orders(u.s, u.p, 0)
    room = u.s.outlet.room[:6].copy()
    week(u, 0)
    place_orders(u.s, u.p, 1)
    s = u.s
    lost = STOCK - s.outlet.stock[:6]
    assert (lost > 0).all()
    assert s.tally.goods[0, GOODS_LOST] == lost.sum()
    assert (s.ledger.book.sum(axis=1)[OUTSIDE:] == 0).all()
    for o in range(6):
        b = s.outlet.business[o]
        assert s.ledger.book[b, STOCK_AT_COST] == s.outlet.cost[o] == 400_000 + s.ledger.flow[b, LOSS]
        assert s.outlet.cost[o] / 400_000 == pytest.approx(s.outlet.stock[o] / STOCK, abs=1e-4)
    assert s.outlet.room[:6] == pytest.approx(room * (1.0 - s.outlet.wrecked[:6]), abs=1)


def test_what_is_lost_is_replaced_at_its_price_and_no_faster_than_it_can_be_found() -> None:
    u = stocked()
    u.s.outlet.wrecked[:6] = 0.5
    whole = u.p["facilities_worth"] * 20_000.0 * 100.0
    for w in range(3):
        week(u, w)
    assert u.s.outlet.wrecked[:6] == pytest.approx(np.full(6, 0.5 - 3 * u.p["facilities_pace"]), abs=1e-9)
    for w in range(3, 12):
        week(u, w)
    assert (u.s.outlet.wrecked[:6] == 0.0).all()
    paid = -u.s.ledger.flow[OUTSIDE : OUTSIDE + 6, OVERHEAD]
    assert paid == pytest.approx(np.full(6, 0.5 * whole), rel=1e-3)
    assert u.s.ledger.book[LEGAL_ECONOMY, CASH_CLEAN] == paid.sum()


def test_who_has_no_money_stays_as_he_is_and_who_has_little_replaces_little() -> None:
    poor, short = stocked(cash=0), stocked(cash=50_000)
    for u in (poor, short):
        u.s.outlet.wrecked[:6] = 0.5
        week(u, 0)
    assert (poor.s.outlet.wrecked[:6] == 0.5).all()
    whole = short.p["facilities_worth"] * 20_000.0 * 100.0
    assert short.s.outlet.wrecked[:6] == pytest.approx(np.full(6, 0.5 - 50_000 / whole), rel=1e-3)
    assert (short.s.outlet.budget[:6] == 0).all()
    assert (short.s.ledger.book[OUTSIDE : OUTSIDE + 6, CASH_DIRTY] == 0).all()


def test_what_happens_to_an_outlet_does_not_depend_on_its_row() -> None:
    u, t = stocked(), stocked()
    order = np.array([3, 5, 1, 0, 4, 2])
    for column, mirrored in zip(u.s.outlet, t.s.outlet, strict=True):
        mirrored[:6] = column[order]
    for world in (u, t):
        world.levers.facility_loss[:] = 0.3
        for w in range(10):
            week(world, w)
    assert (u.s.outlet.wrecked[:6] > 0.0).any()
    assert np.array_equal(t.s.outlet.wrecked[:6], u.s.outlet.wrecked[order])
    assert np.array_equal(t.s.ledger.book, u.s.ledger.book)
