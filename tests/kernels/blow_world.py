"""A business in the small market of two brands, and every blow that it may be dealt."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.kernels.accounts import owe
from simulation.kernels.adapt import feel
from simulation.kernels.custody import take_into_custody
from simulation.kernels.enforce import freeze_accounts
from simulation.kernels.escrow import SEIZED, deposit, forfeit, put_on
from simulation.kernels.facilities import wreck
from simulation.kernels.franchise import defect, keep_name
from simulation.kernels.imports import arrive
from simulation.kernels.insiders import find_out
from simulation.kernels.money_reports import give_away
from simulation.kernels.orders import push, resolve, seize_cash, seize_goods, unsettle
from simulation.kernels.people import inform
from simulation.kernels.trust import suspect
from simulation.state.codes import (
    BORDER,
    CASH_CLEAN,
    CAUSE_PLAN,
    EQUITY,
    FAMILY_ARREST,
    FAMILY_EXPOSURE,
    FAMILY_LEADER,
    FAMILY_MONEY,
    FAMILY_PLACE,
    FAMILY_PLATFORM,
    FAMILY_PROTECT,
    FAMILY_REPUTATION,
    FAMILY_SUPPLY,
    HOUSEHOLDS,
    IMPORTER,
    ORDER_CLOSURE,
    ORGANISER,
    ROYALTY,
    STOCK_AT_COST,
    TARGET_OUTLET,
)
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.brand_world import market, retail
from tests.kernels.place_world import KEY, add_person, levers, values

type Blow = Callable[[State, Values, int], object]


def some() -> tuple[State, Values, int, int]:
    """A retail business with people, a line, goods and money, under a brand; and the brand."""
    p = values()
    s = market(p)
    b = int(retail(s)[0])
    s.business.required[retail(s)] = s.business.profit[retail(s)] = 4000.0
    o = line_of(s, b)
    s.outlet.gross[o], s.outlet.stock[o], s.outlet.cost[o] = 2000.0, 10_000, 100_000
    for owner, sign in ((b, 1), (HOUSEHOLDS, -1)):
        s.ledger.book[owner, [CASH_CLEAN, STOCK_AT_COST]] += sign * np.array([500_000, 100_000])
        s.ledger.book[owner, EQUITY] -= sign * 600_000
    add_person(s, 9_999, 0, ORGANISER, b)
    s.business.members[b] = 5
    return s, p, b, int(s.franchise.franchisor[b])


def line_of(s: State, b: int) -> int:
    return int(np.flatnonzero((s.outlet.business == b) & (s.outlet.state > 0))[0])


def someone(s: State, b: int, role: int | None = None) -> int:
    rows = (s.person.business == b) & (s.person.id > 0)
    return int(np.flatnonzero(rows & (s.person.role == role) if role is not None else rows)[-1])


def arrest(s: State, p: Values, b: int) -> None:
    take_into_custody(s, p, KEY, 0, s.outlet.holder[line_of(s, b)], CAUSE_PLAN, -1)


def arrest_leader(s: State, p: Values, b: int) -> None:
    take_into_custody(s, p, KEY, 0, someone(s, b, ORGANISER), CAUSE_PLAN, -1)


def close(s: State, p: Values, b: int) -> None:
    o = line_of(s, b)
    push(s, ORDER_CLOSURE, TARGET_OUTLET, o, s.outlet.id[o], CAUSE_PLAN, -1, 0.0)
    resolve(s, levers(s), p, KEY, 0, 0)


def lose_premises(s: State, p: Values, b: int) -> None:
    wreck(s, p, 0, line_of(s, b), 0.5)


def stop_at_the_border(s: State, p: Values, b: int) -> None:
    """All that is on its way to an outlet of theirs."""
    o = line_of(s, b)
    s.outlet.transit[o], s.outlet.transit_cost[o] = 8000, 50_000
    s.ledger.book[b, [STOCK_AT_COST, EQUITY]] += (50_000, -50_000)
    s.chain.seized[0, IMPORTER], s.place.effort[:, BORDER] = 50.0, 1.0
    arrive(s, levers(s), p, KEY, 0, 0, o)


def campaign(s: State, p: Values, b: int) -> None:
    v = levers(s)
    v.columns.suspicion[0, 0, s.business.home[b]] = 0.05
    suspect(s, v, p, 0)


def spoil(s: State, p: Values, b: int) -> None:
    v = levers(s)
    v.columns.brand_damage[:] = 0.2
    s.franchise.mark[s.business.home[b], 0] = s.business.id[b]
    keep_name(s, v, p, KEY, 0, 0, b, 1.0, 1000.0)


def lose_a_franchisee(s: State, p: Values, b: int) -> None:
    unit = int(np.flatnonzero(s.franchise.franchisor == b)[0])
    s.ledger.flow[b, ROYALTY] = 400_000
    defect(s, p, 0, unit)


def partners_gone(s: State, p: Values, b: int) -> None:
    s.finance.partners[b] = 0.4
    s.chain.overhead[:] = 500.0
    owe(s, p, b)


def insider_found(s: State, p: Values, b: int) -> None:
    s.finance.insider[b, 1] = 1
    find_out(s, p, 0, b, np.full(5, 1e9), 0.0, 0.0)


def escrow_seized(s: State, p: Values, b: int) -> None:
    put_on(s, b, 1, 0)
    deposit(s, 0, b, 100_000)
    forfeit(s, p, 0, b, SEIZED)


def refused(s: State, p: Values, b: int) -> None:
    s.business.refused[b] = 100_000
    feel(s, p)


BLOWS: dict[str, tuple[int, Blow]] = {
    "a member is arrested": (FAMILY_ARREST, arrest),
    "the leader is arrested": (FAMILY_LEADER, arrest_leader),
    "cash is seized": (FAMILY_MONEY, lambda s, p, b: seize_cash(s, p, 0, b, 0.5, CAUSE_PLAN, -1)),
    "accounts are frozen": (FAMILY_MONEY, lambda s, p, b: freeze_accounts(s, p, 0, b, 0.5, CAUSE_PLAN, -1)),
    "a bank reports": (FAMILY_MONEY, lambda s, p, b: give_away(s, p, 0, b, 200_000, 0, 1.0)),
    "a line is closed": (FAMILY_PLACE, close),
    "stock is seized": (FAMILY_SUPPLY, lambda s, p, b: seize_goods(s, p, 0, line_of(s, b), 0.5, CAUSE_PLAN, -1)),
    "premises are lost": (FAMILY_SUPPLY, lose_premises),
    "a shipment is stopped": (FAMILY_SUPPLY, stop_at_the_border),
    "orders are refused": (FAMILY_REPUTATION, refused),
    "an operation leaves traces": (FAMILY_EXPOSURE, lambda s, p, b: unsettle(s, p, b, 1.0)),
    "a member informs": (FAMILY_EXPOSURE, lambda s, p, b: inform(s, p, 0, someone(s, b))),
    "warnings are spread": (FAMILY_EXPOSURE, campaign),
    "escrow is seized": (FAMILY_PLATFORM, escrow_seized),
    "partners withdraw": (FAMILY_PROTECT, partners_gone),
    "an insider is found out": (FAMILY_PROTECT, insider_found),
}


def wary(family: int) -> tuple[State, Values, int, int]:
    """The same business and its brand, with a full counter-measure against a family."""
    s, p, b, f = some()
    s.business.counter[[b, f], family] = 1.0
    return s, p, b, f
