"""What is said over platforms is heard or not, users find out that they are read, and market places vouch for strangers."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.platforms import platforms
from simulation.kernels.sense import sense
from simulation.kernels.trade_choice import hear_of, trust
from simulation.state.codes import ACTIVE, LINE, LOCAL, NATIONAL, REGIONAL, SALES, WHOLESALER
from simulation.state.platform import COMMS, MARKET_PLACE
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.place_world import levers
from tests.kernels.platform_world import KEY, WEEKLY, largest, live, some, trading


def test_what_is_said_in_secret_is_not_heard_and_what_is_read_is() -> None:
    p = some(platforms_found_out=0.0)
    s = trading(p)
    live(s, p, 60)
    row = largest(s, COMMS)
    safe = s.business.comms == row
    none = (s.business.state == ACTIVE) & (s.business.comms < 0) & (s.business.money < 0)
    assert (s.member.heard[safe] < 1.0).all()
    assert (s.member.heard[none] == 1.0).all()
    v = levers(s)
    v.columns.comms_compromise[0, row] = 0.8
    live(s, p, 1, 60, v)
    assert s.platform.read[row] == pytest.approx(0.8)
    assert (s.member.heard[safe] > 1.5).all()


def test_users_find_out_and_move() -> None:
    p = some(platforms_found_out=0.3)
    s = trading(p)
    live(s, p, 60)
    row = largest(s, COMMS)
    name = s.platform.id[row]
    users = np.flatnonzero(s.business.comms == row)
    v = levers(s)
    v.columns.comms_compromise[0, row] = 0.8
    live(s, p, 60, 60, v)
    assert not ((s.platform.state == ACTIVE) & (s.platform.id == name) & (s.platform.known == 0)).any()
    assert (s.business.comms[users] == row).mean() < 0.1
    assert (s.business.comms[users] >= 0).mean() > 0.5


def test_before_week_0_the_world_gets_used_to_it() -> None:
    p = some()
    s = trading(p)
    v = levers(s)
    for w in range(-400, 0):
        s.ledger.flow[s.business.state == ACTIVE, SALES] = WEEKLY
        platforms(s, v, p, KEY, w, 0)
    working = s.business.state == ACTIVE
    assert s.platform.usual[COMMS] < 0.9
    assert s.member.heard[working].mean() == pytest.approx(1.0, abs=0.02)
    assert s.member.washing[working].mean() == pytest.approx(1.0, abs=0.02)


def pair(p: Values) -> tuple[State, int, int]:
    """A line that knows a wholesaler, both on one market place where the wholesaler has a full reputation."""
    s = trading(p, businesses=2)
    s.business.market_place[:] = -1
    seller, buyer = 8, 9
    for o, (b, tier) in enumerate(((seller, WHOLESALER), (buyer, LINE))):
        s.outlet.id[o] = 50 + o
        s.outlet.state[o] = ACTIVE
        s.outlet.business[o] = b
        s.outlet.tier[o] = tier
    s.tie.supplier[1, 0] = 0
    s.tie.supplier_id[1, 0] = 50
    row = largest(s, MARKET_PLACE)
    s.business.market_place[[seller, buyer]] = row
    s.platform.assured[row] = 0.7
    s.member.standing[seller] = 1.0
    hear_of(s, p, 0)
    return s, buyer, row


def test_a_market_place_vouches_for_strangers_who_trade_on_it() -> None:
    p = some()
    s, buyer, _ = pair(p)
    vouched = trust(s, p, 1, 0, 0)
    assert trust(s, some(("platform_assurance",)), 1, 0, 0) < vouched
    s.business.market_place[buyer] = -1
    assert trust(s, p, 1, 0, 0) < vouched


def test_where_that_is_usual_it_is_worth_no_more_than_elsewhere() -> None:
    p = some()
    s, _, row = pair(p)
    s.platform.usual[MARKET_PLACE] = 1.0 - p["platform_assurance_weight"] * s.platform.assured[row]
    assert trust(s, p, 1, 0, 0) == pytest.approx(trust(s, some(("platform_assurance",)), 1, 0, 0))


def test_files_do_not_care_when_nothing_is_heard_over_platforms() -> None:
    s = trading(some())
    s.member.heard[:] = 3.0
    sense(s, levers(s), some(("platform_reading",)), KEY, 0, 0)
    assert (s.member.heard == 1.0).all()
    s.member.heard[:] = 3.0
    sense(s, levers(s), some(), KEY, 0, 0)
    assert (s.member.heard == 3.0).all()


def test_files_grow_faster_on_those_who_are_heard() -> None:
    p = some()
    known = []
    for heard in (1.0, 3.0):
        s = trading(p)
        s.place.effort[:] = 1.0
        s.place.confidence[:] = 0.5
        s.member.heard[:] = heard
        s.business.born[:] = -1000
        for w in range(4):
            sense(s, levers(s), p, KEY, w, 0)
        known.append(s.business.knowledge.sum(axis=0))
    assert (known[1][[REGIONAL, NATIONAL]] > 1.25 * known[0][[REGIONAL, NATIONAL]]).all()
    assert known[0][LOCAL] < known[1][LOCAL] < 1.25 * known[0][LOCAL]  # local police live on what they see and are told
