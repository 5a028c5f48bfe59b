"""Whose places see enforcement, and whether it feeds itself: read off what was counted by place, and by nothing that decides.

Deprivation is looked at here, after each block of weeks, and nowhere on the way to a target.
"""

from __future__ import annotations

import numpy as np

from simulation.measures.catalogue import INDEX, PLACE_MEASURES
from simulation.state.codes import INSIDE
from simulation.state.world import State

FIFTH = 0.2
RESIDENTS = 10_000.0
QUARTER = 13
READ_EVERY = 26
"""Weeks between two readings of the loop."""
LEAST_QUARTERS = 3
DIGITS = 9
HALF = 0.5

RATIO, FOR_CRIME = INDEX["contact_ratio"], INDEX["contact_ratio_for_crime"]
GAP, LOOP = INDEX["confidence_gap"], INDEX["tasking_loop"]
COLUMN = {name: number for number, name in enumerate(PLACE_MEASURES)}
CONTACT = [COLUMN["arrests"], COLUMN["uninvolved"]]
CRIME = [COLUMN["violence_true"], COLUMN["acquisitive_true"]]
COUNTED = [*CONTACT, *CRIME]


class Fairness:
    """Keeps the sums of one run from its first week on."""

    def __init__(self, state: State) -> None:
        place = state.place
        self.inside = np.flatnonzero(place.kind == INSIDE)
        self.residents = place.population[self.inside].astype(np.float64)
        self.most, self.least = fifths(self.residents, place.deprivation[self.inside], place.id[self.inside])
        both = np.array([self.most, self.least], dtype=np.float64)
        self.apart = bool(both.any(axis=1).all())
        self.people = both @ self.residents
        # rows: the most and the least deprived fifth; columns: places
        self.of_fifth = np.zeros((2, place.id.size))
        self.of_fifth[:, self.inside] = both
        self.of_resident = np.zeros((2, place.id.size))
        self.of_resident[:, self.inside] = both * self.residents / np.maximum(self.people, 1.0)[:, None]
        self.contact = np.zeros(2)
        self.crime = np.zeros(2)
        self.read = float("nan")
        self.done = 0

    def reckon(self, series: np.ndarray, places: np.ndarray, weeks: int) -> None:
        """Write the measures of the weeks since the last call, up to `weeks`.

        Half a case is added to each rate, so that a week without any says that there is no difference yet; where there are no
        two fifths nothing is said.
        """
        first, self.done = self.done, weeks
        if not self.apart:
            return
        counted = self.of_fifth @ places[first:weeks][:, :, COUNTED]
        contact = self.contact + np.cumsum(counted[:, :, :2].sum(axis=2), axis=0)
        crime = self.crime + np.cumsum(counted[:, :, 2:].sum(axis=2), axis=0)
        self.contact, self.crime = contact[-1], crime[-1]
        series[first:weeks, RATIO] = most_over_least(contact, self.people)
        series[first:weeks, FOR_CRIME] = most_over_least(contact, crime)
        confidence = (self.of_resident * places[first:weeks, None, :, COLUMN["confidence"]]).sum(axis=2)
        series[first:weeks, GAP] = confidence[:, 1] - confidence[:, 0]
        for week in range(first, weeks):
            if (week + 1) % READ_EVERY == 0:
                self.read = loop(places[: week + 1, self.inside], self.residents)
            series[week, LOOP] = self.read


def most_over_least(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """A rate in the most deprived fifth over that in the least deprived, a row a week."""
    rate = (above + HALF) / (below + HALF)
    return rate[:, 0] / rate[:, 1]


def fifths(residents: np.ndarray, deprivation: np.ndarray, identity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The most and the least deprived places that a fifth of residents live in; none where there is but one place."""
    order = np.lexsort((identity, deprivation))
    most, least = np.zeros(residents.size, dtype=bool), np.zeros(residents.size, dtype=bool)
    if residents.size < 2:
        return most, least
    middle = np.cumsum(residents[order]) - residents[order] / 2
    share = middle / residents.sum()
    least[order[share <= FIFTH]] = True
    most[order[share >= 1.0 - FIFTH]] = True
    least[order[0]] = most[order[-1]] = True
    return most, least


def loop(places: np.ndarray, residents: np.ndarray) -> float:
    """Targets taken on in a place and quarter for each contact there the quarter before, all else there being equal.

    A regression over places and quarters, all per 10,000 residents: targets taken on against contacts the quarter before,
    with harm, crime and offenders at large of both quarters beside them, and the quarter's own mean taken out. NaN where
    there are too few quarters, or contacts do not vary once the rest is known.
    """
    quarters = places.shape[0] // QUARTER
    if quarters < LEAST_QUARTERS or residents.size < 2:
        return float("nan")
    panel = places[places.shape[0] - quarters * QUARTER :].reshape(quarters, QUARTER, *places.shape[1:]).sum(axis=1)
    panel = panel / residents[:, None] * RESIDENTS
    there = [panel[:, :, COLUMN["harm_gbp"]], panel[:, :, CRIME].sum(axis=2), panel[:, :, COLUMN["people_active"]]]
    beside = [part[when] for part in there for when in (slice(0, -1), slice(1, None))]
    known = [flat(column) for column in beside]
    rest: list[np.ndarray] = []
    for column in known:
        left = without(column, rest)
        if (left * left).sum() > 1e-9 * (column * column).sum():
            rest.append(left)
    before = flat(panel[:-1, :, CONTACT].sum(axis=2))
    left = without(before, rest)
    if before.size <= len(rest) + 1 or not (left * left).sum() > 1e-9 * (before * before).sum():
        return float("nan")
    tasked = without(flat(panel[1:, :, COLUMN["tasked"]]), rest)
    return round(float((left * tasked).sum() / (left * left).sum()), DIGITS)


def flat(column: np.ndarray) -> np.ndarray:
    """Quarters x places in one row, each quarter's mean taken out."""
    return (column - column.mean(axis=1, keepdims=True)).reshape(-1)


def without(column: np.ndarray, rest: list[np.ndarray]) -> np.ndarray:
    """What of a column is not told by others, which tell nothing of each other."""
    for _ in range(2):  # a second time for what rounding left
        for other in rest:
            column = column - other * ((column * other).sum() / (other * other).sum())
    return column
