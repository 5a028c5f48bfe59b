"""Imported groups stand at week 0 where simulated ones stood; nobody else notices before they meet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation import api
from simulation.schema.imported import Imported
from simulation.state.codes import ACTIVE, BROKER, LOCAL, NOBODY, ORGANISER, OUTSIDE
from simulation.state.world import State, copy_state
from simulation.world.burn_in import burnt_in
from simulation.world.graft_people import NAMES
from simulation.world.run import start_engine
from simulation.world.standing_in import Columns, read_columns
from tests.conservation.identities import faults_of, first_faults
from tests.intake import invented
from tests.integration.lives import alike, grown_up, lived, spec

PRESET = "estate"
MARKET = "class-a"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Three imports into an estate: a small mapping, a crowd that the estate cannot feed, a profile of the force."""
    path = tmp_path_factory.mktemp("grafted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPANNER_IMPORTS", str(path / "imports"))
        for name, groups in (("few", 3), ("crowd", 40)):
            people, ties = invented.mapping(groups, 6)
            people = [row for row in people if row.pop("Crime type")]
            api.import_network(
                invented.write(path / "p.csv", people), name, invented.write(path / "t.csv", ties), market=MARKET,
                preset=PRESET,
            )  # fmt: skip
        people, ties = invented.mapping(16, 7)
        api.import_network(invented.write(path / "p.csv", people), "many", invented.write(path / "t.csv", ties))
        api.import_profile(invented.write(path / "a.csv", invented.profile(5)), "town")
        yield path


def world(name: str) -> tuple[State, Columns]:
    """The world of an import at week 0, and what was imported."""
    imported = api.load(name).imported
    assert isinstance(imported, Imported)
    return start_engine(spec(name)).state, read_columns(imported)


def rows_of(ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The row of each identity, which is there once."""
    where = {int(one): row for row, one in enumerate(ids) if one}
    assert len(where) == np.count_nonzero(ids)
    return np.array([where[int(one)] for one in wanted])


@pytest.mark.parametrize("name", ["few", "crowd", "many", "town"])
def test_money_goods_and_people_are_conserved(folder: Path, name: str) -> None:
    run = spec(name, weeks=26)
    assert faults_of(start_engine(run).state) == []
    assert first_faults(grown_up(run), 26) == []


@pytest.mark.parametrize("name", ["few", "crowd", "many"])
def test_everybody_stands_in_the_world_as_the_mapping_says(folder: Path, name: str) -> None:
    s, columns = world(name)
    groups = rows_of(s.business.id, columns.group)
    people = rows_of(s.person.id, columns.person)
    assert (s.business.state[groups] == ACTIVE).all()
    assert (s.business.tier[groups] == columns.tier).all()
    assert (s.person.status[people] != NOBODY).all()
    assert (s.person.age[people] == columns.age).all()
    assert (s.person.place[people] == columns.place).all()
    assert (s.business.home[groups] == columns.home).all()
    chain = columns.tier[columns.member] >= 0
    assert (s.person.business[people][chain] == groups[columns.member][chain]).all()
    assert (s.person.knowledge[people, LOCAL] == 1.0).all()
    heads = (columns.role == NAMES.index("organiser")) & chain
    assert (s.person.role[people][heads] == ORGANISER).all()


@pytest.mark.parametrize("name", ["few", "many"])
def test_whom_people_know_is_what_the_mapping_says(folder: Path, name: str) -> None:
    s, columns = world(name)
    people = rows_of(s.person.id, columns.person)
    degree = np.bincount(np.concatenate([columns.one, columns.two]), minlength=people.size)
    pairs = {frozenset((int(a), int(b))) for a, b in zip(columns.one, columns.two, strict=True)}
    position = {int(one): n for n, one in enumerate(columns.person)}
    for n, row in enumerate(people):
        friends = [int(one) for one in s.person.friend_id[row] if one]
        mapped = [one for one in friends if one in position and frozenset((n, position[one])) in pairs]
        if 0 < degree[n] <= 6:
            assert len(mapped) == degree[n]
        assert friends, "nobody is without anyone"


def test_crews_can_do_what_the_jobs_of_their_market_need(folder: Path) -> None:
    s, columns = world("many")
    groups, people = rows_of(s.business.id, columns.group), rows_of(s.person.id, columns.person)
    jobs = columns.tier == -1
    assert jobs.any()
    for g in np.flatnonzero(jobs):
        crew = people[columns.member == g]
        recipe = s.project.recipe[groups[g]]
        needed = set(s.recipe.role[recipe, : s.recipe.slots[recipe]].tolist())
        led = s.person.business[crew] == groups[g]
        assert led.sum() == 1
        assert s.person.role[crew][led].tolist() == [BROKER]
        assert set(s.person.role[crew][~led].tolist()) <= needed


def test_a_mapping_takes_the_place_of_as_many_as_there_are(folder: Path) -> None:
    """Businesses do not grow in number where simulated ones can stand in; where they cannot, new ones are founded."""
    before = burnt_in(spec(PRESET)).state
    usual = int((before.business.state[OUTSIDE:] == ACTIVE).sum())
    few, _ = world("few")
    assert int((few.business.state[OUTSIDE:] == ACTIVE).sum()) == usual
    assert few.ledger.book.sum() == before.ledger.book.sum() == 0
    np.testing.assert_array_equal(
        few.ledger.book[: before.ledger.book.shape[0]].sum(axis=0), before.ledger.book.sum(axis=0)
    )
    np.testing.assert_array_equal(few.tally.goods, before.tally.goods)
    crowd, columns = world("crowd")
    lines = int(((before.business.tier == 3) & (before.business.state == ACTIVE)).sum())
    assert int((crowd.business.state[OUTSIDE:] == ACTIVE).sum()) == usual + columns.group.size - lines


def test_nobody_else_is_touched_by_it(folder: Path) -> None:
    """All who are in no imported group are at week 0 who and where they were, with the luck they had."""
    before = burnt_in(spec(PRESET)).state
    after, columns = world("few")
    mine = set(columns.group.tolist())
    owner = after.person.business_id
    others = [row for row in np.flatnonzero(after.person.status != NOBODY) if int(owner[row]) not in mine]
    was = {int(one): row for row, one in enumerate(before.person.id) if one}
    assert len(others) > 30
    for row in others:
        old = was[int(after.person.id[row])]
        for column in (
            "status",
            "role",
            "place",
            "age",
            "experience",
            "loyalty",
            "savings",
            "heat",
            "strength",
            "leaving",
        ):
            np.testing.assert_array_equal(getattr(after.person, column)[row], getattr(before.person, column)[old])
    for column in ("stock", "cost", "price", "reputation", "forecast", "staff"):
        shops = {int(one): row for row, one in enumerate(before.outlet.id) if one}
        for row in np.flatnonzero(after.outlet.state == ACTIVE):
            if int(after.business.id[after.outlet.business[row]]) not in mine:
                old = shops[int(after.outlet.id[row])]
                assert getattr(after.outlet, column)[row] == getattr(before.outlet, column)[old]


def test_two_runs_are_the_same_to_the_bit_and_an_import_makes_a_difference(folder: Path) -> None:
    one, two = (lived(grown_up(spec("few", weeks=30))) for _ in range(2))
    assert alike(one, two)
    assert not alike(one, lived(grown_up(spec(PRESET, weeks=30))))


def test_the_checkpoint_is_not_written_into(folder: Path) -> None:
    kept = burnt_in(spec("few")).state
    copy = copy_state(kept)
    lived(grown_up(spec("few", weeks=8)))
    np.testing.assert_array_equal(copy.person.id, kept.person.id)
