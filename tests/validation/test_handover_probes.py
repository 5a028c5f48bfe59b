"""The network of roles, what is left of it without its hubs, and how soon lines over the border are closed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
import pytest

from simulation.schema import load_parameters
from simulation.state.codes import ABROAD, FREE, IMPORTING_TOWN, INSIDE, PRISON
from simulation.validation.handover_probes import OF_HANDOVER, Network, efficiency
from simulation.validation.line_probes import closures_a_line


def people(ties: list[tuple[int, int, float]], business: list[int], role: list[int] | None = None) -> Any:
    """A world of people alone: identities run backwards, so that rows are not identities."""
    n = len(business)
    person = SimpleNamespace(
        id=np.arange(n, 0, -1, dtype=np.uint64), status=np.full(n, FREE), business=np.array(business),
        role=np.array(role or [0] * n), experience=np.arange(n, dtype=float), friend=np.full((n, 6), -1),
        friend_id=np.zeros((n, 6), dtype=np.uint64), strength=np.zeros((n, 6)),
    )  # fmt: skip
    for i, j, strength in ties:
        slot = int((person.friend[i] >= 0).sum())
        person.friend[i, slot], person.friend_id[i, slot], person.strength[i, slot] = j, person.id[j], strength
    return SimpleNamespace(person=person)


def graph(network: Network, ties: Any, left: list[int] | None = None) -> nx.Graph:
    found = nx.Graph(list(ties))
    found.add_nodes_from(range(network.size) if left is None else left)
    return found


def test_efficiency_agrees_with_an_established_library() -> None:
    chance = np.random.default_rng(3)
    ties = [(int(i), int(j), 0.5) for i, j in chance.integers(0, 40, (60, 2)) if i != j]
    network = Network(people(ties, [1] * 40))
    ours = efficiency(network.ties, network.size, network.size)
    assert ours == pytest.approx(nx.global_efficiency(graph(network, network.ties)), abs=1e-12)
    gone = set(network.hubs().tolist())
    left = [i for i in range(network.size) if i not in gone]
    for share in (0.0, 0.5, 1.0):
        ties_left = network.after(share)
        assert not any(i in gone or j in gone for i, j in ties_left)
        theirs = nx.global_efficiency(graph(network, ties_left, left))
        assert efficiency(ties_left, network.size, len(left)) == pytest.approx(theirs, abs=1e-12)


def test_those_without_a_post_in_prison_or_replaced_are_in_no_tie() -> None:
    state = people([(0, 1, 0.5), (1, 2, 0.5), (2, 3, 0.5), (3, 4, 0.5)], [1, 1, -1, 1, 1])
    state.person.status[4] = PRISON
    assert Network(state).ties == {(1, 2): 0.5}  # by identity: the last of three comes first
    state.person.friend_id[0, 0] = 99
    assert Network(state).ties == {}


def test_the_strongest_ties_of_a_hub_go_to_one_of_its_business_in_its_role() -> None:
    star = [(0, 1 + n, 0.1 * (n + 1)) for n in range(6)]
    state = people([*star, (7, 6, 0.5)], [1, 2, 2, 2, 2, 2, 2, 1, 1], [5, 0, 0, 0, 0, 0, 0, 5, 3])
    network = Network(state)
    size = network.size - 1  # identities run backwards: row r is number size - r
    assert network.hubs().tolist() == [size]
    assert network.successors(network.hubs()) == {size: size - 7}  # in its role, though row 8 is longer in the trade
    heir, known = size - 7, [size - 1 - n for n in range(6)]
    own = {(heir, known[5])}
    assert network.after(0.0) == own
    assert network.after(0.5) == own | {(heir, other) for other in known[3:]}
    assert network.after(1.0) == {(heir, other) for other in known}


def test_a_network_is_looked_at_once_and_ties_each_time() -> None:
    ties = [(i, (i + 1) % 20, 0.5) for i in range(20)] + [(0, i, 0.5) for i in range(5, 9)]
    state = people(ties, [1] * 20)
    for name in ("efficiency_all", "efficiency_none", "efficiency_first_half", "efficiency_second_half"):
        ask = OF_HANDOVER[name]()
        found = ask(state, None, 2)  # type: ignore[arg-type]
        assert found[1] == pytest.approx(efficiency(Network(state).ties, 20, 20))
        assert ask(state, None, 4) == (0.0, 0.0)  # type: ignore[arg-type]
    ask = OF_HANDOVER["social_ties"]()
    assert [ask(state, None, week) for week in (2, 4)] == [(24.0, 1.0)] * 2  # type: ignore[arg-type]


def test_closures_are_those_since_the_last_look_over_the_years_that_lines_stood() -> None:
    half = load_parameters()["line_learning.half_life"].value
    kept = 2.0 ** (-1.0 / half)
    state: Any = SimpleNamespace(
        place=SimpleNamespace(
            kind=np.array([INSIDE, IMPORTING_TOWN]), line_losses=np.full((2, 1, 2), 7.0), line_weeks=np.full((2, 1, 2), 90.0)
        )
    )  # fmt: skip
    p: Any = {"line_learning_half_life": half}
    ask = closures_a_line()
    assert ask(state, p, 10) == (0.0, 0.0)
    for _ in range(4):  # four weeks in which ten lines stand in the towns and one of them is closed in the last
        state.place.line_losses *= kept
        state.place.line_weeks *= kept
        state.place.line_weeks[1, 0, ABROAD] += 10.0
    state.place.line_losses[1, 0, ABROAD] += 1.0
    closed, stood = ask(state, p, 14)
    assert closed == pytest.approx(52.0)
    assert stood == pytest.approx(40.0, rel=0.05)
