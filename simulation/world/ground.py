"""The ground: localities on a grid, towns around it and the rest of the region, each with residents and deprivation."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from simulation.chance.draws import normal, uniforms
from simulation.chance.identity import LOCALITY, WORLD, splitmix
from simulation.chance.streams import PLACE
from simulation.schema import Scenario, locality_id
from simulation.state.codes import ELSEWHERE, IMPORTING_TOWN, INSIDE, NEAR
from simulation.state.values import Values
from simulation.state.world import State


class Locality(NamedTuple):
    """What the outside needs to know of one locality."""

    id: str
    name: str
    force: str
    kind: str
    population: int
    row: int
    col: int


KIND_NAMES = ("inside", "importing-town", "elsewhere")


def place_identity(n: int) -> np.uint64:
    return np.uint64(splitmix(np.uint64(WORLD), np.uint64(LOCALITY), np.uint64(n)))


def count_localities(scenario: Scenario) -> int:
    places = scenario.places
    return places.force.whole + places.importing.whole + places.outside.whole


def cells(scenario: Scenario) -> list[tuple[int, int]]:
    """The cells of the grid that the force fills: those nearest the middle, in reading order."""
    rows, columns = scenario.places.rows.whole, scenario.places.columns.whole
    middle = ((rows - 1) / 2, (columns - 1) / 2)
    everywhere = [(r, c) for r in range(rows) for c in range(columns)]
    everywhere.sort(key=lambda rc: (math.hypot(rc[0] - middle[0], rc[1] - middle[1]), rc))
    return sorted(everywhere[: scenario.places.force.whole])


def lay_ground(s: State, scenario: Scenario, key: np.uint64, p: Values) -> list[Locality]:
    """Write the fixed columns of every locality and say what they are called."""
    places = scenario.places
    inside, towns, outside = places.force.whole, places.importing.whole, places.outside.whole
    chosen = cells(scenario)
    identities = [place_identity(n) for n in range(inside + towns + outside)]
    draws = [uniforms(key, identity, 0, PLACE, 0, 0) for identity in identities]
    own = np.array([normal(d[0]) for d in draws])
    names: list[Locality] = []
    cell = places.cell.value
    for n in range(inside + towns + outside):
        s.place.id[n] = place_identity(n)
        s.place.region[n] = 0
        spread = math.exp(places.residents_spread.value * normal(draws[n][1]) - 0.5 * places.residents_spread.value**2)
        if n < inside:
            row, column = chosen[n]
            s.place.kind[n], s.place.force[n] = INSIDE, 0
            s.place.x[n], s.place.y[n] = column * cell, row * cell
            known = places.known.get(places.names[n])
            s.place.population[n] = known.residents if known else round(places.residents.value * spread)
        elif n < inside + towns:
            angle = 2 * math.pi * (n - inside) / max(1, towns)
            distance = places.importing_distance.value
            row, column = -1, n - inside
            s.place.kind[n], s.place.force[n] = IMPORTING_TOWN, 1
            s.place.x[n] = places.columns.value * cell / 2 + distance * math.cos(angle)
            s.place.y[n] = places.rows.value * cell / 2 + distance * math.sin(angle)
            s.place.population[n] = round(places.importing_residents.value * spread)
        else:
            row, column = -2, n - inside - towns
            s.place.kind[n], s.place.force[n] = ELSEWHERE, 2
            s.place.x[n] = s.place.y[n] = 1000.0
            s.place.population[n] = round(places.outside_residents.value)
        kind = int(s.place.kind[n])
        title = places.names[n]
        names.append(
            Locality(locality_id(title), title, scenario.id if kind == INSIDE else "outside", KIND_NAMES[kind],
                     int(s.place.population[n]), row, column)
        )  # fmt: skip
    deprive(s, scenario, own)
    find_neighbours(s, p)
    return names


def deprive(s: State, scenario: Scenario, own: np.ndarray) -> None:
    """Deprivation, alike among neighbours: each place leans towards the mean of those around it."""
    places = scenario.places
    distance = np.hypot(s.place.x[:, None] - s.place.x[None, :], s.place.y[:, None] - s.place.y[None, :])
    near = (distance > 0) & (distance <= 1.5 * places.cell.value)
    count = near.sum(axis=1)
    around = np.where(count > 0, near @ own / np.maximum(count, 1), 0.0) * np.sqrt(np.maximum(count, 1))
    rho = places.deprivation_correlation.value
    field = np.where(count > 0, math.sqrt(1 - rho) * own + math.sqrt(rho) * around, own)
    value = places.deprivation.value + places.deprivation_spread.value * field
    # a logistic fold keeps the index inside 0 and 1 without piling places up at the ends
    s.place.deprivation[:] = 1.0 / (1.0 + np.exp(-4.0 * (value - 0.5)))
    for n in range(places.force.whole):
        known = places.known.get(places.names[n])
        if known is not None and known.deprivation is not None:
            s.place.deprivation[n] = known.deprivation


def find_neighbours(s: State, p: Values) -> None:
    """Itself and the nearest other places of the same kind of ground, with the willingness to travel there."""
    size = s.place.id.size
    for n in range(size):
        distance = np.hypot(s.place.x - s.place.x[n], s.place.y - s.place.y[n])
        order = sorted(range(size), key=lambda q: (q != n, distance[q], int(s.place.id[q])))
        at = 0
        for q in order[:NEAR]:
            if q != n and (s.place.kind[q] != s.place.kind[n] or distance[q] > 12 * p["populate_travel"]):
                continue
            s.place.near[n, at] = q
            s.place.near_weight[n, at] = math.exp(-distance[q] / p["populate_travel"])
            at += 1
