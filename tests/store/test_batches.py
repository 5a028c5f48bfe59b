"""Runs are taken out of a store only when nobody writes to it, whoever that is and however it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from simulation.errors import Conflict
from simulation.store.batches import FOLDER, running
from simulation.store.purge import purge
from simulation.store.read import done_ids
from simulation.store.store import Store
from tests.store.runs import record

ROOT = Path(__file__).parents[2]
BATCH = """
import sys, time
sys.path.insert(0, {tests!r})
from pathlib import Path
from runs import record
from simulation.store.store import Store
store = Store.create({folder!r})
with store.writing():
    (store.folder / "runs").mkdir(exist_ok=True)
    half = store.folder / "runs" / "part-half.writing"
    half.write_bytes(b"half a part")
    print("writing", flush=True)
    sys.stdin.readline()
    half.unlink()
    store.write([record(1)])
"""


@pytest.fixture
def batch(tmp_path: Path):
    """Another process that is in the middle of writing a part, until a line is sent to it."""
    script = BATCH.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def ended(process: subprocess.Popen[str]) -> int:
    """Let a batch finish."""
    process.communicate("go on\n", timeout=60)
    return process.returncode


def test_runs_are_not_removed_while_another_process_writes(tmp_path: Path, batch: subprocess.Popen[str]) -> None:
    with pytest.raises(Conflict) as caught:
        purge(tmp_path, "estate")
    assert str(batch.pid) in caught.value.message
    assert "wait for it to end, or stop it" in caught.value.message
    assert (tmp_path / "runs" / "part-half.writing").exists()
    assert ended(batch) == 0
    assert done_ids(Store.open(tmp_path)) == {record(1).run_id}
    assert purge(tmp_path, "estate").runs == 1
    assert done_ids(Store.open(tmp_path)) == set()
    assert not list((tmp_path / FOLDER).iterdir())


def test_a_batch_that_was_killed_is_in_nobodys_way(tmp_path: Path, batch: subprocess.Popen[str]) -> None:
    batch.send_signal(signal.SIGKILL)
    batch.wait(60)
    assert len(list((tmp_path / FOLDER).iterdir())) == 1
    assert running(tmp_path) == []
    assert purge(tmp_path, "estate").damaged == 1
    assert not list((tmp_path / FOLDER).iterdir())


def test_a_batch_waits_while_runs_are_removed(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.write([record(1)])
    begun = threading.Event()

    def write() -> None:
        with Store.create(tmp_path).writing():
            begun.set()

    waiting = threading.Thread(target=write)
    with store.journal.locked():
        waiting.start()
        assert not begun.wait(0.5)
        assert purge(tmp_path, "estate").runs == 1
    assert begun.wait(30)
    waiting.join(30)


def test_a_batch_says_only_which_process_it_is(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing():
        (told,) = running(tmp_path)
        assert set(told) == {"process", "host", "since"}
        assert told["process"] == os.getpid()
    assert running(tmp_path) == []


def test_a_batch_is_known_as_long_as_it_runs(tmp_path: Path) -> None:
    """A comparison announces itself before its first run and until its last is on the disk."""
    from simulation import api

    seen: list[int] = []
    api.repeat(
        "estate", weeks=2, replicates=2, executor="serial", store=tmp_path,
        progress=lambda done, total: seen.append(len(running(tmp_path))),
    )  # fmt: skip
    assert seen
    assert set(seen) == {1}
    assert running(tmp_path) == []


def test_since_when_is_told_even_by_one_that_has_said_nothing_yet(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing():
        (path,) = (tmp_path / FOLDER).iterdir()
        path.write_text("")
        with pytest.raises(Conflict) as caught:
            purge(tmp_path, "estate")
    assert f"Process {os.getpid()}" in caught.value.message
