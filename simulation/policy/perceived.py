"""The picture that targets are chosen from: people whom a level of police knows of, ghosts among them, and their ties.

Nobody is in it but those known at or above a bound and at large; a tie is in it when both of its ends are. A ghost is
believed to know those whom the reports that made it up were about: two people of its place. Everything stands in the
order of identities, so that no figure depends on rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulation.kernels.between import ways_through
from simulation.state.codes import ACTIVE, BAIL, FREE, LICENCE
from simulation.state.world import Groups, State

BELIEVED_TIES = 2


def in_picture(state: State | Groups, level: int, places: np.ndarray, bound: float) -> np.ndarray:
    """Whether each person is at large, in one of the places and known to the level, (N,) bool."""
    person = state.person
    here = np.zeros(state.place.id.size + 1, dtype=bool)
    here[places] = True
    at_large = (person.status == FREE) | (person.status == BAIL) | (person.status == LICENCE)
    return at_large & here[person.place] & (person.knowledge[:, level] >= bound)


@dataclass(frozen=True)
class Picture:
    """Everyone whom a level knows of, wherever they are: first people, then ghosts, each by identity."""

    state: State | Groups
    level: int
    bound: float
    parameters: Any = None
    """Of the run, as kernels read them."""

    @cached_property
    def rows(self) -> np.ndarray:
        """Rows of people."""
        state = self.state
        found = np.flatnonzero(in_picture(state, self.level, np.arange(state.place.id.size), self.bound))
        return found[np.argsort(state.person.id[found])]

    @cached_property
    def ghosts(self) -> np.ndarray:
        """Rows of ghosts."""
        ghost = self.state.ghost
        found = np.flatnonzero((ghost.state == ACTIVE) & (ghost.knowledge[:, self.level] >= self.bound))
        return found[np.argsort(ghost.id[found])]

    @cached_property
    def known(self) -> np.ndarray:
        """How well each of them is known, people first."""
        people = self.state.person.knowledge[self.rows, self.level]
        return np.concatenate([people, self.state.ghost.knowledge[self.ghosts, self.level]]).astype(float)

    def column(self, name: str) -> np.ndarray:
        """A column that people and ghosts have in common (`id`, `role`, `place`), people first."""
        return np.concatenate(
            [getattr(self.state.person, name)[self.rows], getattr(self.state.ghost, name)[self.ghosts]]
        )

    def people(self, worth: np.ndarray, ghosts: np.ndarray | float = 0.0) -> np.ndarray:
        """One figure for everyone: `worth` for people, `ghosts` for ghosts."""
        return np.concatenate([worth, np.broadcast_to(np.asarray(ghosts, dtype=float), self.ghosts.shape)])

    def of_business(self, column: np.ndarray, otherwise: float) -> np.ndarray:
        """A column of the business that each person works for; `otherwise` for those of none."""
        business = self.state.person.business[self.rows]
        return np.where(business >= 0, column[np.maximum(business, 0)], otherwise)

    @cached_property
    def ties(self) -> np.ndarray:
        """The ties in the picture, (ties, 2) places in it, each tie once, the lower place first."""
        person, rows = self.state.person, self.rows
        place = np.full(person.id.size, -1)
        place[rows] = np.arange(rows.size)
        friend = person.friend[rows]
        row = np.maximum(friend, 0)
        live = (friend >= 0) & (person.id[row] == person.friend_id[rows]) & (place[row] >= 0)
        one, slot = np.nonzero(live)
        pairs = np.column_stack([one, place[row[one, slot]]])
        pairs = np.vstack([pairs, self.believed])
        pairs = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
        return np.unique(pairs, axis=0)

    @cached_property
    def believed(self) -> np.ndarray:
        """Ties that ghosts are believed to have: with two people of their place, picked by a lasting shuffle."""
        state, rows, ghosts = self.state, self.rows, self.ghosts
        found = []
        for n, g in enumerate(ghosts):
            near = np.flatnonzero(state.person.place[rows] == state.ghost.place[g])
            mixed = (state.person.id[rows[near]] ^ state.ghost.id[g]) * np.uint64(0x9E3779B97F4A7C15)
            first = near[np.argsort(mixed ^ (mixed >> np.uint64(31)), kind="stable")[:BELIEVED_TIES]]
            found += [(rows.size + n, int(one)) for one in first]
        return np.array(found, dtype=int).reshape(-1, 2)

    def degree(self) -> np.ndarray:
        """How many ties each of them has in the picture."""
        return np.bincount(self.ties.ravel(), minlength=self.known.size).astype(float)

    def betweenness(self) -> np.ndarray:
        """Part of shortest ways between all others that lead through each of them, summed over pairs."""
        return betweenness(self.ties, self.known.size)


def betweenness(ties: np.ndarray, size: int) -> np.ndarray:
    """Betweenness in a network of so many nodes and these ties, (ties, 2), each once; each pair of nodes counts once."""
    both = np.concatenate([ties, ties[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    first = np.searchsorted(both[:, 0], np.arange(size + 1))
    return ways_through(first, np.ascontiguousarray(both[:, 1]))
