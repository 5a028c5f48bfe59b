"""Importers choose ways in, learn what they cost, and forget; goods are conserved whatever happens on the way."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from simulation.kernels.imports import arrive
from simulation.kernels.route_risk import live_through, prospects, way_cost
from simulation.kernels.routes import choose_ways, expected, routes
from simulation.kernels.sources import send
from simulation.state.codes import ACTIVE, BORDER, IMPORTER, STOCK_AT_COST
from simulation.state.route import LANES
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.place_world import KEY, add_business, empty, levers, values

PORTS = 4
SEIZED = 0.1


def ground(p: Values, importers: int = 2) -> State:
    """One source, and four ports alike by which its goods can come; some importers with a shipment each."""
    s = empty()
    route, passage = s.route, s.passage
    route.id[: PORTS + 1] = [71, 72, 73, 74, 75]
    route.entry[1 : PORTS + 1] = 1
    route.hazard[1 : PORTS + 1] = 1.0
    route.usual[0], route.usual[1 : PORTS + 1] = 1.0, 1.0 / PORTS
    route.flow[:] = route.usual
    passage.ways[0] = PORTS
    for k in range(PORTS):
        passage.way[0, k, :2] = 0, k + 1
        passage.way_id[0, k] = 900 + k
    s.chain.seized[0, IMPORTER] = s.chain.seized_usual[0] = SEIZED
    s.place.effort[0, BORDER] = 1.0
    for n in range(importers):
        b = add_business(s, 100 + n, 0, tier=IMPORTER)
        o = n
        s.outlet.id[o], s.outlet.state[o], s.outlet.tier[o] = 200 + n, ACTIVE, IMPORTER
        s.outlet.business[o] = b
        s.outlet.place[o] = s.outlet.market[o] = 0
        load(s, o)
    return s


def load(s: State, o: int, milligrams: int = 4000) -> None:
    s.outlet.transit[o], s.outlet.transit_cost[o] = milligrams, 2 * milligrams + 1
    s.ledger.book[s.outlet.business[o], STOCK_AT_COST] += 2 * milligrams + 1


def share_of(s: State, port: int, o: int = 0) -> float:
    """Share of an importer's consignments that come by a port."""
    return float(np.mean(s.lane.way[o] == port))


def live(s: State, p: Values, weeks: int, pressed: float = 1.0, port: int = 0) -> np.ndarray:
    """Some weeks of arrivals and choices under pressure on one port; the share by that port, week by week."""
    v = levers(s)
    v.columns.interdiction[:, 0, port + 1] = pressed
    by = np.zeros(weeks)
    for w in range(weeks):
        routes(s, v, p, KEY, w, 0)
        for o in np.flatnonzero(s.outlet.state == ACTIVE):
            load(s, int(o))
            arrive(s, v, p, KEY, w, 0, int(o))
        by[w] = np.mean([share_of(s, port, int(o)) for o in np.flatnonzero(s.outlet.state == ACTIVE)])
    return by


def test_everyone_has_a_way_for_every_consignment_and_not_the_same() -> None:
    p = values()
    s = ground(p, 12)
    routes(s, levers(s), p, KEY, 0, 0)
    ways = s.lane.way[:12]
    assert ((ways >= 0) & (ways < PORTS)).all()
    assert np.unique(ways).size == PORTS
    assert any(np.unique(row).size > 1 for row in ways)


def test_as_things_are_the_risk_and_the_price_are_the_usual() -> None:
    p = values()
    s = ground(p)
    routes(s, levers(s), p, KEY, 0, 0)
    for n in range(LANES):
        risk, delay = prospects(s, levers(s), p, 0, 0, n)
        assert risk == pytest.approx(1.0)
        assert delay == 0.0
    assert way_cost(s, p, 0) == pytest.approx(1.0)


def test_pressure_on_a_port_falls_on_what_comes_by_it() -> None:
    p = values()
    s = ground(p, 6)
    v = levers(s)
    routes(s, v, p, KEY, 0, 0)
    v.columns.interdiction[:, 0, 1] = 5.0
    for o in range(6):
        for n in range(LANES):
            risk, _ = prospects(s, v, p, 0, o, n)
            assert risk == pytest.approx(5.0 if s.lane.way[o, n] == 0 else 1.0)


