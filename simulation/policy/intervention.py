"""What an intervention is: a card, modifiers of named levers, and orders against targets. It never writes state.

One instance serves one entry of a plan. `modifiers` says, for the weeks of a block, what the entry does to levers;
`orders` says, at a tasking meeting, whom its operations should follow. Both see a read-only `View`. At dose 0 both
are without effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from simulation.errors import OutOfRange, UnknownKey, UnknownName
from simulation.schema import Card, Entry, Evidence, EvidencePart, Quantity
from simulation.state.codes import RESOURCES
from simulation.state.world import Groups


@dataclass(frozen=True)
class Modifier:
    """A contribution to one lever: `values` by week of the block, for the rows that `scope` selects (one index an
    axis).
    """

    lever: str
    scope: tuple[Any, ...]
    values: np.ndarray


@dataclass(frozen=True)
class Order:
    """A target for an operation: what is to be done to whom, and what it takes."""

    kind: int
    target_kind: int
    row: int
    identity: int
    hours: Mapping[int, float]
    weeks: float
    knowledge: float

    @property
    def needed(self) -> np.ndarray:
        """The hours by resource, (RESOURCES,)."""
        found = np.zeros(RESOURCES)
        for resource, hours in self.hours.items():
            found[resource] = hours
        return found


@dataclass(frozen=True)
class View:
    """What an intervention may see: its dose, its places, its agency, and the world without a pen."""

    week: int
    dose: np.ndarray
    """In force by week of the block, in [0, 1], after lead time, ramp and capacity."""
    lagged: Callable[[float], np.ndarray]
    """The same, smoothed over a lag in weeks (e-folding)."""
    places: np.ndarray
    residents: float
    """Of the places, in units of 10,000."""
    agency: int
    level: int
    state: Groups
    tasking: Any
    """Parameters of the run, as kernels read them."""
    markets: np.ndarray
    """Chain markets that the entry is for."""
    tiers: tuple[int, ...]
    """Tiers of the chain that the entry is for; empty for all."""


@dataclass
class Intervention:
    """One entry of a plan at work. Subclasses set `card`, and override what they need."""

    card: ClassVar[Card]
    gives_orders: ClassVar[bool] = False
    accepts: ClassVar[tuple[str, ...]] = ()
    """Targeting rules that a plan may ask for beside the card's own."""

    entry: Entry
    numbers: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {name: quantity.value for name, quantity in self.card.parameters.items()}
        for name, value in self.entry.parameters.items():
            allowed = self.card.parameters.get(name)
            if allowed is None:
                raise UnknownKey(
                    key=f"{self.card.id}.parameters.{name}", given=name, allowed=sorted(self.card.parameters)
                )
            if not allowed.holds(value):
                raise OutOfRange(
                    key=f"{self.card.id}.parameters.{name}", given=value,
                    allowed=f"{allowed.low:g} to {allowed.high:g} {allowed.unit}",
                )  # fmt: skip
            self.numbers[name] = float(value)

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        """What the entry does to levers in the `weeks` weeks from `view.week`."""
        return []

    def orders(self, view: View, week: int) -> list[Order]:
        """Targets for the entry's operations, best first; as many are taken as its hours allow."""
        return []

    def hours(self) -> dict[str, float]:
        """Hours a week at full dose, by resource."""
        return {name: quantity.value for name, quantity in self.card.cost.hours.items()}

    def grant(self) -> float:
        """Money a week at full dose beside the hours, GBP."""
        return self.card.cost.grant.value if self.card.cost.grant is not None else 0.0


REGISTRY: dict[str, type[Intervention]] = {}


def register[T: type[Intervention]](kind: T) -> T:
    """Make an intervention known by its card's id."""
    REGISTRY[kind.card.id] = kind
    return kind


def intervention(name: str) -> type[Intervention]:
    """The intervention of that id. Raises UnknownName."""
    if name not in REGISTRY:
        raise UnknownName.among(name, REGISTRY, key="intervention")
    return REGISTRY[name]


def numbers() -> dict[str, int]:
    """The number by which state and events know each intervention: its place among the sorted ids."""
    return {name: n for n, name in enumerate(sorted(REGISTRY))}


def assumed(value: float, unit: Any, low: float, high: float, note: str) -> Quantity:
    """A quantity that is judgement."""
    return Quantity(value=value, unit=unit, low=low, high=high, status="assumed", note=note)


def sourced(value: float, unit: Any, low: float, high: float, source: str, note: str) -> Quantity:
    """A quantity estimated from a source of sources.toml."""
    return Quantity(value=value, unit=unit, low=low, high=high, status="estimated", source=source, note=note)


def emmie(**parts: tuple[str, int, str | None] | str) -> Evidence:
    """Evidence in EMMIE form; a bare text stands for a part that no review covers (quality 0)."""
    stated = {
        name: EvidencePart(text=part)
        if isinstance(part, str)
        else EvidencePart(text=part[0], score=part[1], source=part[2])
        for name, part in parts.items()
    }
    return Evidence(**stated)


def hours(*, whole: bool = False, **a_week: float) -> dict[str, Quantity]:
    """Hours a week by resource (`_` for `-`), as judgement of -50 to +100 %."""
    per = "the whole effort" if whole else "10,000 residents of the places"
    note = f"Hours a week at full dose for {per}, judged from staffing of comparable work."
    return {
        name.replace("_", "-"): assumed(value, "hours/week", 0.5 * value, 2.0 * value, note)
        for name, value in a_week.items()
    }
