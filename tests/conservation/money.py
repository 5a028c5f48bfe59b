"""Money is conserved: books balance, cash goes round, debts match, stock is carried at cost."""

from __future__ import annotations

import numpy as np

from simulation.state.codes import (
    ACTIVE,
    BORROWINGS,
    CASH_CLEAN,
    CASH_DIRTY,
    EMPTY,
    FIXED,
    OUTSIDE,
    PAYABLE,
    PLATFORM_OPERATORS,
    RECEIVABLE,
    STOCK_AT_COST,
    TIE_SLOTS,
)
from simulation.state.world import State
from tests.conservation.faults import active, fault


def books_balance(s: State) -> list[str]:
    """Every row of the book sums to zero, to the penny."""
    return fault(s.ledger.book.sum(axis=1) != 0, "book does not sum to zero")


def cash_goes_round(s: State) -> list[str]:
    """Cash is neither made nor lost: over everyone, the outside included, it sums to nothing."""
    total = int(s.ledger.book[:, [CASH_DIRTY, CASH_CLEAN]].sum())
    return [f"{total} pence came from nowhere"] if total else []


def debts_match(s: State) -> list[str]:
    """What is owed equals what is due, and both equal the credit written on trade ties, business by business."""
    size = s.business.id.size
    owed = np.zeros(size, np.int64)
    due = np.zeros(size, np.int64)
    for o in active(s, "outlet"):
        for k in range(TIE_SLOTS):
            credit = s.tie.credit[o, k]
            if credit:
                j = s.tie.supplier[o, k]
                if j < 0 or s.outlet.id[j] != s.tie.supplier_id[o, k] or s.outlet.state[j] != ACTIVE:
                    return [f"outlet {o} owes {credit} pence to nobody"]
                owed[s.outlet.business[o]] += credit
                due[s.outlet.business[j]] += credit
    stray = s.tie.credit.sum() - s.tie.credit[active(s, "outlet")].sum()
    return (
        ([f"{stray} pence of credit on ties of closed outlets"] if stray else [])
        + fault(s.tie.credit.min(axis=1) < 0, "credit is negative")
        + fault(s.ledger.book[:, PAYABLE] != -owed, "payable differs from the credit it has")
        + fault(s.ledger.book[:, RECEIVABLE] != due, "receivable differs from the credit it gave")
    )


def purses_are_not_overdrawn(s: State) -> list[str]:
    """No business has less than nothing in cash, dirty or clean."""
    rows = s.business.state == ACTIVE
    return fault(rows & (s.ledger.book[:, CASH_DIRTY] < 0), "dirty cash is negative") + fault(
        rows & (s.ledger.book[:, CASH_CLEAN] < 0), "clean cash is negative"
    )


def closed_books_are_empty(s: State) -> list[str]:
    """Nothing is left in the name of a business that ended."""
    return fault((s.business.state == EMPTY) & np.any(s.ledger.book != 0, axis=1), "an ended business has a balance")


def stock_is_carried_at_cost(s: State) -> list[str]:
    """Stock in the books is what its outlets paid for what they hold and await."""
    held = np.zeros(s.business.id.size, np.int64)
    rows = active(s, "outlet")
    np.add.at(held, s.outlet.business[rows], s.outlet.cost[rows] + s.outlet.transit_cost[rows])
    trading = np.arange(held.size) >= OUTSIDE
    return fault(trading & (s.ledger.book[:, STOCK_AT_COST] != held), "stock at cost differs from the outlets'")


def escrow_has_two_sides(s: State) -> list[str]:
    """What businesses have in escrow is what their market places hold, and what the operators owe."""
    mine, platform = s.member.escrow, s.platform
    there = s.business.market_place
    held = np.bincount(there[there >= 0], weights=mine[there >= 0], minlength=platform.id.size)
    owed = int(s.ledger.book[PLATFORM_OPERATORS, BORROWINGS])
    return (
        fault(platform.escrow != held.astype(np.int64), "a platform holds other than its users gave")
        + fault((mine < 0) | ((there < 0) & (mine != 0)), "escrow without a market place, or below nothing")
        + fault((mine > 0) & (s.ledger.book[:, FIXED] < mine), "escrow that is in no book")
        + ([f"operators owe {-owed} pence, users have {mine.sum()}"] if owed + mine.sum() else [])
    )