def test_a_loss_speaks_against_a_node_for_who_lived_it_and_less_for_who_heard() -> None:
    p = values()
    s = ground(p, 2)
    routes(s, levers(s), p, KEY, 0, 0)
    s.lane.way[:2] = 0
    before = expected(s, p, 0, 0, 1)
    for n in range(LANES):
        live_through(s, levers(s), p, 0, 0, n, 0.5)
    lived, heard = expected(s, p, 0, 0, 1), expected(s, p, 1, 0, 1)
    assert lived > heard > before
    assert s.route.found[1] == LANES
    kept = [expected(s, p, 0, 0, 1)]
    for w in range(1, 60):  # nothing more happens, and it is forgotten
        routes(s, levers(s), p, KEY, w, 0)
        kept.append(expected(s, p, 0, 0, 1))
    assert all(b < a for a, b in itertools.pairwise(kept))
    assert kept[-1] - before < 0.5 * (kept[0] - before)


def test_what_was_stopped_earlier_never_came_to_the_nodes_beyond() -> None:
    p = values()
    s = ground(p, 1)
    s.route.hazard[0] = 1.0  # half of the danger is at the source now
    routes(s, levers(s), p, KEY, 0, 0)
    live_through(s, levers(s), p, 0, 0, 0, 0.25)
    assert (s.route.found[0], s.route.found[1:].sum()) == (1.0, 0.0)
    assert s.lane.told[0, 1:].sum() == 0.0
    live_through(s, levers(s), p, 0, 0, 0, 0.75)
    assert s.route.found[1:].sum() == 1.0


def test_smugglers_leave_a_pressed_port_and_come_back_when_it_is_over() -> None:
    p = values()
    s = ground(p, 24)
    before = live(s, p, 40).mean()
    pressed = live(s, p, 80, pressed=12.0)
    after = live(s, p, 160)
    assert before == pytest.approx(1.0 / PORTS, abs=0.06)
    assert pressed[-30:].mean() < 0.5 * before
    assert after[-40:].mean() > 0.7 * before


def test_those_who_do_not_learn_keep_coming() -> None:
    p = values(ablate=("route_learning",))
    s = ground(p, 24)
    before = live(s, p, 40).mean()
    assert live(s, p, 80, pressed=12.0)[-30:].mean() == pytest.approx(before, abs=0.06)


def test_a_crowd_draws_notice_and_costs() -> None:
    p = values()
    s = ground(p, 1)
    s.route.flow[1] = 0.9
    routes(s, levers(s), p, KEY, 0, 0)
    assert s.route.crowd[1] > 1.0 > s.route.crowd[2] - 1e-12
    s.lane.way[0] = 0
    s.route.cost[:] = 0.1
    s.passage.cost[0] = 0.2
    assert way_cost(s, p, 0) > 1.0
    assert prospects(s, levers(s), p, 0, 0, 0)[0] > 1.0


def test_another_outlet_in_the_row_starts_afresh() -> None:
    p = values()
    s = ground(p, 1)
    live(s, p, 10)
    assert s.lane.told[0].sum() > 0.0
    s.outlet.id[0] = 999
    assert prospects(s, levers(s), p, 0, 0, 0) == (1.0, 0.0)
    routes(s, levers(s), p, KEY, 10, 0)
    assert s.lane.told[0].sum() == 0.0
    assert s.lane.owner_id[0] == 999


def test_a_way_more_does_not_change_the_luck_of_the_others() -> None:
    p = values()
    few, more = ground(p, 8), ground(p, 8)
    few.passage.ways[0] = PORTS - 1
    for s in (few, more):
        for o in range(8):
            choose_ways(s, p, KEY, 0, o)
    moved = few.lane.way[:8] != more.lane.way[:8]
    assert moved.any()
    assert (more.lane.way[:8][moved] == PORTS - 1).all()


