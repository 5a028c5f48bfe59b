"""Targets come from the perceived picture by rules that can be checked: betweenness, scarcity, reports, harm."""

from __future__ import annotations

import functools
from typing import Any

import networkx as nx
import numpy as np
import pytest

from simulation.kernels.tasking import shortlists
from simulation.policy.perceived import Picture, betweenness
from simulation.policy.targets import RULES, Target, ranked, skills_known, traced_businesses
from simulation.schema import build_spec
from simulation.state.codes import ACTIVE, CODER, FREE, LOCAL, NATIONAL, ORGANISER, PRISON, REGIONAL, SPECIALISTS
from simulation.state.police import GHOST_TARGET, PARTNER
from simulation.state.project import ASSEMBLING
from simulation.state.world import State, copy_state
from simulation.world.burn_in import burnt_in
from simulation.world.values import parameter_record
from tests.integration.shuffling import shuffled
from tests.policy.ground import fresh_state

BOUND = 0.3
P: Any = parameter_record({})


@functools.cache
def force() -> State:
    return burnt_in(build_spec("force", "do-as-now", weeks=1)).state


def everywhere(state: State) -> np.ndarray:
    return np.arange(state.place.id.size)


def chosen(state: State, rule: str, length: int = 24, level: int = LOCAL, **more: Any) -> list[Target]:
    return ranked(state, rule, level, everywhere(state), BOUND, length, parameters=P, **more)


def identities(found: list[Target]) -> list[int]:
    return [one.identity for one in found]


# --- the picture


def test_nobody_is_in_the_picture_but_those_known_and_at_large() -> None:
    state = copy_state(force())
    picture = Picture(state, LOCAL, BOUND)
    people = state.person
    assert (people.knowledge[picture.rows, LOCAL] >= BOUND).all()
    assert picture.rows.size > 100
    assert picture.ghosts.size > 0
    gone = int(picture.rows[0])
    people.status[gone] = PRISON
    assert gone not in Picture(state, LOCAL, BOUND).rows


def test_a_tie_is_in_the_picture_when_both_of_its_ends_are() -> None:
    state = copy_state(force())
    ghosts = state.ghost.state.copy()
    state.ghost.state[:] = 0
    picture = Picture(state, LOCAL, BOUND)
    rows, friend = picture.rows, state.person.friend
    told = {frozenset((int(rows[a]), int(rows[b]))) for a, b in picture.ties}
    assert len(told) == len(picture.ties) > 50
    real = {
        frozenset((i, int(f)))
        for i in range(friend.shape[0])
        for f, name in zip(friend[i], state.person.friend_id[i], strict=True)
        if f >= 0 and state.person.id[f] == name and f != i
    }
    seen = set(rows.tolist())
    assert told == {tie for tie in real if tie <= seen}
    assert told < real
    state.ghost.state[:] = ghosts
    with_ghosts = Picture(state, LOCAL, BOUND)
    assert (with_ghosts.ties >= rows.size).any(axis=1).sum() > 0


def test_a_ghost_is_believed_to_know_people_of_its_place_and_joins_them() -> None:
    state = copy_state(force())
    picture = Picture(state, LOCAL, BOUND)
    for node, one in picture.believed:
        ghost, row = picture.ghosts[node - picture.rows.size], picture.rows[one]
        assert state.ghost.place[ghost] == state.person.place[row]
    found = chosen(state, "broker", 10_000)
    assert {one.kind for one in found} == {0, GHOST_TARGET}


# --- betweenness


@pytest.mark.parametrize("seed", range(6))
def test_betweenness_is_that_of_networkx_on_random_networks(seed: int) -> None:
    graph = nx.gnm_random_graph(40 + 60 * seed, 50 + 70 * seed, seed=seed)  # some of it in pieces, some alone
    expected = nx.betweenness_centrality(graph, normalized=False)
    found = betweenness(np.array(graph.edges, dtype=int), graph.number_of_nodes())
    assert found == pytest.approx([expected[n] for n in range(found.size)], abs=1e-9)


def test_betweenness_is_that_of_networkx_on_the_perceived_network() -> None:
    picture = Picture(force(), LOCAL, BOUND)
    graph = nx.Graph()
    graph.add_nodes_from(range(picture.known.size))
    graph.add_edges_from(picture.ties.tolist())
    expected = nx.betweenness_centrality(graph, normalized=False)
    found = picture.betweenness()
    assert found.max() > 100.0
    assert found == pytest.approx([expected[n] for n in range(found.size)], abs=1e-6)
    assert picture.degree().tolist() == [graph.degree(n) for n in range(found.size)]


