"""The ground: localities on grids, towns around them and the rest of the region, each with residents and deprivation."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from simulation.chance.draws import normal, uniforms
from simulation.chance.identity import LOCALITY, WORLD, name_number, splitmix
from simulation.chance.streams import PLACE
from simulation.schema import Scenario, locality_id, side
from simulation.state.codes import ELSEWHERE, IMPORTING_TOWN, INSIDE, NEAR
from simulation.state.values import Values
from simulation.state.world import State


class Spot(NamedTuple):
    """Where a locality of the scenario's own ground lies, and whose it is."""

    row: int
    col: int
    x: float
    y: float
    force: int
    region: int
    residents: float
    identity: np.uint64
    policed: str


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
    return nearest(scenario.places.rows.whole, scenario.places.columns.whole, scenario.places.force.whole)


def nearest(rows: int, columns: int, number: int) -> list[tuple[int, int]]:
    """So many cells of a grid, those nearest its middle, in reading order."""
    middle = ((rows - 1) / 2, (columns - 1) / 2)
    everywhere = [(r, c) for r in range(rows) for c in range(columns)]
    everywhere.sort(key=lambda rc: (math.hypot(rc[0] - middle[0], rc[1] - middle[1]), rc))
    return sorted(everywhere[:number])


def spots(scenario: Scenario) -> list[Spot]:
    """Every locality of the force, or of all areas one after the other, each area a cluster around its tile."""
    places = scenario.places
    cell = places.cell.value
    if not scenario.areas or places.tile is None:
        return [
            Spot(row, col, col * cell, row * cell, 0, 0, places.residents.value, place_identity(n), scenario.id)
            for n, (row, col) in enumerate(cells(scenario))
        ]
    tile = places.tile.value
    north, west = min(a.row for a in scenario.areas.values()), min(a.col for a in scenario.areas.values())
    wide = max(max(side(area.localities)) for area in scenario.areas.values()) + 1  # and a gap between areas
    found = []
    for name, area in scenario.areas.items():
        parent = np.uint64(name_number(name))
        rows, columns = side(area.localities)
        force, region = scenario.forces.index(area.force), scenario.regions.index(area.region)
        for n, (row, col) in enumerate(nearest(rows, columns, area.localities)):
            down, right = (area.row - north) * wide, (area.col - west) * wide
            x = (area.col - west) * tile + (col - (columns - 1) / 2) * cell
            y = (area.row - north) * tile + (row - (rows - 1) / 2) * cell
            identity = np.uint64(splitmix(parent, np.uint64(LOCALITY), np.uint64(n)))
            residents = area.residents.value / area.localities
            found.append(Spot(down + row, right + col, x, y, force, region, residents, identity, area.force))
    return found


def lay_ground(s: State, scenario: Scenario, key: np.uint64, p: Values) -> list[Locality]:
    """Write the fixed columns of every locality and say what they are called."""
    places = scenario.places
    inside, towns, outside = places.force.whole, places.importing.whole, places.outside.whole
    chosen = spots(scenario)
    identities = [spot.identity for spot in chosen] + [
        place_identity(n) for n in range(inside, inside + towns + outside)
    ]
    forces, regions = max(1, len(scenario.forces)), len(scenario.regions)
    beyond = regions if regions > 1 else 0  # courts and launderers of several regions are none of the outside's
    draws = [uniforms(key, identity, 0, PLACE, 0, 0) for identity in identities]
    own = np.array([normal(d[0]) for d in draws])
    names: list[Locality] = []
    east, south = (places.columns.value * places.cell.value / 2, places.rows.value * places.cell.value / 2)
    if scenario.areas:
        east, south = (sum(axis) / inside for axis in ([spot.x for spot in chosen], [spot.y for spot in chosen]))
    for n in range(inside + towns + outside):
        s.place.id[n] = identities[n]
        s.place.region[n] = chosen[n].region if n < inside else beyond
        spread = math.exp(places.residents_spread.value * normal(draws[n][1]) - 0.5 * places.residents_spread.value**2)
        if n < inside:
            spot = chosen[n]
            row, column = spot.row, spot.col
            s.place.kind[n], s.place.force[n] = INSIDE, spot.force
            s.place.x[n], s.place.y[n] = spot.x, spot.y
            known = places.known.get(places.names[n])
            s.place.population[n] = known.residents if known else max(1, round(spot.residents * spread))
        elif n < inside + towns:
            angle = 2 * math.pi * (n - inside) / max(1, towns)
            distance = places.importing_distance.value
            row, column = -1, n - inside
            s.place.kind[n], s.place.force[n] = IMPORTING_TOWN, forces
            s.place.x[n] = east + distance * math.cos(angle)
            s.place.y[n] = south + distance * math.sin(angle)
            s.place.population[n] = round(places.importing_residents.value * spread)
        else:
            row, column = -2, n - inside - towns
            s.place.kind[n], s.place.force[n] = ELSEWHERE, forces + 1
            s.place.x[n] = s.place.y[n] = 1000.0 if not scenario.areas else 5000.0  # far from everywhere
            s.place.population[n] = round(places.outside_residents.value)
        kind = int(s.place.kind[n])
        title = places.names[n]
        names.append(
            Locality(locality_id(title), title, chosen[n].policed if kind == INSIDE else "outside", KIND_NAMES[kind],
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
