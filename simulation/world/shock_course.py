"""Kinds of shock, what each may be asked to do, and one of them on its way through the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from simulation.errors import Conflict, OutOfRange, SpannerError, UnknownName, collected
from simulation.schema import Shock

NEVER: Final = 1 << 30
# what a factor scales: these act on a whole market, so they are the same everywhere
MARKET_WIDE: Final = frozenset(
    {"landed-price", "retail-price", "supply", "interdiction", "recruitment", "input-removal"}
)
BLOWS: Final = frozenset(
    {
        "leader-arrest", "retail-arrest", "hub-removal", "line-closure", "broker-removal", "franchise-defection",
        "platform-closure",
    }
)  # fmt: skip
NOWHERE: Final = MARKET_WIDE | {"platform-closure"}
LASTING: Final = MARKET_WIDE | {"demand", "arrest-rate"}
POSSIBLE: Final = BLOWS | LASTING
COUNTED: Final = frozenset({"leader-arrest", "broker-removal", "platform-closure"})
"""Blows whose size is a number; that of others is a share."""


def check_shocks(shocks: Sequence[Shock], localities: Sequence[str]) -> None:
    """Refuse what cannot befall this world: unknown places, a price of nothing, a market or platform cut into places."""
    errors: list[SpannerError] = []
    for n, shock in enumerate(shocks):
        key = f"shocks[{n}]"
        if shock.kind in NOWHERE and shock.where.rule != "everywhere":
            whole = "on platforms, which are in no place" if shock.kind not in MARKET_WIDE else "on a whole market"
            errors.append(
                Conflict(
                    f'A shock of kind "{shock.kind}" falls {whole}, not on some of its places.',
                    key=f"{key}.where", given=shock.where.rule, allowed="everywhere",
                )
            )  # fmt: skip
        if shock.kind in ("landed-price", "retail-price") and shock.size == 0.0:
            errors.append(OutOfRange(key=f"{key}.size", given=0.0, allowed="a price above 0"))
        errors += [
            UnknownName.among(name, localities, key=f"{key}.where.names")
            for name in shock.where.names
            if name not in localities
        ]
    if errors:
        raise collected(errors)


@dataclass
class Course:
    """One shock on its way: where it fell, and what is left of it."""

    shock: Shock
    places: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=int))
    connected: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=int))
    """Other places of the businesses whose leaders or people were taken."""
    there: int = 0
    """How many there were to choose from when it began."""
    normal: np.ndarray = field(default_factory=lambda: np.empty(0))
    """Milligrams a week that usually came in, by market."""
    taken: list[np.ndarray] = field(default_factory=list)
    """Users who left the market, and those who will not come to it, by locality and market."""
    running: bool = False

    @property
    def end(self) -> int:
        return NEVER if self.shock.duration is None else self.shock.week + self.shock.duration

    def acts(self, week: int) -> bool:
        """Whether something is to be done before this week."""
        start, end = self.shock.week, self.end
        if self.shock.kind in BLOWS:
            return start <= week < (start + 1 if end == NEVER else end)
        if self.shock.kind == "supply":
            return start <= week <= end
        return week in (start, end)

    def next(self, week: int) -> int:
        """The first week after this one before which something is to be done."""
        start, end = self.shock.week, self.end
        if week < start:
            return start
        if self.shock.kind in BLOWS:
            return week + 1 if week + 1 < (start + 1 if end == NEVER else end) else NEVER
        if self.shock.kind == "supply":
            return week + 1 if week < end else NEVER
        return end if week < end else NEVER
