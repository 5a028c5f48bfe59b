"""Creditors of a business that ends share what cash it has left, each in proportion to what it is owed."""

import numpy as np

from simulation.kernel import kernel
from simulation.kernels.ledger import forgive, lend, settle, write_off
from simulation.state.codes import BORROWINGS, CASH_DIRTY, TIE_SLOTS


@kernel
def share_out(s, b, outlets, count):
    """Suppliers and lenders get the same share of what they are owed, to the penny; the rest they write off.

    Pennies that do not divide go to the largest remainders, among equals in the order of outlets (their lender last).
    """
    claim = np.zeros(count * TIE_SLOTS + 1, np.int64)
    for n in range(count):
        for k in range(TIE_SLOTS):
            claim[n * TIE_SLOTS + k] = s.tie.credit[outlets[n], k]
    lender = claim.size - 1
    claim[lender] = -s.ledger.book[b, BORROWINGS]
    total = claim.sum()
    if total <= 0:
        return
    paid = divided(claim, total, min(total, max(0, s.ledger.book[b, CASH_DIRTY])))
    for n in range(count):
        for k in range(TIE_SLOTS):
            c = n * TIE_SLOTS + k
            if claim[c] > 0:
                creditor = s.outlet.business[s.tie.supplier[outlets[n], k]]
                settle(s.ledger, b, creditor, paid[c])
                write_off(s.ledger, b, creditor, claim[c] - paid[c])
                s.tie.credit[outlets[n], k] = 0
                s.tie.overdue[outlets[n], k] = 0
    lend(s.ledger, b, -paid[lender])
    forgive(s.ledger, b, claim[lender] - paid[lender])


@kernel
def divided(claim, total, pence):
    """`pence` over claims that add up to `total`, in proportion and in whole pence, by largest remainders."""
    paid = np.empty(claim.size, np.int64)
    left = np.empty(claim.size, np.int64)
    over = pence
    for c in range(claim.size):
        paid[c] = claim[c] * pence // total
        left[c] = claim[c] * pence - paid[c] * total
        over -= paid[c]
    for _ in range(over):
        most = 0
        for c in range(claim.size):
            if left[c] > left[most]:
                most = c
        paid[most] += 1
        left[most] = -1
    return paid
