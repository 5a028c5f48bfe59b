"""An outcome is validated where a finding that tries what makes it passed on this version, and labelled everywhere else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from simulation.errors import SpannerError
from simulation.experiments import support
from simulation.experiments.record import Record, Verdict, load_record
from simulation.experiments.support import NOTHING_TRIES, Supports, read_supports, supports
from simulation.store.identity import model_version
from simulation.validation.record import spelt

HERE, BEFORE = "a" * 32, "b" * 32


def row(finding: str | None, verdict: str = "pass") -> Verdict:
    return Verdict(id=finding or "signs-something", finding=finding, role="test", verdict=verdict)


def stood(*rows: Verdict, version: str = HERE) -> Supports:
    return Supports(read_supports(), Record(model_version=version, rows=rows), HERE)


PRISON = "sentence-mean"


def test_a_row_that_passed_on_this_version_supports_its_outcome_and_no_other() -> None:
    found = stood(row(PRISON))
    assert found.validated("prison")
    assert found.of("prison").why == "reproduced: sentence-mean"
    assert not found.validated("assets_recovered_gbp")
    assert found.of("assets_recovered_gbp").why == "not tried on this version: asset-recovery-rate"
    assert found.of("fear").why == NOTHING_TRIES


@pytest.mark.parametrize("status", ["miss", "inconclusive", "error"])
def test_a_row_that_is_missed_supports_nothing(status: str) -> None:
    found = stood(row(PRISON, status)).of("prison")
    assert not found.validated
    assert found.why == "missed: sentence-mean"


def test_a_row_of_another_version_supports_nothing() -> None:
    found = stood(row(PRISON), version=BEFORE).of("prison")
    assert not found.validated
    assert found.why == "not tried on this version: sentence-mean"


def test_a_finding_passes_only_if_every_experiment_on_it_does() -> None:
    found = stood(row(PRISON), row(PRISON, "miss"))
    assert not found.validated("prison")


def test_a_direction_without_magnitude_supports_nothing() -> None:
    found = stood(row(None))
    assert not any(found.frame()["validated"])


def test_a_sum_is_validated_only_where_each_part_is() -> None:
    table = {"outcome": {"whole": {"parts": ["one", "other"]}, "one": {"rows": ["x"]}, "other": {"rows": ["y"]}},
             "picture": {}, "in_market": {}, "market": {}}  # fmt: skip
    half = Supports(table, Record(model_version=HERE, rows=(row("x"),)), HERE)
    assert half.of("whole").lacking == ("other",)
    assert not half.validated("whole")
    assert Supports(table, Record(model_version=HERE, rows=(row("x"), row("y"))), HERE).validated("whole")


def test_what_is_counted_of_a_market_needs_a_row_about_that_market() -> None:
    found = stood(row("elasticity-cocaine"))
    assert found.validated("volume", "cocaine") and found.validated("volume:cocaine")
    assert found.validated("drug_volume_pure_kg")
    assert not found.validated("volume", "heroin-and-crack")
    assert not found.validated("volume", "cannabis")
    assert not found.validated("harm_gbp", "cocaine")


def test_nothing_is_supported_where_parameters_were_set_by_hand() -> None:
    found = Supports(read_supports(), Record(model_version=HERE, rows=(row(PRISON),)), HERE, departs=True)
    assert not any(found.frame()["validated"])
    assert found.of("prison").why.startswith("not tried with these parameters")


def test_frames_carry_the_label_in_a_column_or_beside_them() -> None:
    found = stood(row(PRISON))
    long = found.mark(pd.DataFrame({"measure": ["prison", "fear", "prison"]}))
    assert list(long["validated"]) == [True, False, True]
    wide = found.mark(pd.DataFrame({"prison": [1.0], "fear": [2.0], "week": [0]}))
    assert wide.attrs["unvalidated"] == ["fear"]


def test_the_record_is_read_anew_when_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "validated.json"
    monkeypatch.setattr(support, "RECORD", file)
    assert not supports().validated("prison")
    file.write_text(spelt(Record(model_version=model_version(), rows=(row(PRISON),))), encoding="utf-8")
    assert supports().validated("prison")


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"model_version": "a", "rows": [{"id": "sentence-mean", "verdict": "pass"}]}']
)
def test_a_record_that_is_none_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "validated.json"
    file.write_text(text)
    with pytest.raises(SpannerError) as refused:
        load_record(file)
    assert str(file) in refused.value.message


@pytest.mark.parametrize(
    "line",
    [
        "[outcome]\nharm_gpb = { rows = [] }",
        '[outcome]\nharm_gbp = { rows = ["chb-ordr"] }',
        "[outcome]\nharm_gbp = { row = [] }",
        "[market]\nheroin = { rows = [] }",
        "[outcomes]\nharm_gbp = { rows = [] }",
    ],
)
def test_a_name_that_is_not_known_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "supports.toml"
    file.write_text(line + "\n")
    with pytest.raises(SpannerError) as refused:
        read_supports(file)
    assert str(file) in refused.value.message
