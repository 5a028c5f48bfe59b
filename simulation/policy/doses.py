"""How much of an entry is in force week by week: wanted by the plan, delayed by law and hiring, gated by a cycle, and
done when there are hours for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulation.policy.queue import Served, at_once
from simulation.schema import Entry


@dataclass
class Dose:
    """One entry's dose over all weeks of a run: wanted x gate x share, each in [0, 1], and what was done late."""

    wanted: np.ndarray
    gate: np.ndarray
    """1 where the plan's cycle lets the entry run."""
    served: Served
    """What capacity made of it: the share done at once, what was done late, what waits and what lapsed."""
    most: float = 1.0
    """The dose of the entry: late work is not done faster than that."""
    delay: int = 0
    """Weeks from what the plan says to the effect (law, hiring)."""
    begun: int | None = 0
    """The week from which the plan's weeks are counted; None as long as a trigger has not fired."""
    _lagged: dict[float, np.ndarray] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Entry, weeks: int, delay: int) -> Dose:
        """The dose an entry wants in weeks 0 to `weeks`, its effect `delay` weeks after the plan says (law, hiring)."""
        waits = entry.trigger is not None
        wanted = np.zeros(weeks) if waits else cls.wish(entry, np.arange(weeks), delay)
        return cls(wanted, np.ones(weeks), at_once(weeks), entry.dose, delay, None if waits else 0)

    def begin(self, entry: Entry, week: int) -> None:
        """The entry's trigger has fired before `week`: what it wants is counted from there."""
        self.begun = week
        self.wanted[week:] = self.wish(entry, np.arange(self.wanted.size - week), self.delay)
        self.changed()

    @staticmethod
    def wish(entry: Entry, weeks: np.ndarray, delay: int) -> np.ndarray:
        """The dose an entry wants in each of these weeks of its own."""
        since = weeks - (entry.start + delay)
        wanted = entry.dose * np.minimum(1.0, (since + 1) / (entry.ramp_weeks + 1))
        wanted[since < 0] = 0.0
        if entry.cadence_weeks is not None:
            pulse = entry.pulse_weeks if entry.pulse_weeks is not None else (entry.cadence_weeks + 1) // 2
            wanted[since % entry.cadence_weeks >= pulse] = 0.0
        if entry.end is not None:  # lead time does not lengthen the window
            wanted[entry.end :] = 0.0
        return wanted

    @property
    def asked(self) -> np.ndarray:
        """What would be in force if there were hours enough."""
        return self.wanted * self.gate

    @property
    def in_force(self) -> np.ndarray:
        return self.wanted * self.gate * self.served.share + self.served.late

    def lagged(self, lag: float) -> np.ndarray:
        """The dose in force, smoothed: each week closes 1/lag of the gap."""
        if lag <= 1.0:
            return self.in_force
        if lag not in self._lagged:
            smooth = np.empty_like(self.wanted)
            level = 0.0
            for week, dose in enumerate(self.in_force):
                level += (dose - level) / lag
                smooth[week] = level
            self._lagged[lag] = smooth
        return self._lagged[lag]

    def changed(self) -> None:
        """Gate or capacity were rewritten: what was smoothed is out of date."""
        self._lagged.clear()
