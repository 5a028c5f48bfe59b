"""Money in escrow: a market place holds it for those who trade there, on two accounts, its own and theirs.

What a business has in escrow is an asset of the business (it stands with what is FIXED) and a debt of the operators.
"""

from simulation.kernel import kernel
from simulation.kernels.ledger import pay, post
from simulation.state.codes import (
    BORROWINGS,
    CASH_CLEAN,
    CASH_DIRTY,
    FAMILY_PLATFORM,
    FIXED,
    LOSS,
    PLATFORM_OPERATORS,
    SEIZURE,
    STATE,
)
from simulation.state.counters import SEIZED_PENCE
from simulation.state.platform import NEVER, PLATFORM_KINDS

# --- what becomes of what is in escrow when a platform closes
PAID_BACK, SEIZED, STOLEN = 0, 1, 2


@kernel
def on_platform(s, b, kind):
    """Row of the platform of a kind that a business is on, or -1."""
    if kind == 0:
        return s.business.comms[b]
    return s.business.market_place[b] if kind == 1 else s.business.money[b]


@kernel
def put_on(s, b, kind, row):
    """A business is on another platform of a kind from now on, or on none (-1)."""
    here = on_platform(s, b, kind)
    if here >= 0:
        s.platform.users[here] -= 1
    if row >= 0:
        s.platform.users[row] += 1
    if kind == 0:
        s.business.comms[b] = row
    elif kind == 1:
        s.business.market_place[b] = row
    else:
        s.business.money[b] = row


@kernel
def deposit(s, r, b, pence):
    """A user's cash passes into escrow."""
    book = s.ledger.book
    post(book, PLATFORM_OPERATORS, CASH_DIRTY, b, CASH_DIRTY, pence)
    post(book, b, FIXED, PLATFORM_OPERATORS, BORROWINGS, pence)
    s.member.escrow[b] += pence
    s.platform.escrow[r] += pence


@kernel
def forfeit(s, p, r, b, what):
    """What a user has in escrow comes back to it, and from there goes to the state or to the operators, if it must."""
    pence = s.member.escrow[b]
    if pence == 0:
        return
    deposit(s, r, b, -pence)
    if what == PAID_BACK:
        return
    if what == SEIZED:
        pay(s.ledger, b, CASH_DIRTY, STATE, CASH_CLEAN, pence, SEIZURE)
        s.tally.week[SEIZED_PENCE] += pence
    else:
        pay(s.ledger, b, CASH_DIRTY, PLATFORM_OPERATORS, CASH_DIRTY, pence, LOSS)
    fade = 2.0 ** (-1.0 / p.adaptation_half_life)
    s.business.felt[b, FAMILY_PLATFORM] += (1.0 - fade) * pence * 0.01


@kernel
def leave(s, p, b):
    """A business that ends is on no platform any more, and takes with it what it had in escrow."""
    r = s.business.market_place[b]
    if r >= 0:
        forfeit(s, p, r, b, PAID_BACK)
    for kind in range(PLATFORM_KINDS):
        put_on(s, b, kind, -1)
    s.member.owner_id[b] = 0
    s.member.wake[b] = -NEVER  # whoever gets the row looks around at once, and is as everyone until then
    s.member.heard[b] = 1.0
    s.member.washing[b] = 1.0
