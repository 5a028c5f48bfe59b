"""What becomes of a business that fails: creditors share what is left, rivals take on its outlets, units find a brand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.kernels.bankruptcy import divided
from simulation.kernels.closing import close_business
from simulation.kernels.ledger import lend
from simulation.kernels.search import add_tie
from simulation.state.codes import (
    ACTIVE,
    BORROWINGS,
    CASH_DIRTY,
    CAUSE_CHOICE,
    CAUSE_INSOLVENCY,
    CAUSE_LEADERLESS,
    EQUITY,
    HOUSEHOLDS,
    LEGAL_ECONOMY,
    LINE,
    PAYABLE,
    RECEIVABLE,
    STOCK_AT_COST,
    WRITE_OFF,
)
from simulation.state.franchise import JOINED
from simulation.state.values import Values
from simulation.state.world import GOODS_LOST, State
from tests.conservation.money import books_balance, cash_goes_round, debts_match, stock_is_carried_at_cost
from tests.kernels.brand_world import doors_of, market, retail, stocked
from tests.kernels.place_world import KEY, mirrored, values


def line_of(s: State, b: int) -> int:
    return int(np.flatnonzero((s.outlet.business == b) & (s.outlet.state == ACTIVE))[0])


def give(s: State, b: int, pence: int) -> None:
    """A business has so much cash, not more."""
    more = pence - int(s.ledger.book[b, CASH_DIRTY])
    s.ledger.book[b, [CASH_DIRTY, EQUITY]] += (more, -more)
    s.ledger.book[HOUSEHOLDS, [CASH_DIRTY, EQUITY]] -= (more, -more)


def owe(s: State, o: int, k: int, pence: int) -> int:
    """An outlet has goods on tick from one of its suppliers; gives who is owed."""
    b, creditor = int(s.outlet.business[o]), int(s.outlet.business[s.tie.supplier[o, k]])
    s.tie.credit[o, k] += pence
    s.ledger.book[b, [PAYABLE, EQUITY]] += (-pence, pence)
    s.ledger.book[creditor, [RECEIVABLE, EQUITY]] += (pence, -pence)
    return creditor


def sound(s: State) -> bool:
    faults = [*books_balance(s), *cash_goes_round(s), *debts_match(s), *stock_is_carried_at_cost(s)]
    assert faults == []
    return True


def indebted(cash: int, debts: tuple[int, int], loan: int) -> tuple[State, Values, int, list[int], int]:
    """A business that owes two suppliers and a lender, with so much cash to pay them from."""
    p = values()
    s = market(p)
    b = int(retail(s)[0])
    o = line_of(s, b)
    creditors = [owe(s, o, k, pence) for k, pence in enumerate(debts)]
    lend(s.ledger, b, loan)
    give(s, b, cash)
    return s, p, b, creditors, int(s.ledger.book[LEGAL_ECONOMY, CASH_DIRTY + 1])


@pytest.mark.parametrize("cause", [CAUSE_INSOLVENCY, CAUSE_CHOICE])
def test_creditors_share_what_is_left_in_proportion_to_what_they_are_owed(cause: int) -> None:
    s, p, b, creditors, _ = indebted(50_000, (60_000, 30_000), 10_000)
    before = s.ledger.book[creditors, CASH_DIRTY].copy()
    close_business(s, p, KEY, 5, b, cause)
    assert (s.ledger.book[creditors, CASH_DIRTY] - before).tolist() == [30_000, 15_000]
    assert s.ledger.flow[creditors, WRITE_OFF].tolist() == [-30_000, -15_000]
    assert s.ledger.flow[LEGAL_ECONOMY, WRITE_OFF] == -5_000
    assert not s.ledger.book[b].any()
    assert sound(s)


def test_the_last_penny_goes_to_the_largest_remainder() -> None:
    s, p, b, creditors, clean = indebted(100, (101, 51), 50)
    before = s.ledger.book[creditors, CASH_DIRTY].copy()
    close_business(s, p, KEY, 5, b, CAUSE_CHOICE)
    # exactly 50.0, 25.25 and 24.75
    assert (s.ledger.book[creditors, CASH_DIRTY] - before).tolist() == [50, 25]
    assert s.ledger.book[LEGAL_ECONOMY, CASH_DIRTY + 1] - clean == 25
    assert sound(s)


def test_who_can_pay_pays_all_and_keeps_the_rest() -> None:
    s, p, b, creditors, _ = indebted(250_000, (60_000, 30_000), 10_000)
    owners = int(s.ledger.book[HOUSEHOLDS, CASH_DIRTY])
    close_business(s, p, KEY, 5, b, CAUSE_CHOICE)
    assert not s.ledger.flow[creditors, WRITE_OFF].any()
    assert s.ledger.book[HOUSEHOLDS, CASH_DIRTY] - owners == 150_000
    assert s.ledger.book[b, BORROWINGS] == 0
    assert sound(s)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=20), st.floats(0.0, 1.0))
def test_shares_add_up_and_are_within_a_penny_of_the_proportion(claims: list[int], part: float) -> None:
    claim = np.array(claims, np.int64)
    total = int(claim.sum())
    if total == 0:
        return
    pence = int(part * total)
    paid = divided(claim, total, pence)
    assert paid.sum() == pence
    assert (paid <= claim).all()
    assert np.abs(paid - claim * (pence / total)).max() < 1.0 + 1e-6


# --- outlets


def failing(p: Values, gross: float = 8000.0) -> tuple[State, int, int]:
    """A business with people, goods and a good line, that has come to its end; rivals know its suppliers."""
    s = market(p)
    b = int(retail(s)[0])
    o = line_of(s, b)
    stocked(s, b, 1000)
    s.outlet.cost[o], s.outlet.stock[o] = 60_000, 6000
    s.outlet.transit_cost[o], s.outlet.transit[o] = 40_000, 4000
    s.outlet.gross[:] = gross
    s.business.members[retail(s)] = 4
    s.outlet.runners[:] = 3
    give(s, b, 0)
    return s, b, o


@pytest.mark.parametrize("cause", [CAUSE_INSOLVENCY, CAUSE_LEADERLESS])
def test_a_rival_takes_on_the_outlet_with_its_people_its_goods_and_those_it_knows(cause: int) -> None:
    p = values()
    s, b, o = failing(p)
    name, staff, known = s.outlet.id[o], s.person.outlet == o, s.tie.good[o].copy()
    open_before, lost = int((s.outlet.state == ACTIVE).sum()), s.tally.goods[0, GOODS_LOST]
    close_business(s, p, KEY, 5, b, cause)
    r = int(s.outlet.business[o])
    assert s.outlet.id[o] == name and s.outlet.state[o] == ACTIVE
    assert r in retail(s) and s.business.lines[r] == 2
    assert (s.person.business[staff] == r).all() and s.business.members[r] == 8
    assert (s.tie.good[o] == known).all()
    assert (s.outlet.stock[o], s.outlet.transit[o]) == (6000, 4000)
    assert s.ledger.book[r, STOCK_AT_COST] == s.outlet.cost[o] + s.outlet.transit_cost[o] == 100_000
    assert s.ledger.book[r, CASH_DIRTY] == 2_000_000 - 100_000
    assert int((s.outlet.state == ACTIVE).sum()) == open_before
    assert s.tally.goods[0, GOODS_LOST] == lost
    assert sound(s)


def test_creditors_share_what_the_rival_pays_for_the_goods() -> None:
    p = values()
    s, b, o = failing(p)
    creditor = owe(s, o, 0, 400_000)
    had = int(s.ledger.book[creditor, CASH_DIRTY])
    close_business(s, p, KEY, 5, b, CAUSE_INSOLVENCY)
    assert s.ledger.book[creditor, CASH_DIRTY] - had == 100_000
    assert s.ledger.flow[creditor, WRITE_OFF] == -300_000
    assert not s.tie.credit[o].any()
    assert sound(s)


def test_a_rival_pays_no_more_than_it_has() -> None:
    p = values()
    s, b, o = failing(p)
    for r in retail(s)[1:]:
        give(s, int(r), 30_001)
    close_business(s, p, KEY, 5, b, CAUSE_INSOLVENCY)
    r = int(s.outlet.business[o])
    assert s.ledger.book[r, CASH_DIRTY] == 0
    assert s.outlet.cost[o] + s.outlet.transit_cost[o] == s.ledger.book[r, STOCK_AT_COST] == 30_001
    assert sound(s)


def closes(p: Values, s: State, b: int, o: int, cause: int = CAUSE_INSOLVENCY) -> bool:
    name = s.outlet.id[o]
    close_business(s, p, KEY, 5, b, cause)
    assert sound(s)
    return not bool((s.outlet.id == name).any())


def test_an_outlet_closes_when_nobody_wants_it_or_may_have_it() -> None:
    p = values()
    assert closes(p, *failing(p), CAUSE_CHOICE)
    assert closes(p, *failing(p, gross=500.0))
    off = values(("failure",))
    assert closes(off, *failing(off))
    s, b, o = failing(p)
    s.business.broke[retail(s)] = 1
    assert closes(p, s, b, o)
    s, b, o = failing(p)
    s.business.leader[retail(s)] = -1
    assert closes(p, s, b, o)
    s, b, o = failing(p)
    assert not closes(p, s, b, o)


def test_the_best_offer_is_that_of_the_rival_who_is_trusted_most_whatever_the_rows() -> None:
    p = values()
    s, b, o = failing(p)
    rivals = retail(s)[1:]
    s.business.suspicion[rivals] = np.linspace(0.5, 0.2, rivals.size)
    other = mirrored(s)
    close_business(s, p, KEY, 5, b, CAUSE_INSOLVENCY)
    assert s.outlet.business[o] == rivals[-1]
    close_business(other, p, KEY, 5, b, CAUSE_INSOLVENCY)
    assert other.outlet.business[s.outlet.id.size - 1 - o] == rivals[-1]


def test_who_neither_works_there_nor_knows_the_same_suppliers_gets_nothing() -> None:
    p = values()
    s, b, o = failing(p)
    s.tie.supplier[o] = -1
    s.outlet.place[s.outlet.tier == LINE] = 1
    s.outlet.place[o] = 0
    assert closes(p, s, b, o)


# --- brands


def test_units_of_a_brand_that_is_gone_join_the_best_other_or_trade_on_their_own() -> None:
    p = values()
    s = market(p)
    door, other = (int(s.outlet.business[o]) for o in doors_of(s))
    units = [b for b in retail(s).tolist() if s.franchise.franchisor[b] == door]
    s.franchise.independence[units[0]], s.franchise.independence[units[1:]] = 1e9, 0.0
    joined = int(s.franchise.tally[JOINED])
    s.franchise.units[door] = s.franchise.units[other] = 4
    close_business(s, p, KEY, 5, door, CAUSE_INSOLVENCY)
    assert s.franchise.franchisor[units[0]] == -1
    assert (s.franchise.franchisor[units[1:]] == other).all()
    assert (s.franchise.franchisor_id[units[1:]] == s.business.id[other]).all()
    assert s.franchise.units[other] == 4 + len(units) - 1
    assert s.franchise.tally[JOINED] - joined == len(units) - 1
    assert sound(s)


def test_units_that_know_no_other_brand_trade_on_their_own() -> None:
    p = values()
    s = market(p)
    door = doors_of(s)[0]
    b = int(s.outlet.business[door])
    for o in np.flatnonzero(s.outlet.tier == LINE):
        s.tie.supplier[o] = -1
        add_tie(s, 0, int(o), int(door), 5.0)
    units = [c for c in retail(s).tolist() if s.franchise.franchisor[c] == b]
    s.franchise.independence[units] = 0.0
    close_business(s, p, KEY, 5, b, CAUSE_INSOLVENCY)
    assert (s.franchise.franchisor[units] == -1).all()
