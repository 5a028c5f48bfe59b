"""Bad input gets one clear sentence, status 2 and the same JSON form whoever finds the fault; never a traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.cli.command import finished, typed

REFUSED = [
    (["compare", "nowhere"], "unknown-name", "preset"),
    (["compare", "estat"], "unknown-name", "preset"),
    (["compare", "estate", "--plan", "volume-arests"], "unknown-name", "plan"),
    (["compare", "estate", "--baseline", "nothing"], "unknown-name", "plan"),
    (["compare", "estate", "--plan", "absent.toml"], "not-found", None),
    (["compare", "estate", "--weeks", "0"], "out-of-range", "weeks"),
    (["compare", "estate", "--weeks", "1501"], "out-of-range", "weeks"),
    (["compare", "estate", "--weeks", "soon"], "bad-type", "weeks"),
    (["compare", "estate", "--weeks", "1.5"], "bad-type", "weeks"),
    (["compare", "estate", "--replicates", "1000000"], "out-of-range", "replicates"),
    (["compare", "estate", "--replicates", "-1"], "out-of-range", "replicates"),
    (["compare", "estate", "--seed", "4294967296"], "out-of-range", "seed"),
    (["compare", "estate", "--executor", "thread"], "unknown-name", "executor"),
    (["compare", "estate", "--workers", "0"], "out-of-range", "workers"),
    (["compare", "estate", "--ablate", "trst"], "unknown-name", "ablate"),
    (["compare", "estate", "--set", "trust.prior"], "missing-key", "set"),
    (["compare", "estate", "--set", "trust.prior=high"], "bad-type", "trust.prior"),
    (["compare", "estate", "--set", "trust.prior=7"], "out-of-range", "parameters.trust.prior"),
    (["compare", "estate", "--set", "trust.prior=nan"], "out-of-range", "parameters.trust.prior"),
    (["compare", "estate", "--set", "trust.pryor=0.8"], "unknown-name", "parameters.trust.pryor"),
    (["compare", "estate", "--ensemble", "absent.json"], "not-found", None),
    (["run", "estate", "--weeks"], "bad-type", "weeks"),
    (["run", "estate", "extra"], "unknown-key", None),
    (["dashboard", "--host", "0.0.0.0", "--port", "18657"], "conflict", "host"),
    (["run", "--wekks", "4"], "unknown-key", "--wekks"),
    (["runn"], "unknown-name", "command"),
    (["results", "absent-folder"], "not-found", None),
    (["scenarios", "nowhere"], "unknown-name", "preset"),
    (["plans", "nowhere"], "unknown-name", "plan"),
    (["toolkit", "nothing"], "unknown-name", "intervention"),
    (["parameters", "nothing"], "unknown-name", "parameter"),
    (["explain", "month"], "unknown-name", "subject"),
    (["dashboard", "--port", "0"], "out-of-range", "port"),
]


@pytest.mark.parametrize(("words", "code", "key"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_a_bad_request_is_refused(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: list[str],
    code: str,
    key: str | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    found = typed(capsys, *words, "--json")
    fault = found.document("error")["error"]
    assert (found.status, fault["code"]) == (2, code)
    assert fault["message"] in found.err
    if key is not None:
        assert fault["key"] == key
    assert list(tmp_path.iterdir()) == []  # a refused request leaves nothing behind


def test_without_json_the_sentence_goes_to_stderr_alone(capsys: pytest.CaptureFixture[str]) -> None:
    found = typed(capsys, "compare", "estat")
    assert (found.status, found.out) == (2, "")
    assert 'did you mean "estate"?' in found.err
    assert "Traceback" not in found.err


FILES = {
    "empty.toml": (b"", "empty-file"),
    "blank.toml": (b"\n\n", "empty-file"),
    "binary.toml": (b"\x00\xff\xfe" * 20, "not-text"),
    "torn.toml": (b"title = [", "bad-syntax"),
    "big.toml": (b"# " + b"x" * 2_000_000, "too-large"),
    "keys.toml": (b'title = "A"\nbugdet = 3\n', "unknown-key"),
    "dose.toml": (b'title = "A"\n[[entry]]\nintervention = "clear"\ndose = 2.0\n', "out-of-range"),
    "type.toml": (b'title = "A"\n[[entry]]\nintervention = "clear"\ndose = "much"\n', "bad-type"),
    "name.toml": (b'title = "A"\n[[entry]]\nintervention = "cler"\n', "unknown-name"),
    "title.toml": (b"budget = 3.0\n", "missing-key"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_plan_file_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    content, code = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    found = typed(capsys, "compare", "estate", "--plan", path, "--out", tmp_path / "store", "--json")
    fault = found.document("error")["error"]
    assert (found.status, fault["code"], fault["file"]) == (2, code, str(path))
    assert not (tmp_path / "store").exists()


def test_a_folder_that_cannot_be_written_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = typed(capsys, "compare", "estate", "--weeks", "4", "--out", tmp_path / "file" / "store", "--json")
    assert (found.status, found.document("error")["error"]["code"]) == (2, "unwritable")


def test_an_occupied_port_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = typed(capsys, "dashboard", "--port", port, "--out", tmp_path, "--json")
    assert (found.status, found.document("error")["error"]["code"]) == (2, "port-occupied")


def test_pages_that_nothing_can_be_kept_of_are_refused_in_one_document(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    found = typed(capsys, "dashboard", "--port", port, "--out", tmp_path / "file", "--json")
    assert (found.status, found.document("error")["error"]["code"]) == (2, "unwritable")


def test_a_bare_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    found = typed(capsys)
    assert (found.status, found.out) == (2, "")
    assert "\n  compare " in found.err


def test_a_refusal_ends_the_process_with_two(tmp_path: Path) -> None:
    found = finished("compare", "nowhere", "--json", cwd=tmp_path)
    assert found.status == 2
    found.document("error")
