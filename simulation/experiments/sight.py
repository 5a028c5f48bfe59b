"""What police see beside what is: people by role as counts, businesses and the ties between them where they are at home.

Somebody or something is seen from the knowledge at which it counts as mapped. A ghost is believed in as much. Of
imported people nothing is said but counts by role, and small ones not at all.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from simulation.experiments import individuals
from simulation.experiments.networks import AT_LARGE, cooperation
from simulation.experiments.portrait import hexed, mapped
from simulation.state.codes import ACTIVE, ROLE_NAMES, TARGET_PERSON

if TYPE_CHECKING:
    from simulation.schema import RunSpec
    from simulation.state.world import State

TURN: Final = math.pi * (3.0 - math.sqrt(5.0))  # neighbours on a spiral by this angle are spread evenly
REACH: Final = 0.46  # of a tile's side, from its middle
BELOW: Final = 1  # rows between the grid and the places outside the force


class Sight(NamedTuple):
    """`roles`: role, there, seen, ghosts. `dots`: what (business or ghost), x, y, seen. `ties`: x0, y0, x1, y1, seen."""

    roles: pd.DataFrame
    dots: pd.DataFrame
    ties: pd.DataFrame


def sight(spec: RunSpec) -> Sight:
    """What is and what police see of it after the last week of a run."""
    from simulation.world.run import execute

    result = execute(spec, detail=True)
    assert result.engine is not None
    state, roles = result.engine.state, by_role(result.engine.state)
    if individuals.real(spec.scenario):
        for column in ("there", "seen", "ghosts"):
            roles[column] = individuals.hidden(roles[column].to_numpy(dtype=float))
        hide = roles[["there", "seen"]].isna().any(axis=1) | (roles["there"] - roles["seen"]).between(
            1, individuals.FEW - 1
        )
        roles.loc[hide, ["there", "seen"]] = np.nan  # else one could be worked out from the other
        return Sight(
            roles,
            pd.DataFrame(columns=["what", "x", "y", "seen"]),
            pd.DataFrame(columns=["x0", "y0", "x1", "y1", "seen"]),
        )
    dots, ties = drawn(state, middles(result.localities))
    return Sight(roles, dots, ties)


def by_role(state: State) -> pd.DataFrame:
    """People at large by role, how many of them are seen, and ghosts taken for one of them."""
    person, ghost = state.person, state.ghost
    free = np.isin(person.status, AT_LARGE)
    seen = free & mapped(person.knowledge)
    believed = (ghost.state == ACTIVE) & (ghost.kind == TARGET_PERSON) & mapped(ghost.knowledge)
    count = [
        np.bincount(roles, minlength=len(ROLE_NAMES))
        for roles in (person.role[free], person.role[seen], ghost.role[believed])
    ]
    frame = pd.DataFrame({"role": ROLE_NAMES, "there": count[0], "seen": count[1], "ghosts": count[2]})
    return frame.loc[((frame["there"] > 0) | (frame["ghosts"] > 0)).to_numpy(dtype=bool)].reset_index(drop=True)


def middles(localities: list[dict[str, Any]]) -> np.ndarray:
    """Where each locality is drawn, (L, 2): on the map of tiles, those outside it in rows below."""
    rows = [int(one["row"]) for one in localities]
    bottom = max(rows)
    width = max((int(one["col"]) for one in localities if int(one["row"]) >= 0), default=0) + 1
    found, outside = [], 0
    for one in localities:
        if int(one["row"]) >= 0:
            found.append((float(one["col"]), float(one["row"])))
            continue
        found.append((float(outside % width), float(bottom + 1 + BELOW + outside // width)))
        outside += 1
    return np.array(found)


def drawn(state: State, middle: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Businesses and ghosts as dots where they are at home, ties between businesses as lines between the dots."""
    nodes, edges = cooperation(state)
    business, ghost = state.business, state.ghost
    home = dict(zip(hexed(business.id).tolist(), business.home.tolist(), strict=True))
    nodes = nodes[[home[one] >= 0 for one in nodes["id"]]]
    spots = scattered(np.array([home[one] for one in nodes["id"]], dtype=int), middle)
    at = dict(zip(nodes["id"], spots.tolist(), strict=True))
    seen = dict(zip(nodes["id"], nodes["mapped"].tolist(), strict=True))
    believed = np.flatnonzero((ghost.state == ACTIVE) & mapped(ghost.knowledge))
    believed = believed[np.argsort(ghost.id[believed])]
    where = scattered(ghost.place[believed], middle, turned=0.5)
    dots = pd.DataFrame(
        {
            "what": ["business"] * len(nodes) + ["ghost"] * believed.size,
            "x": np.concatenate([spots[:, 0], where[:, 0]]),
            "y": np.concatenate([spots[:, 1], where[:, 1]]),
            "seen": [*nodes["mapped"].tolist(), *([True] * believed.size)],
        }
    )
    lines = [
        (*at[one], *at[other], bool(seen[one] and seen[other]))
        for one, other in zip(edges["source"], edges["target"], strict=True)
        if one in at and other in at
    ]
    return dots, pd.DataFrame(lines, columns=["x0", "y0", "x1", "y1", "seen"])


def scattered(places: np.ndarray, middle: np.ndarray, turned: float = 0.0) -> np.ndarray:
    """A spot within its tile for each of those at home in these places, in the order given."""
    out = np.zeros((places.size, 2))
    for place in np.unique(places):
        mine = np.flatnonzero(places == place)
        n = np.arange(mine.size)
        radius = REACH * np.sqrt((n + 0.5) / max(mine.size, 4))
        out[mine] = middle[place] + radius[:, None] * np.column_stack(
            [np.cos(TURN * n + turned), np.sin(TURN * n + turned)]
        )
    return out
