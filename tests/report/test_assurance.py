"""The assurance pack is what the project itself says, whole and up to date, and fills no role with anyone."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import api
from simulation.errors import NotFound, UnknownName
from simulation.experiments.record import Record, Verdict, load_record
from simulation.policy.intervention import REGISTRY
from simulation.report import assurance, logs, record
from simulation.report.markdown import code
from simulation.schema import load_findings, load_parameters
from simulation.schema.reference import load_sources
from tests.cli.command import typed

PAGES = ["README.md", "assumptions.md", "decisions.md", "data.md", "verification.md", "validation.md", "limits.md"]


@pytest.fixture(scope="module")
def pack() -> dict[str, str]:
    return api.assurance()


def lasting(text: str) -> list[str]:
    """A page without the lines that change with every change of the model."""
    return [line for line in text.splitlines() if not line.startswith(assurance.VERSION)]


@pytest.mark.parametrize("page", PAGES)
def test_the_committed_pack_is_what_would_be_written(page: str, pack: dict[str, str]) -> None:
    committed = (assurance.FOLDER / page).read_text(encoding="utf-8")
    assert lasting(committed) == lasting(pack[page]), f"docs/assurance/{page} is out of date: run `make docs`"


def test_there_are_these_pages_and_no_other(pack: dict[str, str]) -> None:
    assert list(pack) == PAGES
    assert sorted(path.name for path in assurance.FOLDER.iterdir()) == sorted(PAGES)


def test_logs_leave_nothing_out(pack: dict[str, str]) -> None:
    for one in load_parameters().values():
        assert f"| {code(one.id)} |" in pack["assumptions.md"]
    for path in (assurance.ROOT / "docs" / "decisions").glob("0*.md"):
        assert f"(../decisions/{path.name})" in pack["decisions.md"]
    for key in load_sources():
        assert f"| {code(key)} |" in pack["data.md"]
    for path in logs.data_files():
        assert code(path.relative_to(logs.LIBRARY.parent).as_posix()) in pack["data.md"]
    for path in (assurance.ROOT / "tests").glob("*/test_*.py"):
        assert code(path.relative_to(assurance.ROOT).as_posix()) in pack["verification.md"]


def test_every_decision_and_every_file_of_tests_says_something(pack: dict[str, str]) -> None:
    for page, said in (("decisions.md", 4), ("verification.md", 2)):
        rows = [line for line in pack[page].splitlines() if line.startswith(("| [0", "| `tests"))]
        assert rows
        for line in rows:
            assert all(len(cell.strip()) > 5 for cell in line.split(" |")[:said]), line


def test_figures_of_files_and_cards_are_counted() -> None:
    counted = logs.others()
    assert len(counted["numbers of interventions"]) > len(REGISTRY)
    assert len(counted["`scenarios/markets`"]) > 100
    assert not any(name.endswith(("parameters`", "experiments`")) for name in counted)


def test_the_validation_record_says_what_came_of_every_finding(pack: dict[str, str]) -> None:
    found = load_record()
    assert found is not None
    for row in found.rows:
        assert f"| {row.id} | {row.role} | {row.verdict} |" in pack["validation.md"]
    for name in record.not_tried():
        assert f"| {name} |" in pack["validation.md"] and name in {finding.id for finding in load_findings()}
    missed = [row.id for row in found.rows if not row.passed]
    assert f"{len(missed)} tried findings and patterns are not reproduced: {', '.join(missed)}." in pack["README.md"]


def test_a_mechanism_is_shown_only_by_a_row_that_passes() -> None:
    def shown(verdict: str) -> str:
        row = Verdict(id="shortage-is-purity", role="test", verdict=verdict)
        return record.mechanisms(Record(model_version="abc", rows=(row,))).split("For the other")[0]

    assert "| `sticky_price` | shortage-is-purity |" in shown("pass")
    assert "sticky_price" not in shown("miss")


def test_the_statement_says_which_model_and_whether_findings_were_tried_with_it(
    pack: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"{assurance.VERSION}`{api.model_version()}`" in pack["README.md"]
    monkeypatch.setattr(assurance, "load_record", lambda: Record(model_version="another"))
    assert "`another`, another one" in assurance.version()
    monkeypatch.setattr(assurance, "load_record", lambda: Record(model_version=api.model_version()))
    assert "tried with it too" in assurance.version()


def test_the_command_shows_the_statement_and_writes_the_pack(
    tmp_path: Path, pack: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(capsys, "assurance").out == pack["README.md"]
    written = typed(capsys, "assurance", "--write", tmp_path / "pack", "--json").document("assurance")
    assert written["pages"] == pack
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "pack").iterdir()} == pack
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused = typed(capsys, "assurance", "--write", tmp_path / "file" / "pack", "--json")
    assert (refused.status, refused.document("error")["error"]["code"]) == (2, "unwritable")


def test_where_there_is_no_clone_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assurance, "ROOT", tmp_path)
    with pytest.raises(NotFound, match="clone"):
        assurance.pages()


def test_a_part_that_nobody_writes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = tmp_path / "frame.md"
    frame.write_text("{{vouched}}", encoding="utf-8")
    monkeypatch.setattr(assurance, "FRAME", frame)
    with pytest.raises(UnknownName, match="vouched"):
        assurance.statement()
