"""A comparison is the same however it is carried out, goes on where it stopped, and says what failed."""

from __future__ import annotations

import dataclasses
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation.errors import BadType, Conflict, MissingKey, OutOfRange, SpannerError, UnknownName
from simulation.experiments.cancelled import Cancelled
from simulation.experiments.compare import Comparing
from simulation.experiments.comparison import Comparison
from simulation.experiments.executors import EXECUTORS
from simulation.experiments.jobs import Job
from simulation.experiments.performing import Execute
from simulation.experiments.runner import Batch, Chunks
from simulation.experiments.spec import design
from simulation.schema import load_parameters, load_plan
from simulation.store.read import done_ids, table
from simulation.store.records import Record
from simulation.store.store import Store
from tests.experiments.toy import MEASURES, brittle, deadly, toy

PLANS = ("volume-arrests", "leader-arrests")


def compare(execute: Execute = toy, replicates: int = 6, weeks: int = 5, **how: Any) -> Comparison:
    """Two plans against do-as-now in the toy world."""
    asked = {name: how.pop(name) for name in ("ensemble", "seed") if name in how}
    laid_out = design("estate", PLANS, weeks=weeks, replicates=replicates, **asked)
    return Comparing(laid_out, MEASURES, Batch(execute, MEASURES, **how)).run()


@pytest.fixture(scope="module")
def plain() -> Comparison:
    return compare(executor="serial")


@pytest.mark.parametrize("executor", EXECUTORS)
def test_every_executor_gives_the_same_bits(plain: Comparison, executor: str) -> None:
    found = compare(executor=executor, workers=2)
    np.testing.assert_array_equal(found.runs.outcomes, plain.runs.outcomes)
    np.testing.assert_array_equal(found.runs.series, plain.runs.series)
    pd.testing.assert_frame_equal(found.table, plain.table, check_exact=True)
    assert {**found.to_dict(), "elapsed_s": 0} == {**plain.to_dict(), "elapsed_s": 0}


def test_the_table_says_what_the_contract_says(plain: Comparison) -> None:
    assert list(plain.table) == [
        "plan", "measure", "baseline", "value", "difference", "low", "high", "level", "probability_better", "unit",
        "replicates", "validated",
    ]  # fmt: skip
    row = _row(plain, "leader-arrests", "people_active")
    assert row["baseline"] == 4.0
    assert row["difference"] == pytest.approx(row["value"] - row["baseline"])
    assert row["low"] < row["difference"] < row["high"]
    assert row["difference"] == pytest.approx(-20, abs=2)
    assert (row["level"], row["probability_better"], row["replicates"]) == (0.9, 1.0, 6)
    assert np.isnan(_row(plain, "leader-arrests", "arrests")["probability_better"])
    assert _row(plain, "leader-arrests", "confidence")["probability_better"] == 0.5


def test_benefit_is_held_against_further_cost(plain: Comparison) -> None:
    row = _row(plain, "volume-arrests", "benefit_cost_ratio")
    averted = -_row(plain, "volume-arrests", "harm_gbp")["difference"]
    spent = _row(plain, "volume-arrests", "plan_cost_gbp")["difference"]
    assert row["value"] == pytest.approx(averted / spent)
    assert row["low"] <= row["value"] <= row["high"]
    assert row["probability_better"] == 1.0
    assert np.isnan(_row(plain, "leader-arrests", "benefit_cost_ratio")["value"])  # it costs no more: no ratio


def test_to_dict_is_json_without_nan(plain: Comparison) -> None:
    text = json.dumps(plain.to_dict(), allow_nan=False)
    found = json.loads(text)
    assert set(found["plans"]) == set(PLANS)
    outcome = found["plans"]["leader-arrests"]["outcomes"]["arrests"]
    assert set(outcome) == {"baseline", "plan", "difference", "low", "high", "probability_better", "unit", "validated"}
    assert outcome["probability_better"] is None
    assert found["plans"]["volume-arrests"]["cost"]["by_holder"]["force"] == 520.0
    assert found["variance_ratio"]["harm_gbp"]["ratio"] > 20
    assert len(found["spec_hash"]) == len(found["model_version"]) == 32


