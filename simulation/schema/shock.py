"""Shocks: what befalls a world in a week, whatever anyone's plan is."""

from __future__ import annotations

from typing import Final, Literal, Self

from pydantic import Field, model_validator

from simulation.schema.base import MAX_WEEKS, Frozen, Week, fault
from simulation.schema.place import Where

ShockKind = Literal[
    "landed-price", "retail-price", "supply", "demand", "interdiction", "input-removal", "platform-closure",
    "leader-arrest", "retail-arrest", "hub-removal", "line-closure", "arrest-rate", "recruitment", "broker-removal",
    "franchise-defection",
]  # fmt: skip
# What `size` means: a factor on something, a share of those there are, or a number of them.
_SIZES: Final[dict[str, tuple[str, float]]] = {
    "landed-price": ("factor", 100.0), "retail-price": ("factor", 100.0), "supply": ("factor", 100.0),
    "demand": ("factor", 100.0), "interdiction": ("factor", 100.0), "arrest-rate": ("factor", 100.0),
    "recruitment": ("factor", 100.0), "input-removal": ("count", 1000.0), "platform-closure": ("count", 1000.0),
    "leader-arrest": ("count", 10_000.0), "retail-arrest": ("share", 1.0), "hub-removal": ("share", 1.0),
    "line-closure": ("share", 1.0), "broker-removal": ("count", 1000.0), "franchise-defection": ("share", 1.0),
}  # fmt: skip


class Shock(Frozen):
    """Something that befalls the world in a week whatever anyone's plan is."""

    week: Week
    kind: ShockKind
    where: Where = Where()
    size: float = Field(ge=0.0)
    duration: int | None = Field(default=None, ge=1, le=MAX_WEEKS)
    """Weeks it lasts; without it, for good. Arrests and closures are spread evenly over it, at once without it."""
    of: Literal["market", "encrypted-comms", "money", "abroad"] | None = None
    """Kind of platform that is closed, the largest first, market places unless said; or that only lines abroad are."""

    @model_validator(mode="after")
    def _has_a_possible_size(self) -> Self:
        meaning, most = _SIZES[self.kind]
        if self.size > most or (meaning == "count" and self.size != int(self.size)):
            raise fault(
                "out-of-range",
                f'the size of a shock of kind "{self.kind}" is a {meaning}',
                key="size",
                given=self.size,
                allowed=f"a {meaning} from 0 to {most:g}",
            )
        if self.of == "abroad" and self.kind != "line-closure":
            raise fault(
                "conflict", f'a shock of kind "{self.kind}" does not close lines', key="of", given=self.of,
                allowed='"abroad" only where the kind is "line-closure"',
            )  # fmt: skip
        if self.of not in (None, "abroad") and self.kind != "platform-closure":
            raise fault(
                "conflict", f'a shock of kind "{self.kind}" is of no kind of platform', key="of", given=self.of,
                allowed='left out, unless the kind is "platform-closure"',
            )  # fmt: skip
        return self
