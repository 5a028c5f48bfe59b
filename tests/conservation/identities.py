"""What must hold in every world after every week, each as a function from the state to the list of faults found."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.measures.catalogue import COMPARED, INDEX, MEASURES
from simulation.state.codes import ACTIVE, EMPTY, EQUITY
from simulation.state.values import Values
from simulation.state.world import State
from tests.conservation.beings import (
    everyone_has_one_status,
    goods_add_up,
    nobody_inside_has_a_post,
    people_add_up,
    posts_are_counted,
    stock_is_not_negative,
)
from tests.conservation.faults import Identity, fault
from tests.conservation.money import (
    books_balance,
    cash_goes_round,
    closed_books_are_empty,
    debts_match,
    escrow_has_two_sides,
    purses_are_not_overdrawn,
    stock_is_carried_at_cost,
)
from tests.conservation.tables import (
    numbers_are_finite,
    platforms_know_their_users,
    references_hold,
    rows_are_accounted_for,
    scores_are_shares,
    trust_is_a_share,
)

IDENTITIES: tuple[Identity, ...] = (
    books_balance, cash_goes_round, debts_match, purses_are_not_overdrawn, closed_books_are_empty,
    stock_is_carried_at_cost, goods_add_up, stock_is_not_negative, people_add_up, everyone_has_one_status,
    nobody_inside_has_a_post, posts_are_counted, rows_are_accounted_for, references_hold, numbers_are_finite,
    scores_are_shares, escrow_has_two_sides, platforms_know_their_users,
)  # fmt: skip


def faults_of(s: State, p: Values | None = None) -> list[str]:
    """Everything that is wrong with a world after a week."""
    checks = [*IDENTITIES, *([trust_is_a_share(p)] if p is not None else [])]
    return [f"{check.__name__}: {found}" for check in checks for found in check(s)]


# --- from one week to the next


class Bookkeeper:
    """Remembers last week's books, and says whether flows explain what became of equity since.

    What befell a business between two weeks belongs to the flows of the second.
    """

    def __init__(self, s: State) -> None:
        self.look(s)

    def look(self, s: State) -> None:
        """Remember the books as they stand."""
        self.names = s.business.id.copy()
        self.worth = worth(s)

    def week(self, s: State) -> list[str]:
        """The faults of one week; the books are remembered for the next."""
        now = worth(s)
        was = widened(self.names, now.size)
        stayed = (s.business.state != EMPTY) & (s.business.id == was)
        new = (s.business.state == ACTIVE) & (s.business.id != was)
        earned = now - np.where(stayed, widened(self.worth, now.size), 0)
        flows = s.ledger.flow.sum(axis=1)
        faults = fault((stayed | new) & (earned != flows), "the week's flows do not explain the change of equity")
        self.look(s)
        return faults


def widened(column: np.ndarray, size: int) -> np.ndarray:
    """A column as it was, for a table that has grown since."""
    return np.concatenate([column, np.zeros(size - column.size, column.dtype)])


def worth(s: State) -> np.ndarray:
    """What each row of the book owns beyond what it owes, in pence."""
    return -s.ledger.book[:, EQUITY].copy()


# of goods on the street and of those who live there: an online world has neither
OF_STREETS = ("retail_", "price_seen", "market_concentration", "contact_ratio", "confidence_gap")


def measures_are_sound(series: np.ndarray) -> list[str]:
    """A measure is finite, unless it is compared later or nothing was traded; shares are shares.

    Trust in trade is left blank too where outlets sell from stock and nobody they bought of is there any more, and the loop
    until it was first read.
    """
    faults = []
    traded = series[:, INDEX["drug_volume_pure_kg"]] > 0.0
    for measure in MEASURES:
        column = series[:, INDEX[measure.id]]
        if measure.id in COMPARED:
            continue
        owed = column[traded] if measure.id.startswith(OF_STREETS) else column
        if measure.id not in ("trust_in_trade", "tasking_loop") and not np.isfinite(owed).all():
            faults.append(f"{measure.id} is not finite")
        inside = column[np.isfinite(column)]
        if measure.unit == "share" and inside.size and not (inside.min() >= 0.0 and inside.max() <= 1.0):
            faults.append(f"{measure.id} lies between {inside.min()} and {inside.max()}")
        if measure.unit in ("count", "people", "kg") and inside.size and inside.min() < 0.0:
            faults.append(f"{measure.id} is negative")
    return faults


def first_faults(engine: Any, weeks: int) -> list[str]:
    """Live some weeks one by one; the faults of the first week that has any, or none."""
    keeper = Bookkeeper(engine.state)
    for _ in range(weeks):
        engine.run(1)
        found = faults_of(engine.state) + keeper.week(engine.state)
        if found:
            return [f"week {engine.week - 1}: {one}" for one in found]
    return [*trust_is_a_share(engine.p)(engine.state), *measures_are_sound(engine.series[:weeks])]
