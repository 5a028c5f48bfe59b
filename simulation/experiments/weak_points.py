"""The cheapest ways to break a business: how its runway answers to each thing that feeds it, read off its books.

A business breaks when its cash and credit are used up. Each way in moves either what it takes in and pays week by
week, or what it has at once; so each has a price at which the runway falls to a given number of weeks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from simulation.experiments.books import PENCE, Books, cash, runway
from simulation.state.codes import (
    BORROWINGS,
    COST_OF_SALES,
    INTEREST,
    LAUNDERING_FEE,
    OVERHEAD,
    PAYABLE,
    ROYALTY,
    SALES,
    STOCK_AT_COST,
    WAGES,
)

if TYPE_CHECKING:
    from simulation.schema import RunSpec

STEP: Final = 0.1
COLUMNS: Final = (
    "business", "way", "gbp_a_week", "gbp_at_once", "runway_weeks", "runway_after", "share_to_break", "gbp_to_break",
)  # fmt: skip


@dataclass(frozen=True)
class Way:
    """One way in: what the whole of it is worth, in pence a week or at once, and whether there is more than all of it."""

    name: str
    weekly: float = 0.0
    once: float = 0.0
    bounded: bool = False


def ways(books: Books) -> tuple[Way, ...]:
    """Every way in, at its full size; a tenth of it is what is tried."""
    a_week = {flow: -float(books.flow[flow]) / max(1, books.weeks) for flow in range(books.flow.size)}
    owed = -float(books.closing[PAYABLE] + books.closing[BORROWINGS])
    return (
        Way("price-of-goods", weekly=a_week[COST_OF_SALES]),
        Way("sales", weekly=max(0.0, -a_week[SALES] - a_week[COST_OF_SALES]), bounded=True),
        Way("credit", once=owed + books.unused, bounded=True),
        Way("seizure", once=float(cash(books.closing) + books.closing[STOCK_AT_COST]), bounded=True),
        Way("wages", weekly=a_week[WAGES]),
        Way("overhead", weekly=a_week[OVERHEAD]),
        Way("royalty", weekly=max(0.0, a_week[ROYALTY])),
        Way("interest", weekly=a_week[INTEREST]),
        Way("laundering", weekly=a_week[LAUNDERING_FEE]),
    )


def breaking(way: Way, means: float, weekly: float, within: float) -> float:
    """The share of a way in that brings the runway down to `within` weeks: 0 if it is there, infinite if none does."""
    if runway(means, weekly) <= within:
        return 0.0
    if way.weekly > 0.0:
        share = (weekly + means / within) / way.weekly
    elif way.once > 0.0 and weekly < 0.0:
        share = (means + weekly * within) / way.once
    else:
        return math.inf
    return share if share <= 1.0 or not way.bounded else math.inf


def weak_points(books: Books, within: float) -> list[dict[str, float | str]]:
    """Each way in to one business, the cheapest first: in pounds until it breaks, then by what a tenth does."""
    means, weekly = cash(books.closing) + books.unused, books.weekly
    now = runway(means, weekly)
    rows: list[dict[str, float | str]] = []
    for way in ways(books):
        share = breaking(way, means, weekly, within)
        price = share * (way.weekly * within + way.once) if math.isfinite(share) else math.inf
        rows.append(
            {
                "way": way.name,
                "gbp_a_week": STEP * way.weekly / PENCE,
                "gbp_at_once": STEP * way.once / PENCE,
                "runway_weeks": now,
                "runway_after": runway(max(0.0, means - STEP * way.once), weekly - STEP * way.weekly),
                "share_to_break": share,
                "gbp_to_break": price / PENCE,
            }
        )
    return sorted(rows, key=lambda row: (row["gbp_to_break"], row["runway_after"], row["way"]))


def of_run(spec: RunSpec, business: Sequence[str] = (), within: float = 26.0) -> pd.DataFrame:
    """Weak points of businesses that trade at the end of a run (all, or those named), from the books of its last year."""
    from simulation.errors import UnknownName
    from simulation.experiments.books import keep_books

    kept = keep_books(spec)
    last = kept[-1][0] if kept else 0
    # whoever ended within the last year has closed its books before the year did
    lasting = {f"{identity:016x}": books for year, identity, books in kept if year == last and not books.ended}
    for name in business:
        if name not in lasting:
            raise UnknownName.among(name, lasting, key="business")
    rows = [
        {"business": name, **row}
        for name in (business or lasting)
        for row in weak_points(lasting[name], within)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))
