"""The ensemble that comes with the product: it fits this model, and the defaults are the draw in its midst."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from simulation.calibration.adopting import FOUND, adopt
from simulation.errors import Conflict
from simulation.experiments.ensembles import FIT, FOLDER, list_ensembles, load_ensemble
from simulation.schema import load_parameters
from simulation.schema.reading import LIBRARY

FEWEST = 100
MOST_BYTES = 1_000_000


@pytest.mark.parametrize("name", list_ensembles())
def test_an_ensemble_that_comes_with_the_product_fits_this_model(name: str) -> None:
    kept = load_ensemble(name)
    assert kept.stale is None
    assert len(kept.draws) >= FEWEST
    assert sum(path.stat().st_size for path in FOLDER.glob(f"{name}.*")) < MOST_BYTES


def test_the_defaults_are_the_draw_in_the_midst() -> None:
    kept = load_ensemble("uk")
    assert kept.medoid is not None
    parameters = load_parameters()
    assert {name: parameters[name].value for name in kept.free} == kept.draws[kept.medoid]
    assert {parameters[name].status for name in kept.free} == {"calibrated"}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """What a calibration of two parameters left, and a copy of the parameters' files."""
    draws = [{"exit.street": 0.25, "exit.core": 0.1}, {"exit.street": 0.3, "exit.core": 0.05}]
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "mine.json").write_text(json.dumps({"name": "mine", "medoid": 1, "draws": draws}))
    (folder / f"mine{FIT}").write_text("{}")
    (folder / f"mine{FOUND}").write_text(json.dumps({"ensemble": str(folder / "mine.json"), "tried": 5}))
    shutil.copytree(LIBRARY / "parameters", tmp_path / "parameters")
    return tmp_path


def test_adopting_moves_the_defaults_it_speaks_of_and_nothing_else(work: Path) -> None:
    before = {path.name: path.read_text() for path in (work / "parameters").iterdir()}
    assert adopt(work / "work", "mine", work / "ensembles", work / "parameters") == ["exit.core", "exit.street"]
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
    assert found == {"ensemble": "mine.json", "tried": 5}
    assert adopt(work / "work", "mine", work / "ensembles", work / "parameters") == []


def test_draws_without_one_in_the_midst_move_nothing(work: Path) -> None:
    path = work / "work" / "mine.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "medoid": None}))
    with pytest.raises(Conflict):
        adopt(work / "work", "mine", work / "ensembles", work / "parameters")
    assert not (work / "ensembles").exists()
