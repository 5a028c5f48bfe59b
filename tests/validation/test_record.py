"""What came of every finding is remembered in one document, which decides no result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulation import api
from simulation.errors import BadSyntax
from simulation.experiments.record import RECORD, load_record
from simulation.store import identity
from simulation.validation.experiment import list_experiments, load_experiment
from simulation.validation.record import PAGE, companion, recorded, spelt
from tests.validation.test_diagnoses import verdicts


def row(name: str = "chb-order", status: str = "pass", **more: Any) -> dict[str, Any]:
    return {
        "id": name, "role": "test", "title": "A trial", "status": status, "passed": status == "pass", "estimate": 0.5,
        "low": 0.4, "high": None, "range": [0.0, None], "replicates": 8, "also": [], "ablation": None, "placebo": None,
        "control": None, "first_look": {}, "message": "", "elapsed_s": 1.23456, **more,
    }  # fmt: skip


def test_the_record_says_what_the_page_says() -> None:
    record = load_record()
    assert record is not None
    assert {one.id: one.verdict for one in record.rows} == verdicts()
    assert f"model version `{record.model_version}`" in PAGE.read_text(encoding="utf-8")
    for one in record.rows:
        experiment = load_experiment(one.id)
        assert one.role == experiment.role
    assert {one.id for one in record.rows} <= set(list_experiments())


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    record = recorded([row(), row("chb-acquisitive", "miss", estimate=None)], "abc")
    (tmp_path / "found.json").write_text(spelt(record), encoding="utf-8")
    again = load_record(tmp_path / "found.json")
    assert again == record
    found = record.of("chb-order")
    assert found is not None and found.passed and (found.pass_low, found.pass_high, found.seconds) == (0.0, None, 1.2)
    assert record.of("chb-acquisitive") is not None and record.of("nothing") is None


def test_a_page_elsewhere_has_its_record_beside_it_and_leaves_the_products_alone(tmp_path: Path) -> None:
    before = RECORD.read_bytes()
    page = api.write_findings([row()], tmp_path / "mine.md")
    record = load_record(tmp_path / "mine.json")
    assert record is not None and [one.id for one in record.rows] == ["chb-order"]
    assert record.model_version == api.model_version()
    assert "chb-order" in page.read_text(encoding="utf-8")
    assert RECORD.read_bytes() == before
    assert companion(PAGE) == RECORD


def test_what_is_no_record_is_refused_and_none_is_none(tmp_path: Path) -> None:
    assert load_record(tmp_path / "none.json") is None
    (tmp_path / "bad.json").write_text('{"model_version": "abc", "rows": [{"id": 3}]}', encoding="utf-8")
    with pytest.raises(BadSyntax, match="rows"):
        load_record(tmp_path / "bad.json")


@pytest.mark.parametrize("name", ["uk/validated.json", "uk/first-look.json", "uk/findings.csv", "experiments/x.toml"])
def test_what_is_said_of_findings_is_not_in_the_version_of_the_model(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came of a finding must not make the model another one: it would never again be the one that was tried."""
    monkeypatch.setattr(identity, "LIBRARY", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}", encoding="utf-8")
    counted = tmp_path / "uk" / "forces.csv"
    counted.parent.mkdir(parents=True, exist_ok=True)
    counted.write_text("a", encoding="utf-8")
    found = [label for label, _ in identity._sources() if label.startswith("scenarios/")]
    assert found == ["scenarios/uk/forces.csv"]
