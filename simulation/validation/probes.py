"""What no weekly series says: sizes of businesses, profits of lines, sentences and departures, counted in the columns.

A probe is asked after each block of weeks and answers with a numerator and a denominator, whose sums over the window
and the replicates make the figure.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.schema import load_channels
from simulation.state.codes import (
    ACTIVE,
    BAIL,
    BORROWINGS,
    CORE,
    DISTRIBUTOR,
    EQUITY,
    EXPOSURE_OF_ROLE,
    FREE,
    IMPORTER,
    LICENCE,
    LINE,
    NOBODY,
    OUTSIDE,
    PRISON,
    STREET,
    UPPER,
    WHOLESALER,
)
from simulation.state.counters import FROZEN_PENCE, SALES_PENCE, SEIZED_PENCE
from simulation.state.values import Values
from simulation.state.world import State
from simulation.validation.handover_probes import OF_HANDOVER
from simulation.validation.level_probes import OF_LEVELS
from simulation.validation.line_probes import closures_a_line
from simulation.validation.network_probes import NETWORK_PROBES
from simulation.validation.way_probes import (
    Answer,
    Asked,
    busiest_entry_share,
    consignments_stopped,
    emerging_users,
    fled_to_largest,
    grams_a_seizure,
    market_trade,
    route_nodes_in_use,
)

WEEKS_A_YEAR = 52.0
MANY_MEMBERS = 50
QUARTER = 13
EXPOSURES = np.array(EXPOSURE_OF_ROLE)


def businesses(state: State) -> np.ndarray:
    """Rows of living businesses."""
    rows = np.flatnonzero(state.business.state == ACTIVE)
    return rows[rows >= OUTSIDE]


def members_mean() -> Asked:
    """Members at large a business."""

    def ask(state: State, p: Values, week: int) -> Answer:
        rows = businesses(state)
        return float(state.business.members[rows].sum()), float(rows.size)

    return ask


def members_above_50() -> Asked:
    """Share of businesses with more than 50 members."""

    def ask(state: State, p: Values, week: int) -> Answer:
        rows = businesses(state)
        return float((state.business.members[rows] > MANY_MEMBERS).sum()), float(rows.size)

    return ask


def line_profits(state: State, p: Values) -> np.ndarray:
    """Yearly profit of each line at this week's smoothed takings: less goods, wages and its part of overheads, GBP."""
    outlet = state.outlet
    rows = np.flatnonzero((outlet.state == ACTIVE) & (outlet.tier == LINE))
    owner = outlet.business[rows]
    lines = np.maximum(state.business.lines[owner], 1)
    overhead = state.chain.overhead[outlet.market[rows], LINE] / lines + p["accounts_control_cost"] * lines
    wages = p["accounts_wage_runner"] * outlet.runners[rows] + p["accounts_wage_holder"] * (outlet.holder[rows] >= 0)
    return WEEKS_A_YEAR * (outlet.gross[rows] - wages - overhead)


def line_profit() -> Asked:
    """Mean yearly profit of a line, GBP."""

    def ask(state: State, p: Values, week: int) -> Answer:
        profits = line_profits(state, p)
        return float(profits.sum()), float(profits.size)

    return ask


def line_profit_p95() -> Asked:
    """95th percentile of lines' yearly profits, GBP."""

    def ask(state: State, p: Values, week: int) -> Answer:
        profits = line_profits(state, p)
        return (float(np.quantile(profits, 0.95)), 1.0) if profits.size else (np.nan, np.nan)

    return ask


def sentence_years() -> Asked:
    """Mean length of sentences newly begun, years."""
    seen: set[int] = set()

    def ask(state: State, p: Values, week: int) -> Answer:
        person = state.person
        rows = np.flatnonzero(person.status == PRISON)
        fresh = np.array([int(i) not in seen for i in person.id[rows]], dtype=bool)
        first = not seen
        seen.update(int(i) for i in person.id[rows])
        if first or not fresh.any():
            return 0.0, 0.0
        return float(person.sentence[rows[fresh]].sum()) / WEEKS_A_YEAR, float(fresh.sum())

    return ask


def departures(exposures: tuple[int, ...], upstream: bool) -> Callable[[], Asked]:
    """A probe of the yearly hazard of leaving for good, of people at large at these exposures."""

    def make() -> Asked:
        last: dict[str, np.ndarray | int] = {}

        def ask(state: State, p: Values, week: int) -> Answer:
            person = state.person
            free = np.isin(person.status, (FREE, LICENCE, BAIL)) & np.isin(EXPOSURES[person.role], exposures)
            if upstream:  # staff of distributors and of crews are neither organisers nor wholesalers
                tier = np.where(person.business >= 0, state.business.tier[person.business], -1)
                free &= (EXPOSURES[person.role] == CORE) | np.isin(tier, (IMPORTER, WHOLESALER))
            now = person.id[free].copy()
            answer = (0.0, 0.0)
            if last:
                before = np.asarray(last["people"])
                living = person.id[(person.status != NOBODY) & (person.left == 0)]
                gone = before.size - int(np.isin(before, living).sum())
                answer = float(gone), before.size * (week - int(last["week"])) / WEEKS_A_YEAR
            last.update(people=now, week=week)
            return answer

        return ask

    return make


