"""A number of the model with its unit, its plausible range and where it comes from."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import StringConstraints, model_validator

from simulation.schema.base import Frozen, Identifier, Many, Name, Text, Title, fault
from simulation.schema.units import Unit, natural_bounds

Status = Literal["measured", "estimated", "assumed", "calibrated"]


class Quantity(Frozen):
    """How much, in what unit, between what bounds, and on whose word."""

    value: float
    unit: Unit
    low: float
    high: float
    status: Status
    source: Name | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise fault(
                "out-of-range",
                f"value {self.value:g} must lie between low {self.low:g} and high {self.high:g}",
                key="value",
                given=self.value,
                allowed=f"{self.low:g} to {self.high:g}",
            )
        least, most = natural_bounds(self.unit)
        for key, given in (("low", self.low), ("high", self.high)):
            if (least is not None and given < least) or (most is not None and given > most):
                bound = f"{least:g} to {most:g}" if most is not None else f"{least:g} or more"
                raise fault(
                    "out-of-range",
                    f"{given:g} {self.unit} is impossible; allowed: {bound}",
                    key=key,
                    given=given,
                    allowed=bound,
                )
        if self.status in ("measured", "estimated") and self.source is None:
            raise fault(
                "missing-key",
                f'a quantity with status "{self.status}" names its source',
                key="source",
                allowed="a key of sources.toml",
            )
        return self

    @property
    def whole(self) -> int:
        """The value as a whole number, for counts."""
        return round(self.value)

    def holds(self, value: float) -> bool:
        """Whether `value` lies in the plausible range, ends included."""
        return self.low <= value <= self.high


class Parameter(Quantity):
    """A quantity of a mechanism, by the id under which kernels, plans and analyses know it."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=128)]
    mechanism: Identifier

    @model_validator(mode="after")
    def _belongs(self) -> Self:
        if self.id.split(".")[0] != self.mechanism:
            raise fault(
                "conflict",
                f"parameter {self.id} does not belong to mechanism {self.mechanism}",
                key="id",
                given=self.id,
            )
        return self

    @property
    def field(self) -> str:
        """The name of this parameter in the record that kernels read."""
        return self.id.replace(".", "_")


class Mechanism(Frozen):
    """What one mechanism does in the world, what it reads and what it writes: the head of its parameter file."""

    id: Identifier
    title: Title
    meaning: Text
    reads: Many[Text] = ()
    writes: Many[Text] = ()


def quantities(value: Any, path: str = "") -> list[tuple[str, Quantity]]:
    """Every quantity inside a model, list or table, with the path that leads to it."""
    if isinstance(value, Quantity):
        return [(path, value)]
    if isinstance(value, Frozen):
        items = [(name, getattr(value, name)) for name in type(value).model_fields]
    elif isinstance(value, dict):
        items = [(str(name), item) for name, item in value.items()]
    elif isinstance(value, (list, tuple)):
        items = [(f"[{i}]", item) for i, item in enumerate(value)]
    else:
        return []
    return [
        found
        for name, item in items
        for found in quantities(item, name if not path else path + ("" if name.startswith("[") else ".") + name)
    ]
