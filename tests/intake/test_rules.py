"""Imported networks are about real people: nothing in a file, a store or an answer leads to one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from simulation import api
from simulation.errors import SpannerError
from simulation.experiments.individuals import hidden
from simulation.experiments.single import Run
from simulation.intake.forgetting import forget
from simulation.schema.imported import CAUTION
from tests.cli.command import typed
from tests.intake import invented

MARKET = "class-a"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with a mapping of three groups imported into an estate."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPANNER_STORE", raising=False)
    monkeypatch.delenv("SPANNER_IMPORTS", raising=False)
    people, ties = invented.mapping(3, 6)
    rows = [{name: row[name] for name in row if name != "Crime type"} for row in people]
    sources = tmp_path / "sources"
    sources.mkdir()
    files = invented.write(sources / "p.csv", rows), invented.write(sources / "t.csv", ties)
    api.import_network(files[0], "three", files[1], market=MARKET, preset="estate")
    return tmp_path


def written(folder: Path) -> dict[Path, bytes]:
    """Every byte that lies under a folder, but for what the user brought."""
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and "sources" not in p.parts}


def traces(folder: Path) -> list[str]:
    """Files in which something of the mapping's own words can be found: names, identifiers, areas, notes."""
    words = [invented.SECRET.encode(), b"Area 1", b"river", b"p.csv"]
    found = []
    for path, data in written(folder).items():
        found += [f"{path}: {word!r}" for word in words if word in data]
    for path in folder.rglob("*.parquet"):  # what is compressed is looked into as well
        whole = duckdb.read_parquet(str(path)).df().to_csv().encode()
        found += [f"{path}: {word!r}" for word in words if word in whole]
    for path in folder.rglob("*.npz"):
        with np.load(path) as columns:
            whole = b"".join(columns[name].tobytes() for name in columns.files)
        found += [f"{path}: {word!r}" for word in words if word in whole or word.decode().encode("utf-32-le") in whole]
    return found


