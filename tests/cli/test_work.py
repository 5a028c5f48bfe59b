"""The commands that work: a run, a comparison, a question to what they left, an end that can be gone on from."""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from simulation import api
from simulation.cli.findings import document
from simulation.experiments.markets import market_measures
from simulation.measures.catalogue import MEASURES
from simulation.schema import load_scenario
from simulation.store.read import done_ids
from simulation.store.store import Store
from simulation.validation.record import PAGE
from tests.cli.command import TINY, Ended, check, finished, started, typed

PLANS = ["--plan", "volume-arrests", "--plan", "leader-arrests"]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A small comparison on the estate, in a process of its own."""
    folder = tmp_path_factory.mktemp("compared")
    found = finished("compare", "estate", *PLANS, *TINY, "--json", cwd=folder)
    assert found.status == 0, found.err
    return folder / "spanner-runs", found.document("compare")


def test_a_comparison_says_all_it_should(compared: tuple[Path, dict[str, Any]]) -> None:
    _, document = compared
    assert list(document["plans"]) == ["volume-arrests", "leader-arrests"]
    assert (document["preset"], document["weeks"], document["replicates"]) == ("estate", 6, 2)
    for plan in document["plans"].values():
        assert list(plan["outcomes"]) == [measure.id for measure in MEASURES]
        harm = plan["outcomes"]["harm_gbp"]
        assert harm["difference"] == pytest.approx(harm["plan"] - harm["baseline"])


def test_the_same_command_does_nothing_twice(
    capsys: pytest.CaptureFixture[str], compared: tuple[Path, dict[str, Any]]
) -> None:
    store, document = compared
    parts = len(Store.open(store).parts())
    again = typed(capsys, "compare", "estate", *PLANS, *TINY, "--out", store, "--json").document("compare")
    assert {**again, "elapsed_s": 0} == {**document, "elapsed_s": 0}
    assert len(Store.open(store).parts()) == parts


def test_a_comparison_is_shown_in_words(
    capsys: pytest.CaptureFixture[str], compared: tuple[Path, dict[str, Any]]
) -> None:
    store, _ = compared
    found = typed(capsys, "compare", "estate", *PLANS, *TINY, "--out", store)
    assert found.status == 0
    assert "volume-arrests against do-as-now in estate: 6 weeks, 2 pairs" in found.out
    for word in ("Harm", "90 % interval", " to "):
        assert word in found.out
    assert str(store) in found.err


def test_a_run_is_repeated_and_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = typed(capsys, "run", "estate", *TINY, "--events", "--out", tmp_path, "--json")
    document = found.document("run")
    assert document["plan"] == "do-as-now"
    assert document["outcomes"]["people_active"]["mean"] > 0
    assert document["store"] == str(tmp_path)
    shown = typed(capsys, "run", "estate", *TINY, "--out", tmp_path)
    assert "do-as-now in estate: 6 weeks, 2 replicates" in shown.out


def test_a_store_is_asked_and_written_out(
    capsys: pytest.CaptureFixture[str], compared: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    store, document = compared
    held = typed(capsys, "results", store, "--json").document("results")
    assert (held["done"], held["failed"], held["damaged"]) == (6, 0, [])
    sql = "SELECT plan, avg(value) AS harm FROM runs JOIN outcomes USING (run_id) WHERE measure = 'harm_gbp' GROUP BY 1"
    answer = typed(capsys, "results", store, "--sql", sql, "--json").document("results")
    means = {row["plan"]: row["harm"] for row in answer["rows"]}
    outcomes = document["plans"]["leader-arrests"]["outcomes"]["harm_gbp"]
    assert means["leader-arrests"] == pytest.approx(outcomes["plan"])
    assert means["do-as-now"] == pytest.approx(outcomes["baseline"])
    refused = typed(capsys, "results", store, "--sql", "DROP TABLE runs", "--json")
    assert (refused.status, refused.document("error")["error"]["code"]) == (2, "bad-syntax")
    files = typed(capsys, "results", store, "--export", "csv", "--to", tmp_path / "out", "--json").document("results")
    series = pd.read_csv(next(name for name in files["files"] if name.endswith("series.csv")))
    kept = [one for one in market_measures(load_scenario("estate")) if one.weekly]
    assert len(series) == 6 * 6 * (len(MEASURES) + len(kept))
    assert "leader-arrests" in typed(capsys, "results", store).out
    assert "harm" in typed(capsys, "results", store, "--sql", sql).out


def test_parameters_and_ablations_reach_the_runs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["run", "estate", *TINY, "--set", "trust.prior=0.8", "--ablate", "cheating", "--out", tmp_path, "--json"]
    assert typed(capsys, *words).status == 0
    sql = "SELECT DISTINCT parameters, ablate FROM runs"
    rows = typed(capsys, "results", tmp_path, "--sql", sql, "--json").document("results")["rows"]
    assert [(json.loads(row["parameters"]), json.loads(row["ablate"])) for row in rows] == [
        ({"trust.prior": 0.8}, ["cheating"])
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_command_leaves_a_store_to_go_on_with(tmp_path: Path, number: signal.Signals, status: int) -> None:
    words = ["compare", "estate", *PLANS, "--weeks", "26", "--replicates", "300", "--json"]
    process = started(*words, cwd=tmp_path)
    assert process.stderr is not None
    seen = ""
    while " of 900 " not in seen and process.poll() is None:  # the first tenth is done
        seen += process.stderr.readline()
    process.send_signal(number)
    asked = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert process.returncode == status, err
    assert time.monotonic() - asked < 15
    check(json.loads(out), "error")
    assert "Traceback" not in err
    kept = done_ids(Store.open(tmp_path / "spanner-runs"))
    assert 90 <= len(kept) < 900
    again = finished("compare", "estate", *PLANS, "--weeks", "26", "--replicates", "10", "--json", cwd=tmp_path)
    assert again.status == 0
    assert len(done_ids(Store.open(tmp_path / "spanner-runs"))) <= len(kept) + 30


@pytest.mark.slow
def test_the_pages_are_served_until_stopped(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = started(
        "dashboard", "--port", port, "--out", tmp_path, "--open", "compare", "--json", cwd=tmp_path, DISPLAY=""
    )
    assert process.stdout is not None
    document = ""
    while not document.rstrip().endswith("}"):
        document += process.stdout.readline()
    address = json.loads(document)["address"]
    check(json.loads(document), "dashboard")
    assert address.startswith(f"http://127.0.0.1:{port}/compare?preset=force&plans=volume-arrests,")
    health = _answer(f"http://127.0.0.1:{port}/healthz")
    assert json.loads(health)["status"] == "ok"
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 143
    assert "Traceback" not in err


def _answer(address: str) -> str:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


def test_findings_are_tried_and_judged(capsys: pytest.CaptureFixture[str]) -> None:
    name = api.findings()[0]
    found = typed(capsys, "validate", name, "--replicates", "2", "--json")
    rows = rows_of(found)
    assert [row["id"] for row in rows] == [name]
    assert found.status == (0 if rows[0]["passed"] else 1)
    refused = typed(capsys, "validate", "no-such-finding", "--json")
    assert (refused.status, refused.document("error")["error"]["code"]) == (2, "unknown-name")


def rows_of(found: Ended) -> list[dict[str, Any]]:
    """The rows of `validate --json`: alone when all pass, beside the faults when not."""
    document = found.document("validate")
    if found.status == 0:
        return document
    assert document["error"] == document["errors"][0]
    missed = [row["id"] for row in document["rows"] if not row["passed"]]
    assert [fault["key"] for fault in document["errors"]] == missed
    return document["rows"]


def test_a_missed_finding_is_a_fault_beside_its_row() -> None:
    row = {
        "id": "ocg-size-mean", "role": "test", "status": "pass", "passed": True, "estimate": 9.0, "low": 8.0,
        "high": 10.0, "range": [8.5, None], "also": [], "ablation": None, "placebo": None, "control": None,
        "first_look": {}, "message": "",
    }  # fmt: skip
    missed = {**row, "id": "turnover-core", "status": "miss", "passed": False, "range": [3.0, 4.0]}
    assert document([row]) == [row]
    said = document([row, missed])
    check(said, "validate")
    assert said["rows"] == [row, missed]
    assert [(one["code"], one["key"], one["given"], one["allowed"]) for one in said["errors"]] == [
        ("work-failed", "turnover-core", 9.0, "3 to 4")
    ]


def test_what_no_finding_supports_is_labelled_in_every_table(
    capsys: pytest.CaptureFixture[str], compared: tuple[Path, dict[str, Any]]
) -> None:
    store, document = compared
    shown = typed(capsys, "compare", "estate", *PLANS, *TINY, "--all", "--out", store)
    labels = {measure.id: measure.label for measure in MEASURES}
    for name, outcome in document["plans"]["volume-arrests"]["outcomes"].items():
        lines = [line for line in shown.out.splitlines() if line.startswith(f" {labels[name]}  ")]
        assert outcome["validated"] or not lines, name
        assert outcome["validated"] is (name not in document["unvalidated"])
    assert "Harm (unvalidated)" in shown.out
    assert "paid by" not in shown.err or "(unvalidated)" in shown.err
    asked = typed(capsys, "results", store, "--sql", "SELECT avg(value) AS harm_gbp FROM outcomes", "--json")
    assert asked.document("results")["unvalidated"] == ["harm_gbp"]
    plain = typed(capsys, "results", store, "--sql", "SELECT avg(value) AS harm_gbp FROM outcomes")
    assert "unvalidated: harm_gbp" in plain.out


@pytest.mark.parametrize("words", [["--replicates", "2"], ["--seed", "2"], ["ocg-size-mean"]])
def test_the_page_whose_verdicts_label_outcomes_takes_findings_as_they_are_set_down(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    ended = typed(capsys, "validate", *words, "--write", PAGE, "--json")
    assert ended.status == 2
    assert "speaks of all findings" in ended.document("error")["error"]["message"]
