"""Businesses run partly on borrowed money: they take out loans, pay interest, and pay back what is called in."""

import math

from simulation.kernel import kernel
from simulation.kernels.ledger import lend, pay
from simulation.kernels.lessons import put_down
from simulation.state.codes import (
    ACTIVE,
    BORROWINGS,
    CASH_CLEAN,
    CASH_DIRTY,
    FAMILY_TAKEOVER,
    INTEREST,
    LEGAL_ECONOMY,
    OUTSIDE,
)
from simulation.state.franchise import INTEREST_PENCE


@kernel
def lending(s, v, p, key, w, lw):
    """Businesses borrow, pay interest and pay back what is called in; who cannot is in default."""
    if p.on_lending == 0.0:
        return
    book = s.ledger.book
    for b in range(OUTSIDE, s.business.id.size):
        if s.business.state[b] != ACTIVE or s.business.tier[b] < 0:
            continue
        s.franchise.default[b] = 0
        if s.franchise.gearing[b] < 0.0:
            continue  # begun this week: nobody knows yet how it likes to borrow
        owed = -book[b, BORROWINGS]
        interest = min(int(owed * p.lending_interest), book[b, CASH_DIRTY])
        pay(s.ledger, b, CASH_DIRTY, LEGAL_ECONOMY, CASH_CLEAN, interest, INTEREST)
        s.franchise.tally[INTEREST_PENCE] += interest
        capital = s.chain.capital[s.business.market[b], s.business.tier[b]] * max(1, s.business.lines[b])
        allowed = int(100.0 * capital * s.franchise.gearing[b] * (1.0 - s.franchise.called[b]))
        if owed <= allowed:
            # nobody lends more to those who do not pay their bills
            if s.business.broke[b] == 0:
                lend(s.ledger, b, int((allowed - owed) * p.lending_speed))
            continue
        due = int(math.ceil((owed - allowed) * p.lending_notice))
        paid = min(due, book[b, CASH_DIRTY])
        lend(s.ledger, b, -paid)
        if s.franchise.called[b] > 0.0:  # a pound called in buys no goods
            put_down(s, p, b, FAMILY_TAKEOVER, p.adaptation_refusal_margin * paid * 0.01)
        if paid < due:
            s.franchise.default[b] = 1
