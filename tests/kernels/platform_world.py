"""A world of a chain's businesses with cash and platforms, in which nothing else happens."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.chance.draws import make_key
from simulation.kernels.escrow import put_on
from simulation.kernels.platforms import platforms
from simulation.schema import load_intelligence, load_scenario
from simulation.state.codes import ACTIVE, CASH_DIRTY, EQUITY, SALES
from simulation.state.platform import COMMS, MARKET_PLACE, MONEY
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.prepare_platforms import prepare_platforms
from simulation.world.prepare_sources import fill_sources
from tests.conservation.money import books_balance, cash_goes_round, escrow_has_two_sides
from tests.conservation.tables import platforms_know_their_users
from tests.kernels.place_world import add_business, empty, levers, values

KEY = make_key(11)
PENCE = 10_000_000
WEEKLY = 2_000_000
QUIET = {
    "platforms_close_comms": 0.0, "platforms_close_market": 0.0, "platforms_close_money": 0.0,
    "platforms_breach": 0.0, "platforms_scam_most": 0.0,
}  # fmt: skip
OPEN = {"platforms_market_appeal": 2.0, "platforms_comms_appeal": 2.0, "platforms_money_appeal": 2.0}


def some(ablate: tuple[str, ...] = (), **overrides: float) -> Values:
    """Parameters under which platforms neither come nor go by themselves, and most businesses use them."""
    return values(ablate, **{**QUIET, **OPEN, **overrides})


def trading(p: Values, businesses: int = 200, numbers: tuple[int, int, int] = (3, 4, 2)) -> State:
    """Businesses with lines and cash, and platforms that nobody uses yet."""
    s = empty(businesses=businesses + 20, outlets=4)
    scenario = load_scenario("force")
    counts = {
        name: scenario.platforms[name].model_copy(update={"value": float(n), "low": 0.0})
        for name, n in zip(("encrypted-comms", "market", "money"), numbers, strict=True)
    }
    prepare_platforms(s, scenario.model_copy(update={"platforms": counts}), p, KEY, 0)
    s.platform.invited[:] = 0
    s.platform.model_invited[:] = 0.0
    for n in range(businesses):
        b = add_business(s, 100_000 + 7919 * n, n % 4)
        s.ledger.book[b, [CASH_DIRTY, EQUITY]] = (PENCE, -PENCE)
        s.ledger.book[0, [CASH_DIRTY, EQUITY]] += (-PENCE, PENCE)
    settle(s)
    fill_sources(s, load_intelligence(), ["class-a"], [])
    return s


def settle(s: State) -> None:
    """A third of the businesses are on platforms already, half of them on one of each kind and many on a second."""
    old = np.flatnonzero(s.business.state == ACTIVE)[::3]
    for kind in (COMMS, MARKET_PLACE, MONEY):
        rows = np.flatnonzero((s.platform.state == ACTIVE) & (s.platform.kind == kind))
        for n, b in enumerate(old.tolist()):
            if rows.size:
                put_on(s, b, kind, int(rows[min((0, 0, 0, 0, 0, 1, 1, 1, 2, 3)[n % 10], rows.size - 1)]))
    s.member.owner_id[old] = s.business.id[old]
    s.member.turn[old] = s.member.wake[old] = s.business.id[old] % np.uint64(30)


def live(s: State, p: Values, weeks: int, first: int = 0, v: Any = None) -> None:
    """Weeks in which every business sells for the same."""
    v = levers(s) if v is None else v
    for w in range(first, first + weeks):
        s.tally.week[:] = 0
        s.ledger.flow[:] = 0
        s.ledger.flow[s.business.state == ACTIVE, SALES] = WEEKLY
        platforms(s, v, p, KEY, w, 0)
        assert [*books_balance(s), *cash_goes_round(s), *escrow_has_two_sides(s), *platforms_know_their_users(s)] == []


def largest(s: State, kind: int) -> int:
    mine = (s.platform.state == ACTIVE) & (s.platform.kind == kind)
    return int(np.argmax(np.where(mine, s.platform.users, -1)))


def closed(s: State, row: int) -> Any:
    v = levers(s)
    v.columns.platform_open[0, row] = 0.0
    return v
