"""A store keeps what was listed, does the rest again, and survives a crash, a full disk and a second writer."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import BaseModel

from simulation.errors import BadSyntax, Conflict, NotFound, OutOfRange, Unwritable
from simulation.store import parts as parts_module
from simulation.store.identity import ROOMS, Namer, model_version, run_id
from simulation.store.read import done_ids, export, load, query, table
from simulation.store.records import Failure, Record
from simulation.store.store import Store, Writer

MEASURES = ("harm_gbp", "arrests", "retail_purity")


def record(number: int, plan: str = "do-as-now", *, failure: Failure | None = None, weeks: int = 4) -> Record:
    """A run with figures that follow from its number."""
    series = number * 1000.0 + np.arange(weeks * len(MEASURES), dtype=float).reshape(weeks, -1)
    series += np.random.default_rng(number).random(series.shape)  # figures that do not compress away
    series[0, 2] = np.nan
    return Record(
        run_id=f"{number:032x}",
        preset="estate",
        plan=plan,
        seed=1,
        replicate=number,
        weeks=weeks,
        parameters={"trust.private_half_life": 20.5},
        ablate=("gossip",),
        measures=MEASURES,
        series=series,
        outcomes={"harm_gbp": 12.25},
        localities=({"id": "a", "name": "A", "force": "F", "kind": "town", "population": 10, "row": 0, "col": 1},),
        place_measures=("harm_gbp", "arrests"),
        places=np.array([[1.5, 2.5]]),
        cost={"total": 10.0, "by_holder": {"force": 10.0}},
        warnings=("a remark",),
        failure=failure,
    )


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
from test_store import record
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


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_export_holds_every_table(tmp_path: Path, kind: str) -> None:
    store = Store.create(tmp_path / "store")
    store.write([record(1, plan="=cmd()")])
    made = export(store, tmp_path / "out", kind)
    assert {path.stem for path in made} >= {"runs", "series", "outcomes", "failures", "provenance"}
    if kind == "csv":
        assert pd.read_csv(tmp_path / "out" / "runs.csv")["plan"].tolist() == ["'=cmd()"]


def test_the_name_of_a_run_is_its_question_and_its_model() -> None:
    spec = {"weeks": 260, "seed": 1, "parameters": {"b": 2.0, "a": 1.5}}
    same = {"parameters": {"a": 1.5, "b": 2}, "seed": 1.0, "weeks": 260}
    assert run_id(spec) == run_id(same)
    assert len(run_id(spec)) == 32
    assert run_id(spec) != run_id({**spec, "seed": 2})
    assert run_id(spec, "one") != run_id(spec, "two")
    with pytest.raises(OutOfRange):
        run_id({"value": float("nan")})


class Inner(BaseModel):
    name: str


class Outer(BaseModel):
    weeks: int
    inner: Inner
    rates: dict[str, float]


def test_a_batch_names_its_runs_as_one_by_one() -> None:
    inner = Inner(name="é")
    namer = Namer("model")
    specs = [Outer(weeks=weeks, inner=inner, rates={"b": 1.0, "a": 0.1}) for weeks in (1, 2)]
    names = [namer(spec) for spec in specs]
    assert names == [run_id(spec, "model") for spec in specs]
    assert len(set(names)) == 2


def test_whatever_a_run_is_computed_by_is_in_the_version_of_the_model() -> None:
    """The rooms that a run imports are those that are hashed; the schema speaks through the spec, which is hashed too."""
    code = "import sys, simulation.world.run; print(*{name.split('.')[1] for name in sys.modules if name.startswith('simulation.')})"
    rooms = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(rooms) - {"schema", "errors"} <= set(ROOMS)
