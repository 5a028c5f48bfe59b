"""Lines run from another force go to those who work them: goods and people go along, debts are settled, books balance."""

from __future__ import annotations

import numpy as np

from simulation.kernels.conversion import convert
from simulation.kernels.franchise_terms import franchise_terms
from simulation.kernels.ledger import sell
from simulation.kernels.search import add_tie
from simulation.kernels.succession import recount
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    HOLDER,
    OUTSIDE_SUPPLY,
    PAYABLE,
    RECEIVABLE,
    RUNNER,
    STOCK_AT_COST,
)
from simulation.state.franchise import CONVERTED
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.brand_world import doors_of, market, retail
from tests.kernels.place_world import KEY, add_line, levers, values


def abroad(p: Values, gross: float = 0.0, hit: float = 1.0) -> tuple[State, int]:
    """A franchisee of the first force with a second line in another, which owes for part of its goods."""
    s = market(p, units=1)
    b = int(retail(s)[0])
    s.place.force[:] = [0, 0, 1, 1]
    o = add_line(s, 9000, b, 3)
    add_tie(s, 0, o, int(doors_of(s)[0]), 5.0)
    f = s.franchise.franchisor[b]
    sell(s.ledger, OUTSIDE_SUPPLY, f, 0, 80_000, 0, CASH_CLEAN, CASH_DIRTY, True)
    sell(s.ledger, f, b, 80_000, 100_000, 50_000, CASH_DIRTY, CASH_DIRTY, True)
    s.tie.credit[o, 0] = 50_000
    s.outlet.stock[o], s.outlet.cost[o] = 30_000, 150_000
    s.outlet.gross[o] = gross
    s.business.pressure[b] = hit * p["risk_premium_usual"]
    recount(s)
    return s, o


def live(s: State, p: Values, weeks: int) -> int:
    converted = 0
    for w in range(weeks):
        franchise_terms(s, levers(s), p, KEY, w, 0)
        convert(s, p, KEY, w)
        converted += int(s.franchise.tally[CONVERTED])
    return converted


def test_a_line_that_fails_abroad_goes_local_under_the_same_brand() -> None:
    p = values()
    s, o = abroad(p, hit=3.0)
    old = int(s.outlet.business[o])
    boss = int(s.outlet.holder[o])
    workers = np.flatnonzero(s.person.outlet == o)
    assert live(s, p, 400) == 1
    own = int(s.outlet.business[o])
    assert own != old
    assert s.business.state[own] == ACTIVE
    assert s.business.home[own] == s.outlet.place[o]
    assert s.franchise.franchisor[own] == s.franchise.franchisor[old]
    assert s.business.founder[own] == s.business.id[old]
    assert s.business.leader[own] == boss
    assert (s.person.business[workers] == own).all()
    assert (s.business.lines[old], s.business.lines[own]) == (1, 1)
    before = {name: getattr(s.outlet, name).copy() for name in ("staff", "runners", "holder")}
    recount(s)
    for name, column in before.items():
        assert np.array_equal(getattr(s.outlet, name), column), name
    assert s.business.leader[own] == boss
    assert s.person.role[boss] not in (HOLDER, RUNNER)


def test_its_debts_are_settled_its_goods_are_paid_for_and_the_books_balance() -> None:
    p = values()
    s, o = abroad(p, hit=3.0)
    old = int(s.outlet.business[o])
    cash = int(s.ledger.book[:, [CASH_DIRTY, CASH_CLEAN]].sum())
    live(s, p, 400)
    own = int(s.outlet.business[o])
    book = s.ledger.book
    assert not book.sum(axis=1).any()
    assert int(book[:, [CASH_DIRTY, CASH_CLEAN]].sum()) == cash
    assert s.tie.credit[o].sum() == 0
    assert book[old, PAYABLE] == 0
    assert book[:, RECEIVABLE].sum() == 0
    assert (book[old, STOCK_AT_COST], book[own, STOCK_AT_COST]) == (0, 150_000)
    assert s.outlet.cost[o] == 150_000


def test_a_line_that_earns_and_is_not_hit_stays() -> None:
    p = values()
    s, _ = abroad(p, gross=8000.0)
    assert live(s, p, 200) == 0


def test_off_a_line_abroad_stays_one() -> None:
    p = values(ablate=("conversion",))
    s, _ = abroad(p, hit=3.0)
    assert live(s, p, 400) == 0


def test_a_line_at_home_or_the_only_one_is_kept() -> None:
    p = values()
    s, _ = abroad(p, hit=3.0)
    s.place.force[:] = 0
    assert live(s, p, 400) == 0
