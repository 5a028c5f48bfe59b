"""Work is done by any executor alike, goes on after a worker is killed, stops when asked, and leaves no orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from simulation.errors import UnknownName
from simulation.experiments.cancelled import Cancelled
from simulation.experiments.executors import EXECUTORS, WorkerLost, imap
from tests.experiments import toy

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_every_chunk_is_done_once(executor: str) -> None:
    assert sorted(imap(toy.doubled, range(9), executor=executor, workers=2)) == [(n, 2 * n) for n in range(9)]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_no_work_gives_nothing(executor: str) -> None:
    assert list(imap(toy.doubled, [], executor=executor)) == []


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_fault_in_the_function_is_raised(executor: str) -> None:
    with pytest.raises(TypeError):
        list(imap(toy.doubled, ["1", None], executor=executor, workers=2))


@pytest.mark.parametrize("executor", EXECUTORS)
def test_chunks_are_drawn_as_needed(executor: str) -> None:
    drawn: list[int] = []

    def source():
        for number in range(100):
            drawn.append(number)
            yield number

    work = imap(toy.doubled, source(), executor=executor, workers=2)
    next(work)
    assert len(drawn) <= 6
    work.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_it_stops_when_asked(executor: str) -> None:
    stop = threading.Event()
    got = []
    with pytest.raises(Cancelled):
        for item in imap(toy.doubled, range(10_000), executor=executor, workers=2, cancel=stop.is_set):
            got.append(item)
            if len(got) == 3:
                stop.set()
    assert 3 <= len(got) < 10


@pytest.mark.slow
def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    items = [(number, str(tmp_path)) for number in range(8)]
    assert sorted(imap(toy.dies_once, items, executor="processes", workers=2)) == [(n, n) for n in range(8)]
    assert (tmp_path / "died").exists()


@pytest.mark.slow
def test_only_the_chunk_that_kills_is_given_up() -> None:
    found = dict(imap(toy.dies_always, range(8), executor="processes", workers=2))
    assert isinstance(found.pop(3), WorkerLost)
    assert found == {n: n for n in range(8) if n != 3}


@pytest.mark.slow
def test_workers_do_not_outlive_their_parent(tmp_path: Path) -> None:
    script = (
        "from simulation.experiments.executors import imap\nfrom tests.experiments import toy\n"
        f"list(imap(toy.note_and_sleep, [{str(tmp_path)!r}] * 2, executor='processes', workers=2))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment)
    try:
        workers = _until(lambda: len(list(tmp_path.iterdir())) == 2, 30) and [int(p.name) for p in tmp_path.iterdir()]
        assert workers
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait(10)
    assert _until(lambda: not any(_alive(pid) for pid in workers), 10)


def _alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_an_unknown_executor_is_refused() -> None:
    with pytest.raises(UnknownName) as caught:
        imap(toy.doubled, [1], executor="thread")
    assert caught.value.nearest == "threads"
