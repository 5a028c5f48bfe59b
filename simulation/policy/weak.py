"""Where a business is weakest, and which market is new: what a table that thinks of the trade as business picks out.

Both read the perceived picture only: outlets and businesses that the level knows of, for as much as it knows.
"""

from __future__ import annotations

import numpy as np

from simulation.policy.targets import Target, known_lines, unfollowed
from simulation.state.codes import ACTIVE, CASH_CLEAN, CASH_DIRTY, LINE, TARGET_BUSINESS, TARGET_OUTLET
from simulation.state.world import Groups, State

NEW = 26.0  # weeks after which an outlet counts as half as new
FEW = 2.0  # outlets of which a market that is all new would not yet be called one
QUARTER = 13  # weeks that go by before what a closed line brought in comes from elsewhere
PENCE = 100.0


def lines_in_picture(
    state: State | Groups, level: int, places: np.ndarray, markets: np.ndarray, bound: float
) -> np.ndarray:
    """Rows of the lines of these markets in these places that the level knows of."""
    outlet = state.outlet
    return np.flatnonzero(
        (outlet.state == ACTIVE)
        & (outlet.tier == LINE)
        & np.isin(outlet.place, places)
        & np.isin(outlet.market, markets)
        & (outlet.knowledge[:, level] >= bound)
    )


def newest_lines(
    state: State | Groups, week: int, level: int, places: np.ndarray, markets: np.ndarray, bound: float, length: int
) -> list[Target]:
    """Known lines of the one market whose known lines are youngest, those known best first."""
    outlet = state.outlet
    rows = lines_in_picture(state, level, places, markets, bound)
    if rows.size == 0:
        return []
    market = outlet.market[rows]
    new = np.bincount(market, weights=2.0 ** (-(week - outlet.born[rows]) / NEW))
    newest = int(np.argmax(new / (np.bincount(market) + FEW)))
    return known_lines(state, level, places, np.array([newest]), bound, length)


def weakest_points(
    state: State | Groups,
    level: int,
    places: np.ndarray,
    bound: float,
    length: int,
    seized: float,
    tiers: tuple[int, ...] = (),
) -> list[Target]:
    """For each known business the blow that takes most of its runway: its cash (`seized` of it), or a known line.

    Runway is cash over what a week costs. First come those businesses that would lose the largest share of it, for as
    much as is known of them.
    """
    business, outlet = state.business, state.outlet
    book = state.ledger.book
    known = business.knowledge[:, level].astype(float)
    wanted = (business.state == ACTIVE) & np.isin(business.home, places) & (known >= bound)
    if tiers:
        wanted &= np.isin(business.tier, tiers)
    best = line_of_each(state, level, places, bound)
    found = []
    for b in np.flatnonzero(wanted).tolist():
        week = max(1.0, float(business.wage_bill[b]) + PENCE * overhead(state, b))
        runway = float(book[b, CASH_DIRTY] + book[b, CASH_CLEAN]) / week
        cash = seized * max(0.0, float(book[b, CASH_DIRTY])) / week
        o = best.get(b, -1)
        line = 0.0
        if o >= 0:
            line = (QUARTER * PENCE * max(0.0, float(outlet.gross[o])) + float(outlet.cost[o])) / week
        lost = max(cash, line)
        if lost <= 0.0:
            continue
        worth = known[b] * lost / (max(0.0, runway) + lost)
        if line > cash:
            target = Target(TARGET_OUTLET, o, int(outlet.id[o]), float(outlet.knowledge[o, level]))
        else:
            target = Target(TARGET_BUSINESS, b, int(business.id[b]), float(known[b]))
        found.append((-worth, target.identity, target))
    return unfollowed(state, found, length)


def line_of_each(state: State | Groups, level: int, places: np.ndarray, bound: float) -> dict[int, int]:
    """For each business the known line that earns it most; ties by identity."""
    outlet = state.outlet
    rows = lines_in_picture(state, level, places, np.arange(state.chain.landed.size), bound).tolist()
    ordered = sorted(rows, key=lambda o: (float(outlet.gross[o]), -int(outlet.id[o])))
    return {int(outlet.business[o]): o for o in ordered}


def overhead(state: State | Groups, b: int) -> float:
    """Running costs of such a business, GBP a week; those of a broker are small and not known."""
    market, tier = int(state.business.market[b]), int(state.business.tier[b])
    return float(state.chain.overhead[market, tier]) if market >= 0 and tier >= 0 else 0.0
