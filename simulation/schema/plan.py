"""Plans: which interventions, how much of each, when, where, by whom and out of whose purse."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from simulation.schema.base import MAX_WEEKS, Frozen, Identifier, Many, Name, Share, Text, Title, Week, fault
from simulation.schema.place import Targets, Where


class Budget(Frozen):
    """The most a plan may cost, in all and by holder, in pounds of the price year, and the most it may intrude. Short form: the total."""

    total: float | None = Field(default=None, ge=0.0)
    holders: dict[Name, float] = {}
    intrusion: float | None = Field(default=None, ge=0.0)
    """People not involved whom enforcement may meet, over the whole run."""

    @classmethod
    def from_short(cls, value: Any) -> Any:
        return {"total": value} if isinstance(value, (int, float)) and not isinstance(value, bool) else value

    @model_validator(mode="after")
    def _is_not_negative(self) -> Self:
        for name, amount in self.holders.items():
            if amount < 0:
                raise fault(
                    "out-of-range", "a budget is 0 or more", key=f"holders.{name}", given=amount, allowed="0 or more"
                )
        return self


class Trigger(Frozen):
    """What an entry waits for: an indicator that passes a threshold, by its mean over so many weeks.

    Its agency looks when it meets. From the week it fires, once, the entry's `start` and `end` are counted.
    """

    measure: Identifier
    above: float | None = None
    below: float | None = None
    weeks: int = Field(default=13, ge=1, le=520)

    @model_validator(mode="after")
    def _has_one_threshold(self) -> Self:
        if (self.above is None) == (self.below is None):
            raise fault("conflict", "a trigger has either above or below", key="above", given=self.above)
        return self

    def fires(self, value: float) -> bool:
        """Whether the indicator has passed the threshold; one that nobody has seen yet has not."""
        return value > self.above if self.above is not None else self.below is not None and value < self.below

    def words(self) -> str:
        """The trigger as a planner would say it."""
        side = f"above {self.above:g}" if self.above is not None else f"below {self.below:g}"
        return f"{self.measure} {side} over {self.weeks} weeks"


class Entry(Frozen):
    """One effort of a plan: an intervention at a dose, over a window, on places and targets, by an agency, paid for."""

    intervention: Name
    dose: Share = 1.0
    start: Week = 0
    end: int | None = Field(default=None, ge=1, le=MAX_WEEKS)
    """The first week without the effort; without it the effort lasts to the end of the run."""
    ramp_weeks: int = Field(default=0, ge=0, le=520)
    cadence_weeks: int | None = Field(default=None, ge=1, le=520)
    """The period of a pulsed effort; without it the effort is steady."""
    pulse_weeks: int | None = Field(default=None, ge=1, le=520)
    """For how many weeks of each period the effort is on; without it, half the period, rounded up."""
    where: Where = Where()
    targets: Targets = Targets()
    agency: Name | None = None
    """Without it, whoever the intervention's card says; the force where the scenario has no such agency."""
    funding: Literal["retasked", "additional"] = "retasked"
    budget_holder: Name | None = None
    parameters: dict[Identifier, float] = {}
    trigger: Trigger | None = None
    """Without it the entry begins with the plan."""

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise fault(
                "out-of-range",
                f"the window ends in week {self.end}, not after its start in week {self.start}",
                key="end",
                given=self.end,
                allowed=f"{self.start + 1} to {MAX_WEEKS}",
            )
        if self.pulse_weeks is not None and (self.cadence_weeks is None or self.pulse_weeks > self.cadence_weeks):
            raise fault(
                "conflict",
                "pulse_weeks needs a cadence_weeks of at least its length",
                key="pulse_weeks",
                given=self.pulse_weeks,
            )
        if self.funding == "additional" and self.budget_holder is None:
            raise fault(
                "missing-key",
                "additional funding names its budget_holder",
                key="budget_holder",
                allowed="a budget holder of costs.toml",
            )
        return self

    def level(self, week: int) -> float:
        """The dose wanted in `week` of the plan, or from the trigger on: 0 outside window and pulses, rising in a straight line over the ramp."""
        since = week - self.start
        if since < 0 or (self.end is not None and week >= self.end):
            return 0.0
        if self.cadence_weeks is not None:
            pulse = self.pulse_weeks if self.pulse_weeks is not None else (self.cadence_weeks + 1) // 2
            if since % self.cadence_weeks >= pulse:
                return 0.0
        return self.dose * min(1.0, (since + 1) / (self.ramp_weeks + 1))

    def changes(self, weeks: int) -> tuple[int, ...]:
        """The weeks before `weeks` in which the level differs from the week before, in order."""
        return tuple(w for w in range(self.start, weeks) if self.level(w) != self.level(w - 1))


class Option(Frozen):
    """What a cycle may choose: the plan's entries with these interventions run, those of other options rest."""

    name: Name
    interventions: Many[Name] = ()


class Rule(Frozen):
    """How a cycle decides: in turn, by an indicator's threshold, or by learning which option has worked."""

    kind: Literal["rotate", "threshold", "bandit"]
    measure: Identifier | None = None
    above: float | None = None
    then: Name | None = None
    otherwise: Name | None = None
    explore: Share = 0.1

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        needed = {"rotate": (), "threshold": ("measure", "above", "then", "otherwise"), "bandit": ("measure",)}
        for key in needed[self.kind]:
            if getattr(self, key) is None:
                raise fault("missing-key", f'a rule of kind "{self.kind}" has {key}', key=key)
        return self


class Cycle(Frozen):
    """Observe, orient, decide, act and assess again every so many weeks."""

    period_weeks: int = Field(ge=1, le=520)
    observe: Many[Identifier] = ()
    options: Many[Option] = Field(min_length=1)
    rule: Rule = Rule(kind="rotate")
    agency: Name | None = None
    """Whose analysts prepare each decision; without it, the agency with analysts that most entries are by."""

    @model_validator(mode="after")
    def _chooses_among_its_options(self) -> Self:
        names = [option.name for option in self.options]
        if len(set(names)) < len(names):
            raise fault("conflict", "two options of the cycle have the same name", key="options", given=names)
        for key in ("then", "otherwise"):
            chosen = getattr(self.rule, key)
            if chosen is not None and chosen not in names:
                raise fault(
                    "unknown-name",
                    f'"{chosen}" is not an option of the cycle',
                    key=f"rule.{key}",
                    given=chosen,
                    allowed=names,
                )
        return self


class Plan(Frozen):
    """A policy over time, as data. Without entries it is today's portfolio, continued."""

    id: Name
    title: Title
    description: Text = ""
    budget: Budget | None = None
    entry: Many[Entry] = ()
    cycle: Cycle | None = None
