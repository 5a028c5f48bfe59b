"""Runs are written by one or more writers, in parts worth a file; a disk that is full and a folder that cannot be refuse."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.errors import BadSyntax, Conflict, NotFound, Unwritable
from simulation.store.read import done_ids
from simulation.store.store import Store, Writer
from tests.store.runs import record


def _write_many(folder: str, start: int) -> None:
    store = Store.create(folder)
    for number in range(start, start + 12):
        store.write([record(number, weeks=2)])


def test_two_processes_write_one_store_at_once(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write_many, args=(str(tmp_path), start)) for start in (0, 6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
        assert writer.exitcode == 0
    store = Store.open(tmp_path)
    assert store.journal.read().torn == 0
    assert len(store.parts()) == 24
    assert done_ids(store) == {record(number).run_id for number in range(18)}


def test_a_writer_waits_for_enough_runs_and_flushes_at_the_end(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with Writer(store, runs=3, seconds=1e9) as writer:
        for number in range(4):
            writer.add(record(number))
        assert len(store.parts()) == 1
    assert [part.runs for part in store.parts()] == [3, 1]


def test_a_writer_flushes_when_interrupted(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with pytest.raises(KeyboardInterrupt), Writer(store) as writer:
        writer.add(record(1))
        raise KeyboardInterrupt
    assert done_ids(store) == {record(1).run_id}


def test_a_writer_flushes_after_its_time(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with Writer(store, seconds=0.0) as writer:
        writer.add(record(1))
        assert len(store.parts()) == 1


FULL_DISK = """
import resource, signal, sys
sys.path.insert(0, {tests!r})
from runs import record
from simulation.errors import Unwritable
from simulation.store.store import Store
from simulation.store.read import done_ids
store = Store.create({folder!r})
store.write([record(1)])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    store.write([record(2, weeks=4000)])
except Unwritable as error:
    print("REFUSED", error.code)
"""


@pytest.mark.parametrize("limit", [4096, 60000])
def test_a_full_disk_is_a_clean_refusal(tmp_path: Path, limit: int) -> None:
    script = FULL_DISK.format(tests=str(Path(__file__).parent), folder=str(tmp_path / "store"), limit=limit)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, timeout=120)
    assert "REFUSED unwritable" in done.stdout, done.stderr
    store = Store.open(tmp_path / "store")
    assert done_ids(store) == {record(1).run_id}
    assert len(list((tmp_path / "store").glob("*/part-*"))) == len(store.parts()[0].files)


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unwritable):
        Store.create(tmp_path / "file" / "store")
    with pytest.raises(NotFound):
        Store.open(tmp_path / "absent")
    store = Store.create(tmp_path / "store")
    (store.folder / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(Conflict):
        Store.open(store.folder)
    (store.folder / "manifest.json").write_text("not json")
    with pytest.raises(BadSyntax):
        Store.create(store.folder)
