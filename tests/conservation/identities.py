"""What must hold in every world after every week, each as a function from the state to the list of faults found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

import numpy as np

from simulation.kernels.recruits import people_balance
from simulation.kernels.trade_choice import live, trust
from simulation.measures.catalogue import COMPARED, INDEX, MEASURES
from simulation.state.codes import (
    ACTIVE,
    BAIL,
    CASH_CLEAN,
    CASH_DIRTY,
    EMPTY,
    EQUITY,
    FREE,
    HOLDER,
    LICENCE,
    LINE,
    MONITORED,
    NOBODY,
    ORDER_DEATH,
    OUTSIDE,
    PAYABLE,
    PRISON,
    RECEIVABLE,
    REMAND,
    RUNNER,
    STOCK_AT_COST,
    TIE_SLOTS,
)
from simulation.state.columns import columns_of
from simulation.state.values import Values
from simulation.state.world import (
    FREE_BUSINESS,
    FREE_GHOST,
    FREE_OPERATION,
    FREE_OUTLET,
    FREE_PERSON,
    GOODS_CONSUMED,
    GOODS_IMPORTED,
    GOODS_INITIAL,
    GOODS_LOST,
    GOODS_SEIZED_BORDER,
    GOODS_SEIZED_INLAND,
    ORDER_COUNT,
    Groups,
    State,
)

type Identity = Callable[[State], list[str]]

AT_LARGE = (FREE, LICENCE, BAIL)
INSIDE = (REMAND, PRISON)
TABLES = ("business", "outlet", "person", "operation", "ghost")
STACKS = dict(zip(TABLES, (FREE_BUSINESS, FREE_OUTLET, FREE_PERSON, FREE_OPERATION, FREE_GHOST), strict=True))

# Columns that are shares or scores, by group; everything listed stays within 0 and 1.
SHARES = {
    "place": ("deprivation", "resilience", "resilience_rest", "confidence", "confidence_rest", "fear", "fear_rest",
              "clear", "hold", "near_weight"),
    "business": ("security", "suspicion", "brand", "cooperation", "counter", "transfer", "knowledge"),
    "outlet": ("purity", "reputation", "knowledge", "discount"),
    "person": ("skill", "loyalty", "heat", "knowledge", "strength"),
    "ghost": ("knowledge",),
    "agency": ("adequacy",),
    "tally": ("credibility",),
}  # fmt: skip
# Float columns that cannot be negative.
POSITIVE = {
    "outlet": ("price", "forecast", "good", "bad", "slander", "quality"),
    "tie": ("good", "bad", "volume"),
    "place": ("users", "users_rest", "price_seen", "price_rest", "violence", "build"),
    "person": ("experience", "savings"),
    "business": ("pressure", "felt"),
}


def fault(found: np.ndarray, what: str) -> list[str]:
    """One line when any row of a mask is a fault."""
    rows = np.flatnonzero(found)
    return [f"{what}: rows {rows[:5].tolist()}" + (" and more" if rows.size > 5 else "")] if rows.size else []


def active(s: State, table: str) -> np.ndarray:
    """Rows of a table that stand for something."""
    return np.flatnonzero(getattr(s, table).state == ACTIVE)


# --- money


def books_balance(s: State) -> list[str]:
    """Every row of the book sums to zero, to the penny."""
    return fault(s.ledger.book.sum(axis=1) != 0, "book does not sum to zero")


def cash_goes_round(s: State) -> list[str]:
    """Cash is neither made nor lost: over everyone, the outside included, it sums to nothing."""
    total = int(s.ledger.book[:, [CASH_DIRTY, CASH_CLEAN]].sum())
    return [f"{total} pence came from nowhere"] if total else []


def debts_match(s: State) -> list[str]:
    """What is owed equals what is due, and both equal the credit written on trade ties, business by business."""
    size = s.business.id.size
    owed = np.zeros(size, np.int64)
    due = np.zeros(size, np.int64)
    for o in active(s, "outlet"):
        for k in range(TIE_SLOTS):
            credit = s.tie.credit[o, k]
            if credit:
                j = s.tie.supplier[o, k]
                if j < 0 or s.outlet.id[j] != s.tie.supplier_id[o, k] or s.outlet.state[j] != ACTIVE:
                    return [f"outlet {o} owes {credit} pence to nobody"]
                owed[s.outlet.business[o]] += credit
                due[s.outlet.business[j]] += credit
    stray = s.tie.credit.sum() - s.tie.credit[active(s, "outlet")].sum()
    return (
        ([f"{stray} pence of credit on ties of closed outlets"] if stray else [])
        + fault(s.tie.credit.min(axis=1) < 0, "credit is negative")
        + fault(s.ledger.book[:, PAYABLE] != -owed, "payable differs from the credit it has")
        + fault(s.ledger.book[:, RECEIVABLE] != due, "receivable differs from the credit it gave")
    )


def purses_are_not_overdrawn(s: State) -> list[str]:
    """No business has less than nothing in cash, dirty or clean."""
    rows = s.business.state == ACTIVE
    return fault(rows & (s.ledger.book[:, CASH_DIRTY] < 0), "dirty cash is negative") + fault(
        rows & (s.ledger.book[:, CASH_CLEAN] < 0), "clean cash is negative"
    )


def closed_books_are_empty(s: State) -> list[str]:
    """Nothing is left in the name of a business that ended."""
    return fault((s.business.state == EMPTY) & np.any(s.ledger.book != 0, axis=1), "an ended business has a balance")


def stock_is_carried_at_cost(s: State) -> list[str]:
    """Stock in the books is what its outlets paid for what they hold and await."""
    held = np.zeros(s.business.id.size, np.int64)
    rows = active(s, "outlet")
    np.add.at(held, s.outlet.business[rows], s.outlet.cost[rows] + s.outlet.transit_cost[rows])
    trading = np.arange(held.size) >= OUTSIDE
    return fault(trading & (s.ledger.book[:, STOCK_AT_COST] != held), "stock at cost differs from the outlets'")


# --- goods


def goods_add_up(s: State) -> list[str]:
    """Imported and initial goods are in stock, on the way, consumed, seized or lost, to the milligram."""
    goods = s.tally.goods
    came = goods[GOODS_IMPORTED] + goods[GOODS_INITIAL]
    went = goods[[GOODS_CONSUMED, GOODS_SEIZED_BORDER, GOODS_SEIZED_INLAND, GOODS_LOST]].sum()
    missing = int(came - went - s.outlet.stock.sum() - s.outlet.transit.sum())
    return [f"{missing} mg are missing"] if missing else []


def stock_is_not_negative(s: State) -> list[str]:
    """No outlet holds less than nothing, and closed ones hold nothing."""
    faults = []
    for name in ("stock", "transit", "cost", "transit_cost"):
        column = getattr(s.outlet, name)
        faults += fault(column < 0, f"{name} is negative")
        faults += fault((s.outlet.state != ACTIVE) & (column != 0), f"a closed outlet has {name}")
    return faults + fault((s.outlet.stock == 0) & (s.outlet.transit == 0) & (s.outlet.cost > 0), "cost without goods")


# --- people


def people_add_up(s: State) -> list[str]:
    """Pool, people, those who left and died are those who were there, aged in or arrived."""
    missing = int(people_balance(s))
    return [f"{missing} people too many or too few"] if missing else []


def everyone_has_one_status(s: State) -> list[str]:
    """A row is nobody's, or of one person at large or inside; those who left or died are in no row."""
    person = s.person
    known = np.isin(person.status, (NOBODY, MONITORED, *AT_LARGE, *INSIDE))
    ids = person.id[person.status != NOBODY]
    return (
        fault(~known, "a status that nobody in the table can have")
        + fault((person.status == NOBODY) != (person.id == 0), "a name without a person or a person without a name")
        + ([] if np.unique(ids).size == ids.size else ["two people of one identity"])
        + fault((person.status == NOBODY) & ((person.business >= 0) | (person.outlet >= 0)), "nobody has a post")
        + fault(s.place.pool < 0, "fewer young people at risk than none")
    )


