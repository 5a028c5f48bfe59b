"""The queue keeps every request, ends each one, shares equal results and loses nothing on a restart."""

from __future__ import annotations

import gzip
import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.jobs.database import Database
from dashboard.jobs.drafts import LONGEST_HISTORY, Drafts, plan_id
from dashboard.jobs.request import Request
from dashboard.jobs.result import Results
from dashboard.jobs.runner import Cancelled, Runner
from dashboard.jobs.table import JobTable
from tests.dashboard.made_up_model import compute
from tests.dashboard.made_up_results import result

REQUEST = Request("comparison", "force", ("clear-hold-build",), 52, 8)
VERSION = "f" * 32


@pytest.fixture
def table(tmp_path: Path) -> JobTable:
    database = Database(tmp_path / "jobs.sqlite")
    database.prepare()
    return JobTable(database)


def runner(table: JobTable, tmp_path: Path, work=compute) -> Runner:
    return Runner(table, Results(tmp_path / "results"), work)


def until(condition, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.02)


def test_a_job_is_done_and_its_result_comes_back_as_it_was(table, tmp_path):
    job = table.submit(REQUEST, "A plan", REQUEST.run_id(VERSION))
    worker = runner(table, tmp_path)
    worker.start()
    until(lambda: table.get(job.id).state == "done")
    worker.stop()
    found = worker.results.read(job.run_id)
    expected = result(REQUEST)
    assert found.plans == expected.plans
    assert found.table["difference"].tolist() == pytest.approx(expected.table["difference"].tolist())
    assert list(found.bands.columns) == list(expected.bands.columns)
    assert found.cost["clear-hold-build"]["by_holder"] == expected.cost["clear-hold-build"]["by_holder"]


def test_equal_requests_share_a_result_and_different_ones_do_not():
    assert REQUEST.run_id(VERSION) == replace(REQUEST, kind="forecast").run_id(VERSION)
    others = [
        replace(REQUEST, seed=2),
        replace(REQUEST, weeks=53),
        replace(REQUEST, plans=("leader-arrests",)),
        replace(REQUEST, kind="place"),
    ]
    assert len({request.run_id(VERSION) for request in [REQUEST, *others]}) == 5
    assert REQUEST.run_id("a") != REQUEST.run_id("b")
    assert Request.from_json(REQUEST.to_json()) == REQUEST


def test_the_second_of_two_equal_jobs_is_not_computed_again(table, tmp_path):
    counted = []

    def work(request, progress, cancel):
        counted.append(request)
        return compute(request, progress, cancel)

    worker = runner(table, tmp_path, work)
    first = table.submit(REQUEST, "one browser", REQUEST.run_id(VERSION))
    second = table.submit(REQUEST, "another browser", REQUEST.run_id(VERSION))
    assert first.id != second.id
    worker.start()
    until(lambda: all(table.get(j.id).state == "done" for j in (first, second)))
    worker.stop()
    assert len(counted) == 1


def test_a_result_of_an_older_format_is_made_again(table, tmp_path):
    results = Results(tmp_path / "results")
    job = table.submit(REQUEST, "A plan", REQUEST.run_id(VERSION))
    results.folder.mkdir()
    with gzip.open(results.path(job.run_id), "wt", encoding="utf-8") as file:
        json.dump({"format": 1}, file)
    worker = runner(table, tmp_path)
    worker.start()
    until(lambda: table.get(job.id).state == "done")
    worker.stop()
    assert worker.results.read(job.run_id) is not None


def test_progress_is_told_and_time_left_follows_from_it(table):
    job = table.submit(REQUEST, "A plan", REQUEST.run_id(VERSION))
    assert job.seconds_left(time.time()) is None
    claimed = table.claim(("comparison",))
    table.advance(claimed.id, 25, 100)
    running = table.get(job.id)
    assert running.share == 0.25
    assert running.seconds_left(running.started + 10) == pytest.approx(30)
    assert table.queue() == {"queued": 0, "running": 1}


