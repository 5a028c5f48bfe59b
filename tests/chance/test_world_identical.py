"""Two runs of one specification are the same bits: in one process, in threads, in another process; forks share nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from simulation.schema import RunSpec
from simulation.state.world import State
from simulation.world.burn_in import burn_in, burnt_in
from simulation.world.run import execute
from tests.health.project import ROOT
from tests.integration.lives import alike, digest, grown_up, lived, newborn, spec

WEEKS = 40
PLANS = ("do-as-now", "clear-hold-build", "reputation-sabotage")


def equal_states(one: State, other: State) -> bool:
    """Whether every column of two worlds holds the same bits."""
    return all(
        a.tobytes() == b.tobytes()
        for group, twin in zip(one.columns, other.columns, strict=True)
        for a, b in zip(group, twin, strict=True)
    )


def specs() -> list[RunSpec]:
    return [
        spec(preset, plan, weeks=WEEKS, replicate=replicate)
        for preset in ("estate", "force")
        for plan in PLANS
        for replicate in (0, 1)
    ]


def test_twice_in_one_process():
    for one in specs():
        first, second = execute(one), execute(one)
        assert alike(first.series, second.series)
        assert alike(first.place, second.place)
        assert first.cost == second.cost


def test_a_burn_in_lived_again_ends_in_the_same_bits():
    one = spec("estate", weeks=WEEKS)
    kept = burnt_in(one)
    again = burn_in(one.scenario, one.parameters, one.seed, one.replicate)
    assert equal_states(kept.state, again.state)
    assert kept.memory.tobytes() == again.memory.tobytes()


def test_threads_do_not_disturb_each_other():
    every = specs() * 2
    alone = [digest(execute(one).series) for one in specs()] * 2
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: digest(execute(one).series), every))
    assert together == alone


def test_another_process_gives_the_same_bits():
    one = spec("estate", "clear-hold-build", weeks=WEEKS, seed=7)
    code = (
        "from tests.integration.lives import digest, spec\n"
        "from simulation.world.run import execute\n"
        f"print(digest(execute(spec('estate', 'clear-hold-build', weeks={WEEKS}, seed=7)).series))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "12345"}
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == digest(execute(one).series)


@pytest.mark.parametrize("change", [{"seed": 2}, {"replicate": 1}])
def test_another_stream_of_chance_is_another_history(change: dict[str, int]):
    """The fingerprint is not blind: another seed or replicate changes it."""
    assert digest(execute(spec("estate", weeks=WEEKS)).series) != digest(
        execute(spec("estate", weeks=WEEKS, **change)).series
    )


def test_a_fork_does_not_write_into_its_parent():
    one = spec("force", "clear-hold-build", weeks=WEEKS)
    parent = burnt_in(one).state
    before = [column.copy() for group in parent.columns for column in group]
    execute(one)
    execute(one, detail=True)
    for column, was in zip((c for group in parent.columns for c in group), before, strict=True):
        assert column.tobytes() == was.tobytes()
    fork = grown_up(one).state
    for group, twin in zip(parent.columns, fork.columns, strict=True):
        assert not any(np.shares_memory(a, b) for a, b in zip(group, twin, strict=True))


def test_keeping_events_changes_nothing_else():
    one = spec("force", "leader-arrests", weeks=WEEKS)
    kept = execute(one, detail=True)
    assert kept.events is not None
    assert len(kept.events) > 0
    assert alike(kept.series, execute(one).series)
    assert alike(kept.place, execute(one).place)


def test_a_longer_run_begins_as_a_shorter_one():
    short, long = (execute(spec("force", "clear-hold-build", weeks=weeks)).series for weeks in (20, 60))
    assert alike(short, np.ascontiguousarray(long[:20]))


@pytest.mark.parametrize("sizes", [(1,) * WEEKS, (3, 7, 1, 9, 20), (WEEKS,)])
def test_blocks_do_not_matter(sizes: tuple[int, ...]):
    one = spec("force", "reputation-sabotage", weeks=WEEKS)
    engine = newborn(one)
    for size in sizes:
        engine.run(size)
    assert alike(engine.series, lived(newborn(one)))
