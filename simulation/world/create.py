"""A scenario becomes a world at the first week of its burn-in: ground, chains, agencies, businesses, people."""

from __future__ import annotations

import numpy as np

from simulation.chance.identity import AGENCY, PERSON, WORLD, name_number, splitmix
from simulation.kernels.inside import fill_prisons
from simulation.kernels.recruits import new_person
from simulation.schema import ACTIVITIES as ACTIVITY_IDS
from simulation.schema import RESOURCES as RESOURCE_IDS
from simulation.schema import Agency, Scenario
from simulation.state.codes import (
    COUNTERPARTY,
    ELSEWHERE,
    FROM_25,
    LINE,
    LOCAL,
    MONITORED,
    NATIONAL,
    OUTSIDE,
    REGIONAL,
    STAFF,
)
from simulation.state.police import FORCE, NATIONAL_AGENCY, PARTNER, REGIONAL_UNIT
from simulation.state.values import Values
from simulation.state.world import (
    FREE_BUSINESS,
    FREE_GHOST,
    FREE_OPERATION,
    FREE_OUTLET,
    FREE_PERSON,
    PEOPLE_INITIAL,
    State,
    allocate_state,
)
from simulation.world.constants import chain_markets, fill_chain
from simulation.world.ground import Locality, count_localities, lay_ground
from simulation.world.populate import populate
from simulation.world.prepare_brands import prepare_brands
from simulation.world.prepare_crews import prepare_crews
from simulation.world.prepare_laundering import prepare_laundering
from simulation.world.prepare_place import prepare_place, prepare_rivals
from simulation.world.prepare_platforms import prepare_platforms
from simulation.world.prepare_routes import fill_routes
from simulation.world.prepare_sources import prepare_sources

LEVEL_NUMBERS = {"local": LOCAL, "regional": REGIONAL, "national": NATIONAL}


def dimensions(scenario: Scenario, p: Values, events: int) -> dict[str, int]:
    """Rows to reserve for a scenario: what it starts with and ample room for growth within a block."""
    businesses = outlets = 0
    staff = float(p["populate_staff"])
    people = scenario.population.monitored_people
    for market in chain_markets(scenario):
        for name, t in market.levels().items():
            number = scenario.intended(market.id, name)
            each = market.tiers[name].outlets.value if t == LINE else 1.0
            businesses += number
            outlets += int(number * each * 1.5) + 1
            people += int(number * (1 + each * 1.5 * (p["populate_runners"] + 1 if t == LINE else staff)))
    for market in scenario.markets.values():
        if market.recipe is not None:
            businesses += market.recipe.brokers.whole
            hands = sum(skill.available.whole for skill in market.recipe.skills.values())
            people += market.recipe.brokers.whole + hands
    desks = 320 * max(1, len(scenario.forces))  # a force works on so many things at most; more rows come when needed
    return {
        "L": count_localities(scenario),
        "M": max(1, len(chain_markets(scenario))),
        "B": OUTSIDE + int(businesses * 1.5) + 48,
        "O": int(outlets * 1.15) + 96,
        "N": int(people * 1.2) + 640,
        "A": len(scenario.agencies),
        "Q": desks,
        "G": desks,
        "R": int(people * 1.7) + int(outlets * 2) + 1200,
        "E": events,
    }


def fill_free(s: State) -> None:
    """Every row below the reserved ones is free; lower rows are taken first."""
    for stack, which, first in (
        (s.free.business, FREE_BUSINESS, OUTSIDE),
        (s.free.outlet, FREE_OUTLET, 0),
        (s.free.person, FREE_PERSON, 0),
        (s.free.operation, FREE_OPERATION, 0),
        (s.free.ghost, FREE_GHOST, 0),
    ):
        rows = np.arange(stack.size - 1, first - 1, -1, dtype=np.int32)
        stack[: rows.size] = rows
        s.tally.count[which] = rows.size


def seat_counterparties(s: State) -> None:
    """The legal world's rows in the books, so that every payment has two sides."""
    for row in range(OUTSIDE):
        s.business.state[row] = COUNTERPARTY
        s.business.id[row] = splitmix(np.uint64(WORLD), np.uint64(99), np.uint64(row))


