"""A mapping comes back as it was said, under tokens: groups, roles, ties, places, whatever order its rows stand in."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import api
from simulation.errors import SpannerError
from simulation.intake.columns import PEOPLE, chosen, dropped
from simulation.intake.mapping import read_mapping
from simulation.intake.tables import Table, read_csv
from simulation.intake.tokens import token
from simulation.intake.words import ROLES
from simulation.schema import load_scenario
from simulation.world.standing_in import Columns, read_columns
from tests.intake import invented

FORCE = load_scenario("force")
KEY = b"k" * 32


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SPANNER_IMPORTS", str(tmp_path / "imports"))


def columns_of(people: list[dict[str, Any]], ties: list[dict[str, Any]]) -> Columns:
    """What a mapping comes to under a key that the test knows."""
    with tempfile.TemporaryDirectory() as folder:
        nodes = read_csv(invented.write(Path(folder) / "p.csv", people))
        edges = read_csv(invented.write(Path(folder) / "t.csv", ties))
    used = chosen(nodes, "people", {}), chosen(edges, "ties", {})
    return read_mapping(nodes, edges, *used, FORCE, KEY, roles={}, market=None).columns


def said(people: list[dict[str, Any]], ties: list[dict[str, Any]]) -> tuple[set[Any], set[Any]]:
    """The same, read from the rows by plain Python."""
    roles = {"Lieutenant": "manager", "Associate": "member"}
    persons = {
        (
            token(KEY, "person", p["Nominal ID"]),
            token(KEY, "group", p["OCG"]),
            roles.get(p["Role"], p["Role"].lower()),
            {"17": 0, "19": 1, "24": 1}.get(p["Age"], 2),
        )
        for p in people
    }
    kinds = {"family": 0, "co-offender": 1, "associate": 2}
    pairs = {
        (
            frozenset((token(KEY, "person", t["From"]), token(KEY, "person", t["To"]))),
            float(t["Weight"]),
            kinds[t["Relationship"]],
        )
        for t in ties
    }
    return persons, pairs


def kept(columns: Columns) -> tuple[set[Any], set[Any]]:
    persons = {
        (int(i), int(columns.group[g]), ROLES[r], int(a))
        for i, g, r, a in zip(columns.person, columns.member, columns.role, columns.age, strict=True)
    }
    pairs = {
        (frozenset((int(columns.person[a]), int(columns.person[b]))), round(float(s), 6), int(k))
        for a, b, s, k in zip(columns.one, columns.two, columns.strength, columns.bond, strict=True)
    }
    return persons, pairs


@given(st.integers(1, 6), st.integers(3, 9), st.integers(0, 2**20))
def test_a_mapping_comes_back_as_it_was_said(groups: int, size: int, seed: int) -> None:
    people, ties = invented.mapping(groups + 2, size, seed)
    assert kept(columns_of(people, ties)) == said(people, ties)


@given(st.integers(0, 2**20))
def test_the_order_of_rows_leaves_no_trace(seed: int) -> None:
    people, ties = invented.mapping(4, 5, seed)
    before = columns_of(people, ties)
    luck = random.Random(seed)
    luck.shuffle(people)
    luck.shuffle(ties)
    for one, other in zip(before, columns_of(people, ties), strict=True):
        np.testing.assert_array_equal(one, other)


CELLS = st.text(alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=8))
def test_any_table_is_read_or_refused_by_row(rows: list[list[str]]) -> None:
    header = ["Nominal ID", "OCG", "Role", "Crime type"]
    table = Table("any.csv", header, [(n + 2, [cell.strip() for cell in row]) for n, row in enumerate(rows)])
    try:
        found = read_mapping(table, None, chosen(table, "people", {}), {}, FORCE, KEY, roles={}, market="fraud")
    except SpannerError as error:
        assert all(fault.message.startswith("any.csv") for fault in error.errors)
    else:
        assert found.columns.person.size == len(rows)
        assert len(set(found.columns.person.tolist())) == len(rows)


def test_a_graph_says_the_same_as_its_tables(tmp_path: Path) -> None:
    people, ties = invented.mapping(5, 6)
    graph = nx.Graph()
    for person in people:
        graph.add_node(person["Nominal ID"], group=person["OCG"], role=person["Role"], market=person["Crime type"])
    for tie in ties:
        graph.add_edge(tie["From"], tie["To"], weight=float(tie["Weight"]), kind=tie["Relationship"])
    nx.write_graphml(graph, tmp_path / "net.graphml")
    found = api.import_network(tmp_path / "net.graphml", "graph")
    assert (found.groups, found.people, found.ties) == (5, len(people), len(ties))
    tables = api.import_network(
        invented.write(tmp_path / "p.csv", people), "tables", invented.write(tmp_path / "t.csv", ties)
    )
    assert (tables.roles, tables.markets) == (found.roles, found.markets)


def test_columns_are_guessed_shown_and_dropped() -> None:
    table = Table("p.csv", list(invented.mapping(1, 5)[0][0]), [])
    used = chosen(table, "people", {})
    assert {name: table.header[at] for name, at in used.items()} == {
        "person": "Nominal ID", "group": "OCG", "role": "Role", "market": "Crime type", "locality": "Ward", "age": "Age",
    }  # fmt: skip
    assert [(one["column"], one["reason"]) for one in dropped(table, used)] == [
        ("Surname", "name-like"), ("Notes", "free text"),
    ]  # fmt: skip


def test_flags_come_before_names() -> None:
    table = Table("p.csv", ["id", "reference", "gang", "ocg"], [])
    assert chosen(table, "people", {"person": "reference", "group": "Gang"}) == {"person": 1, "group": 2}
    assert set(chosen(table, "people", {})) <= set(PEOPLE)


def test_words_of_ones_own_and_a_market_for_all(tmp_path: Path) -> None:
    rows = [{"id": f"P{n}", "group": f"G{n % 2}", "role": "Capo" if n < 2 else "Soldier"} for n in range(14)]
    path = invented.write(tmp_path / "p.csv", rows)
    found = api.import_network(path, "own", roles=["Capo=organiser", "soldier=runner"], market="cocaine")
    assert found.roles == {"organiser": None, "runner": 12}  # two organisers are too few to be counted out
    assert found.markets == {"cocaine": 2}


def test_ties_both_ways_are_one_and_large_strengths_are_scaled(tmp_path: Path) -> None:
    people, _ = invented.mapping(2, 5)
    names = [p["Nominal ID"] for p in people]
    ties = [{"From": names[0], "To": names[1], "Weight": 2}, {"From": names[1], "To": names[0], "Weight": 8}]
    found = api.import_network(
        invented.write(tmp_path / "p.csv", people), "ways", invented.write(tmp_path / "t.csv", ties)
    )
    assert found.ties == 1
    assert any("both ways round" in note for note in found.notes)
    assert any("up to 8" in note for note in found.notes)


@pytest.mark.slow
def test_ten_thousand_people_are_imported_in_seconds(tmp_path: Path) -> None:
    people, ties = invented.mapping(1250, 8)
    assert len(people) > 9_500
    files = invented.write(tmp_path / "p.csv", people), invented.write(tmp_path / "t.csv", ties)
    begun = time.process_time()
    found = api.import_network(files[0], "large", files[1])
    assert time.process_time() - begun < 10.0
    assert found.people == len(people)
    assert any("choose a preset of the place's size" in note for note in found.notes)


def test_what_was_changed_after_it_was_imported_is_refused(tmp_path: Path) -> None:
    people, _ = invented.mapping(2, 5)
    found = api.import_network(invented.write(tmp_path / "p.csv", people), "torn")
    imported = api.load("torn").imported
    assert imported is not None
    read_columns(imported)
    columns = found.scenario.parent / "columns.npz"
    columns.write_bytes(columns.read_bytes()[:-40])
    with pytest.raises(SpannerError) as caught:
        read_columns(imported)
    assert caught.value.code == "conflict"


def test_an_import_is_read_no_longer_than_it_may_be_kept(tmp_path: Path) -> None:
    people, _ = invented.mapping(2, 5)
    found = api.import_network(invented.write(tmp_path / "p.csv", people), "old")
    text = found.scenario.read_text(encoding="utf-8")
    found.scenario.write_text(text.replace(found.kept_until, "2001-01-01"), encoding="utf-8")
    with pytest.raises(SpannerError) as caught:
        api.load("old")
    assert caught.value.key == "imported.kept_until"


def test_a_profile_becomes_places_and_groups(tmp_path: Path) -> None:
    rows = invented.profile(6)
    found = api.import_profile(invented.write(tmp_path / "areas.csv", rows), "town")
    scenario = api.load("town")
    assert scenario.places.names[:6] == tuple(row["Ward"] for row in rows)
    assert [scenario.places.known[row["Ward"]].residents for row in rows] == [row["Population"] for row in rows]
    assert set(scenario.markets) == {"heroin-and-crack", "cocaine", "cannabis", "fraud"}
    assert found.markets["cocaine"] == sum(row["Cocaine"] for row in rows)
    columns = read_columns(scenario.imported)  # pyright: ignore[reportArgumentType]
    for n, row in enumerate(rows):
        counted = sum(row[name] for name in ("Heroin", "Cocaine", "Cannabis", "Fraud"))
        assert int((columns.home == n).sum()) == counted
    tiers = scenario.markets["cocaine"].chain
    assert sum(scenario.intended("cocaine", tier) for tier in tiers) == max(found.markets["cocaine"], len(tiers))


def test_a_long_profile_says_the_same(tmp_path: Path) -> None:
    wide = invented.profile(4)
    names = ("Heroin", "Cocaine", "Cannabis", "Fraud")
    rows = [
        {"Area": row["Ward"], "Residents": f"{row['Population']:,}", "Market": name, "Groups": row[name]}
        for row in wide
        for name in names
    ]
    one = api.import_profile(invented.write(tmp_path / "wide.csv", wide), "wide")
    two = api.import_profile(invented.write(tmp_path / "long.csv", rows), "long")
    assert one.markets == two.markets
    assert api.load("wide").places.names == api.load("long").places.names


def test_a_case_is_a_surround_as_well(tmp_path: Path) -> None:
    """Whatever is no preset of the house is written out whole, and loads to the same but for what was imported."""
    people, _ = invented.mapping(8, 5)
    api.import_network(invented.write(tmp_path / "p.csv", people), "case", preset="county-lines")
    case, found = api.load("county-lines"), api.load("case")
    changed = {"id", "title", "description", "preset", "imported"}
    assert found.model_dump(exclude=changed) == case.model_dump(exclude=changed)
