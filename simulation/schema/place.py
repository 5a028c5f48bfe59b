"""Where and on whom: the two selections that plans and shocks share."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from simulation.schema.base import Frozen, Many, Name, fault

WhereRule = Literal[
    "everywhere", "force", "importing", "named", "most-harm", "most-violence", "most-sales", "contested", "random"
]
TargetRule = Literal[
    "card",
    "random",
    "volume",
    "leader",
    "broker",
    "specialist",
    "money-holder",
    "hub",
    "platform",
    "market",
    "place",
    "morile",
]
_COUNTED = ("most-harm", "most-violence", "most-sales", "contested", "random")


class Where(Frozen):
    """The localities an effort falls on: all, the force's, the importing towns, the named, or the n first by a rule.

    No rule reads deprivation, age or any other trait of the people who live there.
    Short forms: `"everywhere"` (or another rule) and `["northgate", "dockside"]`.
    """

    rule: WhereRule = "everywhere"
    names: Many[Name] = ()
    n: int | None = Field(default=None, ge=1, le=10_000)

    @classmethod
    def from_short(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"rule": value}
        return {"rule": "named", "names": value} if isinstance(value, (list, tuple)) else value

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if (self.rule == "named") != bool(self.names):
            raise fault("missing-key", 'rule "named" goes with a list of names, and only with it', key="names")
        if self.rule in _COUNTED and self.n is None:
            raise fault("missing-key", f'rule "{self.rule}" says how many places: n', key="n", allowed="1 or more")
        if self.rule not in _COUNTED and self.n is not None:
            raise fault("conflict", f'rule "{self.rule}" takes no n', key="n", given=self.n)
        return self


class Targets(Frozen):
    """Whom an effort falls on, by role in the perceived network. `card` leaves it to the intervention's own rule.

    Short form: `"leader"`.
    """

    rule: TargetRule = "card"
    n: int | None = Field(default=None, ge=1, le=10_000)
    tiers: Many[Name] = ()
    market: Name | None = None

    @classmethod
    def from_short(cls, value: Any) -> Any:
        return {"rule": value} if isinstance(value, str) else value
