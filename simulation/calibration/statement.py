"""A calibration as data: which findings it fits, which parameters are free, and how long it looks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from simulation.errors import BadType, Conflict, UnknownName, collected
from simulation.schema import load_parameters
from simulation.schema.base import Frozen, Many, Name, Text, Title
from simulation.schema.canonical import canonical
from simulation.schema.quantity import Parameter
from simulation.schema.reading import library_file, looks_like_path, names_in, read_table, validated
from simulation.validation.experiment import Experiment, list_experiments, load_experiment

FOLDER = "calibrations"
Reason = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Condition = Literal["also", "ablation"]


class Calibration(Frozen):
    """What is fitted by what, and with how much work."""

    id: Name
    title: Title
    care: Text = ""
    preset: Name | None = None
    """Instead of the presets of the experiments."""
    targets: Many[str] = ()
    """Experiments, by name or path; all of role `calibrate` when none is named."""
    conditions: Many[Condition] = ("also",)
    """What else of an experiment is fitted besides its estimate."""
    without: dict[str, Reason] = {}
    """Targets set aside, each with the reason."""
    free: dict[str, Reason]
    """Parameters that may move within their ranges, each with the reason."""
    waves: int = Field(default=3, ge=3, le=9)
    draws: int = Field(default=250, ge=10, le=10_000)
    """Draws a wave."""
    replicates: int = Field(default=8, ge=3, le=1000)
    accepted: int = Field(default=120, ge=2, le=1000)
    """Accepted draws that are wanted."""
    cutoff: float = Field(default=3.0, ge=1.0, le=6.0)
    """Implausibility beyond which a draw is ruled out."""
    discrepancy: float = Field(default=0.05, ge=0.0, le=1.0)
    """Standard deviation of what the model itself may be off by, as a share of a target's range."""

    @property
    def parameters(self) -> list[Parameter]:
        """The free parameters, sorted by id."""
        known = load_parameters()
        return [known[name] for name in sorted(self.free)]

    @property
    def spelling(self) -> str:
        """Everything that decides a draw, in words."""
        said = self.model_dump(mode="json", exclude={"title", "care", "accepted", "waves", "free", "without"})
        return canonical({**said, "free": sorted(self.free), "without": sorted(self.without)})


def list_calibrations() -> tuple[str, ...]:
    """The names of the calibrations that come with the product, sorted."""
    return names_in(FOLDER)


def load_calibration(given: str) -> Calibration:
    """A calibration by name or path, checked against the parameters there are. Raises SpannerError."""
    path = Path(given) if looks_like_path(given) else library_file(FOLDER, given, key="calibration")
    found = validated(Calibration, {"id": path.stem, **read_table(path)}, str(path))
    check_free(found, str(path))
    return found


def check_free(calibration: Calibration, file: str) -> None:
    """Refuse free parameters that do not exist, are measured, or cannot move."""
    known = load_parameters()
    if not calibration.free:
        raise BadType(file=file, key="free", given="no parameter", allowed="a table of parameter ids and reasons")
    errors = []
    for name in calibration.free:
        if name not in known:
            errors.append(UnknownName.among(name, known, file=file, key=f"free.{name}"))
        elif known[name].status == "measured":
            said = f"{file}: free.{name}: {name} is measured; only estimated, assumed and calibrated parameters may be free."
            errors.append(Conflict(said, file=file, key=f"free.{name}", given=name))
        elif known[name].low == known[name].high:
            said = f"{file}: free.{name}: the range of {name} is a single value, so it cannot be free."
            errors.append(Conflict(said, file=file, key=f"free.{name}", given=name))
    if errors:
        raise collected(errors)


def load_targets(calibration: Calibration, file: str | None = None) -> list[Experiment]:
    """The experiments a calibration fits. Raises Conflict for one that is kept for testing."""
    if not calibration.targets:
        every = [load_experiment(name) for name in list_experiments()]
        return [one for one in every if one.role == "calibrate"]
    found = [load_experiment(name) for name in dict.fromkeys(calibration.targets)]
    for one in found:
        if one.role != "calibrate":
            raise Conflict(
                f'"{one.id}" has the role "{one.role}" and is never fitted: a finding that parameters were set by can no '
                f"longer test the model. Calibrate on findings of role calibrate only.",
                file=file, key="targets", given=one.id, allowed=calibratable(),
            )  # fmt: skip
    return found


def calibratable() -> list[str]:
    """The experiments that may be fitted."""
    return [name for name in list_experiments() if load_experiment(name).role == "calibrate"]