def nobody_inside_has_a_post(s: State) -> list[str]:
    """Those on remand or in prison hold no post, lead nothing and are counted nowhere."""
    person = s.person
    inside = np.isin(person.status, INSIDE)
    faults = fault(inside & ((person.business >= 0) | (person.outlet >= 0)), "someone inside has a post")
    leaders = s.business.leader[s.business.state == ACTIVE]
    holders = s.outlet.holder[s.outlet.state == ACTIVE]
    for rows, what in ((leaders, "leads"), (holders, "holds a line")):
        rows = rows[rows >= 0]
        faults += fault(~np.isin(person.status[rows], AT_LARGE), f"someone not at large {what}")
    return faults


def posts_are_counted(s: State) -> list[str]:
    """Staff, runners, holders, members and lines are what a count of people and outlets gives."""
    person, outlet, business = s.person, s.outlet, s.business
    rows = np.flatnonzero(np.isin(person.status, AT_LARGE))
    posted = rows[person.outlet[rows] >= 0]
    attached = rows[person.business[rows] >= 0]
    faults = fault(outlet.state[person.outlet[posted]] != ACTIVE, "someone works at a closed outlet")
    faults += fault(business.state[person.business[attached]] != ACTIVE, "someone belongs to an ended business")
    faults += fault(outlet.business[person.outlet[posted]] != person.business[posted], "a post of another business")
    staff = np.bincount(person.outlet[posted], minlength=outlet.id.size)
    runners = np.bincount(person.outlet[posted[person.role[posted] == RUNNER]], minlength=outlet.id.size)
    members = np.bincount(person.business[attached], minlength=business.id.size)
    open_ = outlet.state == ACTIVE
    lines = np.bincount(outlet.business[open_], minlength=business.id.size)
    living = business.state == ACTIVE
    faults += fault(open_ & (outlet.staff != staff), "staff is miscounted")
    faults += fault(open_ & (outlet.runners != runners), "runners are miscounted")
    faults += fault(living & (business.members != members), "members are miscounted")
    faults += fault(living & (business.lines != lines), "lines are miscounted")
    for o in np.flatnonzero(open_ & (outlet.holder >= 0)):
        i = outlet.holder[o]
        if person.outlet[i] != o or person.role[i] != HOLDER or outlet.tier[o] != LINE:
            faults.append(f"outlet {o} is held by someone who does not work there")
    for b in np.flatnonzero(living & (business.leader >= 0)):
        if person.business[business.leader[b]] != b:
            faults.append(f"business {b} is led by someone of another")
    return faults + fault(living & (business.home < 0), "a business without a home")


