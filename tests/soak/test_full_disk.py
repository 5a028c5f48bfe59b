"""A disk that is full ends a comparison in a sentence; with room made, it goes on to the same answer."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.disturbed import RUNS, Command, Truth, answer, begun, held, undisturbed, words

pytestmark = [pytest.mark.soak, pytest.mark.slow]
EXECUTORS = pytest.mark.parametrize("executor", ["threads", "processes"])


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    """The comparison as nobody disturbs it."""
    return undisturbed(tmp_path_factory.mktemp("truth"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for little more than one part."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1700k", "tmpfs", disk], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no small file system can be made here: {made.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def refused(command: Command) -> None:
    """It ends with 2 and says what is the matter and where, without a trace of the program."""
    status, told = command.ended(), command.told.read_text()
    assert status == 2, told
    error = command.document()["error"]
    assert error["code"] == "unwritable"
    assert str(command.store) in error["message"]
    assert "Traceback" not in told


def goes_on(store: Path, executor: str, truth: Truth, speech: Path | None = None) -> None:
    """Asked again with room, it is finished with the same answer."""
    command = begun(store, words(executor), speech=speech)
    assert command.ended() == 0, command.told.read_text()
    assert answer(command.document()) == truth.document
    assert held(store, truth) == truth.runs


@EXECUTORS
def test_a_full_file_system(small_disk: Path, tmp_path: Path, truth: Truth, executor: str):
    store = small_disk / "store"  # what is said goes elsewhere
    command = begun(store, words(executor), speech=tmp_path)
    refused(command)
    kept = held(store, truth)
    assert 0 < len(kept) < RUNS
    again = begun(store, words(executor), speech=tmp_path)
    refused(again)
    assert kept <= held(store, truth)
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    goes_on(store, executor, truth, tmp_path)


def no_large_files() -> None:
    """No file may grow beyond a few pages; a write beyond fails as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))


@EXECUTORS
def test_a_limit_on_files(tmp_path: Path, truth: Truth, executor: str):
    """What an earlier, smaller comparison left stays as it is."""
    store = tmp_path / "store"
    assert begun(store, words(executor, 8)).ended() == 0
    kept = held(store, truth)
    assert len(kept) == 5 * 8
    refused(begun(store, words(executor), no_large_files))
    assert held(store, truth) == kept
    goes_on(store, executor, truth)
