"""Who trades with whom and who knows whom, as it is and as police see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from simulation.experiments import dismantling
from simulation.experiments.portrait import MG_IN_KG, PENCE, hexed, mapped, named
from simulation.experiments.shape import Shape, graph_of, shape
from simulation.state.codes import (
    ACTIVE,
    BAIL,
    CO_OFFENDING,
    FREE,
    LICENCE,
    ROLE_NAMES,
    STATUS_NAMES,
    TARGET_PERSON,
    TIER_NAMES,
)
from simulation.state.world import State

if TYPE_CHECKING:
    import networkx

KINDS: Final = ("supply", "social", "communication", "co-offending", "cooperation")
OF_PEOPLE: Final = ("social", "communication", "co-offending")
VIEWS: Final = ("true", "perceived")
BONDS: Final = ("kin", "co-offending", "introduced")
AT_LARGE: Final = (FREE, BAIL, LICENCE)


@dataclass(frozen=True)
class Network:
    """Nodes (a row each, `id` first) and edges (`source`, `target`, then what the tie is like)."""

    kind: str
    week: int
    view: str
    directed: bool
    nodes: pd.DataFrame
    edges: pd.DataFrame

    def to_networkx(self) -> networkx.Graph:
        """The same network for networkx; goods flow along directed edges, acquaintance has no direction."""
        import networkx as nx

        graph: nx.Graph = nx.DiGraph() if self.directed else nx.Graph()
        for row in self.nodes.to_dict("records"):
            graph.add_node(row.pop("id"), **row)
        for row in self.edges.to_dict("records"):
            graph.add_edge(row.pop("source"), row.pop("target"), **row)
        return graph

    @property
    def undirected(self) -> networkx.Graph:
        """Nodes and ties alone, without direction, and without ties to oneself."""
        return graph_of(self.nodes["id"], zip(self.edges["source"], self.edges["target"], strict=True))

    def shape(self) -> Shape:
        """Ties a head, pieces, distances, how degrees mix: the network without its directions."""
        return shape(self.undirected)

    def order_of_removal(
        self, order: str, most: int | None = None, *, seed: int = 0, distance: int = dismantling.DISTANCE
    ) -> list[str]:
        """Identities in the order in which a rule takes them out, all or the first so many."""
        return dismantling.order_of_removal(self.undirected, order, most, seed=seed, distance=distance)

    def dismantled(
        self, order: str, share: float = 0.5, *, seed: int = 0, distance: int = dismantling.DISTANCE
    ) -> pd.DataFrame:
        """What is left as nodes are taken out: columns removed, removed_share, largest_piece, efficiency."""
        return dismantling.course(self.undirected, order, share, seed=seed, distance=distance)


def network(state: State, kind: str, week: int, view: str) -> Network:
    """The network of one kind after a week, whole or as far as police know of it."""
    makers: dict[str, Any] = {"supply": supply, "cooperation": cooperation}
    if kind in makers:
        nodes, edges = makers[kind](state)
    else:
        nodes, edges = acquaintance(state, kind)
    if view == "perceived":
        nodes = nodes.loc[nodes["mapped"].to_numpy(dtype=bool)].reset_index(drop=True)
        known = edges["source"].isin(nodes["id"]) & edges["target"].isin(nodes["id"])
        edges = edges.loc[known.to_numpy(dtype=bool)].reset_index(drop=True)
        nodes = _with_ghosts(state, nodes, kind)
    return Network(kind, week, view, kind == "supply", nodes, edges)


def supply(state: State) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Outlets, and ties along which goods have gone: from supplier to buyer."""
    outlet, tie = state.outlet, state.tie
    rows = np.flatnonzero(outlet.state == ACTIVE)
    nodes = pd.DataFrame(
        {
            "id": hexed(outlet.id[rows]),
            "business": hexed(state.business.id[outlet.business[rows]]),
            "tier": named(outlet.tier[rows], TIER_NAMES),
            "stock_pure_kg": outlet.stock[rows] / MG_IN_KG,
            "mapped": mapped(outlet.knowledge)[rows],
        }
    )
    buyer, slot = np.nonzero((tie.supplier >= 0) & (outlet.state == ACTIVE)[:, None])
    supplier = tie.supplier[buyer, slot]
    alive = (outlet.state[supplier] == ACTIVE) & (outlet.id[supplier] == tie.supplier_id[buyer, slot])
    buyer, slot, supplier = buyer[alive], slot[alive], supplier[alive]
    good, bad = tie.good[buyer, slot], tie.bad[buyer, slot]
    edges = pd.DataFrame(
        {
            "source": hexed(outlet.id[supplier]),
            "target": hexed(outlet.id[buyer]),
            "volume_pure_kg": tie.volume[buyer, slot] / MG_IN_KG,
            "successes": good,
            "failures": bad,
            "credit_gbp": tie.credit[buyer, slot] / PENCE,
            "last_week": tie.last[buyer, slot],
        }
    )
    return _sorted(nodes, edges)


