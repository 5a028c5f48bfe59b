"""What investigators draw: the chart of one operation, and which of a force's mapped groups are known to work together.

Published networks of drug groups come from intercepts and court files. They show whom those that were followed dealt
with, and not how those who were only heard deal with each other. That is drawn here of a world as it stands; nothing is
read but what such an operation would have had in hand, and nothing is set by what was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from simulation.experiments.networks import AT_LARGE, Network, friendships
from simulation.experiments.portrait import hexed, mapped, named
from simulation.state.codes import ACTIVE, CO_OFFENDING, INSIDE, LINE, NOBODY, OUTSIDE, ROLE_NAMES
from simulation.state.world import State

YEAR: Final = 52  # weeks of trade that an inquiry looks back on
ON_RECORD: Final = 156  # weeks of crime reports that ties between groups are read from
FEWEST, MOST = 20, 120  # people on the charts that were published


class Chart(NamedTuple):
    """The chart of one operation: rows of people, which of them were followed, and ties as places among them."""

    business: int
    people: np.ndarray
    followed: np.ndarray
    ties: np.ndarray


def charts(state: State, week: int, whole: bool = False) -> Iterator[Chart]:
    """The chart that an operation against each mapped drug business would draw, of a size as published.

    Followed are the mapped people at large of the business and of those mapped businesses that it traded with within a
    year. Whoever deals with one of them is heard, known before or not. A tie is drawn where at least one of its ends is
    followed; `whole`: between those heard as well. What hangs together with most people on it is the chart.
    """
    pairs = dealings(state, week)
    business, person = state.business, state.person
    known = (business.state == ACTIVE) & mapped(business.knowledge)
    known[:OUTSIDE] = False
    drugs = known & (business.market >= 0) & (state.chain.hard[np.maximum(business.market, 0)] > 0)
    suspect = np.isin(person.status, AT_LARGE) & mapped(person.knowledge) & (person.business >= 0)
    buyer, supplier = trades(state, week, YEAR)
    buying, selling = state.outlet.business[buyer], state.outlet.business[supplier]
    for b in np.flatnonzero(drugs).tolist():
        linked = np.concatenate([selling[buying == b], buying[selling == b]])
        chain = np.append(linked[known[linked]], b)
        followed = suspect & np.isin(person.business, chain)
        seen = pairs[followed[pairs].any(axis=1)]
        if whole:
            there = np.zeros(person.id.size, dtype=bool)
            there[seen.ravel()] = True
            seen = pairs[there[pairs].all(axis=1)]
        people, ties = hanging_together(seen)
        if FEWEST <= people.size <= MOST:
            yield Chart(b, people, followed[people], ties)


def dealings(state: State, week: int) -> np.ndarray:
    """Who at large deals with whom, rows of people, each pair once: acquaintances, chiefs, and partners in trade."""
    person, outlet = state.person, state.outlet
    free = np.isin(person.status, AT_LARGE)
    one, _, other = friendships(state, free)
    found = [np.column_stack([one, other])]
    workers = np.flatnonzero(free & (person.business >= 0))
    leader = leaders(state)[person.business[workers]]
    post = person.outlet[workers]
    holder = np.where(post >= 0, holders(state)[np.maximum(post, 0)], -1)
    chief = np.where((holder >= 0) & (holder != workers), holder, leader)
    found.append(np.column_stack([workers, chief]))
    speaker = np.where(outlet.tier == LINE, holders(state), leaders(state)[np.maximum(outlet.business, 0)])
    buyer, supplier = trades(state, week, YEAR)
    found.append(np.column_stack([speaker[buyer], speaker[supplier]]))
    pairs = np.vstack(found)
    pairs = pairs[(pairs >= 0).all(axis=1) & (pairs[:, 0] != pairs[:, 1])]
    pairs = pairs[free[pairs].all(axis=1)]
    return np.unique(np.sort(pairs, axis=1), axis=0)


def leaders(state: State) -> np.ndarray:
    """Row of each business's leader; -1 where there is none."""
    leader = state.business.leader
    there = (leader >= 0) & (state.person.id[np.maximum(leader, 0)] == state.business.leader_id)
    return np.where(there, leader, -1)


