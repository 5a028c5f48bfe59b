"""Where an effort falls: rules that rank localities on the recorded and perceived picture, never on who lives there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.errors import Conflict, UnknownName
from simulation.schema import Where
from simulation.state.codes import ACTIVE, ELSEWHERE, IMPORTING_TOWN, INSIDE, LINE, LOCAL
from simulation.state.world import Groups, State

PART = 2.0**20


def jurisdiction(state: State | Groups, agency: int) -> np.ndarray:
    """Whether each locality lies in an agency's jurisdiction, (L,) bool."""
    force, region = int(state.agency.force[agency]), int(state.agency.region[agency])
    if force >= 0:
        return state.place.force == force
    return state.place.region == region if region >= 0 else np.ones(state.place.id.size, dtype=bool)


def recorded_harm(state: State | Groups) -> np.ndarray:
    """Recorded violence, acquisitive crime and drug offences a week as the picture has them, (L,).

    As long as nothing has been recorded anywhere, what is known of lines stands in for it.
    """
    recorded = state.agency.recorded[:, 0]
    return recorded if recorded.any() else known_sales(state)


def recorded_violence(state: State | Groups) -> np.ndarray:
    """Recorded violence a week as the picture has it, (L,)."""
    return state.agency.recorded[:, 1]


def parts(knowledge: np.ndarray) -> np.ndarray:
    """Knowledge in whole parts, so that a sum does not depend on the order of rows."""
    return np.rint(knowledge.astype(float) * PART)


def known_sales(state: State | Groups) -> np.ndarray:
    """Lines that local police know of, by how well they know them, (L,)."""
    lines = (state.outlet.state == ACTIVE) & (state.outlet.tier == LINE)
    known = parts(state.outlet.knowledge[lines, LOCAL])
    return np.bincount(state.outlet.place[lines], weights=known, minlength=state.place.id.size) / PART


def rivals_known(state: State | Groups) -> np.ndarray:
    """How many businesses police know to run lines in each place, (L,)."""
    lines = (state.outlet.state == ACTIVE) & (state.outlet.tier == LINE)
    known = np.zeros((state.place.id.size, state.business.id.size))
    rows = np.flatnonzero(lines)
    seen = parts(state.outlet.knowledge[rows, LOCAL])
    np.maximum.at(known, (state.outlet.place[rows], state.outlet.business[rows]), seen)
    return known.sum(axis=1) / PART


SCORES = {
    "most-harm": recorded_harm,
    "most-violence": recorded_violence,
    "most-sales": known_sales,
    "contested": rivals_known,
}


def places_for(
    where: Where, state: State | Groups, agency: int, shared: Sequence[int], localities: Sequence[str]
) -> np.ndarray:
    """Rows of the localities in which one of the agencies that share an entry works: those of its own area, perhaps none.

    A rule that counts places counts them in all areas together. Raises SpannerError as `places_of`.
    """
    if len(shared) < 2:
        return places_of(where, state, agency, localities)
    everyone = np.any([jurisdiction(state, one) for one in shared], axis=0)
    return np.flatnonzero(taken(where, state, everyone, localities) & jurisdiction(state, agency))


def part_worked(
    where: Where, state: State | Groups, agency: int, shared: Sequence[int], localities: Sequence[str]
) -> float:
    """The part of an effort that falls to one of the agencies that share an entry, by the residents of their places."""
    if len(shared) < 2:
        return 1.0
    people = [float(state.place.population[places_for(where, state, one, shared, localities)].sum()) for one in shared]
    return people[list(shared).index(agency)] / max(1.0, sum(people))


def places_of(where: Where, state: State | Groups, agency: int, localities: Sequence[str]) -> np.ndarray:
    """Rows of the localities an entry falls on, sorted. Raises SpannerError where none is left in the agency's
    jurisdiction.
    """
    return np.flatnonzero(taken(where, state, jurisdiction(state, agency), localities))


def taken(where: Where, state: State | Groups, mine: np.ndarray, localities: Sequence[str]) -> np.ndarray:
    """Whether each locality is taken by a selection of agencies with this jurisdiction, (L,) bool; at least one is."""
    kind = state.place.kind
    if where.rule == "everywhere":
        chosen = mine & (kind != ELSEWHERE)
    elif where.rule == "force":
        chosen = mine & (kind == INSIDE)
    elif where.rule == "importing":
        chosen = kind == IMPORTING_TOWN
    elif where.rule == "named":
        chosen = np.zeros(kind.size, dtype=bool)
        for name in where.names:
            if name not in localities:
                raise UnknownName.among(name, localities, key="where.names")
            chosen[localities.index(name)] = True
        strange = np.flatnonzero(chosen & ~mine & (kind == INSIDE))
        if strange.size:
            raise Conflict(
                key="where.names", given=[localities[row] for row in strange[:3]],
                allowed="localities in the jurisdiction of the entry's agency",
            )  # fmt: skip
    else:
        chosen = first_by(where, state, mine & (kind == INSIDE))
    if not chosen.any():
        raise Conflict(key="where", given=where.rule, allowed="a rule that leaves at least one locality to the agency")
    return chosen


def first_by(where: Where, state: State | Groups, among: np.ndarray) -> np.ndarray:
    """The first n localities by a rule; ties, and the whole of `random`, by a lasting shuffle of identities."""
    rows = np.flatnonzero(among)
    identity = state.place.id[rows].astype(np.uint64)
    shuffled = (identity * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(1)
    score = SCORES[where.rule](state)[rows] if where.rule in SCORES else np.zeros(rows.size)
    order = np.lexsort((shuffled, -score))
    chosen = np.zeros(state.place.id.size, dtype=bool)
    chosen[rows[order[: where.n]]] = True
    return chosen


def share_of_market(state: State | Groups, places: np.ndarray) -> float:
    """Part of the residents of the world's markets that these places hold; the rest of the region trades elsewhere."""
    residents = np.where(state.place.kind == ELSEWHERE, 0, state.place.population)
    return float(residents[places].sum()) / max(1.0, float(residents.sum()))
