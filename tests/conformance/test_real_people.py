"""Whatever the product says of an imported network, nothing leads to one of its people: no word of theirs, no token, no row.

Every command, every page, every answer of a run and every file is looked through; what is added is looked through unasked, or
must be named here with why it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest

from dashboard.jobs.forgetting import forget as forget_pages
from dashboard.pages import PAGES
from simulation.cli.app import app
from simulation.errors import SpannerError
from simulation.schema.imported import FEW
from tests.cli.command import typed
from tests.conformance.real_people import NAME, WORDS, Said, files, imported, traces

SIZE: Final = ("--weeks", "30", "--replicates", "2", "--json")
COUNTS: Final = {"members", "staff", "ties", "people"}


# what each command is asked, with the import's name as NAME; None: why it is not asked
ASKED: Final[dict[str, tuple[tuple[str, ...], ...] | None]] = {
    "run": (("run", NAME, "--plan", "leader-arrests", "--events", *SIZE),),
    "compare": (("compare", NAME, "--plan", "leader-arrests", "--plan", "ocb", *SIZE),),
    "results": (
        ("results", "--json"),
        ("results", "--sql", "SELECT * FROM events", "--json"),
        ("results", "--sql", "SELECT * FROM runs", "--json"),
        ("results", "--export", "csv", "--to", "exported", "--json"),
        ("results", "--export", "parquet", "--to", "exported", "--json"),
    ),
    "weak-points": (("weak-points", NAME, "--weeks", "30", "--json"), ("weak-points", NAME, "--weeks", "30")),
    "network": (
        ("network", NAME, "--kind", "cooperation", "--weeks", "30", "--json"),
        ("network", NAME, "--kind", "supply", "--view", "true", "--weeks", "30"),
    ),
    "scenarios": (("scenarios", NAME, "--json"), ("scenarios", NAME), ("scenarios", "--json")),
    "cases": (("cases", "--json"),),
    "measures": (("measures", "--json"),),
    "assurance": None,  # what is vouched for of the model itself; it opens no import
    "plans": (("plans", "--json"),),
    "imports": (("imports", "--json"), ("imports",)),
    "import": None,  # asked for in the beginning; what it says is looked through too
    "forget": None,  # asked for at the end
    "dashboard": None,  # its pages are looked through one by one
    "validate": None, "toolkit": None, "parameters": None, "sectors": None, "explain": None, "doctor": None, "warmup": None,
    "calibrate": None,  # presets and experiments alone
}  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Said]:
    """An import on which every page and answer was tried, and every command will be."""
    with imported(tmp_path_factory.mktemp("real")) as out:
        yield out


def test_every_command_is_asked_or_named() -> None:
    names = {one.name for one in app.registered_commands}
    assert names == set(ASKED), "a command is new: look through it here"


@pytest.mark.parametrize("command", [name for name, asked in ASKED.items() if asked])
def test_no_command_tells_of_anybody(said: Said, capsys: pytest.CaptureFixture[str], command: str) -> None:
    for words in ASKED[command] or ():
        ended = typed(capsys, *words)
        assert ended.status == 0, ended.err
        assert traces(ended.out + ended.err, said.people) == [], words
        assert not any(one in ended.out for one in said.small), words
        if command in ("run", "compare"):
            assert NAME not in ended.out.replace(f"Imported: {NAME}", ""), words


def test_no_answer_and_no_page_tells_of_anybody(said: Said) -> None:
    assert {"Run people", "Run draws ARREST", "Run network social None true", "Run investigations"} <= said.refused
    assert len([title for title in said.texts if title.startswith("page ")]) >= len(PAGES)
    for title, text in said.texts.items():
        assert traces(text, said.people) == [], title
    assert any("bad-address" not in text and said.identity in text for text in said.texts.values())


def test_no_row_is_about_a_person(said: Said) -> None:
    """No frame has a column or a subject that is a person, no count is so small that it is one, no business of so few is told."""
    assert {"Run events", "Run businesses", "Run roles", "Run by business", "Run accounts"} <= said.frames.keys()
    for title, frame in said.frames.items():
        assert len(frame) > 0 or "perceived" in title, title
        assert not {"person", "nominal", "name_of"} & set(frame.columns), title
        for column in ("leader", "founder"):
            assert column not in frame or set(frame[column]) == {""}, title
        if "subject_kind" in frame:
            assert "person" not in set(frame["subject_kind"])
        for column in COUNTS & set(frame.columns):
            assert not ((frame[column] > 0) & (frame[column] < FEW)).any(), f"{title} {column}"
        if {"measure", "value"} <= set(frame.columns):
            counts = frame[frame["measure"].isin(sorted(COUNTS))]["value"]
            assert not ((counts > 0) & (counts < FEW)).any(), title
        for one in said.small:
            assert one not in frame.to_csv(), f"{title}: a group of one"


def test_groups_of_one_are_there_and_withheld(said: Said) -> None:
    state = said.run.result.engine.state  # pyright: ignore[reportOptionalMemberAccess]
    there = {f"{int(one):016x}" for one in state.business.id if one} & set(said.small)
    assert there, "a group of one is in the world, or nothing is tried here"
    for one in said.small:
        with pytest.raises(SpannerError) as caught:
            said.run.accounts(one)
        assert "Fewer than 5 people" in caught.value.message


def test_no_address_names_an_import(said: Said) -> None:
    for title, text in said.texts.items():
        for address in re.findall(r'"(?:href|pathname|search)": "([^"]*)"', text):
            assert NAME not in address, f"{title}: {address}"
            assert traces(address, said.people) == [], title


def test_no_file_holds_a_word_or_a_token(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    """Tokens stand in the import's own columns, in which the simulation must look them up, and nowhere else."""
    typed(capsys, *(ASKED["run"] or ())[0])
    seen = 0
    for path, text, data in files(said.folder, "sources"):
        seen += 1
        if path.name == "columns.npz":
            assert not any(word.encode() in data for word in WORDS)
            continue
        assert traces(text, said.people) == [], path
        assert not any(one.to_bytes(8, "little") in data for one in said.people), path
    assert seen > 10


def test_nothing_of_it_is_left_when_it_is_forgotten(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    """By bytes: neither the id, nor a token, nor the key, nor a word; and no page knows it. Exports are out of reach, as is said."""
    key = (said.folder / "spanner-imports" / NAME / "key").read_text()
    typed(capsys, *(ASKED["run"] or ())[0])
    ended = typed(capsys, "forget", NAME, "--json")
    assert ended.status == 0, ended.err
    assert traces(ended.out + ended.err, said.people) == []
    assert forget_pages(said.services.folder, said.identity) == {"jobs": 0, "results": 0, "drafts": 0, "plans": 0}
    seen = 0
    for path, text, data in files(said.folder, "sources", "exported"):
        seen += 1
        assert traces(text, said.people) == [], path
        for gone in (said.identity, key, NAME):
            assert gone not in text, f"{path}: {gone}"
            assert gone.encode() not in data, path
        assert bytes.fromhex(key) not in data
    assert seen > 0
    assert said.identity not in said.services.catalogue.places
    assert typed(capsys, "run", said.identity, *SIZE).status == 2
