"""A first look happens once; the page shows it beside what is found now, a picture a row, and which tensions hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulation import api
from simulation.errors import Conflict, SpannerError
from simulation.experiments.record import FIRST_RECORD, RECORD, load_record
from simulation.validation import report, runner, tensions
from simulation.validation.experiment import list_experiments, load_experiment
from simulation.validation.first_look import drawn, first_names
from simulation.validation.keeping import Kept
from simulation.validation.picture import CELLS, picture
from simulation.validation.record import FIRST_PAGE, PAGE, companion
from simulation.validation.report import document
from tests.cli.command import typed
from tests.validation.test_experiments import written
from tests.validation.test_record import row


def test_a_first_look_tries_every_row_kept_for_testing_and_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def tried(names: list[str], *_: Any, **__: Any) -> Iterator[dict[str, Any]]:
        asked.extend(names)
        failed = {"text": "crime falls too", "ok": False, "estimate": 0.5, "low": 0.4, "high": 0.6}
        yield from (row(name, "miss", also=[failed]) for name in names)

    monkeypatch.setattr(api, "validate", tried)
    page = tmp_path / "look.md"
    assert typed(capsys, "validate", "--first-look", page).status == 1
    assert set(asked) == {name for name in list_experiments() if load_experiment(name).role == "test"}
    record = load_record(companion(page))
    assert record is not None and {one.id for one in record.rows} == set(asked)
    assert (record.model_version, record.draw) == (api.model_version(), drawn())
    text = page.read_text(encoding="utf-8")
    assert record.model_version in text and record.draw in text
    assert "- chb-order, also, crime falls too: 0.5" in text

    before = page.read_bytes(), len(asked)
    refused = typed(capsys, "validate", "--first-look", page, "--json")
    assert (refused.status, refused.document("error")["error"]["code"]) == (2, "conflict")
    assert (page.read_bytes(), len(asked)) == before
    page.unlink()
    with pytest.raises(Conflict, match="once"):
        api.write_first_look([], page)


@pytest.mark.parametrize("more", [["chb-order"], ["--write", "x.md"], ["--replicates", "4"]])
def test_a_first_look_at_some_or_with_less_is_refused(
    more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = typed(capsys, "validate", *more, "--first-look", tmp_path / "look.md", "--json")
    assert (refused.status, refused.document("error")["error"]["code"]) == (2, "conflict")


@pytest.mark.parametrize("more", [["chb-order"], ["--replicates", "4"]])
def test_the_products_page_of_some_or_with_less_is_refused(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = PAGE.read_bytes(), RECORD.read_bytes()
    refused = typed(capsys, "validate", *more, "--write", PAGE, "--json")
    assert (refused.status, refused.document("error")["error"]["code"]) == (2, "conflict")
    assert (PAGE.read_bytes(), RECORD.read_bytes()) == before


def test_the_products_first_look_lies_in_its_library() -> None:
    assert companion(FIRST_PAGE) == FIRST_RECORD
    assert FIRST_PAGE.exists() == FIRST_RECORD.exists()


def test_the_page_shows_the_first_look_beside_what_is_found_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "FIRST_RECORD", tmp_path / "look.json")
    rows = [row("chb-order"), row("chb-acquisitive")]
    assert "first look" not in document(rows, "now")
    api.write_first_look([row("chb-order", "miss", estimate=0.25)], tmp_path / "look.md")
    text = document(rows, "now")
    (line,) = [line for line in text.splitlines() if line.startswith("| [chb-order]")]
    assert "| pass |" in line and line.endswith("| miss, 0.25 (0.4 to none) |")
    assert "- first look: miss, 0.25" in text
    (line,) = [line for line in text.splitlines() if line.startswith("| [chb-acquisitive]")]
    assert line.endswith("| none |")  # came later


@pytest.mark.parametrize(
    ("figures", "bounds", "shown"),
    [
        ((0.5, 0.4, 0.6), (0.0, 1.0), "··░░░░░░░░══●═░░░░░░░░··"),
        ((2.0, 1.9, 2.1), (0.0, 1.0), "··░░░░░░░░░░·······─○─··"),
        ((0.5, 0.4, 1.5), (0.0, 1.0), ""),
        ((5.0, 4.0, None), (0.0, None), ""),
        ((1.0, 1.0, 1.0), (1.0, 1.0), ""),
    ],
)
def test_a_picture_shows_where_it_passes_and_where_we_are(
    figures: tuple[float, float, float | None], bounds: tuple[float | None, float | None], shown: str
) -> None:
    found = picture(*figures, bounds)
    assert len(found) == CELLS
    inside = (bounds[0] is None or figures[0] >= bounds[0]) and (bounds[1] is None or figures[0] <= bounds[1])
    assert ("●" in found, "○" in found) == (inside, not inside)
    assert not shown or found == shown
    assert picture(None, None, None, bounds) == ""


def test_a_tension_holds_when_every_row_of_both_sides_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = tensions.load_tensions()[0]
    names = [name for side in first.sides for name in side.rows]
    assert tensions.together(first, [row(name) for name in names])
    assert "both sides hold" in tensions.section([row(name) for name in names])
    for missing in names:
        assert not tensions.together(first, [row(name) for name in names if name != missing])
    text = tensions.section([row(name, "pass" if name in first.sides[0].rows else "miss") for name in names])
    assert f"**{first.title}**: 1 of 2 sides hold." in text
    bad = tmp_path / "tensions.toml"
    bad.write_text('[one]\ntitle = "One"\nsides = [{ says = "x", rows = ["chb-ordr"] }]\n', encoding="utf-8")
    monkeypatch.setattr(tensions, "TENSIONS", bad)
    with pytest.raises(SpannerError, match="chb-order"):
        tensions.load_tensions()


def test_what_was_tried_is_kept_and_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = written(tmp_path)
    first = [one.to_dict() for one in runner.validate([name], replicates=2, executor="serial", kept=Kept(tmp_path))]
    lived: list[str] = []
    live = runner.live
    monkeypatch.setattr(runner, "live", lambda *given: lived.append("again") or live(*given))
    again = [one.to_dict() for one in runner.validate([name], replicates=2, executor="serial", kept=Kept(tmp_path))]
    assert again == first and lived == []
    other = written(tmp_path, weeks="21")  # another experiment of that name
    (changed,) = runner.validate([other], replicates=2, executor="serial", kept=Kept(tmp_path))
    assert lived and changed.to_dict() != first[0]


def test_every_row_kept_for_testing_is_a_finding() -> None:
    assert first_names() and all(load_experiment(name).finding == name for name in first_names())
