"""What the documents show works, and what they point at is there."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from simulation import api
from tests.health.project import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
PLAIN = re.compile(r"```\n(.*?)```", re.DOTALL)
GUIDE = ROOT / "docs" / "user-guide.md"


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _lived(path: Path) -> dict[str, Any]:
    """The names a page's Python leaves behind, its blocks run one after the other."""
    names: dict[str, Any] = {}
    for block in PYTHON.findall(path.read_text(encoding="utf-8")):
        exec(compile(block, str(path), "exec"), names)
    return names


@pytest.mark.slow
def test_ten_lines_of_the_readme_work(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = PYTHON.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(block.strip().splitlines()) <= 11
    assert '"estate"' in block
    names = _lived(ROOT / "README.md")
    said = capsys.readouterr().out
    assert "clear-hold-build" in said
    assert set(names["found"].table["plan"]) == {"clear-hold-build", "leader-arrests"}
    assert names["found"].failures == ()
    assert isinstance(names["by_week"], pd.DataFrame)
    assert names["chain"].number_of_nodes() > 0
    assert names["world"].steps == 26
    assert names["run"].spec.ablate == ("succession",)


@pytest.mark.slow
def test_the_python_of_the_guide_works() -> None:
    names = _lived(GUIDE)
    assert set(names["table"]["plan"]) == {"two-waves", "nothing-more"}
    assert len(names["pairs"]) == 16
    assert not names["fan"].empty
    assert not names["places"].empty
    assert names["run"].spec.plan.id == "two-waves"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{_name(page)} points at {target}"
        if anchor:
            assert anchor in _anchors(found), f"{_name(page)} points at {target}"


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", [ROOT / "README.md", GUIDE], ids=_name)
def test_commands_and_their_options_exist(page: Path) -> None:
    import typer.main

    from simulation.cli.app import app

    commands: Any = typer.main.get_command(app)
    text = page.read_text(encoding="utf-8")
    lines = [line for block in PLAIN.findall(text) for line in block.splitlines()]
    lines += re.findall(r"`(spanner [^`]+)`", text)
    calls = [call.strip() for line in lines for call in line.split("#")[0].split(";") if "spanner " in call]
    assert calls
    for call in calls:
        words = shlex.split(call)
        command = commands.commands[words[1]]
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in words[2:] if word.startswith("--")} <= options, call


def test_make_targets_named_in_the_documents_exist() -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = set(re.findall(r"`make (?:-s )?([a-z]+)`", text)) | set(
            re.findall(r"^make ([a-z]+)", text, re.MULTILINE)
        )
        assert named <= made, _name(page)


def test_citation_readme_and_package_tell_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"version: {project['version']}\n" in citation
    assert f"Version {project['version']}." in readme
    assert "Spannerworks contributors" in citation
    assert "Spannerworks contributors" in readme
    assert project["license"] == "Apache-2.0"


def test_every_schema_is_json() -> None:
    for path in sorted((ROOT / "docs" / "schema").glob("*.json")):
        assert json.loads(path.read_text(encoding="utf-8"))["$schema"]


def test_decisions_are_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.glob("0*.md"):
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert f"[{title}]({path.name})" in listed


def test_the_guide_names_what_the_door_offers() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name in re.findall(r"`?api\.(\w+)", text):
        assert hasattr(api, name), name
