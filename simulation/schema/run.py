"""One run as data: everything that decides its outcome, and nothing else. And what is measured in it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from simulation.schema.base import MAX_REPLICATES, MAX_SEED, MAX_WEEKS, Frozen, Identifier, Many, Text, Title
from simulation.schema.plan import Plan
from simulation.schema.scenario import Scenario
from simulation.schema.units import Unit

Ablation = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]{1,64}$")]


class RunSpec(Frozen):
    """A scenario under a plan for so many weeks, on one stream of chance."""

    scenario: Scenario
    plan: Plan
    weeks: int = Field(default=260, ge=1, le=MAX_WEEKS)
    seed: int = Field(default=1, ge=0, le=MAX_SEED)
    replicate: int = Field(default=0, ge=0, lt=MAX_REPLICATES)
    ablate: Many[Ablation] = ()
    """Mechanisms switched off, sorted."""
    parameters: dict[str, float] = {}
    """Parameter ids and the values they take instead of their own."""
    draw: int | None = Field(default=None, ge=0)
    """Which draw of a calibrated ensemble the parameters came from."""

    @field_validator("ablate")
    @classmethod
    def _has_no_order(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """The same mechanisms off are the same run, in whatever order they were named."""
        return tuple(sorted(set(value)))


class Measure(Frozen):
    """Something counted every week: its unit, which direction is better, and how a span of weeks is summed up."""

    id: Identifier
    unit: Unit
    direction: Literal["up", "down", "neither"]
    label: Title
    definition: Text
    aggregate: Literal["sum", "mean", "last"]