def span(supplier: int | None) -> Callable[[], Asked]:
    """A probe of customers a supplier: outlets that traded with it in the last quarter, by tier or over all tiers."""

    def make() -> Asked:
        def ask(state: State, p: Values, week: int) -> Answer:
            outlet, tie = state.outlet, state.tie
            j = tie.supplier
            live = (j >= 0) & (outlet.state[:, None] == ACTIVE) & (outlet.state[j] == ACTIVE)
            live &= (outlet.id[j] == tie.supplier_id) & (week - tie.last <= QUARTER)
            tiers = (IMPORTER, WHOLESALER, DISTRIBUTOR) if supplier is None else (supplier,)
            sells = np.isin(outlet.tier[j], tiers)
            there = (outlet.state == ACTIVE) & np.isin(outlet.tier, tiers)
            return float((live & sells).sum()), float(there.sum())

        return ask

    return make


def recovered_share() -> Asked:
    """What the state takes for good of what users spend."""

    def ask(state: State, p: Values, week: int) -> Answer:
        counted = state.tally.week
        return float(counted[SEIZED_PENCE] + counted[FROZEN_PENCE]), float(state.tally.trade[:, SALES_PENCE].sum())

    return ask


def confiscated_of_frozen() -> Asked:
    """Cash taken for good over balances frozen."""

    def ask(state: State, p: Values, week: int) -> Answer:
        return float(state.tally.week[SEIZED_PENCE]), float(state.tally.week[FROZEN_PENCE])

    return ask


def cash_seized() -> Asked:
    """Cash taken for good, GBP a week; balances frozen are not among it."""

    def ask(state: State, p: Values, week: int) -> Answer:
        return state.tally.week[SEIZED_PENCE] / 100.0, 1.0

    return ask


def price_multiple() -> Asked:
    """What users pay for a pure gram over its price at source, weighted by what they buy."""

    def ask(state: State, p: Values, week: int) -> Answer:
        hard = state.chain.hard > 0
        sold = state.place.consumed.sum(axis=0).astype(float)[hard]
        paid = state.place.spent.sum(axis=0)[hard] * 10.0
        return float((paid / state.chain.source_price[hard]).sum()), float(sold.sum())

    return ask


def laundered_not_by_mules() -> Asked:
    """Money that goes through channels other than mules, GBP a week."""
    mules = [channel.id for channel in load_channels()].index("mules")

    def ask(state: State, p: Values, week: int) -> Answer:
        used = state.channel.used.sum(axis=1) / 100.0
        return float(used.sum() - used[mules]), 1.0

    return ask


def gearing(state: State, rows: np.ndarray) -> np.ndarray:
    """Borrowings over borrowings and equity; 1 where there is no equity left."""
    owed = -state.ledger.book[rows, BORROWINGS].astype(float)
    own = np.maximum(0.0, -state.ledger.book[rows, EQUITY].astype(float))
    return np.divide(owed, owed + own, out=np.zeros(rows.size), where=owed + own > 0.0)


def ended(geared: bool) -> Callable[[], Asked]:
    """A probe of the share that has ended of the businesses in the top quartile of gearing at first, or of the others."""

    def make() -> Asked:
        first: list[np.ndarray] = []

        def ask(state: State, p: Values, week: int) -> Answer:
            if not first:
                rows = businesses(state)
                rows = rows[state.business.tier[rows] >= 0]
                share = gearing(state, rows)
                top = share > np.quantile(share, 0.75)
                first.append(state.business.id[rows[top if geared else ~top]].copy())
            alive = np.isin(first[0], state.business.id[state.business.state == ACTIVE])
            return float((~alive).sum()), float(alive.size)

        return ask

    return make


PROBES: dict[str, Callable[[], Asked]] = {
    "members_mean": members_mean,
    "members_above_50": members_above_50,
    "line_profit": line_profit,
    "line_profit_p95": line_profit_p95,
    "sentence_years": sentence_years,
    "departures_street": departures((STREET,), False),
    "departures_core": departures((CORE, UPPER), True),
    "span": span(None),
    "span_importer": span(IMPORTER),
    "span_wholesaler": span(WHOLESALER),
    "span_distributor": span(DISTRIBUTOR),
    "recovered_share": recovered_share,
    "confiscated_of_frozen": confiscated_of_frozen,
    "cash_seized": cash_seized,
    "price_multiple": price_multiple,
    "laundered_not_by_mules": laundered_not_by_mules,
    "ended_geared": ended(True),
    "ended_others": ended(False),
    "closures_a_line": closures_a_line,
    "busiest_entry_share": busiest_entry_share,
    "consignments_stopped": consignments_stopped,
    "emerging_users": emerging_users,
    "fled_to_largest": fled_to_largest,
    "market_trade_gbp": market_trade,
    "route_nodes_in_use": route_nodes_in_use,
    "grams_a_seizure": grams_a_seizure,
    **OF_LEVELS,
    **NETWORK_PROBES,
    **OF_HANDOVER,
}
