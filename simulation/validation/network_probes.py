"""Networks as investigators draw them, measured as those that were published: probes as in `probes`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from simulation.experiments.investigated import charts, recorded_cooperation
from simulation.experiments.networks import friendships
from simulation.experiments.shape import graph_of, shape
from simulation.state.codes import ACTIVE, INSIDE, NOBODY, OUTSIDE
from simulation.state.values import Values
from simulation.state.world import State
from simulation.validation.way_probes import Answer, Asked

EVERY: Final = 26  # weeks between two looks; a network drawn again sooner is much the same
SILENT: Final[Answer] = (math.nan, math.nan)


def now_and_then(look: Callable[[State, int], Answer]) -> Callable[[], Asked]:
    """A probe that looks at a network twice a year."""

    def make() -> Asked:
        due = [EVERY]

        def ask(state: State, p: Values, week: int) -> Answer:
            if week < due[0]:
                return SILENT
            due[0] = week + EVERY
            return look(state, week)

        return ask

    return make


def of_charts(figure: str, whole: bool = False) -> Callable[[], Asked]:
    """A probe of a figure's mean over the charts of operations against each mapped drug business."""

    def look(state: State, week: int) -> Answer:
        drawn = (graph_of(range(one.people.size), one.ties.tolist()) for one in charts(state, week, whole))
        values = np.array([float(getattr(shape(graph), figure)) for graph in drawn])
        values = values[np.isfinite(values)]
        return float(values.sum()), float(values.size)

    return now_and_then(look)


def of_groups(figure: str) -> Callable[[], Asked]:
    """A probe of a figure of the network of groups that police have on record together."""

    def look(state: State, week: int) -> Answer:
        groups, ties = recorded_cooperation(state, week)
        found = shape(graph_of(range(groups.size), ties.tolist()))
        return (float(getattr(found, figure)), 1.0) if groups.size else (0.0, 0.0)

    return now_and_then(look)


def groups_alone(state: State, week: int) -> Answer:
    """Share of a force's groups, known or not, whose people have no tie of any kind to another's."""
    business, person = state.business, state.person
    there = (business.state == ACTIVE) & (business.home >= 0)
    there &= state.place.kind[np.maximum(business.home, 0)] == INSIDE
    there[:OUTSIDE] = False
    one, _, other = friendships(state, person.status != NOBODY)
    mine, theirs = person.business[one], person.business[other]
    across = (mine >= 0) & (theirs >= 0) & (mine != theirs)
    across[across] = there[mine[across]] & there[theirs[across]]
    tied = np.unique(np.concatenate([mine[across], theirs[across]]))
    return float(there.sum() - tied.size), float(there.sum())


NETWORK_PROBES: dict[str, Callable[[], Asked]] = {
    "chart_degree": of_charts("mean_degree"),
    "chart_efficiency": of_charts("efficiency"),
    "chart_assortativity": of_charts("assortativity"),
    "chart_degree_whole": of_charts("mean_degree", whole=True),
    "chart_efficiency_whole": of_charts("efficiency", whole=True),
    "chart_assortativity_whole": of_charts("assortativity", whole=True),
    "chart_people": of_charts("nodes"),
    "groups_isolates": of_groups("isolates"),
    "groups_partners": of_groups("largest_degree"),
    "groups_density": of_groups("density"),
    "groups_mapped": of_groups("nodes"),
    "groups_alone": now_and_then(groups_alone),
}