def holders(state: State) -> np.ndarray:
    """Row of whoever runs each outlet; -1 where nobody does."""
    holder = state.outlet.holder
    there = (holder >= 0) & (state.person.id[np.maximum(holder, 0)] == state.outlet.holder_id)
    return np.where(there, holder, -1)


def trades(state: State, week: int, within: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of outlets that bought within so many weeks, and of those they bought from."""
    outlet, tie = state.outlet, state.tie
    live = (tie.supplier >= 0) & (outlet.state == ACTIVE)[:, None] & (week - tie.last <= within)
    buyer, slot = np.nonzero(live)
    supplier = tie.supplier[buyer, slot]
    there = (outlet.state[supplier] == ACTIVE) & (outlet.id[supplier] == tie.supplier_id[buyer, slot])
    return buyer[there], supplier[there]


def hanging_together(pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The largest piece of a network of such pairs: its nodes, in order, and its ties as places among them."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    nodes, ends = np.unique(pairs, return_inverse=True)
    ends = ends.reshape(-1, 2)
    if nodes.size == 0:
        return nodes, ends
    matrix = csr_array((np.ones(ends.shape[0]), (ends[:, 0], ends[:, 1])), shape=(nodes.size, nodes.size))
    piece = connected_components(matrix, directed=False)[1]
    largest = piece == np.argmax(np.bincount(piece))
    place = np.cumsum(largest) - 1
    return nodes[largest], place[ends[largest[ends[:, 0]]]]


def recorded_cooperation(state: State, week: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the groups that a force has mapped, and pairs of them (places among these) on record together.

    A pair is on record where a mapped person of each has offended with the other, or a mapped outlet of one has
    supplied one of the other, within the three years of reports that it is read from.
    """
    business, person, outlet = state.business, state.person, state.outlet
    inside = state.place.kind[np.maximum(business.home, 0)] == INSIDE
    groups = np.flatnonzero((business.state == ACTIVE) & (business.home >= 0) & inside & mapped(business.knowledge))
    groups = groups[groups >= OUTSIDE]
    groups = groups[np.argsort(business.id[groups])]
    ids = business.id[groups]
    known = (person.status != NOBODY) & mapped(person.knowledge)
    one, slot, other = friendships(state, known)
    together = person.bond[one, slot] == CO_OFFENDING
    found = [np.column_stack([person.business_id[one[together]], person.business_id[other[together]]])]
    buyer, supplier = trades(state, week, ON_RECORD)
    seen = mapped(outlet.knowledge)
    seen = seen[buyer] & seen[supplier]
    found.append(business.id[np.column_stack([outlet.business[buyer[seen]], outlet.business[supplier[seen]]])])
    pairs = np.vstack(found)
    pairs = pairs[np.isin(pairs, ids).all(axis=1) & (pairs[:, 0] != pairs[:, 1])]
    places = np.searchsorted(ids, pairs).reshape(-1, 2)
    return groups, np.unique(np.sort(places, axis=1), axis=0)


def investigations(state: State, week: int) -> dict[str, Network]:
    """The chart of an operation against each mapped drug business, by the identity of the business."""
    person, found = state.person, {}
    for chart in charts(state, week + 1):
        ids = hexed(person.id[chart.people])
        nodes = pd.DataFrame(
            {
                "id": ids,
                "role": named(person.role[chart.people], ROLE_NAMES),
                "business": hexed(person.business_id[chart.people]),
                "followed": chart.followed,
            }
        )
        edges = pd.DataFrame({"source": ids[chart.ties[:, 0]], "target": ids[chart.ties[:, 1]]})
        name = str(hexed(state.business.id[[chart.business]])[0])
        found[name] = Network(
            "investigation", week, "perceived", False, nodes.sort_values("id", ignore_index=True), edges
        )
    return dict(sorted(found.items()))