def test_bands_and_places(plain: Comparison) -> None:
    bands = plain.bands("harm_gbp")
    change = bands[(bands["of"] == "difference") & (bands["plan"] == "leader-arrests")]
    assert change["week"].tolist() == list(range(5))
    assert (change["q05"] <= change["q50"]).all()
    assert (change["q50"] <= change["q95"]).all()
    assert change["q50"].between(-23, -17).all()
    assert set(bands[bands["of"] == "level"]["plan"]) == {"do-as-now", *PLANS}
    summed = plain.bands("arrests", cumulative=True)
    last = summed[(summed["of"] == "level") & (summed["plan"] == "leader-arrests") & (summed["week"] == 4)]
    assert last["mean"].item() == pytest.approx(_row(plain, "leader-arrests", "arrests")["value"])
    place = plain.place("harm_gbp").set_index(["plan", "locality"])
    north, south = place.loc[("leader-arrests", "north")], place.loc[("leader-arrests", "south")]
    assert south["difference"] == pytest.approx(3 * north["difference"])
    assert south["low"] < south["difference"] < south["high"]
    assert bands["mean"].notna().all()
    with pytest.raises(UnknownName):
        plain.place("confidence")
    with pytest.raises(UnknownName):
        plain.bands("harm")


def test_done_runs_are_not_done_again(tmp_path: Path, plain: Comparison) -> None:
    calls: list[tuple[str, int]] = []

    def counted(spec, *, detail: bool = False, cancel: Callable[[], bool] | None = None):
        calls.append((spec.plan.id, spec.replicate))
        return toy(spec, detail=detail, cancel=cancel)

    compare(counted, store=Store.create(tmp_path), executor="serial", replicates=2)
    assert len(calls) == 6
    longer = compare(counted, store=Store.create(tmp_path), executor="threads")
    assert len(calls) == 18
    assert len(set(calls)) == 18
    again = compare(counted, store=Store.create(tmp_path), executor="serial")
    assert len(calls) == 18
    for found in (longer, again):
        assert {**found.to_dict(), "elapsed_s": 0} == {**plain.to_dict(), "elapsed_s": 0}
        pd.testing.assert_frame_equal(found.place("harm_gbp"), plain.place("harm_gbp"), check_exact=True)
    compare(counted, store=Store.create(tmp_path), executor="serial", seed=2)
    assert len(calls) == 36


def test_a_stopped_comparison_goes_on(tmp_path: Path, plain: Comparison) -> None:
    stop = threading.Event()

    def progress(done: int, total: int) -> None:
        assert total == 18
        if done >= 5:
            stop.set()

    with pytest.raises(Cancelled):
        compare(store=Store.create(tmp_path), executor="threads", cancel=stop.is_set, progress=progress)
    kept = len(done_ids(Store.open(tmp_path)))
    assert 5 <= kept < 18
    seen: list[int] = []
    found = compare(store=Store.create(tmp_path), progress=lambda done, _: seen.append(done))
    assert seen[-1] == 18
    assert {**found.to_dict(), "elapsed_s": 0} == {**plain.to_dict(), "elapsed_s": 0}


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_failing_run_is_a_row_and_the_batch_goes_on(tmp_path: Path, executor: str) -> None:
    store = Store.create(tmp_path)
    found = compare(brittle, store=store, executor=executor)
    assert [(record.plan, record.replicate) for record in found.failures] == [("volume-arrests", 1)]
    assert _row(found, "volume-arrests", "harm_gbp")["replicates"] == 5
    assert _row(found, "leader-arrests", "harm_gbp")["replicates"] == 6
    assert any("1 of 18 runs failed" in text for text in found.warnings)
    rows = table(store, "failures")
    assert rows["message"].tolist() == ["the toy broke"]
    assert "brittle" in rows["traceback"].iloc[0]
    mended = compare(toy, store=Store.create(tmp_path), executor=executor)
    assert mended.failures == ()


@pytest.mark.slow
def test_a_run_that_kills_its_worker_is_one_failure(tmp_path: Path) -> None:
    found = compare(deadly, store=Store.create(tmp_path), executor="processes", workers=2)
    assert [(record.plan, record.replicate) for record in found.failures] == [("volume-arrests", 1)]
    assert found.runs.done == 17