def acquaintance(state: State, kind: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People, and whom they know: all ties, those of joint offending, or those between people at large who can talk."""
    person = state.person
    there = person.status > 0
    if kind == "communication":
        there = np.isin(person.status, AT_LARGE)
    rows = np.flatnonzero(there)
    nodes = pd.DataFrame(
        {
            "id": hexed(person.id[rows]),
            "role": named(person.role[rows], ROLE_NAMES),
            "status": named(person.status[rows], STATUS_NAMES),
            "business": hexed(person.business_id[rows]),
            "mapped": mapped(person.knowledge)[rows],
        }
    )
    one, slot, other = friendships(state, there)
    if kind == "co-offending":
        chosen = person.bond[one, slot] == CO_OFFENDING
        one, slot, other = one[chosen], slot[chosen], other[chosen]
    edges = pd.DataFrame(
        {
            "source": hexed(np.minimum(person.id[one], person.id[other])),
            "target": hexed(np.maximum(person.id[one], person.id[other])),
            "strength": person.strength[one, slot],
            "bond": named(person.bond[one, slot], BONDS),
        }
    )
    edges = edges.sort_values("strength", ascending=False, kind="stable").drop_duplicates(["source", "target"])
    return _sorted(nodes, edges)


def cooperation(state: State) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Businesses, and how many ties there are between the people of one and of another."""
    business, person = state.business, state.person
    rows = np.flatnonzero(business.state == ACTIVE)
    nodes = pd.DataFrame(
        {
            "id": hexed(business.id[rows]),
            "members": business.members[rows],
            "cooperation": business.cooperation[rows],
            "mapped": mapped(business.knowledge)[rows],
        }
    )
    one, _, other = friendships(state, person.status > 0)
    mine, theirs = person.business[one], person.business[other]
    between = (mine >= 0) & (theirs >= 0) & (mine != theirs)
    mine, theirs = mine[between], theirs[between]
    trading = (business.state[mine] == ACTIVE) & (business.state[theirs] == ACTIVE)
    first, second = business.id[mine[trading]], business.id[theirs[trading]]
    pairs = pd.DataFrame({"source": hexed(np.minimum(first, second)), "target": hexed(np.maximum(first, second))})
    edges = pairs.value_counts(sort=False).reset_index(name="ties")
    return _sorted(nodes, edges)


def friendships(state: State, there: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, slots and friends' rows of all ties between people who are there and still are who they were."""
    person = state.person
    one, slot = np.nonzero((person.friend >= 0) & there[:, None])
    other = person.friend[one, slot]
    valid = there[other] & (person.id[other] == person.friend_id[one, slot])
    return one[valid], slot[valid], other[valid]


def _with_ghosts(state: State, nodes: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The picture holds things that are not there; who looks at it cannot tell, but an analyst of the model can."""
    nodes = nodes.assign(ghost=False)
    if kind == "supply":
        return nodes
    ghost = state.ghost
    people = kind != "cooperation"
    rows = np.flatnonzero((ghost.state == ACTIVE) & ((ghost.kind == TARGET_PERSON) == people) & mapped(ghost.knowledge))
    seen = pd.DataFrame({"id": hexed(ghost.id[rows]), "mapped": True, "ghost": True})
    return pd.concat([nodes, seen], ignore_index=True) if rows.size else nodes


def _sorted(nodes: pd.DataFrame, edges: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return (
        nodes.sort_values("id", ignore_index=True),
        edges.sort_values(["source", "target"], ignore_index=True),
    )
