"""The books of every business, year by year: profit and loss, cash flow, balance sheet, equity, and how it stands.

Everything is read off the ledger in whole pence, so it closes to the penny: profits, owners' money and drawings are the
change of equity, and the cash flow is the change of cash. A business that ended has its books up to the end of the
week before; whatever is settled as it ends is settled with its creditors and owners.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from simulation.kernels.standing import standing
from simulation.state.codes import (
    ACCOUNT_NAMES,
    ACCOUNTS,
    ACTIVE,
    BORROWINGS,
    CASH_CLEAN,
    CASH_DIRTY,
    COST_OF_SALES,
    DRAWINGS,
    EQUITY,
    FIXED,
    FLOW_NAMES,
    FLOWS,
    INVESTMENT,
    OUTSIDE,
    PAYABLE,
    RECEIVABLE,
    SALES,
    STOCK_AT_COST,
)
from simulation.state.values import Values
from simulation.state.world import State

if TYPE_CHECKING:
    from simulation.schema import RunSpec

WEEKS_A_YEAR: Final = 52
RUNWAY_WEEKS: Final = 8
PENCE: Final = 100.0
COLUMNS: Final = ("business", "year", "weeks", "statement", "item", "gbp")
OWNERS: Final = (INVESTMENT, DRAWINGS)
EARNED: Final = tuple(flow for flow in range(FLOWS) if flow not in OWNERS)


@dataclass
class Books:
    """One business's year so far: pence."""

    opening: np.ndarray
    closing: np.ndarray
    flow: np.ndarray = field(default_factory=lambda: np.zeros(FLOWS, np.int64))
    weeks: int = 0
    net: list[int] = field(default_factory=list)
    """What each of the last weeks added to its cash before owners and lenders took or gave any."""
    earned: list[int] = field(default_factory=list)
    unused: float = 0.0
    hazard: float = 1.0
    tier: int = -1
    """Tier of its chain; -1 for those who commission jobs."""
    risk: float = 0.0
    """Hazard at the border that prices of its market hold at."""
    ended: bool = False
    """Whether the business came to an end within the year."""

    def week(self, flow: np.ndarray, book: np.ndarray) -> None:
        """Take in a week that was lived: its flows and the balance after it."""
        owners = int(flow[INVESTMENT] + flow[DRAWINGS])
        borrowed = int(self.closing[BORROWINGS] - book[BORROWINGS])
        self.net = [*self.net[1 - RUNWAY_WEEKS :], cash(book) - cash(self.closing) - owners - borrowed]
        self.earned = [*self.earned[1 - RUNWAY_WEEKS :], int(flow[list(EARNED)].sum())]
        self.flow += flow
        self.closing = book.copy()
        self.weeks += 1

    def next_year(self) -> Books:
        """Books opened with what these closed with."""
        return Books(self.closing.copy(), self.closing.copy(), net=self.net, earned=self.earned)

    @property
    def weekly(self) -> float:
        """Mean net inflow of cash in the last weeks, pence a week."""
        return float(np.mean(self.net)) if self.net else 0.0

    @property
    def runway(self) -> float:
        """Weeks that cash and unused credit last at the net outflow of the last weeks; infinite with an inflow."""
        return runway(cash(self.closing) + self.unused, self.weekly)

    @property
    def gearing(self) -> float:
        """Borrowings over borrowings and equity, where there is equity."""
        owed, own = -float(self.closing[BORROWINGS]), max(0.0, -float(self.closing[EQUITY]))
        return owed / (owed + own) if owed + own > 0.0 else 0.0

    @property
    def value(self) -> float:
        """What it is worth to its owners, pence: equity, and profits to come discounted as the business itself does."""
        return -float(self.closing[EQUITY]) + float(np.mean(self.earned or [0])) / self.hazard

    def rows(self) -> Iterator[tuple[str, str, float]]:
        """Every statement, item by item, in pounds (ratios as they are)."""
        flow, change = self.flow, self.closing - self.opening
        profit = int(flow[list(EARNED)].sum())
        yield from (("profit-and-loss", FLOW_NAMES[n], flow[n] / PENCE) for n in EARNED)
        yield "profit-and-loss", "gross_profit", (flow[SALES] + flow[COST_OF_SALES]) / PENCE
        yield "profit-and-loss", "profit", profit / PENCE
        moves = {
            "profit": profit,
            "stock": -int(change[STOCK_AT_COST]),
            "receivable": -int(change[RECEIVABLE]),
            "payable": -int(change[PAYABLE]),
        }
        operating = sum(moves.values())
        finance = {
            "fixed": -int(change[FIXED]),
            "borrowings": -int(change[BORROWINGS]),
            "investment": int(flow[INVESTMENT]),
            "drawings": int(flow[DRAWINGS]),
        }
        yield from (("cash-flow", name, pence / PENCE) for name, pence in moves.items())
        yield "cash-flow", "operating", operating / PENCE
        yield from (("cash-flow", name, pence / PENCE) for name, pence in finance.items())
        yield "cash-flow", "change_in_cash", (operating + sum(finance.values())) / PENCE
        yield "cash-flow", "opening_cash", cash(self.opening) / PENCE
        yield "cash-flow", "closing_cash", cash(self.closing) / PENCE
        yield from (("balance", ACCOUNT_NAMES[n], self.closing[n] / PENCE) for n in range(ACCOUNTS))
        yield "equity", "opening", -self.opening[EQUITY] / PENCE
        yield "equity", "profit", profit / PENCE
        yield "equity", "investment", flow[INVESTMENT] / PENCE
        yield "equity", "drawings", flow[DRAWINGS] / PENCE
        yield "equity", "closing", -self.closing[EQUITY] / PENCE
        yield "standing", "unused_credit", self.unused / PENCE
        yield "standing", "net_inflow_a_week", self.weekly / PENCE
        yield "standing", "value", self.value / PENCE
        yield "ratio", "runway_weeks", self.runway
        yield "ratio", "gearing", self.gearing


