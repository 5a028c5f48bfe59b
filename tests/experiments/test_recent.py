"""A plan tried again and again is held against runs that are at hand; what it is told is the same to the last bit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.experiments.compare import Comparing
from simulation.experiments.comparison import Comparison
from simulation.experiments.recent import Recent
from simulation.experiments.runner import Batch
from simulation.experiments.spec import design
from simulation.store.records import Failure, Record
from tests.experiments.toy import MEASURES, toy


def tried(plan: str, recent: Recent | None, weeks: int = 5, measures: tuple = MEASURES) -> tuple[Comparison, int]:
    """A plan against the baseline in the toy world, and how many of its eight runs were at hand."""
    batch = Batch(toy, measures, executor="serial", recent=recent)
    return Comparing(design("estate", plan, weeks=weeks, replicates=4), measures, batch).run(), batch.reused


def same(one: Comparison, other: Comparison) -> None:
    np.testing.assert_array_equal(one.runs.series, other.runs.series)
    pd.testing.assert_frame_equal(one.table, other.table, check_exact=True)


def test_another_plan_meets_the_baseline_that_was_run_for_the_first() -> None:
    recent = Recent()
    assert tried("volume-arrests", recent)[1] == 0
    found, reused = tried("leader-arrests", recent)
    assert reused == 4
    same(found, tried("leader-arrests", None)[0])


def test_undoing_a_change_runs_nothing() -> None:
    recent = Recent()
    first, _ = tried("volume-arrests", recent)
    again, reused = tried("volume-arrests", recent)
    assert reused == 8
    same(first, again)


def test_another_question_is_asked_anew() -> None:
    recent = Recent()
    tried("volume-arrests", recent)
    assert tried("volume-arrests", recent, weeks=6)[1] == 0
    assert tried("volume-arrests", recent, measures=MEASURES[:-1])[1] == 0


def record(name: str, failure: Failure | None = None) -> Record:
    return Record(name, "estate", "x", 1, 0, 1, measures=("a",), series=np.zeros((100, 1)), failure=failure)


def test_the_oldest_make_room() -> None:
    recent = Recent(most=2000)
    for name in ("one", "two", "one", "three"):
        recent.keep(record(name))
    assert set(recent.known(("a",))) == {"one", "three"}


def test_what_failed_is_tried_anew() -> None:
    recent = Recent()
    recent.keep(record("one", Failure("Mishap", "a mishap")))
    assert recent.known(("a",)) == {}
