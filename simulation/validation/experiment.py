"""Experiments as data: what is done to which world, what is measured, and when that counts as reproduced."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from simulation.errors import SpannerError, UnknownName, collected
from simulation.schema import Shock, load_findings
from simulation.schema.base import ID_PATTERN, MAX_WEEKS, NAME_PATTERN, Frozen, Many, Name, Text, Title, Week, fault
from simulation.schema.reading import LIBRARY, looks_like_path, names_in, read_table, validated
from simulation.schema.run import Ablation

FOLDER = "experiments"
Kind = Literal[
    "level", "change", "ratio", "difference", "gap", "interrupted", "lasting", "did", "recovery", "peak", "elasticity",
    "elasticity-ratio", "order", "knee", "knee-shift", "contrast", "buyers-rising", "sites-significant", "prevented",
]  # fmt: skip
Scope = Literal["world", "sites", "neighbours", "connected", "rest", "untouched"]
# what an estimate is when nothing was done
NULL: dict[str, float] = {
    "change": 0.0, "ratio": 1.0, "difference": 0.0, "gap": 0.0, "interrupted": 0.0, "did": 1.0, "peak": 1.0,
    "order": 0.0, "contrast": 0.0, "buyers-rising": 0.0,
}  # fmt: skip
TWO_ARMED = (
    "change",
    "ratio",
    "difference",
    "gap",
    "lasting",
    "did",
    "peak",
    "elasticity",
    "elasticity-ratio",
    "contrast",
    "buyers-rising",
    "prevented",
)
Weeks = Annotated[tuple[Week, Week], Field(strict=False)]
Measured = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}(:{NAME_PATTERN})?$")]
"""A measure, where need be of one market: MEASURE:MARKET."""


def needed_by(kind: str, alone: bool) -> list[str]:
    """The keys that an estimate of a kind has."""
    needed = ["arms"] if kind in ("order", "knee", "knee-shift") else ["arm"]
    needed += ["against"] if kind in (*TWO_ARMED, "knee", "knee-shift") else []
    if kind in ("interrupted", "lasting", "elasticity-ratio", "sites-significant") or (kind == "recovery" and alone):
        needed.append("before")
    return needed + {
        "gap": ["base"],
        "knee-shift": ["than"],
        "prevented": ["than"],
        "contrast": ["other"],
    }.get(kind, [])


class Arm(Frozen):
    """One treatment of the world; what it does not say is as in the experiment."""

    like: Name | None = None
    """The arm it departs from."""
    plan: str | dict[str, Any] | None = None
    dose: float | None = Field(default=None, ge=0.0, le=1.0)
    """Instead of the doses of all entries of the plan."""
    shocks: Many[Shock] = ()
    ablate: Many[Ablation] = ()
    parameters: dict[str, float] = {}


class Estimate(Frozen):
    """A number worked out from the arms, and the range it should lie in.

    `level`: the measure over the window. `change`, `ratio`, `difference`: an arm against its twin on the same random
    numbers. `gap`: the difference of two arms as a share of `base`. `interrupted`: the window against `before` in one
    arm. `lasting`: the change over the window as a share of that over `before`. `did`: ratio to the twin in the scope
    over the same ratio in untouched places. `recovery`: weeks, or what `per` weeks make, from `start` until the ratio
    to the twin (without `against`, to its own mean over `before`), once below `reach` (once above, where that is more
    than 1), is back at it. `peak`: highest ratio to the twin. `elasticity`: of the measure to the price of a pure gram; `elasticity-ratio`: over the window
    against over `before`. `order`: 1 if the arms stand in the order listed, lowest first. `knee`: the dose at which the
    change bends; `knee-shift`: how much further right it lies in `arms` than in `than`, as a ratio.
    `contrast`: the change of the measure less that of another. `prevented`: how much less there is than in the twin, over how
    much less there is in the arm named in `than`. `buyers-rising`: share of users who see a price more than
    1 % above the twin's. `sites-significant`: share of sites in which the measure, over that of untouched places, fell
    significantly (5 %) from `before` to the window.
    """

    kind: Kind
    measure: Measured
    arm: Name | None = None
    against: Name | None = None
    base: Name | None = None
    arms: Many[Name] = ()
    than: Many[Name] = ()
    than_against: Name | None = None
    """The twin of those in `than`, where it is another."""
    other: Measured | None = None
    other_scope: Scope = "world"
    window: Weeks
    before: Weeks | None = None
    scope: Scope = "world"
    sites_of: Name | None = None
    """The arm whose places are meant; the treated arm unless said."""
    start: Week = 0
    reach: float = 0.9
    smooth: int = Field(default=1, ge=1, le=104)
    per: float = Field(default=1.0, gt=0.0)
    scale: float = Field(default=1.0, gt=0.0)
    """What a dose of 1 stands for, for knees."""
    share_above: float | None = None
    """Estimate instead the share of replicates in which the number is above this."""
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        for key in needed_by(self.kind, self.against is None):
            if not getattr(self, key):
                raise fault("missing-key", f'an estimate of kind "{self.kind}" names its {key}', key=key)
        for key in ("window", "before"):
            span = getattr(self, key)
            if span is not None and span[1] <= span[0]:
                raise fault("out-of-range", f"the {key} ends before it begins", key=key, given=list(span))
        return self

    @property
    def range(self) -> tuple[float, float]:
        """Where the estimate should lie; a side that is not said is open."""
        return (
            self.low if self.low is not None else -math.inf,
            self.high if self.high is not None else math.inf,
        )

    @property
    def named(self) -> tuple[str, ...]:
        """Every arm it reads."""
        one = (self.arm, self.against, self.base, self.sites_of, self.than_against)
        return tuple(name for name in (*one, *self.arms, *self.than) if name is not None)


class Condition(Frozen):
    """Something else that must hold, or that an ablation must leave behind."""

    text: Text
    estimate: Estimate | None = None
    """What is worked out; without it, the experiment's own estimate."""
    low: float | None = None
    high: float | None = None
    sure: float | None = Field(default=None, ge=0.5, lt=1.0)
    """The least probability that it lies in its range; without it, that the estimate does."""
    outside: bool = False
    """Whether it must lie outside the range instead; what does not exist is outside every range."""
    times: float | None = Field(default=None, gt=0.0)
    """How many times the experiment's own effect it must be, at least."""
    under: float | None = Field(default=None, gt=0.0)
    """And at most."""
    preset: Name | None = None
    ablate: Many[Ablation] = ()
    parameters: dict[str, float] = {}
    scenario: dict[str, Any] = {}
    arms: dict[Name, Arm] = {}
    """Arms that differ under this condition."""


