"""Shapes, orders of removal and what is left agree with networkx, on random graphs and on what police see of a run."""

from __future__ import annotations

import functools
import itertools
import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import api
from simulation.errors import SpannerError
from simulation.experiments.dismantling import ORDERS, Ties, course, order_of_removal
from simulation.experiments.shape import shape

EXACT = 1e-9


@st.composite
def graphs(draw: st.DrawFn, most: int = 30) -> nx.Graph:
    """Networks of all densities, in pieces or not, with names that are not in order."""
    n = draw(st.integers(1, most))
    ties = draw(st.integers(0, min(n * (n - 1) // 2, 3 * n)))
    graph = nx.gnm_random_graph(n, ties, seed=draw(st.integers(0, 10_000)))
    return nx.relabel_nodes(graph, {node: f"{(node * 7919) % 1000:03d}-{node}" for node in graph})


def influence(graph: nx.Graph, distance: int) -> dict[Any, float]:
    """Collective influence by its definition, with the shortest ways of networkx."""
    found = {}
    for node in graph:
        away = nx.single_source_shortest_path_length(graph, node, cutoff=distance)
        rim = [other for other, steps in away.items() if steps == distance]
        found[node] = (graph.degree(node) - 1) * sum(graph.degree(other) - 1 for other in rim)
    return found


def centrality(graph: nx.Graph, order: str) -> dict[Any, float]:
    if order.startswith("degree"):
        return dict(graph.degree())
    if order.startswith("betweenness"):
        return nx.betweenness_centrality(graph, normalized=False)
    found = influence(graph, 2)
    return found if max(found.values(), default=0) > 0 else dict(graph.degree())


def is_first(chosen: Any, worth: dict[Any, float], names: list[Any]) -> bool:
    """Whether no other is worth more, and none before it in the network as much, to rounding."""
    slack = 1e-7 * max(1.0, abs(worth[chosen]))
    if any(value > worth[chosen] + slack for value in worth.values()):
        return False
    return not any(abs(worth[name] - worth[chosen]) <= 1e-12 for name in names[: names.index(chosen)] if name in worth)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_the_shape_is_that_of_networkx(graph: nx.Graph) -> None:
    found = shape(graph)
    assert found.efficiency == pytest.approx(nx.global_efficiency(graph), abs=EXACT)
    assert found.clustering == pytest.approx(nx.average_clustering(graph), abs=EXACT)
    assert found.density == pytest.approx(nx.density(graph), abs=EXACT)
    assert found.isolates == pytest.approx(nx.number_of_isolates(graph) / len(graph), abs=EXACT)
    assert found.pieces == nx.number_connected_components(graph)
    assert found.mean_degree == pytest.approx(sum(d for _, d in graph.degree()) / len(graph), abs=EXACT)
    with np.errstate(all="ignore"):
        mix = nx.degree_pearson_correlation_coefficient(graph) if graph.number_of_edges() > 1 else math.nan
    if math.isfinite(mix) and len({d for _, d in graph.degree() if d}) > 1:
        assert found.assortativity == pytest.approx(mix, abs=1e-6)
    else:
        assert math.isnan(found.assortativity)


def test_a_star_and_a_ring_have_the_shapes_they_are_known_for() -> None:
    star, ring = shape(nx.star_graph(9)), shape(nx.cycle_graph(8))
    assert (star.assortativity, star.centralisation, star.largest_degree) == (pytest.approx(-1.0), 1.0, 9)
    assert (ring.centralisation, ring.mean_degree) == (0.0, 2.0)
    assert math.isnan(ring.assortativity)
    assert shape(nx.Graph()).nodes == 0


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(1, 4))
def test_collective_influence_is_that_of_its_definition(graph: nx.Graph, distance: int) -> None:
    found = Ties(graph).collective_influence(distance)
    assert found.tolist() == pytest.approx(list(influence(graph, distance).values()))


@settings(max_examples=40, deadline=None)
@given(graphs(20), st.sampled_from(["degree", "betweenness", "collective-influence"]))
def test_each_removal_is_the_one_that_networkx_would_make(graph: nx.Graph, order: str) -> None:
    left = graph.copy()
    gone = order_of_removal(graph, order)
    assert sorted(gone) == sorted(graph)
    for node in gone:
        assert is_first(node, centrality(left, order), list(graph))
        left.remove_node(node)


@settings(max_examples=40, deadline=None)
@given(graphs(), st.sampled_from(["degree-block", "betweenness-block"]))
def test_a_block_is_the_ranking_of_the_whole_network(graph: nx.Graph, order: str) -> None:
    worth = centrality(graph, order)
    gone = order_of_removal(graph, order)
    values = [worth[node] for node in gone]
    assert all(later <= earlier + 1e-7 * max(1.0, earlier) for earlier, later in itertools.pairwise(values))
    assert sorted(gone) == sorted(graph)


@settings(max_examples=30, deadline=None)
@given(graphs(), st.sampled_from([order for order in ORDERS if order != "random"]))
def test_what_is_left_is_what_networkx_says_is_left(graph: nx.Graph, order: str) -> None:
    found, gone = course(graph, order, 1.0, 5), order_of_removal(graph, order)
    for row in found.itertuples():
        left = graph.copy()
        left.remove_nodes_from(gone[: row.removed])
        assert row.efficiency == pytest.approx(nx.global_efficiency(left), abs=EXACT)
        largest = max(map(len, nx.connected_components(left)), default=0)
        assert row.largest_piece == pytest.approx(largest / len(graph))


def test_random_removal_is_a_shuffle_by_its_seed() -> None:
    graph = nx.gnm_random_graph(40, 60, seed=1)
    first = order_of_removal(graph, "random", seed=3)
    assert sorted(first) == list(range(40))
    assert first == order_of_removal(graph, "random", seed=3) != order_of_removal(graph, "random", seed=4)
    targeted, blind = (course(graph, order, 0.3)["largest_piece"].iloc[-1] for order in ("degree", "random"))
    assert targeted < blind


def test_removal_knows_its_orders_and_bounds() -> None:
    graph = nx.path_graph(4)
    for bad in ({"order": "closeness"}, {"order": "degree", "distance": 0}, {"order": "degree", "distance": 1.5}):
        with pytest.raises(SpannerError):
            order_of_removal(graph, **bad)
    with pytest.raises(SpannerError):
        course(graph, "degree", 0.0)


# --- what police see of a run


@functools.cache
def lived() -> Any:
    return api.run("force", weeks=26, seed=2)


def test_the_perceived_network_of_a_run_comes_apart_as_networkx_says() -> None:
    seen = lived().network("communication", view="perceived")
    graph = nx.Graph(seen.to_networkx())
    assert graph.number_of_edges() > 200
    worth = nx.betweenness_centrality(graph, normalized=False)
    gone = seen.order_of_removal("betweenness-block", 50)
    assert [worth[node] for node in gone] == pytest.approx(sorted(worth.values(), reverse=True)[:50], rel=1e-9)
    for order in ("degree", "betweenness", "collective-influence"):
        left = graph.copy()
        for node in seen.order_of_removal(order, 8):
            assert is_first(node, centrality(left, order), list(seen.nodes["id"])), order
            left.remove_node(node)
    after = seen.dismantled("degree", 0.1).iloc[-1]
    left = graph.copy()
    left.remove_nodes_from(seen.order_of_removal("degree", int(after["removed"])))
    assert after["efficiency"] == pytest.approx(nx.global_efficiency(left), abs=EXACT)


def test_directions_of_trade_do_not_matter_to_its_shape() -> None:
    supply = lived().network("supply")
    graph = nx.Graph(supply.to_networkx())
    assert supply.shape().ties == graph.number_of_edges()
    assert supply.shape().mean_degree == pytest.approx(2 * graph.number_of_edges() / graph.number_of_nodes())
