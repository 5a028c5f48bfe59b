"""What the border takes of a shipment leaves the books as it leaves the store."""

import pytest

from simulation.kernels.imports import arrive
from simulation.state.codes import ACTIVE, BORDER, IMPORTER, STOCK_AT_COST
from tests.kernels.place_world import KEY, add_business, empty, levers, values


@pytest.mark.parametrize("milligrams", [1, 3, 4, 7, 1000])
def test_stock_is_carried_at_cost_whatever_the_border_stops(milligrams: int) -> None:
    s, p = empty(), values()
    b = add_business(s, 100, 0, tier=IMPORTER)
    o = 0
    s.outlet.id[o], s.outlet.state[o], s.outlet.tier[o] = 200, ACTIVE, IMPORTER
    s.outlet.business[o] = b
    s.outlet.place[o] = s.outlet.market[o] = 0
    s.chain.seized[0, IMPORTER] = 50.0  # all is stopped that can be
    s.place.effort[0, BORDER] = 1.0
    s.outlet.transit[o], s.outlet.transit_cost[o] = milligrams, 2 * milligrams + 1
    s.ledger.book[b, STOCK_AT_COST] = 2 * milligrams + 1
    arrive(s, levers(s), p, KEY, 0, 0, o)
    assert s.ledger.book[b, STOCK_AT_COST] == s.outlet.cost[o]
    assert s.outlet.transit[o] == s.outlet.transit_cost[o] == 0
    assert s.outlet.stock[o] + s.outlet.lost[o] == milligrams
