"""Plans with feedback: observe an indicator, decide among listed options by a rule, act until the next decision."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from simulation.errors import MissingKey
from simulation.schema import Cycle

type Observer = Callable[[str, int], float]
"""The mean of an indicator over so many weeks before now; NaN at week 0, when nothing has been seen."""


@dataclass
class Decider:
    """The state of a plan's cycle: what was chosen when, and what each option has brought."""

    cycle: Cycle
    chosen: list[tuple[int, str]] = field(default_factory=list)
    tried: dict[str, list[float]] = field(default_factory=dict)
    last: float | None = None
    at: int = 0
    """The week of the next decision."""

    def due(self, week: int) -> bool:
        """Whether a decision falls in this week."""
        return 0 <= self.at <= week

    def next(self, week: int) -> int:
        """The first week after this one with a decision, as far as is known."""
        return max(self.at, week + 1)

    def late(self, weeks: int) -> bool:
        """Whether, of the decisions due in the first so many weeks, any had to wait."""
        made = [week for week, _ in self.chosen]
        due = range(0, weeks, self.cycle.period_weeks)
        return any(n >= len(made) or made[n] > week for n, week in enumerate(due))

    def decide(self, week: int, observe: Observer | None) -> str:
        """The option for the next period. Raises MissingKey where the rule needs an indicator and none can be
        observed.
        """
        names = [option.name for option in self.cycle.options]
        rule = self.cycle.rule
        if rule.kind == "rotate":
            option = names[len(self.chosen) % len(names)]
        else:
            if observe is None or rule.measure is None:
                raise MissingKey(key="cycle.rule.measure", allowed="an indicator that the run observes")
            value = observe(rule.measure, self.cycle.period_weeks)
            option = self.by_threshold(value) if rule.kind == "threshold" else self.by_learning(value, names)
        self.chosen.append((week, option))
        return option

    def by_threshold(self, value: float) -> str:
        """Above the threshold or not; an indicator that nobody has seen yet is not above it."""
        rule = self.cycle.rule
        assert rule.above is not None and rule.then is not None and rule.otherwise is not None
        return rule.then if value > rule.above else rule.otherwise

    def by_learning(self, value: float, names: list[str]) -> str:
        """Each option once, then the one after which the indicator fell most; every so often the one tried least."""
        if self.chosen and self.last is not None and not math.isnan(value):
            self.tried.setdefault(self.chosen[-1][1], []).append(self.last - value)
        self.last = self.last if math.isnan(value) else value
        chosen = {name for _, name in self.chosen}  # the first has no effect to show: nothing was seen before it
        untried = [name for name in names if name not in chosen] or [name for name in names if name not in self.tried]
        if untried:
            return untried[0]
        every = round(1.0 / self.cycle.rule.explore) if self.cycle.rule.explore > 0.0 else 0
        if every and len(self.chosen) % every == every - 1:
            return min(names, key=lambda name: (len(self.tried[name]), names.index(name)))
        return max(names, key=lambda name: (sum(self.tried[name]) / len(self.tried[name]), -names.index(name)))

    def runs(self, intervention: str, option: str) -> bool:
        """Whether an entry is at work under an option: one that no option names always is."""
        named = {name for each in self.cycle.options for name in each.interventions}
        mine = {name for each in self.cycle.options if each.name == option for name in each.interventions}
        return intervention not in named or intervention in mine
