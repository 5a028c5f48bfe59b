"""The network of roles: whom people with a post know, and what is left of it when its hubs go: probes as in `probes`.

Removal and handing on are done to a copy of the network as the world has grown it, in the first week that is looked at: the
world itself knows no successor who is given ties.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from simulation.state.codes import BAIL, FREE, LICENCE
from simulation.state.values import Values
from simulation.state.world import State
from simulation.validation.way_probes import Answer, Asked

HUBS: Final = 0.12  # share of people with a post who are taken, those with most ties first


class Network:
    """People with a post, in the order of their identities, and the ties between them with their strength."""

    def __init__(self, state: State) -> None:
        person = state.person
        there = np.isin(person.status, (FREE, LICENCE, BAIL)) & (person.business >= 0)
        rows = np.flatnonzero(there)
        rows = rows[np.argsort(person.id[rows])]
        number = np.full(person.id.size, -1)
        number[rows] = np.arange(rows.size)
        known = person.friend[rows]
        live = (known >= 0) & there[known] & (person.id[known] == person.friend_id[rows])
        strength: dict[tuple[int, int], float] = {}
        for i, slot in np.argwhere(live).tolist():
            j = int(number[known[i, slot]])
            pair = (min(i, j), max(i, j))
            strength[pair] = max(strength.get(pair, 0.0), float(person.strength[rows[i], slot]))
        self.size = rows.size
        self.ties = {pair: value for pair, value in strength.items() if pair[0] != pair[1]}
        self.business = person.business[rows]
        self.role = person.role[rows]
        self.experience = person.experience[rows]

    def hubs(self) -> np.ndarray:
        """Those with most ties, of equals the first by identity."""
        degree = np.zeros(self.size, dtype=int)
        for i, j in self.ties:
            degree[i] += 1
            degree[j] += 1
        return np.argsort(-degree, kind="stable")[: round(HUBS * self.size)]

    def successors(self, taken: np.ndarray) -> dict[int, int]:
        """Who takes the place of each: of the same business the longest in the trade, in the same role if there is one."""
        left = np.ones(self.size, dtype=bool)
        left[taken] = False
        found: dict[int, int] = {}
        for i in taken.tolist():
            rows = np.flatnonzero(left & (self.business == self.business[i]))
            if rows.size:
                same = self.role[rows] == self.role[i]
                heir = int(rows[np.lexsort((-self.experience[rows], ~same))[0]])
                found[i], left[heir] = heir, False
        return found

    def after(self, share: float) -> set[tuple[int, int]]:
        """The ties that are left when the hubs are gone and this share of their ties, the strongest, is handed on."""
        taken = self.hubs()
        gone, heirs = set(taken.tolist()), self.successors(taken)
        own: dict[int, list[tuple[float, int, int]]] = {i: [] for i in gone}
        for (i, j), strength in self.ties.items():
            for one, other in ((i, j), (j, i)):
                if one in gone:
                    own[one].append((-strength, other, one))
        kept = {pair for pair in self.ties if pair[0] not in gone and pair[1] not in gone}
        for i, ties in own.items():
            heir = heirs.get(i)
            for _, other, _ in sorted(ties)[: round(share * len(ties))]:
                to = heirs.get(other) if other in gone else other
                if heir is not None and to is not None and heir != to:
                    kept.add((min(heir, to), max(heir, to)))
        return kept


def efficiency(ties: set[tuple[int, int]] | dict[tuple[int, int], float], size: int, people: int) -> float:
    """Mean of one over the distance between any two of so many people; those not connected are infinitely far apart."""
    if people < 2 or not ties:
        return 0.0
    pairs = np.array(sorted(ties))
    graph = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    apart = shortest_path(graph, directed=False, unweighted=True)
    np.fill_diagonal(apart, np.inf)
    return float((1.0 / apart).sum()) / (people * (people - 1))


def efficiency_left(share: float, less: float | None = None) -> Callable[[], Asked]:
    """A probe of the efficiency of the network without its hubs, over what it was, with this share of their ties handed on;
    or of how much more that is than with a lesser share.
    """

    def make() -> Asked:
        asked: list[int] = []

        def ask(state: State, p: Values, week: int) -> Answer:
            if asked:
                return 0.0, 0.0
            asked.append(week)
            network = Network(state)
            left = network.size - len(network.hubs())
            found = efficiency(network.after(share), network.size, left)
            if less is not None:
                found -= efficiency(network.after(less), network.size, left)
            return found, efficiency(network.ties, network.size, network.size)

        return ask

    return make


def social_ties() -> Asked:
    """Ties between people with a post."""

    def ask(state: State, p: Values, week: int) -> Answer:
        return float(len(Network(state).ties)), 1.0

    return ask


OF_HANDOVER: Final[dict[str, Callable[[], Asked]]] = {
    "efficiency_all": efficiency_left(1.0),
    "efficiency_second_half": efficiency_left(1.0, less=0.5),
    "efficiency_first_half": efficiency_left(0.5, less=0.0),
    "efficiency_none": efficiency_left(0.0),
    "social_ties": social_ties,
}