def jurisdiction(scenario: Scenario, agency: Agency) -> tuple[int, int]:
    """The force and the region an agency works in, -1 for all; in a place of one force both are its own."""
    if agency.force is not None:
        area = next(area for area in scenario.areas.values() if area.force == agency.force)
        return scenario.forces.index(agency.force), scenario.regions.index(area.region)
    if agency.region is not None:
        return -1, scenario.regions.index(agency.region)
    if agency.level == "national" or len(scenario.regions) > 1:
        return -1, -1
    return (0 if agency.level == "local" and len(scenario.forces) <= 1 else -1), 0


def appoint(s: State, scenario: Scenario) -> None:
    """Agencies with their hours and what they spend them on today."""
    for n, (name, agency) in enumerate(scenario.agencies.items()):
        own = n if agency.of is None else name_number(name)  # one of several is itself whichever others there are
        s.agency.id[n] = splitmix(np.uint64(WORLD), np.uint64(AGENCY), np.uint64(own))
        level = LEVEL_NUMBERS[agency.level]
        s.agency.level[n] = level
        police = agency.hours.get("investigators") is not None
        kinds = {LOCAL: FORCE, REGIONAL: REGIONAL_UNIT, NATIONAL: NATIONAL_AGENCY}
        s.agency.kind[n] = kinds[level] if police else PARTNER
        s.agency.force[n], s.agency.region[n] = jurisdiction(scenario, agency)
        for r, resource in enumerate(RESOURCE_IDS):
            s.agency.hours[n, r] = scenario.hours(name, resource)
            for a, activity in enumerate(ACTIVITY_IDS):
                s.agency.portfolio[n, r, a] = scenario.share(name, resource, activity)
        s.agency.adequacy[n] = 1.0


def open_courts(s: State, scenario: Scenario) -> None:
    """Courts hear so many cases of organised crime a week, wherever in the region the accused live."""
    residents = np.where(s.place.kind != ELSEWHERE, s.place.population, 0)
    heard = scenario.courts.completions.value * scenario.courts.organised_crime.value
    s.place.hearings[:] = heard * residents / max(1, int(residents.sum()))


def add_monitored(s: State, number: int, start: int) -> None:
    """People whose every hazard is zero stand about in the places of the force: no mechanism looks at their status."""
    for n in range(number):
        identity = np.uint64(splitmix(np.uint64(WORLD), np.uint64(PERSON), np.uint64(n)))
        i = new_person(s, start, identity, n % s.place.id.size, -1, -1, STAFF, FROM_25, 0.5, 0.0, 0.5)
        s.person.status[i] = MONITORED
        s.tally.people[PEOPLE_INITIAL] += 1


def create(scenario: Scenario, p: Values, key: np.uint64, start: int, events: int = 0) -> tuple[State, list[Locality]]:
    """The world at week `start` (negative), before a single week has been lived."""
    s = allocate_state(dimensions(scenario, p, events))
    fill_free(s)
    seat_counterparties(s)
    localities = lay_ground(s, scenario, key, p)
    fill_chain(s, scenario, p)
    fill_routes(s, scenario, p)
    appoint(s, scenario)
    prepare_sources(s, scenario)
    open_courts(s, scenario)
    prepare_place(s, p)
    s.emerging.first[:] = s.place.users_rest
    if not chain_markets(scenario):  # the one row that chains have room for stays empty; nothing is sold at its price
        s.chain.street_price[:] = s.chain.purity_start[:] = 1.0
    for m in range(s.chain.landed.size):
        s.place.price_seen[:, m] = s.chain.street_price[m] / s.chain.purity_start[m]
        s.place.price_rest[:, m] = s.place.price_seen[:, m]
    community = scenario.community
    populate(s, p, key, start, community.under_18.value, community.aged_18_24.value)
    prepare_brands(s, p, key, start)
    prepare_rivals(s, p)
    prepare_crews(s, scenario, p, key, start)
    prepare_laundering(s, p)
    prepare_platforms(s, scenario, p, key, start)
    fill_prisons(s, p, key, start)
    add_monitored(s, scenario.population.monitored_people, start)
    s.tally.people[PEOPLE_INITIAL] += int(s.place.pool.sum())
    for m in range(s.chain.landed.size):
        s.tally.signal[m] = s.chain.required[m]
    return s, localities