class Growth(Frozen):
    """How many replicates there are at first, and at most."""

    first: int = Field(default=8, ge=1, le=1000)
    most: int = Field(default=48, ge=1, le=1000)


class Experiment(Frozen):
    """A finding or a pattern, ready to be tried."""

    id: Name
    title: Title
    role: Literal["calibrate", "test", "sign"]
    finding: Name | None = None
    """The row of the published findings; its range is the estimate's unless that says its own."""
    care: Text = ""
    """How the finding is read in this model."""
    preset: Name = "force"
    weeks: int = Field(ge=1, le=MAX_WEEKS)
    replicates: Growth = Growth()
    scenario: dict[str, Any] = {}
    """Laid over the preset, in every arm."""
    ablate: Many[Ablation] = ()
    parameters: dict[str, float] = {}
    arms: dict[Name, Arm]
    estimate: Estimate
    also: Many[Condition] = ()
    ablation: Condition | None = None
    control: Condition | None = None
    placebo: bool = True
    """Whether doing nothing must show no effect; not for levels."""

    @model_validator(mode="after")
    def _names_its_arms(self) -> Self:
        conditions = [c for c in (*self.also, self.ablation, self.control) if c is not None]
        for estimate in [self.estimate, *(c.estimate for c in conditions if c.estimate is not None)]:
            for name in estimate.named:
                if name not in self.arms:
                    raise fault("unknown-name", f'"{name}" is not an arm', key="arms", given=name)
            for span in (estimate.window, estimate.before):
                if span is not None and span[1] > self.weeks:
                    raise fault("out-of-range", "a window ends after the run", key="window", given=list(span))
        for name, arm in self.arms.items():
            if arm.like is not None and (arm.like not in self.arms or self.arms[arm.like].like is not None):
                raise fault("unknown-name", f'arm "{name}" is like no arm that says everything itself', key="like")
        return self

    @property
    def range(self) -> tuple[float, float]:
        return self.estimate.range


def list_experiments() -> tuple[str, ...]:
    """The names of the experiments that come with the product, sorted."""
    return names_in(FOLDER)


def load_experiment(given: str) -> Experiment:
    """An experiment by name or path. Raises SpannerError."""
    if looks_like_path(given):
        from pathlib import Path

        path = Path(given)
    else:
        if given not in list_experiments():
            raise UnknownName.among(given, list_experiments(), key="experiment")
        path = LIBRARY / FOLDER / f"{given}.toml"
    table = {"id": path.stem, **read_table(path)}
    found = validated(Experiment, table, str(path))
    return with_finding(found, str(path))


def with_finding(experiment: Experiment, file: str) -> Experiment:
    """The experiment with role and range of the finding it stands for."""
    if experiment.finding is None:
        return experiment
    findings = {finding.id: finding for finding in load_findings()}
    if experiment.finding not in findings:
        raise UnknownName.among(experiment.finding, findings, key="finding", file=file)
    finding = findings[experiment.finding]
    errors: list[SpannerError] = []
    if finding.role != experiment.role:
        errors.append(UnknownName(key="role", given=experiment.role, allowed=[finding.role], file=file))
    if errors:
        raise collected(errors)
    estimate = experiment.estimate
    if estimate.low is None and estimate.high is None:
        estimate = estimate.model_copy(update={"low": finding.pass_low, "high": finding.pass_high})
    return experiment.model_copy(update={"estimate": estimate})
