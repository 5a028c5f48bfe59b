"""The rules by which a finding passes: range, precision, conditions, ablation, placebo and positive control."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from simulation.validation.experiment import NULL, Condition, Experiment
from simulation.validation.precision import Figure

Status = Literal["pass", "miss", "inconclusive", "error"]
WEAKER = 0.5  # what an ablation must leave of an effect, at most
TIDY = 1e-9  # an effect of doing nothing may be no more than rounding


@dataclass(frozen=True)
class Check:
    """One thing that had to hold besides the estimate."""

    text: str
    ok: bool
    estimate: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Row:
    """What came of one finding."""

    id: str
    role: str
    title: str
    status: Status
    estimate: float = math.nan
    low: float = math.nan
    high: float = math.nan
    range: tuple[float, float] = (-math.inf, math.inf)
    replicates: int = 0
    also: tuple[Check, ...] = ()
    ablation: Check | None = None
    placebo: Check | None = None
    control: Check | None = None
    first_look: dict[str, float] = field(default_factory=dict)
    message: str = ""
    elapsed_s: float = 0.0

    @property
    def passed(self) -> bool:
        return self.status == "pass"

    def to_dict(self) -> dict[str, Any]:
        """The row as plain values; open sides of ranges and what could not be worked out are None."""
        row = {**asdict(self), "passed": self.passed, "range": [finite(side) for side in self.range]}
        return {key: plain(value) for key, value in row.items()}

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Row:
        """The row again from its plain values."""
        told: dict[str, Any] = {key: value for key, value in row.items() if key != "passed"}
        told |= {key: check(row[key]) for key in ("ablation", "placebo", "control")}
        told |= {key: known(row[key]) for key in ("estimate", "low", "high")}
        low, high = row["range"]
        told["range"] = (-math.inf if low is None else low, math.inf if high is None else high)
        told["also"] = tuple(check(given) for given in row["also"])
        return cls(**told)


def check(given: dict[str, Any] | None) -> Check | None:
    """A check again from its plain values."""
    if given is None:
        return None
    return Check(given["text"], given["ok"], *(known(given[key]) for key in ("estimate", "low", "high")))


def known(value: float | None) -> float:
    return math.nan if value is None else value


def finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def plain(value: Any) -> Any:
    if isinstance(value, float):
        return finite(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def inside(value: float, bounds: tuple[float, float]) -> bool:
    """Whether a number is in a closed range; what could not be worked out is in none."""
    return bounds[0] <= value <= bounds[1]


def precise(figure: Figure, bounds: tuple[float, float]) -> bool:
    """Whether the interval says enough: half the range wide at most, or clear of the range altogether.

    A range open to one side asks which side of its bound the truth lies on.
    """
    low, high = bounds
    if math.isnan(figure.value):
        return False
    if figure.low > high or figure.high < low or figure.low == math.inf:
        return True
    if math.isnan(figure.low) or math.isnan(figure.high):
        return False
    if math.isfinite(low) and math.isfinite(high):
        return figure.high - figure.low <= (high - low) / 2.0
    return figure.low >= low and figure.high <= high


def condition_met(condition: Condition, figure: Figure, full: Figure, null: float = 0.0) -> Check:
    """Whether what else must hold does: by its estimate and, where it says so, its probability and its size."""
    bounds = bounds_of(condition)
    ok = inside(figure.value, bounds) != condition.outside
    if condition.times is not None:
        ok = ok and abs(figure.value - null) >= condition.times * abs(full.value - null)
    if condition.under is not None:
        ok = ok and abs(figure.value - null) <= condition.under * abs(full.value - null)
    if condition.sure is not None:
        ok = ok and figure.probability(*bounds) >= condition.sure
    return Check(condition.text, ok, figure.value, figure.low, figure.high)


def stated(condition: Condition) -> bool:
    """Whether a condition says itself what must hold."""
    said = (condition.low, condition.high, condition.times, condition.under)
    return any(bound is not None for bound in said)


def bounds_of(condition: Condition) -> tuple[float, float]:
    return (
        condition.low if condition.low is not None else -math.inf,
        condition.high if condition.high is not None else math.inf,
    )


def ablation_met(experiment: Experiment, condition: Condition, full: Figure, figure: Figure) -> Check:
    """With its mechanism off, a pattern goes: into the range stated, else out of its own, or to half of itself."""
    null = NULL.get(experiment.estimate.kind)
    if stated(condition):
        return condition_met(condition, figure, full, null or 0.0)
    gone = not inside(figure.value, experiment.range)
    if null is not None and math.isfinite(figure.value):
        gone = gone or abs(figure.value - null) <= WEAKER * abs(full.value - null)
    return Check(condition.text, gone, figure.value, figure.low, figure.high)


def placebo_met(experiment: Experiment, figure: Figure) -> Check:
    """Nothing done, nothing seen."""
    null = NULL.get(experiment.estimate.kind)
    value = figure.value
    ok = math.isnan(value) if null is None else abs(value - null) <= TIDY
    return Check("nothing done, nothing seen", ok, value, figure.low, figure.high)


def control_met(experiment: Experiment, condition: Condition, full: Figure, figure: Figure) -> Check:
    """Where the range holds "no effect", something comparable must move: into the range stated, else out of our own."""
    if stated(condition):
        return condition_met(condition, figure, full, NULL.get(experiment.estimate.kind, 0.0))
    return Check(condition.text, not inside(figure.value, experiment.range), figure.value, figure.low, figure.high)


def verdict(
    experiment: Experiment, figure: Figure, also: tuple[Check, ...], others: tuple[Check | None, ...]
) -> Status:
    """Pass only if everything holds; not knowing is no pass."""
    if not precise(figure, experiment.range):
        return "inconclusive"
    held = inside(figure.value, experiment.range) and all(check.ok for check in also)
    return "pass" if held and all(check is None or check.ok for check in others) else "miss"
