"""Every finding that the page says is missed has a diagnosis, and nothing that passes has one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from simulation.errors import SpannerError
from simulation.validation.experiment import list_experiments
from simulation.validation.report import DIAGNOSES, detail, diagnoses, texts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "findings.md"
VERDICT = re.compile(r"^\| \[([\w-]+)\]\(#\1\) \| (\w+) \|", re.MULTILINE)


def verdicts() -> dict[str, str]:
    return dict(VERDICT.findall(PAGE.read_text(encoding="utf-8")))


def test_every_missed_row_of_the_page_has_a_diagnosis_and_no_other() -> None:
    missed = {name for name, verdict in verdicts().items() if verdict != "pass"}
    assert missed, "the page lists no missed row: is it read rightly?"
    assert set(diagnoses()) == missed


def test_the_page_shows_each_diagnosis_under_its_row() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, diagnosis in diagnoses().items():
        section = text.split(f"\n### {name}\n", 1)[1].split("\n### ", 1)[0]
        assert f"Diagnosis: {diagnosis}" in section, name


def row(name: str, passed: bool) -> dict[str, Any]:
    return {
        "id": name, "title": "A trial", "status": "pass" if passed else "miss", "passed": passed, "message": "",
        "first_look": {}, "also": [], "ablation": None, "placebo": None, "control": None,
    }  # fmt: skip


def test_a_row_that_passes_again_shows_none() -> None:
    name = next(iter(diagnoses()))
    assert "Diagnosis: " in detail(row(name, False))
    assert "Diagnosis: " not in detail(row(name, True))


@pytest.mark.parametrize("line", ['chb-ordr = "Nearly."', "chb-order = 3"])
def test_a_diagnosis_of_nothing_known_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / DIAGNOSES.name).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SpannerError):
        texts(tmp_path / DIAGNOSES.name, set(list_experiments()))