def test_no_name_is_written_anywhere(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = typed(capsys, "run", "three", "--weeks", "6", "--replicates", "2", "--events", "--json")
    assert ended.status == 0
    assert traces(here) == []
    assert invented.SECRET not in ended.out + ended.err
    assert (here / "spanner-imports").stat().st_mode & 0o077 == 0 or all(
        path.stat().st_mode & 0o077 == 0 for path in (here / "spanner-imports").rglob("*") if path.is_file()
    )


def test_tokens_cannot_be_found_without_the_key(here: Path) -> None:
    again = api.import_network(
        here / "sources" / "p.csv", "again", here / "sources" / "t.csv", market=MARKET, preset="estate"
    )
    columns = [np.load(here / "spanner-imports" / name / "columns.npz") for name in ("three", "again")]
    assert not set(columns[0]["person"].tolist()) & set(columns[1]["person"].tolist())
    keys = {(here / "spanner-imports" / name / "key").read_text() for name in ("three", "again")}
    assert len(keys) == 2
    (again.scenario.parent / "key").unlink()  # deleting it is final, and nothing else needs it
    assert api.run("again", weeks=2).series["people_active"].gt(0).all()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A run of an imported network, with every event."""
    folder = tmp_path_factory.mktemp("ruled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPANNER_IMPORTS", str(folder / "imports"))
        people, ties = invented.mapping(5, 6)
        rows = [{name: row[name] for name in row if name != "Crime type"} for row in people]
        files = invented.write(folder / "p.csv", rows), invented.write(folder / "t.csv", ties)
        api.import_network(files[0], "ruled", files[1], market=MARKET, preset="estate")
        yield api.run("ruled", "leader-arrests", weeks=30)


@pytest.mark.parametrize("kind", ["social", "communication", "co-offending"])
def test_networks_of_people_are_refused(run: Run, kind: str) -> None:
    with pytest.raises(SpannerError) as caught:
        run.network(kind)
    assert (caught.value.code, caught.value.key) == ("conflict", "imported")


def test_people_one_by_one_are_refused(run: Run) -> None:
    for asked in (lambda: run.people, lambda: run.draws("ARREST")):
        with pytest.raises(SpannerError) as caught:
            asked()
        assert "counts by role" in caught.value.message


def test_what_is_said_is_by_role_and_count(run: Run) -> None:
    counts = run.roles["people"].dropna()
    assert len(counts) > 0
    assert counts.ge(5).all()
    assert run.roles["people"].isna().any(), "some counts of an estate are small"


def test_events_tell_of_no_person(run: Run) -> None:
    assert len(run.events) > 0
    assert "person" not in set(run.events["subject_kind"])
    assert run.series["arrests"].sum() > 0, "though people were arrested"


def test_businesses_have_no_leaders_and_no_small_counts(run: Run) -> None:
    businesses = run.businesses
    assert set(businesses["leader"]) | set(businesses["founder"]) == {""}
    members = businesses["members"]
    assert members.isna().any()
    assert members.dropna().map(lambda n: n == 0 or n >= 5).all()
    weekly = run.by("business")
    small = weekly[weekly["measure"] == "members"]["value"].dropna()
    assert small.map(lambda n: n == 0 or n >= 5).all()
    nodes, edges = run.network("cooperation").nodes, run.network("cooperation").edges
    assert nodes["members"].dropna().map(lambda n: n == 0 or n >= 5).all()
    assert edges["ties"].dropna().map(lambda n: n >= 5).all()
    assert not run.network("supply").nodes.empty


def test_identities_of_people_are_in_no_answer(run: Run) -> None:
    state = run.result.engine.state  # pyright: ignore[reportOptionalMemberAccess]
    people = {f"{int(one):016x}" for one in state.person.id if one}
    frames = [run.events, run.businesses, run.by("business"), run.by("outlet"), run.roles, run.accounts()]
    frames += [run.network("supply").nodes, run.network("supply").edges, run.network("cooperation").edges]
    for frame in frames:
        for column in frame.columns:
            assert not people & set(frame[column].astype(str))


def test_weak_points_are_told_of_larger_businesses_alone(run: Run) -> None:
    state = run.result.engine.state  # pyright: ignore[reportOptionalMemberAccess]
    small = [f"{int(i):016x}" for i, n in zip(state.business.id, state.business.members, strict=True) if 0 < n < 5]
    scenario = run.spec.scenario
    told = api.weak_points(scenario, "leader-arrests", weeks=30)
    assert not set(told["business"]) & set(small)
    assert len(told) > 0
    with pytest.raises(SpannerError):
        api.weak_points(scenario, "leader-arrests", weeks=30, business=[small[0]])


def test_results_bear_the_caution(run: Run) -> None:
    assert CAUTION in run.warnings
    assert CAUTION in run.spec.scenario.description
    found = api.compare(run.spec.scenario, "leader-arrests", weeks=4, replicates=2)
    assert CAUTION in found.warnings


def test_other_runs_are_as_free_as_ever() -> None:
    free = api.run("estate", weeks=4)
    assert CAUTION not in free.warnings
    assert not free.people.empty
    assert not free.network("social").edges.empty
    assert free.roles["people"].sum() == len(free.people)


def test_small_counts_are_blank() -> None:
    np.testing.assert_array_equal(hidden(np.array([0.0, 1.0, 4.0, 5.0])), [0.0, np.nan, np.nan, 5.0])


def test_forgetting_leaves_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    identity = str(api.imports()["id"][0])
    for words in (["three"], ["estate"]):
        assert typed(capsys, "run", *words, "--weeks", "6", "--replicates", "2", "--events", "--json").status == 0
    assert (
        typed(
            capsys, "compare", "three", "--plan", "leader-arrests", "--weeks", "6", "--replicates", "2", "--json"
        ).status
        == 0
    )
    store = api.open_store()
    part = next(iter((here / "spanner-runs" / "runs").glob("*.parquet")))
    (part.parent / "part-torn.parquet.bad").write_bytes(part.read_bytes()[:50])
    others = api.query(store, "SELECT run_id, preset FROM runs WHERE preset = 'estate' ORDER BY run_id")
    series = api.query(store, "SELECT * FROM series JOIN runs USING (run_id) WHERE preset = 'estate' ORDER BY ALL")
    ended = typed(capsys, "forget", "three", "--json")
    assert ended.status == 0
    said = ended.document("forget")
    assert said["runs"] == 4  # 2 of run, 2 more of compare, whose baseline was there already
    assert len(said["files"]) == 3
    assert not list((here / "spanner-imports").iterdir())
    assert all(identity.encode() not in data for data in written(here).values())
    left = api.query(api.open_store(), "SELECT run_id, preset FROM runs ORDER BY run_id")
    assert left.equals(others)
    after = api.query(api.open_store(), "SELECT * FROM series JOIN runs USING (run_id) ORDER BY ALL")
    assert after[series.columns].equals(series)
    assert api.query(api.open_store(), "SELECT count(*) AS n FROM events").iloc[0, 0] > 0
    assert not list((here / "spanner-runs").rglob("*.bad"))
    assert typed(capsys, "run", "three", "--weeks", "2", "--json").status == 2
    assert typed(capsys, "forget", "three", "--json").status == 2


def test_runs_are_forgotten_by_id_when_the_import_is_gone(here: Path) -> None:
    identity = str(api.imports()["id"][0])
    api.repeat("three", weeks=3, replicates=2, store=here / "other")
    for path in (here / "spanner-imports" / "three").iterdir():
        path.unlink()
    with pytest.raises(SpannerError):
        forget(identity, [here / "spanner-runs"])
    assert forget(identity, [here / "other"]).stores[str(here / "other")].runs == 2


def test_pages_forget_too(here: Path) -> None:
    from dashboard.jobs.database import Database
    from dashboard.jobs.drafts import Drafts
    from dashboard.jobs.forgetting import forget as forget_pages
    from dashboard.jobs.request import Request
    from dashboard.jobs.table import JobTable

    identity = str(api.imports()["id"][0])
    folder = here / "spanner-runs" / "dashboard"
    database = Database(folder / "dashboard.sqlite")
    database.prepare()
    for preset in (identity, "estate"):
        JobTable(database).submit(Request("place", preset, (), 52, 4), preset, "0" * 31 + str(len(preset) % 10))
        Drafts(database).open(preset, {"title": "One"})
        Drafts(database).save(preset, {"id": f"plan-{len(preset)}", "title": f"Plan {len(preset)}", "entry": []})
    assert forget_pages(folder, identity) == {"jobs": 1, "results": 0, "drafts": 1, "plans": 1}
    assert all(identity.encode() not in path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert [draft.preset for draft in Drafts(database).saved()] == ["estate"]


def test_the_dashboard_shows_an_import_under_an_id_that_says_nothing(here: Path) -> None:
    from dashboard.jobs.choices import read_catalogue

    identity = str(api.imports()["id"][0])
    places = read_catalogue().places
    assert places[identity].title == "Imported: three"
    assert "three" not in places
    assert api.load(identity).id == api.load("three").id == identity


@pytest.mark.parametrize("written", ["[imported\n", 'id = "import-0"\n[imported]\nkept_until = "2999-01-01"\n'])
def test_an_import_that_cannot_be_read_hides_no_other(here: Path, written: str) -> None:
    from dashboard.jobs.choices import read_catalogue

    broken = here / "spanner-imports" / "broken"
    broken.mkdir()
    (broken / "scenario.toml").write_text(written)
    assert set(api.imports()["name"]) == {"three", "broken"}
    identity = str(api.imports().set_index("name").loc["three", "id"])
    places = read_catalogue().places
    assert identity in places
    assert "import-0" not in places


def test_a_document_of_an_import_names_no_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["imports", "--json"], ["scenarios", "three", "--json"]):
        ended = typed(capsys, *words)
        assert ended.status == 0
        assert invented.SECRET not in ended.out
        json.loads(ended.out)
