"""Residents of a strong community look out: lines there sell less in the open, and draw fewer customers."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.retail import attract, lines_by_market
from simulation.state.world import State
from tests.kernels.place_world import levers, rivals, values

STRONGER, WEAKER = 1, 2


def street() -> State:
    """Rows of equal lines, each with more goods than it can sell; one community is stronger than usual, one weaker."""
    s = rivals(places=3, lines=2)
    s.outlet.stock[:] = 10**9
    s.outlet.runners[:] = 4
    s.outlet.quality[:] = s.outlet.reputation[:] = 1.0
    s.outlet.purity[:] = 0.5
    s.outlet.price[:] = s.chain.street_price[0] = 100.0
    s.chain.throughput[:] = 1e6
    s.place.resilience_usual[:] = [0.2, 0.4, 0.6]
    s.place.resilience[:] = [0.2, 0.6, 0.4]
    return s


def sold_openly(s: State, ablate: tuple[str, ...] = (), **given: float) -> tuple[np.ndarray, np.ndarray]:
    """What lines can sell in each place and how much they draw customers, over what a place as usual does."""
    p = values(ablate, **given)
    rows, count = lines_by_market(s)
    attract(s, levers(s), p, 0, 0, rows[0, : count[0]])
    room, pull = s.place.room[:, 0].astype(float), s.place.pull.astype(float)
    return room / room[0], pull / pull[0]


def test_lines_sell_less_where_the_community_is_stronger_than_usual_and_more_where_it_is_weaker() -> None:
    room, pull = sold_openly(street(), guardianship_strength=1.0)
    for found in (room, pull):
        assert found[STRONGER] == pytest.approx(np.exp(-0.2), rel=1e-3)
        assert found[WEAKER] == pytest.approx(np.exp(0.2), rel=1e-3)


def test_how_strong_a_community_usually_is_does_not_matter() -> None:
    s = street()
    s.place.resilience[:] = s.place.resilience_usual
    room, pull = sold_openly(s)
    assert (room == 1.0).all()
    assert (pull == 1.0).all()


def test_sales_do_not_depend_on_residents_with_the_switch_off() -> None:
    room, pull = sold_openly(street(), ablate=("guardianship",))
    assert (room == 1.0).all()
    assert (pull == 1.0).all()