# --- rows and numbers


def rows_are_accounted_for(s: State) -> list[str]:
    """Every row is in use or on its stack of free rows, never both, never twice; names in use are unique."""
    faults = []
    for name in TABLES:
        table = getattr(s, name)
        stack = getattr(s.free, name)[: s.tally.count[STACKS[name]]]
        used = table.status != NOBODY if name == "person" else table.state != EMPTY
        free = np.zeros(table.id.size, np.int64)
        np.add.at(free, stack, 1)
        faults += fault(free + used != 1, f"{name} rows both free and used, or neither")
        names = table.id[used]
        faults += [] if np.unique(names).size == names.size else [f"two {name} rows of one identity"]
    return faults


def references_hold(s: State) -> list[str]:
    """Rows that rows point to exist and belong where they are said to."""
    outlet = s.outlet
    rows = active(s, "outlet")
    faults = fault(s.business.state[outlet.business[rows]] != ACTIVE, "an outlet of an ended business")
    faults += fault(outlet.place[rows] < 0, "an outlet nowhere")
    faults += fault(s.person.place[s.person.status != NOBODY] < 0, "a person nowhere")
    return faults + fault(
        s.orders.kind[: s.tally.count[ORDER_COUNT]] != ORDER_DEATH, "an order other than a death waits"
    )


def numbers_are_finite(s: State) -> list[str]:
    """No NaN and no infinity in any column."""
    faults = []
    for name in Groups._fields:
        for field, column in zip(columns_of(get_type_hints(Groups)[name]), getattr(s.columns, name), strict=True):
            if column.dtype.kind == "f" and column.size and not np.isfinite(column).all():
                faults.append(f"{name}.{field} has a value that is not finite")
    return faults