def test_events_are_kept_on_request(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    compare(store=store, detail=True, replicates=2)
    assert len(table(store, "events")) == 6


def test_an_ensemble_is_dealt_round() -> None:
    name, parameter = next(iter(load_parameters().items()))
    laid_out = design("estate", "volume-arrests", weeks=4, replicates=3, ensemble=[{}, {name: parameter.low}])
    drawn = [
        (spec.draw, spec.parameters)
        for group in laid_out.groups()
        for spec in group
        if spec.plan.id == "volume-arrests"
    ]
    assert drawn == [(0, {}), (1, {name: parameter.low}), (0, {})]
    found = compare(ensemble=[{}, {name: parameter.low}], replicates=4)
    arrests = found.outcome("do-as-now", "arrests")
    assert arrests.tolist() == [0.0, 500.0, 0.0, 500.0]


@pytest.mark.parametrize(
    ("asked", "kind", "key"),
    [
        ({"weeks": 0}, OutOfRange, "weeks"),
        ({"weeks": 1501}, OutOfRange, "weeks"),
        ({"replicates": 0}, OutOfRange, "replicates"),
        ({"replicates": 1_000_000}, OutOfRange, "replicates"),
        ({"seed": -1}, OutOfRange, "seed"),
        ({"seed": 2**32}, OutOfRange, "seed"),
        ({"weeks": 1.5}, BadType, "weeks"),
        ({"weeks": True}, BadType, "weeks"),
        ({"ensemble": {"a": 1}}, BadType, "ensemble"),
        ({"ensemble": [{"no.such": 1.0}]}, UnknownName, "ensemble[0].no.such"),
    ],
)
def test_a_request_out_of_bounds_is_refused(asked: dict[str, Any], kind: type[SpannerError], key: str) -> None:
    with pytest.raises(kind) as caught:
        design("estate", PLANS, **asked)
    assert caught.value.key == key


def test_two_plans_of_one_name_are_refused() -> None:
    other = load_plan("volume-arrests").model_copy(update={"title": "Another"})
    with pytest.raises(Conflict):
        design("estate", ["volume-arrests", other])
    assert design("estate", ["volume-arrests", "volume-arrests"]).plans == ("volume-arrests",)


def test_a_baseline_against_itself_changes_nothing() -> None:
    found = Comparing(design("estate", "do-as-now", weeks=3, replicates=2), MEASURES, Batch(toy, MEASURES)).run()
    assert found.plans == ("do-as-now",)
    assert found.runs.done == 2
    known = found.table[found.table["measure"] != "benefit_cost_ratio"]
    assert (known[["difference", "low", "high"]] == 0).all(axis=None)
    with pytest.raises(MissingKey):
        design("estate", [])


def test_a_job_goes_on_by_itself(plain: Comparison) -> None:
    laid_out = design("estate", PLANS, weeks=5, replicates=6)
    job = Job(Comparing(laid_out, MEASURES, Batch(toy, MEASURES)))
    found = job.results(60)
    assert job.state == "done"
    assert job.progress() == (18, 18)
    pd.testing.assert_frame_equal(found.table, plain.table, check_exact=True)
    long = Job(Comparing(design("estate", PLANS, weeks=5, replicates=100_000), MEASURES, Batch(toy, MEASURES)))
    while long.progress()[0] < 10:
        time.sleep(0.01)
    assert long.so_far().table["replicates"].max() >= 2
    long.cancel()
    with pytest.raises(Cancelled):
        long.results(60)
    assert long.state == "cancelled"


def test_chunks_grow_to_be_worth_sending() -> None:
    groups = [[object(), object()] for _ in range(100)]
    chunks = iter(made := Chunks(groups, whole=True))  # type: ignore[arg-type]
    assert len(next(chunks)) == 2
    made.note([Record("a", "p", "q", 1, 0, 1, elapsed_s=0.5), Record("b", "p", "q", 1, 1, 1, elapsed_s=0.5)])
    assert len(next(chunks)) == 10
    single = Chunks(groups, whole=False)  # type: ignore[arg-type]
    single.note([dataclasses.replace(Record("a", "p", "q", 1, 0, 1), elapsed_s=0.001)])
    assert len(next(iter(single))) == 2


def _row(comparison: Comparison, plan: str, measure: str) -> dict[str, Any]:
    frame = comparison.table
    return frame[(frame["plan"] == plan) & (frame["measure"] == measure)].iloc[0].to_dict()
