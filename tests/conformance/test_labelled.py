"""Whatever is counted or drawn names the findings that support it or carries the label, wherever it is shown."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from simulation import api
from simulation.experiments import support
from simulation.experiments.comparison import Comparison
from simulation.experiments.markets import NAMES
from simulation.experiments.record import RECORD, Record, Verdict
from simulation.experiments.support import PICTURES, read_supports, supports
from simulation.measures.catalogue import MEASURES
from simulation.schema import list_scenarios, load_findings, load_scenario
from simulation.store.identity import model_version
from simulation.validation.experiment import list_experiments, load_experiment
from simulation.validation.record import spelt
from simulation.validation.report import not_run

EVERY = pytest.mark.parametrize("measure", [one.id for one in MEASURES])
PASSED = "sentence-mean"


@pytest.fixture
def passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record in which one finding passed on this version, and nothing else was tried."""
    file = tmp_path / "validated.json"
    monkeypatch.setattr(support, "RECORD", file)
    row = Verdict(id=PASSED, finding=PASSED, role="calibrate", verdict="pass")
    file.write_text(spelt(Record(model_version=model_version(), rows=(row,))), encoding="utf-8")
    return file


@functools.cache
def compared(written: Path) -> Comparison:
    """A small comparison, in a world where that record holds."""
    del written
    return api.compare("estate", ["volume-arrests"], weeks=26, replicates=2)


@EVERY
def test_every_measure_says_what_supports_it(measure: str) -> None:
    assert measure in read_supports()["outcome"], f"{measure} stands in no line of supports.toml"
    found = supports().of(measure)
    assert found.validated or found.why


@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_says_what_supports_it(picture: str) -> None:
    assert picture in read_supports()["picture"]


@pytest.mark.parametrize("name", NAMES)
def test_everything_counted_of_a_market_says_what_supports_it(name: str) -> None:
    assert name in read_supports()["in_market"]


def test_only_findings_that_an_experiment_tries_or_that_say_why_not_are_named() -> None:
    tried = {load_experiment(name).finding for name in list_experiments()} | set(not_run())
    named = {row for entries in read_supports().values() for entry in entries.values() for row in entry.get("rows", ())}
    assert named <= {finding.id for finding in load_findings()} & tried


def test_a_market_that_no_finding_is_about_supports_nothing() -> None:
    listed = set(read_supports()["market"])
    for preset in list_scenarios():
        for market in set(load_scenario(preset).markets) - listed:
            assert not any(supports().validated(name, market) for name in NAMES)


def test_what_is_said_of_findings_is_no_part_of_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulation.store import identity

    labels = {label for label, _ in identity._sources()}
    assert not any(file.name in label for label in labels for file in (RECORD, support.SUPPORTS))


@EVERY
def test_the_label_stands_in_every_table_and_document(measure: str, passed: Path) -> None:
    found = compared(RECORD)
    expected = supports().validated(measure)
    assert expected == (measure == "prison")
    assert set(found.table.loc[found.table["measure"] == measure, "validated"]) == {expected}
    assert set(found.pairs([measure])["validated"]) == {expected}
    document = found.to_dict()
    assert document["plans"]["volume-arrests"]["outcomes"][measure]["validated"] is expected
    assert (measure in document["unvalidated"]) is not expected
    listed = api.measures().set_index("id")
    assert bool(listed.loc[measure, "validated"]) is expected


def test_pictures_carry_it_beside_them(passed: Path) -> None:
    run = api.run("estate", weeks=4)
    assert "prison" not in run.series.attrs["unvalidated"]
    assert "fear" in run.series.attrs["unvalidated"]
    assert "fear" in run.unvalidated
    assert run.businesses.attrs["unvalidated"] == ["books"]
    assert run.by("tier").attrs["unvalidated"] == ["books"]
    assert set(run.flows()["validated"]) == {False}
    assert run.network("supply").nodes.attrs["unvalidated"] == ["network"]
    assert run.network("cooperation").edges.attrs["unvalidated"] == ["cooperation"]
    seen = api.sight("estate", weeks=4)
    assert seen.roles.attrs["unvalidated"] == ["sight"]


def test_a_run_with_a_mechanism_off_is_validated_in_nothing(passed: Path) -> None:
    assert "prison" in api.run("estate", weeks=2, ablate="gossip").unvalidated
    found = api.repeat("estate", weeks=2, replicates=2, parameters={"trust.private_half_life": 20.0})
    assert not found.table["validated"].any()


def test_exports_and_answers_carry_it(passed: Path, tmp_path: Path) -> None:
    api.compare("estate", ["volume-arrests"], weeks=2, replicates=2, store=tmp_path / "store")
    store = api.open_store(tmp_path / "store")
    api.export(store, tmp_path / "out")
    shown: dict[str, Any] = {path.stem: pd.read_csv(path) for path in (tmp_path / "out").glob("*.csv")}
    for name, frame in shown.items():
        if "measure" not in frame:
            continue
        assert "validated" in frame, name
        assert not frame.loc[frame["measure"] != "prison", "validated"].any(), name
    assert set(shown["outcomes"].query("measure == 'prison'")["validated"]) == {True}
    asked = "SELECT avg(value) AS x FROM outcomes WHERE measure = '{}'"
    assert api.query(store, asked.format("harm_gbp")).attrs["unvalidated"] == ["harm_gbp"]
    assert api.query(store, asked.format("prison")).attrs["unvalidated"] == []
