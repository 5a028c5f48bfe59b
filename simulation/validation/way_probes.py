"""What goods and traders did on the ways in, in markets that begin and on market places: probes as in `probes`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from simulation.state.codes import ACTIVE, OUTSIDE, SALES
from simulation.state.platform import MARKET_PLACE
from simulation.state.values import Values
from simulation.state.world import GOODS_SEIZED_BORDER, State

type Answer = tuple[float, float]
type Asked = Callable[[State, Values, int], Answer]

IN_USE: Final = 0.002  # share of all consignments from which a node counts as in use: about one of them in half a year


def busiest_entry_share() -> Asked:
    """Share of all consignments that come by the entry that usually sees most."""

    def ask(state: State, p: Values, week: int) -> Answer:
        route = state.route
        busiest = int(np.argmax(np.where(route.entry == 1, route.usual, -1.0)))
        return float(route.flow[busiest]), 1.0

    return ask


def emerging_users() -> Asked:
    """Users of markets that have only begun."""

    def ask(state: State, p: Values, week: int) -> Answer:
        return float(state.place.users[:, state.emerging.growth > 0.0].sum()), 1.0

    return ask


def fled_to_largest() -> Asked:
    """Share of traders set adrift who settled on the market place that was the largest left, of those who settled."""
    last: list[tuple[float, float]] = []

    def ask(state: State, p: Values, week: int) -> Answer:
        platform = state.platform
        now = float(platform.fled_to_largest[MARKET_PLACE]), float(platform.fled[MARKET_PLACE])
        before = last[-1] if last else now
        last[:] = [now]
        return now[0] - before[0], now[1] - before[1]

    return ask


def market_trade() -> Asked:
    """What passes through market places, GBP a week."""

    def ask(state: State, p: Values, week: int) -> Answer:
        business = state.business
        there = (business.state == ACTIVE) & (business.market_place >= 0)
        there[:OUTSIDE] = False
        return float(p["platforms_through"] * state.ledger.flow[there, SALES].sum()) / 100.0, 1.0

    return ask


def route_nodes_in_use() -> Asked:
    """Nodes that consignments pass."""

    def ask(state: State, p: Values, week: int) -> Answer:
        return float((state.route.flow > IN_USE).sum()), 1.0

    return ask


def consignments_stopped() -> Asked:
    """Consignments newly stopped on the way in."""
    last: list[tuple[float, int]] = []

    def ask(state: State, p: Values, week: int) -> Answer:
        found = float(state.route.found.sum())
        kept = 2.0 ** ((last[0][1] - week) / p["routes_half_life"]) * last[0][0] if last else found
        last[:] = [(found, week)]
        return found - kept, 1.0

    return ask


def grams_a_seizure() -> Asked:
    """Grams that a consignment stopped on the way in holds; how many are stopped is what police remember, week by week."""
    last: dict[str, float] = {}

    def ask(state: State, p: Values, week: int) -> Answer:
        taken = float(state.tally.goods[:, GOODS_SEIZED_BORDER].sum())
        found = float(state.route.found.sum())
        answer = (0.0, 0.0)
        if last:  # of those stopped early in a block of weeks a little is forgotten by its end
            kept = 2.0 ** ((last["week"] - week) / p["routes_half_life"])
            answer = (taken - last["taken"]) / 1000.0, found - kept * last["found"]
        last.update(taken=taken, found=found, week=float(week))
        return answer

    return ask
