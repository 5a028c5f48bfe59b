"""However often and whenever a comparison is killed, asked again it ends where an undisturbed one ends."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.soak.disturbed import (  # fmt: skip
    RUNS,
    Command,
    Truth,
    answer,
    at_the_start,
    at_work,
    at_writing,
    begun,
    held,
    undisturbed,
    unlisted,
    words,
)

pytestmark = [pytest.mark.soak, pytest.mark.slow]
EXECUTORS = pytest.mark.parametrize("executor", ["threads", "processes"])
MOMENTS: tuple[Callable[[Command, random.Random], bool], ...] = (at_the_start, at_work, at_writing)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    """The comparison as nobody disturbs it."""
    return undisturbed(tmp_path_factory.mktemp("truth"))


def goes_on(store: Path, executor: str, truth: Truth) -> None:
    """Asked again, the comparison is finished with the same answer and every run is held once."""
    command = begun(store, words(executor))
    assert command.ended() == 0, command.told.read_text()
    assert answer(command.document()) == truth.document
    assert held(store, truth) == truth.runs


def nobody_is_left(workers: list[psutil.Process]) -> None:
    """Workers do not outlive the one who sent them."""
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert alive == []


@EXECUTORS
@pytest.mark.parametrize("seed", range(3))
def test_a_comparison_killed_again_and_again(tmp_path: Path, truth: Truth, executor: str, seed: int):
    """Each time it gets on a little or is killed as it writes; what was listed once is never lost."""
    dice = random.Random(seed)
    store = tmp_path / "store"
    moments = [*MOMENTS, dice.choice(MOMENTS)]
    dice.shuffle(moments)
    kept: set[str] = set()
    kills = 0
    for moment in moments:
        command = begun(store, words(executor))
        if moment(command, dice):
            workers = command.offspring()
            command.process.kill()
            kills += command.ended() == -signal.SIGKILL
            nobody_is_left(workers)
        else:
            assert command.ended() == 0, command.told.read_text()
        if (store / "manifest.json").is_file():
            found = held(store, truth)
            assert kept <= found
            kept = found
    assert kills >= 2
    goes_on(store, executor, truth)


@EXECUTORS
def test_a_part_torn_by_a_kill_is_read_by_nothing(tmp_path: Path, truth: Truth, executor: str):
    """Of several kills during a write, some leave files that no journal names."""
    torn = 0
    for number in range(3):
        store = tmp_path / f"store-{number}"
        command = begun(store, words(executor))
        assert at_writing(command, random.Random(0)) or number
        command.process.kill()
        command.ended()
        torn += bool(unlisted(store))
        assert len(held(store, truth)) < RUNS
        goes_on(store, executor, truth)
    assert torn


@EXECUTORS
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("seed", range(2))
def test_a_comparison_asked_to_stop_keeps_what_is_done(
    tmp_path: Path, truth: Truth, executor: str, number: signal.Signals, status: int, seed: int
):
    dice = random.Random(seed)
    store = tmp_path / "store"
    command = begun(store, words(executor))
    assert command.until(lambda: command.progress() >= dice.choice((1, RUNS // 20)))
    done = command.progress()
    workers = command.offspring()
    command.process.send_signal(number)
    assert command.ended() == status, command.told.read_text()
    assert "Traceback" not in command.told.read_text()
    assert command.document()["error"]["code"] == "work-failed"
    assert len(held(store, truth)) >= done
    nobody_is_left(workers)
    goes_on(store, executor, truth)


@pytest.mark.parametrize("seed", range(3))
def test_a_worker_killed_alone_costs_no_run(tmp_path: Path, truth: Truth, seed: int):
    """The command itself goes on: other workers do again what the dead one had in hand."""
    dice = random.Random(seed)
    command = begun(tmp_path / "store", words("processes"))
    killed: set[int] = set()
    for _ in range(1 + seed % 2):
        assert command.until(lambda: any(_at_work(one, killed) for one in command.offspring()))
        victim = dice.choice([one for one in command.offspring() if _at_work(one, killed)])
        killed.add(victim.pid)
        victim.kill()
    assert command.ended() == 0, command.told.read_text()
    assert answer(command.document()) == truth.document
    assert held(tmp_path / "store", truth) == truth.runs


def _at_work(process: psutil.Process, killed: set[int]) -> bool:
    """Whether this is a worker that has worked for a while; the pool's own caretaker is none."""
    try:
        busy = process.cpu_times().user > 1.0 and process.status() != psutil.STATUS_ZOMBIE
        return busy and process.pid not in killed and any("popen_loky" in word for word in process.cmdline())
    except psutil.NoSuchProcess:
        return False
