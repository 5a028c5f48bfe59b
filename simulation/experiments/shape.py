"""What a network looks like as a whole: how many ties, how evenly, how near everyone is to everyone, in how many pieces.

Ties have no direction here and nobody is tied to themselves. All is as networkx defines it; only the distances between
all pairs are counted by scipy, which takes a hundredth of the time.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import networkx

SOURCES_AT_ONCE: Final = 512  # bounds the memory that distances take


class Shape(NamedTuple):
    """Figures of a network; NaN where there is no such thing, as the mix of degrees where all are equal."""

    nodes: int
    ties: int
    mean_degree: float
    largest_degree: int
    density: float
    """Ties over all that could be."""
    isolates: float
    """Share of nodes without a tie."""
    pieces: int
    largest_piece: float
    """Share of nodes in the largest piece."""
    clustering: float
    """Mean share of ties between those who know the same one."""
    efficiency: float
    """Mean of one over the distance between two nodes; nothing for those in different pieces."""
    assortativity: float
    """Correlation of degrees over ties: below 0 where the many-tied are tied to the few-tied."""
    centralisation: float
    """How far degrees are from even, as a share of a star's (Freeman)."""


def graph_of(nodes: Iterable[Hashable], ties: Iterable[tuple[Any, Any]]) -> networkx.Graph:
    """The nodes and their ties, without direction and without ties to oneself."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((one, other) for one, other in ties if one != other)
    return graph


def shape(graph: networkx.Graph) -> Shape:
    """The shape of a network without direction."""
    import networkx as nx

    n, ties = graph.number_of_nodes(), graph.number_of_edges()
    if n == 0:
        return Shape(0, 0, math.nan, 0, math.nan, math.nan, 0, *[math.nan] * 5)
    degree = np.array([d for _, d in graph.degree()])
    most = int(degree.max())
    return Shape(
        nodes=n,
        ties=ties,
        mean_degree=2.0 * ties / n,
        largest_degree=most,
        density=nx.density(graph),
        isolates=float((degree == 0).mean()),
        pieces=nx.number_connected_components(graph),
        largest_piece=max(map(len, nx.connected_components(graph))) / n,
        clustering=nx.average_clustering(graph),
        efficiency=efficiency(nx.to_scipy_sparse_array(graph, format="csr")),
        assortativity=assortativity(graph),
        centralisation=float((most - degree).sum()) / ((n - 1) * (n - 2)) if n > 2 else math.nan,
    )


def assortativity(graph: networkx.Graph) -> float:
    """Correlation of degrees over ties; NaN where there are no two kinds of ends to correlate."""
    import networkx as nx

    ends = {degree for _, degree in graph.degree() if degree > 0}
    return float(nx.degree_assortativity_coefficient(graph)) if len(ends) > 1 else math.nan


def efficiency(matrix: Any) -> float:
    """Mean of one over the distance, over all pairs of a network given as a sparse matrix of ties."""
    from scipy.sparse.csgraph import dijkstra

    n = matrix.shape[0]
    if n < 2 or matrix.nnz == 0:
        return 0.0
    total = 0.0
    for first in range(0, n, SOURCES_AT_ONCE):
        rows = np.arange(first, min(n, first + SOURCES_AT_ONCE))
        apart = dijkstra(matrix, directed=False, unweighted=True, indices=rows)
        apart[np.arange(rows.size), rows] = np.inf  # nobody is a way from themselves
        total += float((1.0 / apart).sum())
    return total / (n * (n - 1))
