"""An organised crime business as an agent of the model: a name, and a handle on its row as long as it lives."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from simulation.state.codes import (
    ACCOUNT_NAMES,
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    MODEL_NAMES,
    TIER_NAMES,
)


class Business(mesa.Agent):
    """A view of one business. It holds no state of its own and reads the model's columns when it is asked."""

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.identity = int(model.state.business.id[row])

    @property
    def columns(self) -> Any:
        return self.model.state.business  # pyright: ignore[reportAttributeAccessIssue]

    @property
    def alive(self) -> bool:
        """Whether the business still trades under its own name."""
        return bool(self.columns.state[self.row] == ACTIVE and int(self.columns.id[self.row]) == self.identity)

    @property
    def kind(self) -> str:
        return MODEL_NAMES[self.columns.model[self.row]]

    @property
    def tier(self) -> str | None:
        tier = int(self.columns.tier[self.row])
        return TIER_NAMES[tier] if tier >= 0 else None

    @property
    def lines(self) -> int:
        return int(self.columns.lines[self.row])

    @property
    def members(self) -> int:
        return int(self.columns.members[self.row])

    @property
    def profit(self) -> float:
        """GBP a week, smoothed."""
        return float(self.columns.profit[self.row])

    @property
    def balance_sheet(self) -> dict[str, float]:
        """Accounts in GBP; assets positive, claims negative."""
        book = self.model.state.ledger.book[self.row]  # pyright: ignore[reportAttributeAccessIssue]
        return {name: float(book[n]) / 100.0 for n, name in enumerate(ACCOUNT_NAMES)}

    @property
    def cash(self) -> float:
        """GBP in hand, dirty and clean."""
        book = self.model.state.ledger.book[self.row]  # pyright: ignore[reportAttributeAccessIssue]
        return float(book[CASH_DIRTY] + book[CASH_CLEAN]) / 100.0

    @property
    def known(self) -> float:
        """What the police know of it at the level that knows most, 0 to 1."""
        return float(np.max(self.columns.knowledge[self.row]))
