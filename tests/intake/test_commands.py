"""`spanner import` shows what it understood, refuses with every fault, and what it made can be run and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.schema import LIBRARY
from tests.cli.command import typed

EXAMPLES = LIBRARY / "imports"


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SPANNER_STORE", "SPANNER_IMPORTS"):
        monkeypatch.delenv(name, raising=False)


def test_the_example_mapping_is_imported_run_and_compared(capsys: pytest.CaptureFixture[str]) -> None:
    ended = typed(
        capsys, "import", EXAMPLES / "people.csv", "--ties", EXAMPLES / "ties.csv", "--out", "example", "--json"
    )
    said = ended.document("import")
    assert ended.status == 0
    assert (said["groups"], said["people"], said["ties"]) == (24, 168, 302)
    assert {one["column"] for one in said["dropped"]} == {"Notes"}
    assert all(one["by"] == "name" for one in said["columns"])
    listed = typed(capsys, "imports", "--json").document("imports")
    assert [(row["name"], row["id"]) for row in listed] == [("example", said["id"])]
    run = typed(capsys, "run", "example", "--weeks", "6", "--replicates", "2", "--json").document("run")
    assert run["preset"] == said["id"]
    assert said["caution"] in run["warnings"]
    compared = typed(
        capsys, "compare", said["id"], "--plan", "leader-arrests", "--weeks", "6", "--replicates", "2", "--json"
    ).document("compare")
    assert "leader-arrests" in compared["plans"]


def test_the_example_profile_is_imported_and_run(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", EXAMPLES / "profile.csv", "--kind", "profile", "--out", "place", "--json"]
    said = typed(capsys, *words).document("import")
    assert (said["groups"], said["people"]) == (66, 0)
    run = typed(capsys, "run", "place", "--weeks", "4", "--replicates", "2", "--json").document("run")
    assert said["caution"] not in run["warnings"]  # a profile of places is about no person


def test_without_json_it_shows_what_it_read_and_left(capsys: pytest.CaptureFixture[str]) -> None:
    ended = typed(capsys, "import", EXAMPLES / "people.csv", "--out", "shown", "--column", "group=OCG")
    assert ended.status == 0
    for text in ("Nominal ID", "flag", "free text", "heroin-and-crack", "organiser"):
        assert text in ended.out
    assert "spanner forget shown" in ended.err
    assert "not evidence" in ended.err


def test_faults_are_listed_and_nothing_is_left(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,ocg,role,market\n,G1,boss,fraud\nP1,G1,wizard,fraud\nP1,G1,,magic\n", encoding="utf-8")
    ended = typed(capsys, "import", path, "--out", "faulty", "--json")
    document = ended.document("error")
    assert ended.status == 2
    assert [(one["code"], one["key"]) for one in document["errors"]] == [
        ("missing-key", "row 2"), ("unknown-name", "row 3"), ("conflict", "row 4"), ("unknown-name", "row 4"),
    ]  # fmt: skip
    assert all(one["message"] in ended.err for one in document["errors"])
    assert sorted(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("words", "code", "key"),
    [
        (["import", "absent.csv", "--out", "x"], "not-found", None),
        (["import", str(EXAMPLES / "people.csv")], "missing-key", None),
        (["import", str(EXAMPLES / "people.csv"), "--out", "x", "--kind", "map"], "unknown-name", "kind"),
        (["import", str(EXAMPLES / "people.csv"), "--out", "x", "--preset", "estat"], "unknown-name", "preset"),
        (
            ["import", str(EXAMPLES / "profile.csv"), "--out", "x", "--kind", "profile", "--market", "fraud"],
            "conflict",
            "market",
        ),
        (["import", "list.xlsx", "--out", "x"], "bad-type", "file"),
        (["forget", "nothing"], "unknown-name", "import"),
        (["forget", "import-0123456789abcdef"], "not-found", "import"),
    ],
)
def test_a_bad_request_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], code: str, key: str | None
) -> None:
    ended = typed(capsys, *words, "--json")
    fault = ended.document("error")["error"]
    assert (ended.status, fault["code"]) == (2, code)
    assert key is None or fault["key"] == key
    assert list(tmp_path.iterdir()) == []