def test_switched_off_nothing_is_known_of_ways() -> None:
    p = values(ablate=("routes",))
    s = ground(p)
    v = levers(s)
    v.columns.interdiction[:] = 9.0
    routes(s, v, p, KEY, 0, 0)
    assert (s.lane.way[:2] == -1).all()
    assert prospects(s, v, p, 0, 0, 0) == (1.0, 0.0)
    assert way_cost(s, p, 0) == 1.0


@pytest.mark.parametrize("delay", [0.0, 0.3, 1.0, 4.0])
@pytest.mark.parametrize("milligrams", [1, 3, 5, 4000, 123_457])
def test_goods_and_cost_are_conserved_through_delay_and_loss(milligrams: int, delay: float) -> None:
    p = values()
    s = ground(p, 1)
    s.ledger.book[:] = 0
    v = levers(s)
    v.columns.transport_delay[:, 0, 1 : PORTS + 1] = delay
    routes(s, v, p, KEY, 0, 0)
    load(s, 0, milligrams)
    b = s.outlet.business[0]
    s.chain.seized[0, IMPORTER] = 1.0
    for w in range(30):
        arrive(s, v, p, KEY, w, 0, 0)
        assert s.outlet.stock[0] + s.outlet.transit[0] + s.outlet.lost[0] == milligrams
        assert s.ledger.book[b, STOCK_AT_COST] == s.outlet.cost[0] + s.outlet.transit_cost[0]
        assert min(s.outlet.stock[0], s.outlet.transit[0], s.outlet.transit_cost[0], s.outlet.cost[0]) >= 0


def test_what_is_held_up_comes_later() -> None:
    p = values()
    s = ground(p, 1)
    s.chain.seized[0, IMPORTER] = 0.0
    v = levers(s)
    routes(s, v, p, KEY, 0, 0)
    v.columns.transport_delay[:, 0, 1 : PORTS + 1] = 1.0
    arrive(s, v, p, KEY, 0, 0, 0)
    assert s.outlet.stock[0] == s.outlet.transit[0] == 2000
    for w in range(1, 40):
        arrive(s, v, p, KEY, w, 0, 0)
    assert s.outlet.transit[0] <= LANES
    assert s.outlet.stock[0] + s.outlet.transit[0] == 4000


# --- makers of the goods


def weeks_short(makers: float, cut: float, ablate: tuple[str, ...] = ()) -> float:
    """Weeks' worth of orders that sources could not send within two years after a cut."""
    p = values(ablate=ablate)
    s = ground(p, 1)
    s.passage.makers[0] = makers
    v = levers(s)
    ordered = np.array([1_000_000], np.int64)
    s.chain.volume[0] = 1_000_000
    for w in range(52):
        send(s, v, p, 0, ordered)
        assert s.passage.sent[0] == 1.0, w
    v.columns.input_capacity[:] = 1.0 - cut
    short = 0.0
    for _ in range(104):
        send(s, v, p, 0, ordered)
        short += 1.0 - s.passage.sent[0]
    return short


def test_an_input_of_few_makers_matters_more_than_one_of_many() -> None:
    few, many = weeks_short(3.0, 0.66), weeks_short(60.0, 0.66)
    assert few > 1.5
    assert many < 0.1 * few
    assert weeks_short(3.0, 0.66, ("inputs",)) == 0.0


def test_more_cut_means_more_missing_without_a_step() -> None:
    short = [weeks_short(3.0, cut) for cut in np.linspace(0.3, 0.9, 13)]
    steps = np.diff(short)
    assert (steps >= 0.0).all()
    assert steps.max() < 0.35 * short[-1]


def test_capacity_is_rebuilt_and_goods_are_dear_until_then() -> None:
    p = values()
    s = ground(p, 1)
    s.passage.makers[0] = 3.0
    ordered = np.array([1_000_000], np.int64)
    s.chain.volume[0] = 1_000_000
    send(s, levers(s), p, 0, ordered)
    s.passage.struck[0] = 0.66
    dear = []
    for _ in range(520):
        send(s, levers(s), p, 0, ordered)
        dear.append(s.passage.dear[0])
    assert max(dear) > 1.5
    assert s.passage.sent[0] == 1.0
    assert dear[-1] < 1.02
