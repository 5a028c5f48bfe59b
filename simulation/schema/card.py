"""Intervention cards: what an intervention is, does, costs and needs, and how good the evidence for it is."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from simulation.schema.base import MAX_WEEKS, Frozen, Identifier, Many, Name, Text, Title, fault
from simulation.schema.place import TargetRule
from simulation.schema.quantity import Quantity

Family = Literal[
    "baseline", "pursue-people", "pursue-money", "place", "supply", "trust", "hostile-takeover", "prevent", "demand",
    "protect", "prepare",
]  # fmt: skip
Risk = Literal["none", "low", "medium", "high"]
Model = Literal["independent", "franchise", "commissioning"]


class EvidencePart(Frozen):
    """One letter of EMMIE: what is known, on whose word, and how good that is (0: no review, 4: very strong)."""

    score: int = Field(default=0, ge=0, le=4)
    text: Text
    source: Name | None = None

    @model_validator(mode="after")
    def _is_backed(self) -> Self:
        if self.score > 0 and self.source is None:
            raise fault("missing-key", "a score above 0 names its source", key="source")
        return self


class Evidence(Frozen):
    """Effect, mechanism, moderators, implementation and economics of an intervention, each with its quality."""

    effect: EvidencePart
    mechanism: EvidencePart
    moderators: EvidencePart
    implementation: EvidencePart
    economics: EvidencePart


class Intrusion(Frozen):
    """How far people who are not its aim are drawn in."""

    level: Risk
    text: Text


class Affects(Frozen):
    """The named levers it moves and the kinds of order it gives: everything it can do to the world."""

    levers: Many[Identifier] = ()
    orders: Many[Name] = ()


class Expected(Frozen):
    """What it should do to a measure, where and when, at full dose against the baseline."""

    measure: Identifier
    sign: Literal["up", "down", "none"]
    scope: Literal["target", "place", "market", "force", "outside"]
    weeks: tuple[int, int] = Field(strict=False)

    @model_validator(mode="after")
    def _has_a_span(self) -> Self:
        first, last = self.weeks
        if not 0 <= first < last <= MAX_WEEKS:
            raise fault(
                "out-of-range",
                "weeks are first and last, in order",
                key="weeks",
                given=f"{first} to {last}",
                allowed=f"0 to {MAX_WEEKS}",
            )
        return self


class Cost(Frozen):
    """What a week at full dose takes: hours by resource, and money beside them."""

    hours: dict[Name, Quantity] = {}
    grant: Quantity | None = None
    whole: bool = False
    """Whether this is for the whole effort wherever it falls; else it is for 10,000 residents of the places."""

    @model_validator(mode="after")
    def _is_in_its_units(self) -> Self:
        for name, quantity in self.hours.items():
            if quantity.unit != "hours/week":
                raise fault(
                    "bad-unit",
                    "effort is in hours/week",
                    key=f"hours.{name}.unit",
                    given=quantity.unit,
                    allowed=["hours/week"],
                )
        if self.grant is not None and self.grant.unit != "GBP/week":
            raise fault(
                "bad-unit", "a grant is in GBP/week", key="grant.unit", given=self.grant.unit, allowed=["GBP/week"]
            )
        return self


class Card(Frozen):
    """An intervention as a planner, an analyst and an assessor each need to see it."""

    id: Name
    title: Title
    family: Family
    p4: Literal["Pursue", "Prevent", "Protect", "Prepare"]
    dddd: Literal["Disrupt", "Deny", "Deceive", "Delete", "Collaborate"]
    mechanism: Text
    targets: Text
    targeting_rule: TargetRule = "card"
    agency: Name = "force"
    """Whose work it is: who does it where a plan names nobody; the force does it where a place has no such agency."""
    parameters: dict[Identifier, Quantity] = {}
    cost: Cost = Cost()
    lead_time: Quantity
    """Weeks from the decision to the first effect in the field, authorisation included."""
    authorising_level: Text
    power: Name
    """The key of authority.toml under which it is lawful."""
    intrusion: Intrusion
    retaliation: Intrusion
    evidence: Evidence
    affects: Affects = Affects()
    expected: Many[Expected] = ()
    status: Literal["modelled", "described"] = "modelled"
    variant_of: Name | None = None
    against: Model | None = None
    """The business model it is made against, where it is made against one: what other models gain then is displacement."""

    @model_validator(mode="after")
    def _leads_in_weeks(self) -> Self:
        if self.lead_time.unit != "weeks":
            raise fault(
                "bad-unit",
                "lead time is in weeks",
                key="lead_time.unit",
                given=self.lead_time.unit,
                allowed=["weeks"],
            )
        return self
