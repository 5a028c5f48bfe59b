"""Loans are taken up, cost interest and are paid back; what is called in breaks those who live on credit first."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.kernels.accounts import accounts
from simulation.kernels.closing import close_business
from simulation.kernels.franchise_terms import franchise_terms
from simulation.kernels.lending import lending
from simulation.state.codes import (
    ACTIVE,
    BORROWINGS,
    CASH_DIRTY,
    CAUSE_CHOICE,
    EQUITY,
    FIXED,
    HOUSEHOLDS,
    INTEREST,
    LEGAL_ECONOMY,
    WRITE_OFF,
)
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.brand_world import market, retail
from tests.kernels.place_world import KEY, levers, values


def geared(p: Values, share: float = 0.5) -> State:
    """Every other retail business likes to borrow that share of its capital."""
    s = market(p, joined=False, units=20)
    s.ledger.book[LEGAL_ECONOMY, CASH_DIRTY] += 10**12
    s.ledger.book[LEGAL_ECONOMY, EQUITY] -= 10**12
    s.franchise.gearing[retail(s)[::2]] = share
    s.chain.overhead[0] = 600.0
    return s


def weeks(s: State, p: Values, number: int, v: Any, start: int = 0) -> int:
    """Lend for some weeks; gives the interest that lenders took, in pence."""
    interest = 0
    for w in range(start, start + number):
        s.ledger.flow[:] = 0
        franchise_terms(s, v, p, KEY, w, 0)
        lending(s, v, p, KEY, w, 0)
        s.outlet.takings[:] = s.outlet.outlay[:] = 0
        interest += int(s.ledger.flow[LEGAL_ECONOMY, INTEREST])
    return interest


def owed(s: State, rows: np.ndarray) -> int:
    return -int(s.ledger.book[rows, BORROWINGS].sum())


def balanced(s: State) -> bool:
    return not s.ledger.book.sum(axis=1).any()


def test_who_likes_to_borrow_borrows_and_pays_interest() -> None:
    p = values()
    s = geared(p)
    rows = retail(s)
    before = int(s.ledger.book[rows, CASH_DIRTY].sum())
    paid = weeks(s, p, 52, levers(s))
    wanted = 0.5 * 25_000 * 100 * len(rows[::2])
    assert 0.8 * wanted < owed(s, rows) <= wanted
    assert owed(s, rows[1::2]) == 0
    assert owed(s, rows) == s.ledger.book[LEGAL_ECONOMY, FIXED]
    assert -s.ledger.flow[rows[::2], INTEREST].sum() == s.ledger.flow[LEGAL_ECONOMY, INTEREST] > 0
    assert int(s.ledger.book[rows, CASH_DIRTY].sum()) == before + owed(s, rows) - paid
    assert balanced(s)


def test_a_business_that_began_this_week_neither_borrows_nor_pays_back() -> None:
    p = values()
    s = geared(p)
    new = retail(s)[0]
    s.franchise.gearing[new] = -1.0
    lending(s, levers(s), p, KEY, 0, 0)
    assert s.ledger.book[new, BORROWINGS] == 0
    assert owed(s, retail(s)) > 0


def test_with_the_mechanism_off_nobody_borrows() -> None:
    p = values(ablate=("lending",))
    s = geared(p)
    weeks(s, p, 10, levers(s))
    assert owed(s, retail(s)) == 0


def test_what_is_called_in_is_paid_back_or_is_a_default() -> None:
    p = values()
    s = geared(p)
    v, rows = levers(s), retail(s)
    weeks(s, p, 52, v)
    poor = rows[0]
    gone = int(s.ledger.book[poor, CASH_DIRTY])
    for owner, sign in ((poor, -1), (HOUSEHOLDS, 1)):
        s.ledger.book[owner, CASH_DIRTY] += sign * gone
        s.ledger.book[owner, EQUITY] -= sign * gone
    v.columns.credit_recall[:] = 0.8
    weeks(s, p, 20, v, 52)
    assert owed(s, rows[2::2]) < 0.3 * 0.5 * 25_000 * 100 * len(rows[2::2])
    assert s.franchise.default[poor] == 1
    assert not s.franchise.default[rows[2::2]].any()
    assert balanced(s)


def test_with_recall_off_credit_goes_on() -> None:
    p = values(ablate=("credit_recall",))
    s = geared(p)
    v, rows = levers(s), retail(s)
    weeks(s, p, 52, v)
    before = owed(s, rows)
    v.columns.credit_recall[:] = 0.8
    weeks(s, p, 20, v, 52)
    assert owed(s, rows) >= before


def test_businesses_that_live_on_credit_fail_first_when_it_is_called_in() -> None:
    """Alike in all but what they owe: owners of the geared have taken out what they borrowed."""
    failed = {}
    for called in (0.0, 0.9):
        p = values()
        s = geared(p, 0.8)
        v, rows = levers(s), retail(s)
        weeks(s, p, 60, v)
        for b in rows:
            taken = int(s.ledger.book[b, CASH_DIRTY]) - 2_600_000
            for owner, sign in ((b, -1), (HOUSEHOLDS, 1)):
                s.ledger.book[owner, CASH_DIRTY] += sign * taken
                s.ledger.book[owner, EQUITY] -= sign * taken
        v.columns.credit_recall[:] = called
        for w in range(60, 75):
            s.ledger.flow[:] = 0
            franchise_terms(s, v, p, KEY, w, 0)
            lending(s, v, p, KEY, w, 0)
            s.outlet.takings[:] = s.outlet.outlay[:] = 0
            accounts(s, v, p, KEY, w, 0)
        failed[called] = [int((s.business.state[part] != ACTIVE).sum()) for part in (rows[::2], rows[1::2])]
    assert failed[0.0] == [0, 0]
    assert failed[0.9][0] == 10
    assert failed[0.9][1] == 0


def test_when_a_business_ends_lenders_come_before_owners() -> None:
    p = values()
    s = geared(p)
    weeks(s, p, 52, levers(s))
    b = retail(s)[0]
    debt, cash = owed(s, np.array([b])), int(s.ledger.book[b, CASH_DIRTY])
    lent, held = int(s.ledger.book[LEGAL_ECONOMY, FIXED]), int(s.ledger.book[HOUSEHOLDS, CASH_DIRTY])
    close_business(s, p, KEY, 60, b, CAUSE_CHOICE)
    assert s.ledger.book[LEGAL_ECONOMY, FIXED] == lent - debt
    assert s.ledger.book[HOUSEHOLDS, CASH_DIRTY] == held + cash - debt
    assert s.ledger.flow[LEGAL_ECONOMY, WRITE_OFF] == 0
    assert balanced(s)


def test_what_a_business_that_ends_cannot_pay_its_lender_bears() -> None:
    p = values()
    s = geared(p)
    weeks(s, p, 52, levers(s))
    b = retail(s)[0]
    debt, gone = owed(s, np.array([b])), int(s.ledger.book[b, CASH_DIRTY])
    for owner, sign in ((b, -1), (HOUSEHOLDS, 1)):
        s.ledger.book[owner, CASH_DIRTY] += sign * gone
        s.ledger.book[owner, EQUITY] -= sign * gone
    close_business(s, p, KEY, 60, b, CAUSE_CHOICE)
    assert s.ledger.flow[LEGAL_ECONOMY, WRITE_OFF] == -debt
    assert balanced(s)
