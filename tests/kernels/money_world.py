"""Businesses with cash and nothing else, in one region where launderers are as they are today."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.chance.draws import make_key
from simulation.kernels.laundering import launder
from simulation.state.codes import CASH_CLEAN, CASH_DIRTY, EQUITY, HOUSEHOLDS, LEGAL_ECONOMY, LINE, OUTSIDE
from simulation.state.laundering import CHANNELS
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.prepare_laundering import prepare_laundering
from tests.kernels.place_world import add_business, empty, levers, values

KEY = make_key(11)
RICH = 10**8  # pence beyond working capital: more than a business can wash in a week


def rich(p: Values, businesses: int = 12, tier: int = LINE, pence: int = RICH) -> State:
    """So many businesses, each with as much to launder."""
    s = empty(businesses=OUTSIDE + businesses + 2)
    for n in range(businesses):
        b = add_business(s, 4000 + 7 * n, n % s.place.id.size, tier=tier)
        give(s, b, pence)
    s.place.effort[:] = 1.0
    prepare_laundering(s, p)
    # all of them launder all they can, so launderers count on twice what they do in the force
    s.channel.asked[:] *= 2.0
    s.channel.capacity[:] *= 2.0
    return s


def give(s: State, b: int, pence: int) -> None:
    """Dirty cash put in by its owners."""
    for owner, sign in ((b, 1), (HOUSEHOLDS, -1)):
        s.ledger.book[owner, CASH_DIRTY] += sign * pence
        s.ledger.book[owner, EQUITY] -= sign * pence


def week(s: State, p: Values, v: Any = None, w: int = 0) -> None:
    """One week of laundering by businesses whose surplus is set to all their dirty cash."""
    s.tally.week[:] = 0
    s.ledger.flow[:] = 0
    s.finance.surplus[OUTSIDE:] = np.maximum(0, s.ledger.book[OUTSIDE:, CASH_DIRTY])
    launder(s, levers(s) if v is None else v, p, KEY, w, 0)


def as_usual(s: State) -> None:
    """Every business knows the channels as all use them."""
    s.finance.use[:] = s.channel.usual


def denied(s: State, left: float, *channels: int) -> Any:
    """Levers that leave so much of some channels' means (of all, when none is named)."""
    v = levers(s)
    v.columns.launder_capacity[:, list(channels) or list(range(CHANNELS)), :] = left
    return v


def books_close(s: State) -> bool:
    """Every row of the book sums to zero, cash goes round, nobody is overdrawn."""
    book = s.ledger.book
    return bool(
        (book.sum(axis=1) == 0).all()
        and book[:, [CASH_DIRTY, CASH_CLEAN]].sum() == 0
        and book[OUTSIDE:, [CASH_DIRTY, CASH_CLEAN]].min() >= 0
    )


__all__ = [
    "KEY",
    "LEGAL_ECONOMY",
    "RICH",
    "as_usual",
    "books_close",
    "denied",
    "give",
    "levers",
    "rich",
    "values",
    "week",
]
