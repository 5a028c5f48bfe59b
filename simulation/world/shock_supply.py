"""Less is to be had, or wanted: sources that send less, makers who are gone, users who come or leave."""

from __future__ import annotations

import numpy as np

from simulation.kernels.ledger import sell
from simulation.state.codes import ACTIVE, CASH_CLEAN, CASH_DIRTY, IMPORTER, OUTSIDE_SUPPLY
from simulation.state.world import GOODS_IMPORTED, State
from simulation.world.shock_course import Course


def remove_makers(course: Course, state: State) -> None:
    """A number of the makers of every market's inputs is taken out, with what they were set up for."""
    lost = np.minimum(1.0, course.shock.size / np.maximum(1.0, state.passage.makers))
    state.passage.struck[:] = 1.0 - (1.0 - state.passage.struck) * (1.0 - lost)


def cut_supply(course: Course, state: State, week: int) -> None:
    """Sources send no more than a share of what users bought the week before; money for the rest goes back."""
    outlet = state.outlet
    importing = (outlet.state == ACTIVE) & (outlet.tier == IMPORTER)
    markets = range(state.chain.landed.size)
    if week == course.shock.week:
        arriving = np.exp(-state.chain.seized.sum(axis=1))  # what is not seized on the way to the street
        course.normal = state.place.consumed.sum(axis=0) / arriving
    if course.shock.size >= 1.0:
        return
    for m in markets:
        rows = np.flatnonzero(importing & (outlet.market == m) & (outlet.transit > 0))
        coming = int(outlet.transit[rows].sum())
        room = course.shock.size * course.normal[m]
        if coming <= room:
            continue
        for o in rows.tolist():
            withheld = int(outlet.transit[o]) - int(outlet.transit[o] * (room / coming))
            pence = int(outlet.transit_cost[o] * (withheld / outlet.transit[o]))
            sell(state.ledger, OUTSIDE_SUPPLY, int(outlet.business[o]), 0, -pence, 0, CASH_CLEAN, CASH_DIRTY, True)
            outlet.transit[o] -= withheld
            outlet.transit_cost[o] -= pence
            state.tally.goods[m, GOODS_IMPORTED] -= withheld


def shift_demand(course: Course, state: State) -> None:
    """Users come to the market or leave it, and at the end of the shock those who left come back."""
    place, rows = state.place, course.places
    for n, column in enumerate((place.users, place.users_rest)):
        if course.running:
            left = column[rows] * (1.0 - course.shock.size)
            course.taken.append(left)
            column[rows] -= left
        elif len(course.taken) > n:
            column[rows] = np.maximum(0.0, column[rows] + course.taken[n])
