"""What is being worked on cannot be forgotten in passing, and what was forgotten is not worked on again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simulation import api
from simulation.store.batches import running
from simulation.store.journal import Journal
from tests.cli.command import typed
from tests.intake import invented

ROOT = Path(__file__).parents[2]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A folder with an import; its id."""
    monkeypatch.chdir(tmp_path)
    for name in ("SPANNER_STORE", "SPANNER_IMPORTS"):
        monkeypatch.delenv(name, raising=False)
    people, ties = invented.mapping(3, 6)
    rows = [{key: row[key] for key in row if key != "Crime type"} for row in people]
    files = invented.write(tmp_path / "p.csv", rows), invented.write(tmp_path / "t.csv", ties)
    return api.import_network(files[0], "three", files[1], market="class-a", preset="estate").id


def begun(*words: str) -> subprocess.Popen[str]:
    """A command of its own process."""
    return subprocess.Popen(
        [sys.executable, "-m", "simulation.cli", *words, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def until(true: Callable[[], object]) -> None:
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about within two minutes")


def test_forgetting_is_refused_beside_a_batch_in_another_process(
    here: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "spanner-runs"
    batch = begun("run", "three", "--weeks", "1500", "--replicates", "5000")
    try:
        until(lambda: running(store))
        before = sorted(path for path in (tmp_path / "spanner-imports").rglob("*"))
        ended = typed(capsys, "forget", "three", "--json")
        fault = ended.document("error")["error"]
        assert (ended.status, fault["code"], fault["key"]) == (2, "conflict", "store")
        assert fault["given"] == batch.pid
        assert f"Process {batch.pid} has been writing results to" in fault["message"]
        assert sorted(path for path in (tmp_path / "spanner-imports").rglob("*")) == before
    finally:
        batch.terminate()
        batch.communicate(timeout=120)
    assert typed(capsys, "forget", "three", "--json").status == 0
    assert not any(here.encode() in path.read_bytes() for path in store.rglob("*") if path.is_file())


def test_a_batch_that_waited_while_its_import_was_forgotten_leaves_nothing(here: str, tmp_path: Path) -> None:
    store = tmp_path / "spanner-runs"
    api.repeat("three", weeks=2, replicates=2, store=store)
    with Journal(store).locked():
        batch = begun("run", "three", "--weeks", "3", "--replicates", "2")
        time.sleep(6.0)  # long enough to have read the scenario and to stand at the door
        assert batch.poll() is None
        assert api.forget("three", [store]).to_dict()["runs"] == 2
    out, err = batch.communicate(timeout=120)
    assert batch.returncode == 2, err
    assert json.loads(out)["error"]["code"] in ("not-found", "unknown-name")
    assert not any(here.encode() in path.read_bytes() for path in store.rglob("*") if path.is_file())
    assert len(api.query(api.open_store(store), "SELECT * FROM failures")) == 0