def test_brokers_are_those_between_whatever_their_role() -> None:
    state = copy_state(force())
    picture = Picture(state, LOCAL, BOUND)
    first = chosen(state, "broker")[0]
    worth = picture.betweenness() * picture.known
    assert first.identity in (picture.column("id")[worth == worth.max()]).tolist()
    assert len(set(state.person.role[[one.row for one in chosen(state, "broker") if one.kind == 0]].tolist())) > 1
    state.person.knowledge[first.row, LOCAL] = 0.1
    assert first.identity not in identities(chosen(state, "broker", 10_000)), "nobody unknown lies between"


def test_who_has_no_ties_lies_between_nobody() -> None:
    state = copy_state(force())
    state.person.friend[:] = -1
    state.ghost.state[:] = 0
    assert chosen(state, "broker") == chosen(state, "hub") == []


# --- the other rules


def test_the_scarcer_skill_comes_first() -> None:
    state = copy_state(force())
    state.operation.state[:] = 0
    state.ghost.state[:] = 0
    state.person.knowledge[:, LOCAL] = 0.1
    rows = np.flatnonzero(state.person.status == FREE)[:6]
    state.person.knowledge[rows, LOCAL] = 0.6
    state.person.business[rows] = -1
    state.person.skill[rows] = 0.5
    rare, common = int(SPECIALISTS[0]), CODER
    state.person.role[rows] = [rare, common, common, common, common, common]
    jobs = np.flatnonzero(state.project.stage == ASSEMBLING)
    state.business.knowledge[jobs, LOCAL] = 0.1
    candidates, vacancies = skills_known(Picture(state, LOCAL, BOUND))
    assert (candidates[rare], candidates[common]) == (1, 5)
    assert chosen(state, "specialist")[0].row == rows[0]
    state.recipe.role[:] = common
    state.project.member[jobs] = -1
    state.business.knowledge[jobs, LOCAL] = 0.9
    wanted = skills_known(Picture(state, LOCAL, BOUND))[1]
    assert wanted[common] > 3 * (1 + vacancies[common])
    assert chosen(state, "specialist")[0].row in rows[1:], "a skill that many known jobs wait for"
    state.business.knowledge[jobs, LOCAL] = 0.1
    assert skills_known(Picture(state, LOCAL, BOUND))[1].sum() == 0, "jobs of unknown brokers are unknown"


@pytest.mark.parametrize("level", [LOCAL, REGIONAL, NATIONAL])
def test_the_score_is_that_of_tasking_meetings(level: int) -> None:
    state = copy_state(force())
    state.operation.state[:] = 0
    rng = np.random.default_rng(5)
    state.person.knowledge[:] = rng.random(state.person.knowledge.shape).astype(np.float32)
    desk = int(np.flatnonzero((state.agency.level == level) & (state.agency.kind < PARTNER))[0])
    rows, kinds, ids, scores, _ = (part[desk] for part in shortlists(state, P, level, 16))
    covered = np.ones(state.place.id.size, dtype=bool)
    if state.agency.force[desk] >= 0:
        covered = state.place.force == state.agency.force[desk]
    elif state.agency.region[desk] >= 0:
        covered = state.place.region == state.agency.region[desk]
    found = ranked(state, "morile", level, np.flatnonzero(covered), float(P["tasking_perceived"]), 16, parameters=P)
    assert (rows >= 0).all()
    assert len(set(scores.tolist())) > 8
    assert [(one.identity, one.row, one.kind) for one in found] == list(
        zip(ids.tolist(), rows.tolist(), kinds.tolist(), strict=True)
    )


def test_money_holders_are_found_by_the_reports_on_their_money() -> None:
    state = copy_state(force())
    state.operation.state[:] = 0
    state.ghost.state[:] = 0
    state.person.knowledge[:, LOCAL] = 0.6
    state.business.knowledge[:, LOCAL] = 0.6
    last, lasts = (
        chosen(state, "money-holder", 10_000)[-1],
        traced_businesses(state, LOCAL, everywhere(state), BOUND, 9999),
    )
    state.finance.traced[state.person.business[last.row]] = 1e6
    assert chosen(state, "money-holder")[0].identity == last.identity
    state.finance.traced[:] = 1.0
    state.finance.traced[lasts[-1].row] = 1e6
    assert traced_businesses(state, LOCAL, everywhere(state), BOUND, 1) == lasts[-1:]


