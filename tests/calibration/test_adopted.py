"""The ensemble that comes with the product: it fits this model, and the defaults are one of its draws."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from simulation.calibration import adopting, resting
from simulation.calibration.adopting import adopt
from simulation.calibration.statement import load_calibration, load_targets
from simulation.errors import OutOfRange
from simulation.experiments.ensembles import FIT, FOLDER, FOUND, list_ensembles, load_ensemble
from simulation.schema import load_parameters
from simulation.schema.reading import LIBRARY
from simulation.validation.experiment import Experiment, load_experiment
from simulation.validation.judging import Row
from simulation.validation.runner import Trial

FEWEST = 100
MOST_BYTES = 1_000_000


@pytest.mark.parametrize("name", list_ensembles())
def test_an_ensemble_that_comes_with_the_product_fits_this_model(name: str) -> None:
    kept = load_ensemble(name)
    assert kept.stale is None
    assert len(kept.draws) >= FEWEST
    assert sum(path.stat().st_size for path in FOLDER.glob(f"{name}.*")) < MOST_BYTES


def test_the_defaults_are_a_draw_of_the_ensemble() -> None:
    kept = load_ensemble("uk")
    assert kept.default is not None
    parameters = load_parameters()
    assert {name: parameters[name].value for name in kept.free} == kept.draws[kept.default]
    assert {parameters[name].status for name in kept.free} == {"calibrated"}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """What a calibration of two parameters left, and a copy of the parameters' files."""
    draws = [{"exit.street": 0.25, "exit.core": 0.1}, {"exit.street": 0.3, "exit.core": 0.05}]
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "mine.json").write_text(json.dumps({"name": "mine", "medoid": 1, "draws": draws}))
    (folder / f"mine{FIT}").write_text("{}")
    (folder / f"mine{FOUND}").write_text(
        json.dumps(
            {
                "ensemble": str(folder / "mine.json"),
                "tried": 5,
                "renewed": {"ensemble": str(tmp_path / "old.json"), "kept": 3},
            }
        )
    )
    shutil.copytree(LIBRARY / "parameters", tmp_path / "parameters")
    return tmp_path


def test_adopting_moves_the_defaults_it_speaks_of_and_nothing_else(work: Path) -> None:
    before = {path.name: path.read_text() for path in (work / "parameters").iterdir()}
    assert adopt(work / "work", "mine", 1, work / "ensembles", work / "parameters") == ["exit.core", "exit.street"]
    after = {path.name: path.read_text() for path in (work / "parameters").iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"exit.toml"}
    was, now = (tomllib.loads(text["exit.toml"])["exit"] for text in (before, after))
    expected = {"street": {"value": 0.3, "status": "calibrated"}, "core": {"value": 0.05, "status": "calibrated"}}
    assert now == {key: {**row, **expected.get(key, {})} for key, row in was.items()}
    assert sorted(path.name for path in (work / "ensembles").iterdir()) == [
        "mine.fit.json",
        "mine.found.json",
        "mine.json",
    ]
    found = json.loads((work / "ensembles" / f"mine{FOUND}").read_text())
    assert found == {"ensemble": "mine.json", "tried": 5, "renewed": {"ensemble": "old.json", "kept": 3}}
    assert load_ensemble(str(work / "ensembles" / "mine.json")).default == 1
    assert adopt(work / "work", "mine", 1, work / "ensembles", work / "parameters") == []


def test_a_draw_that_there_is_not_moves_nothing(work: Path) -> None:
    with pytest.raises(OutOfRange):
        adopt(work / "work", "mine", 2, work / "ensembles", work / "parameters")
    assert not (work / "ensembles").exists()


def test_the_draw_nearest_the_midst_whose_world_is_at_rest_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    calibration = load_calibration("uk")
    ranges = {one.id: (one.low, one.high) for one in calibration.parameters}
    at = [0.5, 0.52, 0.4, 0.9]  # by how near all others: 0.5, 0.52, 0.4, 0.9
    draws = tuple({name: low + (high - low) * place for name, (low, high) in ranges.items()} for place in at)
    seen: list[float] = []

    def drifts(preset: str, draw: dict[str, float], seed: int) -> dict[str, float]:
        seen.append(draw["exit.street"])
        return {"hoarded_gbp": 0.0, "fear": -0.12 if len(seen) < 3 else 0.09}

    monkeypatch.setattr(resting, "drifts", drifts)
    assert resting.nearest(calibration, draws, [partial(resting.at_rest, "force")]) == (2, 2)
    assert seen == [draws[n]["exit.street"] for n in (0, 1, 2)]
    whole: list[float] = []

    def other(draw: Mapping[str, float]) -> bool:
        whole.append(draw["exit.street"])
        return len(whole) > 1

    assert resting.nearest(calibration, draws, [partial(resting.at_rest, "force"), other]) == (1, 1)
    assert whole == [draws[n]["exit.street"] for n in (0, 1)]  # only of draws at rest is anything else asked
    assert resting.nearest(calibration, draws, [lambda draw: False]) == (None, 4)


def test_the_defaults_pass_every_row_in_full_and_none_is_tried_after_a_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    experiments = load_targets(load_calibration("uk"))
    assert {one.role for one in experiments} == {"calibrate"}
    tried: list[Experiment] = []

    class Lived(Trial):
        def run(self) -> Row:
            tried.append(self.experiment)
            assert self.growth == load_experiment(self.experiment.id).replicates
            missed = self.experiment.id == "line-turnover" and self.experiment.parameters["exit.street"] > 0.3
            return Row(self.experiment.id, "calibrate", "", "inconclusive" if missed else "pass")

    monkeypatch.setattr(adopting, "Trial", Lived)
    assert adopting.passes(experiments, {"exit.street": 0.25})
    assert [one.id for one in tried] == [one.id for one in experiments]
    said = {one.id: one.parameters for one in experiments}
    assert all(one.parameters == {"exit.street": 0.25, **said[one.id]} for one in tried)
    tried.clear()
    assert not adopting.passes(experiments, {"exit.street": 0.35})
    assert tried[-1].id == "line-turnover"
    market = load_experiment("market-recovery-time")
    kept = adopting.at(market, {"platforms.market_appeal": 9.0}).parameters["platforms.market_appeal"]
    assert kept == market.parameters["platforms.market_appeal"]