def test_cancel_stops_a_running_job_and_drops_a_waiting_one(table, tmp_path):
    begun = threading.Event()

    def work(request, progress, cancel):
        begun.set()
        while True:
            progress(1, 100)
            if cancel():
                raise Cancelled
            time.sleep(0.02)

    worker = runner(table, tmp_path, work)
    running = table.submit(REQUEST, "runs", REQUEST.run_id(VERSION))
    waiting = table.submit(replace(REQUEST, seed=9), "waits", replace(REQUEST, seed=9).run_id(VERSION))
    worker.start()
    assert begun.wait(5)
    assert table.ahead(table.get(waiting.id)) == 1
    table.cancel(waiting.id)
    assert table.get(waiting.id).state == "cancelled"
    table.cancel(running.id)
    until(lambda: table.get(running.id).state == "cancelled")
    worker.stop()
    assert not worker.results.has(running.run_id)


def test_a_failing_job_says_why_and_the_queue_goes_on(table, tmp_path):
    class Refused(Exception):
        code = "out-of-range"
        message = "A dose of 7 is out of range; allowed: 0 to 1."

    def work(request, progress, cancel):
        if request.seed == 1:
            raise Refused
        if request.seed == 2:
            raise ZeroDivisionError
        return compute(request, progress, cancel)

    worker = runner(table, tmp_path, work)
    jobs = [table.submit(replace(REQUEST, seed=s), "x", replace(REQUEST, seed=s).run_id(VERSION)) for s in (1, 2, 3)]
    worker.start()
    until(lambda: not any(table.get(job.id).open for job in jobs))
    worker.stop()
    states = [table.get(job.id) for job in jobs]
    assert [job.state for job in states] == ["failed", "failed", "done"]
    assert states[0].message == "A dose of 7 is out of range; allowed: 0 to 1."
    assert "ZeroDivisionError" in states[1].message


def test_a_restart_takes_up_what_was_running(table, tmp_path):
    job = table.submit(REQUEST, "A plan", REQUEST.run_id(VERSION))
    table.claim(("comparison",))
    worker = runner(table, tmp_path)
    worker.start()
    until(lambda: not table.get(job.id).open)
    worker.stop()
    assert table.get(job.id).state == "done"


def test_deleting_keeps_what_runs(table):
    job = table.submit(REQUEST, "A plan", REQUEST.run_id(VERSION))
    table.claim(("comparison",))
    table.delete(job.id)
    assert table.get(job.id) is not None
    table.finish(job.id, "done")
    table.delete(job.id)
    assert table.get(job.id) is None


def test_a_run_id_cannot_leave_the_folder(tmp_path):
    results = Results(tmp_path)
    assert not results.has("../../etc/passwd")
    with pytest.raises(ValueError, match="32 hex"):
        results.path("../x")


def test_undo_and_redo_walk_the_steps_and_a_change_drops_what_was_undone(table):
    drafts = Drafts(table.database)
    plan = {"title": "A", "entry": []}
    draft = drafts.open("force", plan)
    for title in ("B", "C"):
        drafts.change(draft.id, {**plan, "title": title})
    assert drafts.undo(draft.id).plan["title"] == "B"
    assert drafts.redo(draft.id).plan["title"] == "C"
    assert not drafts.get(draft.id).can_redo
    drafts.undo(draft.id)
    changed = drafts.change(draft.id, {**plan, "title": "D"})
    assert (changed.plan["title"], changed.can_redo, changed.can_undo) == ("D", False, True)
    assert drafts.change(draft.id, changed.plan).steps == changed.steps
    for number in range(LONGEST_HISTORY + 20):
        drafts.change(draft.id, {**plan, "title": str(number)})
    assert drafts.get(draft.id).steps == LONGEST_HISTORY
    assert drafts.get("unknown-draft") is None


def test_two_browsers_do_not_share_a_draft(table):
    drafts = Drafts(table.database)
    one, two = drafts.open("force", {"title": "A", "entry": []}), drafts.open("force", {"title": "A", "entry": []})
    drafts.change(one.id, {"title": "B", "entry": []})
    assert drafts.get(two.id).plan["title"] == "A"


def test_a_saved_plan_is_found_by_an_id_that_is_a_name(table):
    drafts = Drafts(table.database)
    kept = drafts.save("force", {"title": "Money & ground: 2027–30!", "entry": []})
    assert kept.id == "my-money-ground-2027-30"
    assert drafts.saved_plan(kept.id).plan["id"] == kept.id
    assert plan_id("???") == "my-plan"
    assert len(plan_id("x" * 300)) <= 64
