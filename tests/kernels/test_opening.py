"""Retail businesses that do well open further lines, where they may; without the mechanism they stay as they are."""

from __future__ import annotations

import numpy as np

from simulation.chance.draws import make_key
from simulation.kernels.entry import ill_served, opening
from simulation.kernels.retail import retail
from simulation.schema import build_spec
from simulation.state.codes import ACTIVE, CASH_DIRTY, EQUITY, IMPORTING_TOWN, LINE, OUTSIDE
from simulation.state.values import Values
from simulation.state.world import State, copy_state
from simulation.world.burn_in import burnt_in
from simulation.world.create import create
from simulation.world.values import parameter_record
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


def test_customers_of_one_market_are_not_served_by_the_lines_of_another() -> None:
    """What lines can sell is known by market: those who look for an opening compare like with like."""
    spec = build_spec("force", "do-as-now", weeks=4)
    s = copy_state(burnt_in(spec).state)
    retail(s, levers(s), parameter_record(spec.scenario.parameters), KEY, 0, 0)
    lines = np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.tier == LINE))
    room = np.zeros_like(s.place.room)
    np.add.at(room, (s.outlet.place[lines], s.outlet.market[lines]), s.outlet.room[lines])
    assert np.count_nonzero(room.sum(axis=0)) > 1
    for m in np.flatnonzero(s.chain.landed > 0):
        near = s.place.near >= 0
        weight = np.where(near, s.place.near_weight, 0.0)
        wanted = (weight * s.place.demand[s.place.near, m]).sum(axis=1)
        offered = (weight * room[s.place.near, m]).sum(axis=1)
        ill_served(s, m)
        assert np.allclose(s.place.reached, wanted / (offered + 0.05 * wanted + 1.0))


def test_more_lines_are_opened_where_more_customers_are() -> None:
    """Of two places as well served, the larger draws more lines."""
    p = values(opening_distance=1000.0)
    s = thriving(p)
    s.place.near[:, 1:] = -1  # each place by itself
    s.place.users[2:] *= 6.0
    s.place.users_rest[2:] *= 6.0
    s.place.demand[2:] *= 6
    s.place.room[:2], s.place.room[2:] = 440_000, 6 * 440_000
    v = levers(s)
    before = int((s.outlet.state == ACTIVE).sum())
    for week in range(52):
        opening(s, v, p, KEY, week, 0)
    new = s.outlet.place[(s.outlet.state == ACTIVE) & (s.outlet.born >= 0)]
    assert new.size == int((s.outlet.state == ACTIVE).sum()) - before > 10
    assert (new >= 2).sum() > 3 * (new < 2).sum()


def test_businesses_are_at_home_at_the_start_where_founders_are_in_towns_too() -> None:
    """A world begun otherwise takes decades to settle, and lines run from the towns drift up all the while."""
    spec = build_spec("force", "do-as-now", weeks=4)
    p = parameter_record(spec.scenario.parameters)
    towns, homes, users = 0, 0, 0.0
    for replicate in range(4):
        s, _ = create(spec.scenario, p, make_key(1, replicate), -260)
        rows = np.flatnonzero((s.business.state == ACTIVE) & (s.business.tier == LINE))
        towns += int((s.place.kind[s.business.home[rows]] == IMPORTING_TOWN).sum())
        homes += rows.size
        users = float(s.place.users[s.place.kind == IMPORTING_TOWN].sum() / s.place.users.sum())
    assert abs(towns / homes - users) < 0.05
