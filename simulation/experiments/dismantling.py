"""A network is taken apart: in what order its nodes are removed, and what is left of it after each.

The orders are those that are compared in print: by ties or by betweenness, worked out once (as a block) or again after
each removal; by collective influence (Morone and Makse 2015); and at random. Among equals the first node of the network
goes first. Betweenness is what targets are chosen by in the perceived picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from simulation.errors import BadType, OutOfRange, UnknownName
from simulation.experiments.shape import efficiency
from simulation.policy.perceived import betweenness

if TYPE_CHECKING:
    import networkx

ORDERS: Final = ("degree", "degree-block", "betweenness", "betweenness-block", "collective-influence", "random")
DISTANCE: Final = 2
"""How far from a node collective influence looks."""
STEPS: Final = 20
"""Points of a course."""
SHUFFLES: Final = 20
"""Random orders that a course at random is the mean of."""
EQUAL: Final = 1e-9
"""Betweenness that differs by no more than rounding, as a share, counts as equal."""


class Ties:
    """A network whose nodes have places instead of names, and of which nodes are removed."""

    def __init__(self, graph: networkx.Graph) -> None:
        place = {name: n for n, name in enumerate(graph)}
        pairs = [(place[one], place[other]) for one, other in graph.edges() if one != other]
        self.size = len(place)
        self.pairs = np.array(pairs, dtype=int).reshape(-1, 2)

    def degree(self) -> np.ndarray:
        return np.bincount(self.pairs.ravel(), minlength=self.size).astype(float)

    def betweenness(self) -> np.ndarray:
        return betweenness(self.pairs, self.size)

    def neighbours(self) -> list[list[int]]:
        """Whom each is tied to."""
        found: list[list[int]] = [[] for _ in range(self.size)]
        for one, other in self.pairs.tolist():
            found[one].append(other)
            found[other].append(one)
        return found

    def collective_influence(self, distance: int) -> np.ndarray:
        """One less than its ties, times the sum of the same over those exactly so far away."""
        beside, spare = self.neighbours(), self.degree() - 1.0
        found = np.zeros(self.size)
        for node in range(self.size):
            if spare[node] > 0.0:
                found[node] = spare[node] * sum(spare[other] for other in so_far_away(beside, node, distance))
        return found

    def remove(self, node: int) -> None:
        """A node loses its ties; that it is gone is for the caller to remember."""
        self.pairs = self.pairs[(self.pairs != node).all(axis=1)]


def so_far_away(beside: list[list[int]], node: int, distance: int) -> list[int]:
    """Those whose shortest way to a node has so many steps."""
    reached, front = {node}, [node]
    for _ in range(distance):
        front = list(dict.fromkeys(other for one in front for other in beside[one] if other not in reached))
        reached.update(front)
    return front


def order_of_removal(
    graph: networkx.Graph, order: str, most: int | None = None, *, seed: int = 0, distance: int = DISTANCE
) -> list:
    """The nodes of a network in the order in which they are removed, all of them or the first so many.

    Where collective influence has come to nothing, those left go by their ties, worked out again after each.
    """
    if order not in ORDERS:
        raise UnknownName.among(order, ORDERS, key="order")
    if isinstance(distance, bool) or not isinstance(distance, int):
        raise BadType(key="distance", given=distance, allowed="a whole number")
    if not 1 <= distance <= 10:
        raise OutOfRange(key="distance", given=distance, allowed="1 to 10")
    names = list(graph)
    most = len(names) if most is None else min(most, len(names))
    ties = Ties(graph)
    if order == "random":
        return [names[n] for n in np.random.default_rng(seed).permutation(len(names))[:most]]
    if order.endswith("-block"):
        worth = ties.degree() if order == "degree-block" else ties.betweenness()
        return [names[n] for n in ranked(worth)[:most]]
    left = np.ones(len(names), dtype=bool)
    gone: list[int] = []
    influential = order == "collective-influence"
    for _ in range(most):
        worth = ties.betweenness() if order == "betweenness" else ties.degree()
        if influential:
            influence = ties.collective_influence(distance)
            influential = bool(influence.max() > 0.0)
            worth = influence if influential else worth
        node = ranked(np.where(left, worth, -1.0))[0]
        left[node] = False
        ties.remove(node)
        gone.append(node)
    return [names[n] for n in gone]


def ranked(worth: np.ndarray) -> list[int]:
    """Places from the most to the least worth; those worth the same but for rounding stand as they came."""
    order = np.argsort(-worth, kind="stable")
    falls = np.diff(worth[order]) < -EQUAL * np.maximum(1.0, np.abs(worth[order][:-1]))
    rank = np.empty(worth.size, dtype=int)
    rank[order] = np.concatenate([[0], np.cumsum(falls)]) if worth.size else 0
    return np.argsort(rank, kind="stable").tolist()


def course(
    graph: networkx.Graph,
    order: str,
    share: float = 0.5,
    steps: int = STEPS,
    *,
    seed: int = 0,
    distance: int = DISTANCE,
) -> pd.DataFrame:
    """What is left of a network as so large a share of its nodes is removed in an order, at so many even steps.

    Columns: removed (nodes), removed_share, largest_piece (share of all nodes there were), efficiency (of what is left).
    At random it is the mean over 20 shuffles.
    """
    if not 0.0 < share <= 1.0:
        raise OutOfRange(key="share", given=share, allowed="above 0, at most 1")
    n = graph.number_of_nodes()
    points = np.unique(np.round(np.linspace(0.0, share * n, steps + 1)).astype(int))
    seeds = range(seed, seed + SHUFFLES) if order == "random" else (seed,)
    import networkx as nx

    place = {name: row for row, name in enumerate(graph)}
    matrix = nx.to_scipy_sparse_array(graph, format="csr") if n else None
    found = []
    for one in seeds:
        gone = [place[name] for name in order_of_removal(graph, order, int(points[-1]), seed=one, distance=distance)]
        found.append([left_after(matrix, n, gone[:count]) for count in points.tolist()])
    means = np.array(found).reshape(-1, points.size, 2).mean(axis=0)
    return pd.DataFrame(
        {
            "removed": points,
            "removed_share": points / max(1, n),
            "largest_piece": means[:, 0],
            "efficiency": means[:, 1],
        }
    )


def left_after(matrix: Any, n: int, gone: list[int]) -> tuple[float, float]:
    """Share of all nodes in the largest piece of what is left, and its efficiency."""
    from scipy.sparse.csgraph import connected_components

    left = np.ones(n, dtype=bool)
    left[gone] = False
    if not left.any():
        return 0.0, 0.0
    rest = matrix[left][:, left]
    largest = int(np.bincount(connected_components(rest, directed=False)[1]).max())
    return largest / n, efficiency(rest)
