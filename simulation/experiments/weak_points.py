"""The cheapest ways to break a business: how its runway answers to each thing that feeds it, read off its books.

A business breaks when its cash and credit are used up. Each way in moves either what it takes in and pays week by
week, or what it has at once; so each has a price at which the runway falls to a given number of weeks. What no card can do is left out, and why.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from simulation.experiments import individuals
from simulation.experiments.books import PENCE, Books, cash, runway
from simulation.experiments.reaches import OUT_OF_REACH, Reach, reaches
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
from simulation.state.values import Values

if TYPE_CHECKING:
    from simulation.schema import RunSpec
    from simulation.state.world import State

STEP: Final = 0.1
COLUMNS: Final = (
    "business", "way", "gbp_a_week", "gbp_at_once", "runway_weeks", "runway_after", "share_to_break", "gbp_to_break",
    "card", "lever", "most", "left_out",
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


def why_not(way: Way, share: float, able: list[Reach], weekly: float) -> str:
    """Why a way in is left out; empty where some card can go it all the way."""
    if not able:
        return OUT_OF_REACH.get(way.name, "no card reaches it here")
    if share == 0.0:
        return ""
    if way.weekly <= 0.0 and way.once <= 0.0:
        return "there is nothing of it to take"
    if math.isfinite(share):
        best = able[0]
        return "" if share <= best.most else f"{best.card} reaches {best.most:.0%} of it at most, not {share:.0%}"
    return "all of it is not enough" if weekly < 0.0 or way.weekly > 0.0 else "no blow at once breaks who earns"


def weak_points(books: Books, within: float, p: Values) -> list[dict[str, float | str]]:
    """Each way in to one business, the cheapest first: in pounds until it breaks, then by what a tenth does.

    `left_out` says why no card can go it; its share and pounds are infinite then.
    """
    means, weekly = cash(books.closing) + books.unused, books.weekly
    now = runway(means, weekly)
    rows: list[dict[str, float | str]] = []
    everyone = sorted(reaches(books, p, within), key=lambda one: (-one.most, one.card))
    for way in ways(books):
        share = breaking(way, means, weekly, within)
        able = [one for one in everyone if one.way == way.name]
        reason = why_not(way, share, able, weekly)
        share = math.inf if reason else share
        doing = [one for one in able if one.most >= share]
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
                "card": ", ".join(one.card for one in doing),
                "lever": ", ".join(dict.fromkeys(one.by for one in doing)),
                "most": able[0].most if able else 0.0,
                "left_out": reason,
            }
        )
    return sorted(rows, key=lambda row: (row["gbp_to_break"], row["runway_after"], row["way"]))


def at_the_end(spec: RunSpec) -> State:
    """The world after a run, lived again."""
    from simulation.world.run import start_engine

    engine = start_engine(spec)
    engine.run(spec.weeks)
    return engine.state


def of_run(spec: RunSpec, business: Sequence[str] = (), within: float = 26.0) -> pd.DataFrame:
    """Weak points of businesses that trade at the end of a run (all, or those named), from the books of its last year."""
    from simulation.errors import UnknownName
    from simulation.experiments.books import keep_books
    from simulation.world.values import parameter_record

    kept = keep_books(spec)
    p = parameter_record({**spec.scenario.parameters, **spec.parameters}, spec.ablate)
    last = kept[-1][0] if kept else 0
    # whoever ended within the last year has closed its books before the year did
    lasting = {f"{identity:016x}": books for year, identity, books in kept if year == last and not books.ended}
    for name in business:
        if name not in lasting:
            raise UnknownName.among(name, lasting, key="business")
    if individuals.real(spec.scenario):
        allowed = individuals.large_enough(spec.scenario, at_the_end(spec))
        individuals.withheld(business, allowed)
        lasting = {name: books for name, books in lasting.items() if name in (allowed or ())}
    rows = [
        {"business": name, **row}
        for name in (business or lasting)
        for row in weak_points(lasting[name], within, p)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))