def cash(book: np.ndarray) -> int:
    """Dirty and clean cash, pence."""
    return int(book[CASH_DIRTY] + book[CASH_CLEAN])


def runway(means: float, weekly: float) -> float:
    """Weeks that means last at a weekly net inflow; infinite where that is not negative."""
    return means / -weekly if weekly < 0.0 else float("inf")


class Bookkeeper:
    """Keeps the books of every business; begins with the state before the first week."""

    def __init__(self, state: State) -> None:
        self.open: dict[int, Books] = {}
        for b in living(state):
            book = state.ledger.book[b].copy()
            self.open[int(state.business.id[b])] = Books(book, book)
        self.year = 0
        self.done: list[tuple[int, int, Books]] = []

    def week(self, state: State, p: Values) -> None:
        """Take in the week that was just lived."""
        unused, hazard = np.zeros(state.business.id.size), np.ones(state.business.id.size)
        standing(state, p, unused, hazard)
        there = set()
        for b in living(state):
            identity = int(state.business.id[b])
            there.add(identity)
            books = self.open.get(identity)
            if books is None:
                books = self.open[identity] = Books(np.zeros(ACCOUNTS, np.int64), np.zeros(ACCOUNTS, np.int64))
            books.week(state.ledger.flow[b], state.ledger.book[b])
            books.unused, books.hazard = float(unused[b]), float(hazard[b])
            market, books.tier = int(state.business.market[b]), int(state.business.tier[b])
            books.risk = float(state.chain.seized_usual[market]) if market >= 0 else 0.0
        for identity in [one for one in self.open if one not in there]:
            books = self.open.pop(identity)
            if books.weeks:
                books.ended = True
                self.done.append((self.year, identity, books))

    def close(self) -> None:
        """The year ends: books are closed and opened anew."""
        self.done += [(self.year, identity, books) for identity, books in self.open.items() if books.weeks]
        self.open = {identity: books.next_year() for identity, books in self.open.items()}
        self.year += 1


def living(state: State) -> list[int]:
    """Rows of businesses that trade."""
    rows = np.flatnonzero(state.business.state == ACTIVE)
    return rows[rows >= OUTSIDE].tolist()


def keep_books(spec: RunSpec) -> list[tuple[int, int, Books]]:
    """Every business's books of every year of a run, lived again: (year, identity, books), sorted."""
    from simulation.world.run import start_engine

    engine = start_engine(spec)
    keeper = Bookkeeper(engine.state)
    for week in range(spec.weeks):
        engine.run(1)
        keeper.week(engine.state, engine.p)
        if (week + 1) % WEEKS_A_YEAR == 0 or week + 1 == spec.weeks:
            keeper.close()
    return sorted(keeper.done, key=lambda one: one[:2])


def statements(kept: list[tuple[int, int, Books]]) -> pd.DataFrame:
    """A row a business, year and item: columns business, year, weeks, statement, item, gbp."""
    rows = [
        (f"{identity:016x}", year, books.weeks, statement, item, float(value))
        for year, identity, books in kept
        for statement, item, value in books.rows()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
