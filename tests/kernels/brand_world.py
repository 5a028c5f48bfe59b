"""A small market with two brands: distributors, retail businesses that know them, and one line each."""

from __future__ import annotations

import numpy as np

from simulation.kernels.brands import join_brand, unbranded
from simulation.kernels.search import add_tie
from simulation.state.codes import (
    ACTIVE,
    CASH_DIRTY,
    DISTRIBUTOR,
    EQUITY,
    HOUSEHOLDS,
    LINE,
    STOCK_AT_COST,
)
from simulation.state.values import Values
from simulation.state.world import FREE_OUTLET, State
from tests.kernels.place_world import add_business, add_line, empty, take

BRANDS, UNITS = 2, 8
FIRST = 100  # identities of distributors; retail businesses follow from 1000


def market(p: Values, good: float = 15.0, bad: float = 0.0, joined: bool = True, units: int = UNITS) -> State:
    """Every retail business knows both distributors; evidence of its own is so good and so bad."""
    s = empty(places=4, people=400)
    s.chain.margin[0] = 0.5
    s.chain.capital[0] = 25_000.0
    s.chain.intended[0] = 2.0
    s.chain.throughput[0] = 160_000.0
    s.chain.required[0] = 2700.0
    s.chain.street_price[0] = 50.0
    doors = []
    for n in range(BRANDS):
        b = open_books(s, add_business(s, FIRST + n, n, tier=DISTRIBUTOR), 60_000)
        o = take(s.free.outlet, s.tally.count, FREE_OUTLET)
        s.outlet.id[o] = FIRST + 50 + n
        s.outlet.state[o] = ACTIVE
        s.outlet.business[o] = b
        s.outlet.tier[o] = DISTRIBUTOR
        s.outlet.place[o] = n
        s.outlet.price[o] = 50.0
        s.outlet.good[o], s.outlet.good_name[o], s.outlet.report_weight[o] = 10.0, 1.0, 8.0
        s.outlet.forecast[o] = s.chain.volume[0] / 2.0
        s.business.lines[b] = 1
        s.franchise.offers[b] = 1
        s.business.brand[b] = 0.5
        s.franchise.royalty[b] = p["franchise_split"] * p["franchise_custom"] * 0.3
        doors.append(o)
    for n in range(units):
        b = open_books(s, add_business(s, 1000 + n, n % 4), 20_000)
        o = add_line(s, 3000 + n, b, n % 4)
        s.outlet.price[o], s.outlet.purity[o] = 50.0, 0.5
        s.outlet.takings[o], s.outlet.outlay[o] = 2_000_000, 1_000_000
        for door in doors:
            add_tie(s, 0, o, door, good)
        s.tie.bad[o] = np.where(s.tie.supplier[o] >= 0, bad, 0.0)
        s.franchise.independence[b] = (n + 0.5) / units
        if joined:
            join_brand(s, b, int(s.outlet.business[doors[n % BRANDS]]), -100)
    return s


def open_books(s: State, b: int, gbp: int) -> int:
    """A business with cash of its owners, under nobody's brand."""
    unbranded(s, b)
    s.franchise.gearing[b] = 0.0
    for owner, sign in ((b, 1), (HOUSEHOLDS, -1)):
        s.ledger.book[owner, CASH_DIRTY] += sign * gbp * 100
        s.ledger.book[owner, EQUITY] -= sign * gbp * 100
    return b


def stocked(s: State, b: int, gbp: int) -> None:
    """Owners bring goods, too."""
    s.ledger.book[b, STOCK_AT_COST] += gbp * 100
    s.ledger.book[b, EQUITY] -= gbp * 100


def retail(s: State) -> np.ndarray:
    """Rows of retail businesses."""
    return np.flatnonzero((s.business.state == ACTIVE) & (s.business.tier == LINE))


def doors_of(s: State) -> np.ndarray:
    return np.flatnonzero((s.outlet.state == ACTIVE) & (s.outlet.tier == DISTRIBUTOR))
