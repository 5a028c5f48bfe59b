"""Rows, references and numbers of the tables are sound."""

from __future__ import annotations

from typing import get_type_hints

import numpy as np

from simulation.kernels.trade_choice import live, trust
from simulation.state.codes import ACTIVE, EMPTY, NOBODY, ORDER_DEATH, TIE_SLOTS
from simulation.state.columns import columns_of
from simulation.state.values import Values
from simulation.state.world import (
    FREE_BUSINESS,
    FREE_GHOST,
    FREE_OPERATION,
    FREE_OUTLET,
    FREE_PERSON,
    ORDER_COUNT,
    Groups,
    State,
)
from tests.conservation.faults import Identity, active, fault

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
    "platform": ("fee", "assurance", "assured", "doubt", "breached", "read"),
    "member": ("standing",),
}  # fmt: skip
# Float columns that cannot be negative.
POSITIVE = {
    "outlet": ("price", "forecast", "good", "bad", "slander", "quality"),
    "tie": ("good", "bad", "volume"),
    "place": ("users", "users_rest", "price_seen", "price_rest", "violence", "build"),
    "person": ("experience", "savings"),
    "business": ("pressure", "felt"),
}


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


def platforms_know_their_users(s: State) -> list[str]:
    """Every platform has the users that say they are on it, and nobody is on one that closed or is of another kind."""
    platform = s.platform
    faults = []
    for kind, there in enumerate((s.business.comms, s.business.market_place, s.business.money)):
        rows = there[there >= 0]
        faults += fault(platform.state[rows] != ACTIVE, "somebody is on a platform that is gone")
        faults += fault(platform.kind[rows] != kind, "a platform of another kind")
        mine = (platform.state == ACTIVE) & (platform.kind == kind)
        users = np.bincount(rows, minlength=platform.id.size)
        faults += fault(mine & (platform.users != users), "users are miscounted")
    names = platform.id[platform.state == ACTIVE]
    faults += [] if np.unique(names).size == names.size else ["two platforms of one identity"]
    return faults + fault((s.business.state == EMPTY) & (s.business.comms >= 0), "an ended business on a platform")