def scores_are_shares(s: State) -> list[str]:
    """Scores and shares stay within 0 and 1; amounts are not negative."""
    faults = []
    for bounds, most in ((SHARES, 1.0), (POSITIVE, np.inf)):
        for group, names in bounds.items():
            for name in names:
                column = getattr(getattr(s.columns, group), name)
                if column.size and not (column.min() >= 0.0 and column.max() <= most):
                    faults.append(f"{group}.{name} lies between {column.min()} and {column.max()}")
    return faults


def trust_is_a_share(p: Values) -> Identity:
    """Trust of every buyer in every supplier it knows lies within 0 and 1."""

    def check(s: State) -> list[str]:
        found = [
            trust(s, p, o, k, s.tie.supplier[o, k])
            for o in active(s, "outlet")
            for k in range(TIE_SLOTS)
            if live(s, o, k)
        ]
        return [] if not found or (min(found) >= 0.0 and max(found) <= 1.0) else [f"trust {min(found)}, {max(found)}"]

    return check


IDENTITIES: tuple[Identity, ...] = (
    books_balance, cash_goes_round, debts_match, purses_are_not_overdrawn, closed_books_are_empty,
    stock_is_carried_at_cost, goods_add_up, stock_is_not_negative, people_add_up, everyone_has_one_status,
    nobody_inside_has_a_post, posts_are_counted, rows_are_accounted_for, references_hold, numbers_are_finite,
    scores_are_shares,
)  # fmt: skip


def faults_of(s: State, p: Values | None = None) -> list[str]:
    """Everything that is wrong with a world after a week."""
    checks = [*IDENTITIES, *([trust_is_a_share(p)] if p is not None else [])]
    return [f"{check.__name__}: {found}" for check in checks for found in check(s)]


# --- from one week to the next


class Bookkeeper:
    """Remembers last week's books, and says whether flows explain what became of equity since.

    What befell a business between two weeks belongs to the flows of the second; those of the year begin with the year.
    """

    def __init__(self, s: State) -> None:
        self.look(s)

    def look(self, s: State) -> None:
        """Remember the books as they stand."""
        self.names = s.business.id.copy()
        self.worth = worth(s)
        self.running = s.ledger.year.sum(axis=1)

    def week(self, s: State, lived: int = 1) -> list[str]:
        """The faults of one week, of which `lived` is the number; the books are remembered for the next."""
        now = worth(s)
        was = widened(self.names, now.size)
        stayed = (s.business.state != EMPTY) & (s.business.id == was)
        new = (s.business.state == ACTIVE) & (s.business.id != was)
        running = s.ledger.year.sum(axis=1)
        earned = now - np.where(stayed, widened(self.worth, now.size), 0)
        noted = running - np.where(stayed & (lived % 52 != 0), widened(self.running, now.size), 0)
        faults = fault((stayed | new) & (earned != noted), "running flows do not explain the change of equity")
        flows = s.ledger.flow.sum(axis=1)
        faults += fault((stayed | new) & (earned != flows), "the week's flows do not explain the change of equity")
        self.look(s)
        return faults


def widened(column: np.ndarray, size: int) -> np.ndarray:
    """A column as it was, for a table that has grown since."""
    return np.concatenate([column, np.zeros(size - column.size, column.dtype)])


def worth(s: State) -> np.ndarray:
    """What each row of the book owns beyond what it owes, in pence."""
    return -s.ledger.book[:, EQUITY].copy()


def measures_are_sound(series: np.ndarray) -> list[str]:
    """A measure is finite, unless it is compared later or nothing was traded; shares are shares."""
    faults = []
    traded = series[:, INDEX["drug_volume_pure_kg"]] > 0.0
    for measure in MEASURES:
        column = series[:, INDEX[measure.id]]
        if measure.id in COMPARED:
            continue
        priced = measure.id.startswith("retail_") or measure.id == "trust_in_trade"
        if not np.isfinite(column[traded] if priced else column).all():
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
        found = faults_of(engine.state) + keeper.week(engine.state, engine.week - 1)
        if found:
            return [f"week {engine.week - 1}: {one}" for one in found]
    return [*trust_is_a_share(engine.p)(engine.state), *measures_are_sound(engine.series[:weeks])]
