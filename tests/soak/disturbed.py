"""A real comparison in a process of its own, the moments at which to disturb it, and what its store must then hold."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import psutil

from simulation.store.parts import TEMPORARY
from simulation.store.read import table
from simulation.store.store import Store
from tests.cli.command import ROOT

PLANS = ("volume-arrests", "leader-arrests", "clear-hold-build", "reputation-sabotage")
REPLICATES = 120
RUNS = (1 + len(PLANS)) * REPLICATES  # two full parts and a rest
KEYS = {"outcomes": ["run_id", "measure"], "series": ["run_id", "measure", "week"],
        "places": ["run_id", "measure", "locality"]}  # fmt: skip
PATIENCE_S = 300.0


def words(executor: str, replicates: int = REPLICATES) -> list[str]:
    """The comparison as it is typed."""
    plans = [word for plan in PLANS for word in ("--plan", plan)]
    return ["compare", "estate", *plans, "--weeks", "26", "--replicates", str(replicates), "--executor", executor, "--workers", "2",
            "--json"]  # fmt: skip


@dataclass
class Command:
    """A comparison under way, its store, and the files it speaks into."""

    process: subprocess.Popen[bytes]
    store: Path
    said: Path
    told: Path

    def progress(self) -> int:
        """How many runs it says are done."""
        found = re.findall(r"(\d+) of \d+ runs", self.told.read_text())
        return int(found[-1]) if found else 0

    def alive(self) -> bool:
        """Whether it is still at work."""
        return self.process.poll() is None

    def until(self, condition: Callable[[], bool], poll_s: float = 0.002) -> bool:
        """Wait for a condition; False when the command ends first."""
        limit = time.monotonic() + PATIENCE_S
        while self.alive():
            if condition():
                return True
            assert time.monotonic() < limit, "the command neither ends nor goes on"
            time.sleep(poll_s)
        return False

    def offspring(self) -> list[psutil.Process]:
        """The processes it has started."""
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def ended(self) -> int:
        """Its exit status, once it has ended."""
        return self.process.wait(PATIENCE_S)

    def document(self) -> dict[str, Any]:
        """What it answered."""
        return json.loads(self.said.read_text())


def begun(
    store: Path, typed: list[str], before: Callable[[], None] | None = None, speech: Path | None = None
) -> Command:
    """Start a comparison on a store; what it says goes beside the store or to another folder."""
    folder = speech or store.parent
    said, told = folder / f"{store.name}.said", folder / f"{store.name}.told"
    with open(said, "wb") as out, open(told, "wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "simulation.cli", *typed, "--out", str(store)],
            cwd=store.parent, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=out, stderr=err, preexec_fn=before,
        )  # fmt: skip
    return Command(process, store, said, told)


def at_the_start(command: Command, dice: random.Random) -> bool:
    """Some moment between the start of the process and its first runs."""
    time.sleep(dice.uniform(0.0, 2.5))
    return command.alive()


def at_work(command: Command, dice: random.Random) -> bool:
    """Some moment after some of the runs are done."""
    first = command.until(lambda: command.progress() > 0)
    wanted = dice.uniform(0.0, 0.9 * RUNS)
    return first and command.until(lambda: command.progress() >= wanted) and _later(command, dice.uniform(0.0, 0.5))


def at_writing(command: Command, dice: random.Random) -> bool:
    """Some moment while a part is on its way to the disk."""
    before = {path.name for path in command.store.glob(f"*/*{TEMPORARY}")}
    wait = dice.choice((0.0, 0.0, 0.01, 0.03))
    return command.until(lambda: _fresh(command.store, before), 0.0005) and _later(command, wait)


def _fresh(store: Path, before: set[str]) -> bool:
    return any(path.name not in before for path in store.glob(f"*/*{TEMPORARY}"))


def _later(command: Command, seconds: float) -> bool:
    time.sleep(seconds)
    return command.alive()


@dataclass(frozen=True)
class Truth:
    """What a comparison that nobody disturbed found."""

    document: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    runs: frozenset[str]


def answer(document: dict[str, Any]) -> dict[str, Any]:
    """All of an answer but the time that it took."""
    return {key: value for key, value in document.items() if key != "elapsed_s"}


def undisturbed(folder: Path) -> Truth:
    """Do the comparison in peace."""
    command = begun(folder / "undisturbed", words("threads"))
    assert command.ended() == 0, command.told.read_text()
    store = Store.open(command.store)
    tables = {name: table(store, name).set_index(keys).sort_index() for name, keys in KEYS.items()}
    runs = table(store, "runs")
    assert len(runs) == RUNS == runs["run_id"].nunique()
    return Truth(answer(command.document()), tables, frozenset(runs["run_id"]))


def held(folder: Path, truth: Truth) -> set[str]:
    """The runs a store holds; each must be a true one, there once, whole, and the same number for number."""
    store = Store.open(folder)
    runs = table(store, "runs")
    found = set(runs["run_id"])
    assert len(runs) == len(found)
    assert set(runs["status"]) <= {"done"}
    assert found <= truth.runs
    for name, whole in truth.tables.items():
        mine = table(store, name).set_index(KEYS[name]).sort_index()
        wanted = whole[whole.index.get_level_values("run_id").isin(found)]
        assert len(mine) == len(wanted)
        if found:  # an empty table has no types to compare
            pd.testing.assert_frame_equal(mine, wanted, check_exact=True)
    assert store.damaged == []
    return found


def unlisted(folder: Path) -> list[str]:
    """What a killed writer left: files that no listed part names."""
    listed = {item.path for part in Store.open(folder).parts() for item in part.files}
    files = [path.relative_to(folder).as_posix() for path in folder.glob("*/part-*")]
    return [name for name in files if name not in listed]
