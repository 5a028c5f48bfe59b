"""A year's goods are followed from the ship to the user, and the users' money from the street to whoever keeps it.

Both are read off the books, so both add up: what comes in is what goes out, plus what stocks and cash have grown by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from simulation.schema import RunSpec
from simulation.state import counters
from simulation.state.codes import (
    ACTIVE,
    BRIBES,
    CASH_CLEAN,
    CASH_DIRTY,
    CUSTOMERS,
    DRAWINGS,
    FIXED,
    HOUSEHOLDS,
    INTEREST,
    INVESTMENT,
    LAUNDERING_FEE,
    LEGAL_ECONOMY,
    LINE,
    OUTSIDE,
    OUTSIDE_SUPPLY,
    OVERHEAD,
    PLATFORM_OPERATORS,
    SALES,
    SEIZURE,
    STATE,
    TIER_NAMES,
    TIERS,
    WAGES,
    WRITE_OFF,
)
from simulation.state.world import (
    GOODS_IMPORTED,
    GOODS_LOST,
    GOODS_SEIZED_BORDER,
    GOODS_SEIZED_INLAND,
    State,
)

MG_IN_KG: Final = 1e6
PENCE: Final = 100.0
INSIDE: Final = 0
COLUMNS: Final = ("kind", "source", "target", "value", "unit")
Row = tuple[str, str, str, float, str]


class Follower:
    """Adds up what changes hands week by week; begins with the state before the first of them."""

    def __init__(self, state: State) -> None:
        self.sold = np.zeros(TIERS, np.int64)
        self.takings = np.zeros(TIERS, np.int64)
        self.here = 0
        self.consumed = 0
        self.flow = np.zeros_like(state.ledger.flow[:OUTSIDE])
        self._hard = state.chain.hard > 0
        self._goods = state.tally.goods[self._hard].sum(axis=0)
        self._stock = stocks(state)
        self._clean = int(state.ledger.book[HOUSEHOLDS, CASH_CLEAN])
        self._held = cash(state)
        self._lent = int(state.ledger.book[LEGAL_ECONOMY, FIXED])
        self._operators = int(state.ledger.book[PLATFORM_OPERATORS, CASH_DIRTY])
        self._open = state.outlet.state == ACTIVE

    def week(self, state: State) -> None:
        """Take in the week that was just lived."""
        outlet = state.outlet
        now = outlet.state == ACTIVE
        # the row of an outlet that closed this week still says what it sold
        before = np.zeros_like(now)
        before[: self._open.size] = self._open
        rows = now | before
        tiers = outlet.tier[rows]
        hard = self._hard[outlet.market[rows]]
        for tier in range(TIERS):
            self.sold[tier] += int(outlet.sold[rows][hard & (tiers == tier)].sum())
            self.takings[tier] += int(outlet.takings[rows][tiers == tier].sum())
        self.here += int(state.place.sold[state.place.kind == INSIDE].sum())
        self.consumed += int(state.tally.trade[self._hard, counters.CONSUMED_MG].sum())
        self.flow += state.ledger.flow[:OUTSIDE]
        self._open = now

    def goods(self, state: State) -> list[Row]:
        """Kilograms of pure hard drugs from tier to tier, and what is seized or dumped on the way."""
        moved = (state.tally.goods[self._hard].sum(axis=0) - self._goods) / MG_IN_KG
        grown = (stocks(state) - self._stock) / MG_IN_KG
        sold = self.sold / MG_IN_KG
        # a row taken up again in the week its outlet closed has forgotten its last sales; what users got is known
        sold[LINE] = self.consumed / MG_IN_KG
        border = float(moved[GOODS_SEIZED_BORDER])
        inflow = [float(moved[GOODS_IMPORTED]) - border, *(float(one) for one in sold[:LINE])]
        rows: list[tuple[str, str, float]] = [("source", "importer", float(moved[GOODS_IMPORTED]))]
        rows += [(TIER_NAMES[tier], TIER_NAMES[tier + 1], float(sold[tier])) for tier in range(LINE)]
        rows += [("line", "sold-here", self.here / MG_IN_KG), ("line", "sold-elsewhere", (self.consumed - self.here) / MG_IN_KG)]  # fmt: skip
        rows.append(("importer", "seized-border", border))
        for tier in range(TIERS):
            rows.append((TIER_NAMES[tier], "lost-inland", inflow[tier] - float(sold[tier]) - float(grown[tier])))
        rows += [(TIER_NAMES[tier], "stock", float(grown[tier])) for tier in range(TIERS)]
        rows += [("lost-inland", "seized-inland", float(moved[GOODS_SEIZED_INLAND]))]
        rows += [("lost-inland", "dumped", float(moved[GOODS_LOST]))]
        return [("goods", source, target, value, "kg") for source, target, value in rows]

    def money(self, state: State) -> list[Row]:
        """Pounds from users up the chain, what each tier keeps of them, and where that ends up."""
        flow = self.flow / PENCE
        users = -float(flow[CUSTOMERS, SALES])
        paid = [*(float(one) for one in self.takings[:LINE] / PENCE), users]  # by each tier's customers, to it
        abroad = float(flow[OUTSIDE_SUPPLY, SALES])
        households, legal = flow[HOUSEHOLDS], flow[LEGAL_ECONOMY]
        # what lenders have handed over on balance is not the businesses' own
        lent = (int(state.ledger.book[LEGAL_ECONOMY, FIXED]) - self._lent) / PENCE - float(legal[WRITE_OFF])
        # households' clean cash grows by what owners draw clean, and shrinks by what victims among them lose
        laundered = (int(state.ledger.book[HOUSEHOLDS, CASH_CLEAN]) - self._clean) / PENCE - float(households[SALES])
        rows: list[tuple[str, str, float]] = [("users", "abroad", abroad)]
        for tier in range(TIERS):
            below = paid[tier - 1] if tier else abroad
            rows += [("users", TIER_NAMES[tier], paid[tier] - below), (TIER_NAMES[tier], "kept", paid[tier] - below)]
        rows += [
            ("thefts", "kept", -float(legal[SALES] + households[SALES])),
            ("founders", "kept", -float(households[INVESTMENT])),
            ("kept", "wages", float(households[WAGES])),
            ("kept", "running-costs", float(legal[OVERHEAD] + legal[INTEREST])),
            ("kept", "bribes", float(households[BRIBES])),
            ("kept", "laundering-fees", float(legal[LAUNDERING_FEE])),
            ("kept", "owners-laundered", laundered),
            ("kept", "owners-cash", float(households[DRAWINGS]) - laundered),
            ("kept", "seized", float(flow[STATE, SEIZURE])),
            ("kept", "platforms", (int(state.ledger.book[PLATFORM_OPERATORS, CASH_DIRTY]) - self._operators) / PENCE),
            ("kept", "reserves", (cash(state) - self._held) / PENCE - lent),
        ]
        return [("money", source, target, value, "GBP") for source, target, value in rows]


def stocks(state: State) -> np.ndarray:
    """Milligrams of hard drugs each tier holds or has on the way."""
    rows = (state.outlet.state == ACTIVE) & (state.chain.hard[state.outlet.market] > 0)
    held = (state.outlet.stock + state.outlet.transit)[rows]
    tiers = state.outlet.tier[rows]
    return np.array([int(held[tiers == tier].sum()) for tier in range(TIERS)], np.int64)


def cash(state: State) -> int:
    """Pence in the hands of all businesses, dirty and clean."""
    return int(state.ledger.book[OUTSIDE:, [CASH_DIRTY, CASH_CLEAN]].sum())


def flows(spec: RunSpec, first: int, last: int) -> pd.DataFrame:
    """Goods and money from week `first` to week `last` of a run, lived again."""
    from simulation.world.run import start_engine

    engine = start_engine(spec)
    if first:
        engine.run(first)
    follower = Follower(engine.state)
    for _ in range(first, last + 1):
        engine.run(1)
        follower.week(engine.state)
    return pd.DataFrame([*follower.goods(engine.state), *follower.money(engine.state)], columns=list(COLUMNS))


def mean(found: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The flows of several runs, averaged."""
    out = found[0].copy()
    out["value"] = np.mean([one["value"].to_numpy() for one in found], axis=0)
    return out
