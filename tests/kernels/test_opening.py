"""Retail businesses that do well open further lines, where they may; without the mechanism they stay as they are."""

from __future__ import annotations

import numpy as np

from simulation.kernels.entry import opening
from simulation.state.codes import ACTIVE, CASH_DIRTY, EQUITY, OUTSIDE
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.place_world import KEY, levers, rivals, values


def lines_after(p: Values, block: float = 0.0) -> int:
    """Lines of twelve thriving businesses after a year, where so large a share of openings is kept out."""
    s = thriving(p)
    v = levers(s)
    v.columns.reentry_block[:] = block
    for week in range(52):
        opening(s, v, p, KEY, week, 0)
    return int((s.outlet.state == ACTIVE).sum())


def thriving(p: Values) -> State:
    """Customers everywhere, and businesses with a line, money and profit to spare."""
    s = rivals(places=4, lines=3)
    s.place.users[:] = s.place.users_rest[:] = 200.0
    s.place.demand[:] = 440_000
    s.chain.required[:] = 4000.0
    owners = np.flatnonzero(s.business.state == ACTIVE)
    owners = owners[owners >= OUTSIDE]
    s.business.profit[owners] = 40_000.0
    s.outlet.gross[s.outlet.state == ACTIVE] = 40_000.0
    s.ledger.book[owners, CASH_DIRTY] = 100_000_000
    s.ledger.book[owners, EQUITY] = -100_000_000
    return s


def test_those_who_thrive_open_lines_unless_the_mechanism_is_off() -> None:
    before = int((thriving(values()).outlet.state == ACTIVE).sum())
    assert lines_after(values()) > before + 5
    assert lines_after(values(ablate=("opening",))) == before


def test_held_ground_is_not_opened() -> None:
    before = int((thriving(values()).outlet.state == ACTIVE).sum())
    assert lines_after(values(), block=1.0) == before