@pytest.mark.parametrize("rule", ["market", "hub", "volume", "leader"])
def test_a_market_is_reached_through_those_who_work_in_it(rule: str) -> None:
    state = copy_state(force())
    state.person.knowledge[:, LOCAL] = 0.6
    for market in range(state.chain.landed.size):
        found = chosen(state, rule, 50, markets=np.array([market]))
        assert found
        assert {int(state.business.market[state.person.business[one.row]]) for one in found} == {market}


def test_a_place_is_reached_through_those_at_work_in_it() -> None:
    state = copy_state(force())
    state.person.knowledge[:, LOCAL] = 0.6
    busiest = int(np.bincount(state.person.place[state.person.outlet >= 0]).argmax())
    found = ranked(state, "place", LOCAL, np.array([busiest]), BOUND, 50)
    assert found
    assert {int(state.person.place[one.row]) for one in found} == {busiest}
    assert all(state.person.outlet[one.row] >= 0 for one in found)


def test_a_platform_is_reached_through_the_businesses_known_to_be_on_it() -> None:
    state = copy_state(force())
    state.operation.state[:] = 0
    state.person.knowledge[:, LOCAL] = 0.6
    state.business.knowledge[:, LOCAL] = 0.6
    active = state.business.state == ACTIVE
    crowded = int(np.bincount(state.business.comms[active & (state.business.comms >= 0)]).argmax())
    found = chosen(state, "platform", 10)
    assert {int(state.business.comms[state.person.business[one.row]]) for one in found} == {crowded}
    state.business.knowledge[:, LOCAL] = 0.0
    assert chosen(state, "platform") == [], "what businesses nobody knows talk over is unknown"


# --- of all rules


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_finds_somebody_in_the_places_and_nobody_elsewhere(rule: str) -> None:
    state = copy_state(force())
    state.person.knowledge[:] = 0.9
    state.business.knowledge[:] = 0.9
    places = np.unique(state.person.place[state.person.place >= 0])[:20]
    found = ranked(state, rule, LOCAL, places, BOUND, 24, parameters=P)
    assert found
    for one in found:
        table = state.ghost if one.kind == GHOST_TARGET else state.person
        assert table.place[one.row] in places
        assert one.identity == table.id[one.row]
        assert one.knowledge >= BOUND


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_rule_sees_age_deprivation_or_any_trait_of_residents(rule: str) -> None:
    state = copy_state(force())
    before = chosen(state, rule)
    rng = np.random.default_rng(3)
    state.person.age[:] = rng.integers(0, 3, state.person.age.size)
    for name in ("deprivation", "pool", "users", "users_rest", "population", "confidence", "fear", "resilience"):
        column = getattr(state.place, name)
        column[:] = rng.permutation(column.ravel()).reshape(column.shape) + 1
    assert before
    assert chosen(state, rule) == before


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_rule_depends_on_the_order_of_rows(rule: str) -> None:
    state, mixed = force(), shuffled(force(), 2)
    assert [(one.identity, one.knowledge) for one in chosen(state, rule)] == [
        (one.identity, one.knowledge) for one in chosen(mixed, rule)
    ]


def test_the_picture_is_in_the_order_of_identities_and_its_figures_are_the_same_bits() -> None:
    straight, mixed = (Picture(state, LOCAL, BOUND) for state in (force(), shuffled(force(), 2)))
    assert not np.array_equal(straight.rows, mixed.rows)
    assert np.array_equal(straight.column("id"), mixed.column("id"))
    assert np.array_equal(straight.ties, mixed.ties)
    assert np.array_equal(straight.betweenness(), mixed.betweenness())


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_rule_reads_what_the_level_does_not_know(rule: str) -> None:
    """Whatever is true of those out of the picture, the targets are the same."""
    state = copy_state(force())
    before = chosen(state, rule)
    hidden = (state.person.knowledge[:, LOCAL] < BOUND) & (state.person.status == FREE)
    hidden[state.business.leader[state.business.leader >= 0]] = False
    assert hidden.sum() > 100
    state.person.skill[hidden] = 1.0
    state.person.friend[hidden] = -1
    state.person.wealth[hidden] = 1e9
    state.person.role[hidden] = ORGANISER
    assert chosen(state, rule) == before


def test_the_estate_is_small_and_has_targets_all_the_same() -> None:
    state = fresh_state()
    state.person.knowledge[:] = 0.9
    assert chosen(state, "broker")
