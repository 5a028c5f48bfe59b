"""What may be fitted and by what: a calibration file says so, and anything else is refused in one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.calibration.living import Gate, Task, drawn, live
from simulation.calibration.statement import calibratable, list_calibrations, load_calibration, load_targets
from simulation.calibration.targets import read_from
from simulation.errors import Conflict, OutOfRange, SpannerError, UnknownName
from simulation.schema import load_parameters
from simulation.validation.design import lay_out
from simulation.validation.experiment import list_experiments, load_experiment
from simulation.validation.runner import Collection
from simulation.world import burn_in
from simulation.world.burn_in import checkpoint_key

FREE = '"exit.street" = "why"'


def calibration(folder: Path, text: str = "", free: str = FREE) -> Path:
    path = folder / "mine.toml"
    path.write_text(f'title = "Mine"\n{text}\n[free]\n{free}\n', encoding="utf-8")
    return path


def experiment(folder: Path, name: str, weeks: int, measure: str, role: str = "calibrate", high: float = 1.0) -> str:
    path = folder / f"{name}.toml"
    path.write_text(
        f'title = "{name}"\nrole = "{role}"\npreset = "estate"\nweeks = {weeks}\n[arms.as-now]\n[estimate]\n'
        f'kind = "level"\nmeasure = "{measure}"\narm = "as-now"\nwindow = [0, {weeks}]\nlow = 0.0\nhigh = {high}\n',
        encoding="utf-8",
    )
    return str(path)


@pytest.mark.parametrize("name", list_calibrations())
def test_calibrations_of_the_product_can_be_laid_out(name: str) -> None:
    asked = load_calibration(name)
    reading = read_from(asked, load_targets(asked), 1)
    assert {target.row for target in reading.targets} <= set(calibratable())
    assert any(target.shared for target in reading.targets)
    assert all(parameter.status != "measured" for parameter in asked.parameters)


def test_without_a_list_everything_that_may_be_fitted_is(tmp_path: Path) -> None:
    asked = load_calibration(str(calibration(tmp_path)))
    assert [one.id for one in load_targets(asked)] == calibratable()
    assert {load_experiment(name).role for name in calibratable()} == {"calibrate"}


@pytest.mark.parametrize(
    "name", [name for name in list_experiments() if load_experiment(name).role in ("test", "sign")][::8]
)
def test_what_tests_the_model_is_never_fitted(tmp_path: Path, name: str) -> None:
    asked = load_calibration(str(calibration(tmp_path, f'targets = ["{name}"]')))
    with pytest.raises(Conflict) as caught:
        load_targets(asked, "mine.toml")
    assert "never fitted" in caught.value.message
    assert (caught.value.key, caught.value.given) == ("targets", name)


def measured() -> str:
    return next(name for name, one in load_parameters().items() if one.status == "measured")


@pytest.mark.parametrize(
    ("text", "free", "kind", "key"),
    [
        ("", '"exit.stret" = "why"', UnknownName, "free.exit.stret"),
        ("", f'"{measured()}" = "why"', Conflict, f"free.{measured()}"),
        ("", "", SpannerError, "free"),
        ("waves = 2", FREE, OutOfRange, "waves"),
        ("replicates = 2", FREE, OutOfRange, "replicates"),
        ('targets = ["no-such"]', FREE, UnknownName, "experiment"),
        ('without = { "no-such" = "why" }', FREE, UnknownName, "without"),
        ('conditions = ["control"]', FREE, SpannerError, None),
    ],
)
def test_a_bad_calibration_is_refused(tmp_path: Path, text: str, free: str, kind: type[SpannerError], key: str) -> None:
    with pytest.raises(kind) as caught:
        asked = load_calibration(str(calibration(tmp_path, text, free)))
        read_from(asked, load_targets(asked), 1)
    assert key is None or caught.value.key == key


def test_targets_that_read_one_world_share_its_runs_and_say_what_they_say_alone(tmp_path: Path) -> None:
    """The longest run serves all; each target is what `validate` finds in a run of its own length."""
    names = [
        experiment(tmp_path, "short", 10, "people_active"), experiment(tmp_path, "within", 17, "members_mean"),
        experiment(tmp_path, "middle", 16, "members_mean"), experiment(tmp_path, "long", 32, "departures_street"),
    ]  # fmt: skip
    listed = ", ".join(f'"{name}"' for name in names)
    asked = load_calibration(str(calibration(tmp_path, f"targets = [{listed}]")))
    experiments = load_targets(asked)
    reading = read_from(asked, experiments, 1)
    assert [run.spec.weeks for run in reading.runs] == [32, 17]
    values = {"exit.street": 0.4}
    found = live(reading, Gate(3, 3.0, 0.05), None, Task("one", values))
    begun = [checkpoint_key(drawn(run, Task("one", values), n)) for run in reading.runs for n in range(3)]
    assert not set(begun) & set(burn_in._kept)  # no other draw begins like it, so nothing is kept of it
    for one in experiments:
        own = Collection(lay_out(one.model_copy(update={"parameters": values})), "serial", 1, None)
        own.grow(3)
        figure = own.figure(one.estimate)
        assert found.values[one.id] == figure.value
    assert found.variances["short"] > 0.0
