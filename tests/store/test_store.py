"""A store keeps what was listed, does the rest again, and answers questions about it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.errors import BadSyntax, Conflict
from simulation.store import parts as parts_module
from simulation.store.identity import model_version
from simulation.store.read import done_ids, export, load, query, table
from simulation.store.records import Failure
from simulation.store.store import Store
from tests.store.runs import MEASURES, record


def test_a_store_of_a_version_that_knew_fewer_columns_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns may be added without a new format: what an older version did not write is blank, and runs still add up."""
    with monkeypatch.context() as older:
        fewer = {name: kind for name, kind in parts_module.TABLES["places"].items() if name != "targeted"}
        older.setattr(parts_module, "TABLES", {**parts_module.TABLES, "places": fewer})
        Store.create(tmp_path).write([record(3)])
    store = Store.open(tmp_path)
    assert done_ids(store) == {record(3).run_id}
    store.write([record(7)])
    places = table(store, "places")
    assert set(places["run_id"]) == {record(3).run_id, record(7).run_id}
    assert places["targeted"].isna().all()


def test_a_run_comes_back_bit_for_bit(tmp_path: Path) -> None:
    original = record(7)
    Store.create(tmp_path).write([record(3), original])
    found = load(Store.open(tmp_path), [original.run_id, "f" * 32], MEASURES)
    assert list(found) == [original.run_id]
    loaded = found[original.run_id]
    np.testing.assert_array_equal(loaded.series, original.series)
    np.testing.assert_array_equal(loaded.places, original.places)
    assert loaded.localities[0]["name"] == "A"
    for name in ("cost", "warnings", "parameters", "ablate", "outcomes", "replicate", "plan", "draw"):
        assert getattr(loaded, name) == getattr(original, name)


def test_the_tables_have_the_promised_columns(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.write([record(1), record(2, failure=Failure("ValueError", "no"))])
    assert json.loads((tmp_path / "manifest.json").read_text())["format"] == 1
    promised = {"run_id", "preset", "plan", "seed", "replicate", "draw", "weeks", "parameters", "status"}
    assert promised <= set(table(store, "runs"))
    assert list(table(store, "series")) == ["run_id", "week", "measure", "value"]
    assert set(table(store, "runs")["status"]) == {"done", "failed"}
    assert table(store, "failures")["message"].tolist() == ["no"]
    assert table(store, "provenance")["model_version"].tolist() == [model_version()]
    for name in ("runs", "series", "outcomes", "failures", "provenance"):
        assert list((tmp_path / name).glob("part-*.parquet"))


def test_a_failed_run_is_not_done(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.write([record(1, failure=Failure("ValueError", "no")), record(2)])
    assert done_ids(store) == {record(2).run_id}
    store.write([record(1)])
    assert done_ids(store) == {record(1).run_id, record(2).run_id}
    assert len(table(store, "runs")) == 2


def test_an_unlisted_part_is_ignored(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.write([record(1)])
    parts_module.write_part(tmp_path, parts_module.part_name(), {"runs": table(store, "runs").assign(run_id="x")}, 1)
    assert done_ids(Store.open(tmp_path)) == {record(1).run_id}


@pytest.mark.parametrize("damage", ["flip", "cut", "remove"])
def test_a_damaged_part_is_set_aside_and_done_again(tmp_path: Path, damage: str) -> None:
    store = Store.create(tmp_path)
    store.write([record(1)])
    victim = store.write([record(2)])
    path = tmp_path / next(item.path for item in victim.files if item.path.startswith("series/"))
    content = bytearray(path.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(content)
    elif damage == "cut":
        path.write_bytes(content[:-10])
    else:
        path.unlink()
    assert done_ids(Store.open(tmp_path)) == {record(1).run_id}
    again = Store.create(tmp_path)
    assert again.damaged == [victim.name]
    assert not list(tmp_path.glob(f"*/{victim.name}.parquet"))
    assert list(tmp_path.glob(f"*/{victim.name}.parquet.bad"))
    again.write([record(2)])
    assert done_ids(Store.open(tmp_path)) == {record(1).run_id, record(2).run_id}


def test_a_torn_line_loses_only_its_own_part(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.write([record(1)])
    store.write([record(2)])
    journal = tmp_path / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-25])
    reopened = Store.create(tmp_path)
    assert done_ids(reopened) == {record(1).run_id}
    reopened.write([record(3)])
    assert done_ids(Store.open(tmp_path)) == {record(1).run_id, record(3).run_id}


def test_a_run_done_twice_counts_once(tmp_path: Path) -> None:
    first, second = Store.create(tmp_path), Store.create(tmp_path)
    first.write([record(1)])
    second.write([record(1), record(2)])
    assert len(table(first, "runs")) == 2
    assert len(table(first, "series")) == 2 * 4 * len(MEASURES)
    assert not np.isnan(load(first, [record(1).run_id], MEASURES)[record(1).run_id].series[1:]).any()


def test_a_question_sees_the_store_and_nothing_else(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store")
    store.write([record(1), record(2)])
    (tmp_path / "secret.csv").write_text("a\n1\n")
    answer = query(store, "SELECT plan, count(*) AS n FROM runs GROUP BY plan")
    assert answer.to_dict("records") == [{"plan": "do-as-now", "n": 2}]
    part = next((tmp_path / "store" / "runs").glob("*.parquet"))
    before = part.read_bytes()
    outside = pd.DataFrame({"a": [1]})
    assert len(outside) == 1
    for sql in (
        f"SELECT * FROM read_csv('{tmp_path}/secret.csv')",
        f"COPY runs TO '{part}'",
        "COPY runs TO 'out.csv'",
        "SELECT 1; SELECT 2",
        "SELECT * FROM outside",
        "SET threads = 1",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "SELEC",
        "",
    ):
        with pytest.raises(BadSyntax):
            query(store, sql)
    assert part.read_bytes() == before


def test_runs_of_two_model_versions_are_put_together_by_no_question(tmp_path: Path) -> None:
    """A store outlives the model: a mean over runs of the old and the new one would be of neither."""
    store = Store.create(tmp_path / "store")
    store.write([replace(record(1), model_version="old")])
    mean = "SELECT plan, avg(value) AS mean FROM outcomes JOIN runs USING (run_id) GROUP BY plan"
    assert len(query(store, mean)) == 1
    store.write([replace(record(2), model_version="new")])
    with pytest.raises(Conflict, match=r"2 model versions \(new, old\)"):
        query(store, mean)
    with pytest.raises(Conflict):
        export(store, tmp_path / "out", "csv", sql=mean)
    assert len(query(store, mean.replace("GROUP BY", "WHERE model_version = 'new' GROUP BY"))) == 1
    assert len(query(store, "SELECT model_version, count(*) FROM runs GROUP BY ALL")) == 2


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_export_holds_every_table(tmp_path: Path, kind: str) -> None:
    store = Store.create(tmp_path / "store")
    store.write([record(1, plan="=cmd()")])
    made = export(store, tmp_path / "out", kind)
    assert {path.stem for path in made} >= {"runs", "series", "outcomes", "failures", "provenance"}
    if kind == "csv":
        assert pd.read_csv(tmp_path / "out" / "runs.csv")["plan"].tolist() == ["'=cmd()"]
