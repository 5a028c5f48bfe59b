"""Platforms: who uses which, what it does for them, and what becomes of users when one closes, runs off or is read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.chance.draws import make_key
from simulation.kernels.closing import close_business
from simulation.kernels.escrow import put_on
from simulation.kernels.platforms import platforms
from simulation.kernels.sense import sense
from simulation.kernels.trade_choice import hear_of, trust
from simulation.schema import load_scenario
from simulation.state.codes import ACTIVE, CASH_CLEAN, CASH_DIRTY, EMPTY, EQUITY, FIXED, LINE, SALES, STATE, WHOLESALER
from simulation.state.codes import PLATFORM_OPERATORS as OPERATORS
from simulation.state.platform import COMMS, MARKET_PLACE, MONEY
from simulation.state.values import Values
from simulation.state.world import State, copy_state
from simulation.world.prepare_platforms import prepare_platforms
from tests.conservation.money import books_balance, cash_goes_round, escrow_has_two_sides
from tests.conservation.tables import platforms_know_their_users
from tests.kernels.place_world import add_business, empty, levers, values

KEY = make_key(11)
PENCE = 10_000_000
WEEKLY = 2_000_000
QUIET = {
    "platforms_close_comms": 0.0, "platforms_close_market": 0.0, "platforms_close_money": 0.0,
    "platforms_breach": 0.0, "platforms_scam_most": 0.0,
}  # fmt: skip
OPEN = {"platforms_market_appeal": 2.0, "platforms_comms_appeal": 2.0, "platforms_money_appeal": 2.0}


def some(ablate: tuple[str, ...] = (), **overrides: float) -> Values:
    """Parameters under which platforms neither come nor go by themselves, and most businesses use them."""
    return values(ablate, **{**QUIET, **OPEN, **overrides})


def trading(p: Values, businesses: int = 200, numbers: tuple[int, int, int] = (3, 4, 2)) -> State:
    """Businesses with lines and cash, and platforms that nobody uses yet."""
    s = empty(businesses=businesses + 20, outlets=4)
    scenario = load_scenario("force")
    counts = {
        name: scenario.platforms[name].model_copy(update={"value": float(n), "low": 0.0})
        for name, n in zip(("encrypted-comms", "market", "money"), numbers, strict=True)
    }
    prepare_platforms(s, scenario.model_copy(update={"platforms": counts}), p, KEY, 0)
    s.platform.invited[:] = 0
    s.platform.model_invited[:] = 0.0
    for n in range(businesses):
        b = add_business(s, 100_000 + 7919 * n, n % 4)
        s.ledger.book[b, [CASH_DIRTY, EQUITY]] = (PENCE, -PENCE)
        s.ledger.book[0, [CASH_DIRTY, EQUITY]] += (-PENCE, PENCE)
    settle(s)
    return s


def settle(s: State) -> None:
    """A third of the businesses are on platforms already, half of them on one of each kind and many on a second."""
    old = np.flatnonzero(s.business.state == ACTIVE)[::3]
    for kind in (COMMS, MARKET_PLACE, MONEY):
        rows = np.flatnonzero((s.platform.state == ACTIVE) & (s.platform.kind == kind))
        for n, b in enumerate(old.tolist()):
            if rows.size:
                put_on(s, b, kind, int(rows[min((0, 0, 0, 0, 0, 1, 1, 1, 2, 3)[n % 10], rows.size - 1)]))
    s.member.owner_id[old] = s.business.id[old]
    s.member.turn[old] = s.member.wake[old] = s.business.id[old] % np.uint64(30)


def live(s: State, p: Values, weeks: int, first: int = 0, v: Any = None) -> None:
    """Weeks in which every business sells for the same."""
    v = levers(s) if v is None else v
    for w in range(first, first + weeks):
        s.tally.week[:] = 0
        s.ledger.flow[:] = 0
        s.ledger.flow[s.business.state == ACTIVE, SALES] = WEEKLY
        platforms(s, v, p, KEY, w, 0)
        assert [*books_balance(s), *cash_goes_round(s), *escrow_has_two_sides(s), *platforms_know_their_users(s)] == []


def largest(s: State, kind: int) -> int:
    mine = (s.platform.state == ACTIVE) & (s.platform.kind == kind)
    return int(np.argmax(np.where(mine, s.platform.users, -1)))


def closed(s: State, row: int) -> Any:
    v = levers(s)
    v.columns.platform_open[0, row] = 0.0
    return v


def test_businesses_take_to_platforms_and_gather_on_few() -> None:
    p = some()
    s = trading(p)
    live(s, p, 80)
    mine = np.sort(s.platform.users[(s.platform.state == ACTIVE) & (s.platform.kind == MARKET_PLACE)])
    assert mine.sum() > 100
    assert mine[-1] > 0.5 * mine.sum()


def test_without_the_network_effect_they_spread() -> None:
    share = []
    for ablate in ((), ("platform_network",)):
        p = some(ablate)
        s = trading(p)
        live(s, p, 80)
        mine = s.platform.users[(s.platform.state == ACTIVE) & (s.platform.kind == MARKET_PLACE)]
        share.append(mine.max() / mine.sum())
    assert share[1] < share[0] - 0.1


def test_off_nobody_moves() -> None:
    p = some(("platforms",))
    s = trading(p)
    before = s.platform.users.copy()
    live(s, p, 40)
    assert np.array_equal(s.platform.users, before)
    assert (s.member.washing == 1.0).all()


def test_whoever_is_pressed_takes_to_platforms_sooner() -> None:
    used = []
    for suspicion in (0.0, 0.9):
        p = some(platforms_comms_appeal=-1.0)
        s = trading(p)
        s.business.suspicion[:] = suspicion
        live(s, p, 40)
        used.append(int((s.business.comms >= 0).sum()))
    assert used[1] > used[0] + 10


def test_a_closing_moves_its_users_each_after_a_while() -> None:
    p = some(platforms_doubt_weight=0.0)
    s = trading(p)
    live(s, p, 60)
    row = largest(s, MARKET_PLACE)
    users = np.flatnonzero(s.business.market_place == row)
    live(s, p, 1, 60, closed(s, row))
    assert s.platform.state[row] == EMPTY
    assert s.platform.lost[MARKET_PLACE] == users.size
    assert (s.business.suspicion[users] > 0.0).all()
    assert len(set(s.member.due[users, MARKET_PLACE].tolist())) > 2
    live(s, p, 40, 61)
    assert (s.business.market_place[users] >= 0).mean() > 0.7
    assert s.platform.fled[MARKET_PLACE] > 0.7 * users.size


def test_the_largest_that_is_left_takes_most_of_them_by_the_network_effect() -> None:
    went = []
    for ablate in ((), ("platform_network",)):
        p = some(ablate, platforms_doubt_weight=0.0)
        s = trading(some(), businesses=300)
        live(s, some(), 30)
        live(s, p, 1, 30, closed(s, largest(s, MARKET_PLACE)))
        live(s, p, 30, 31)
        assert s.platform.fled[MARKET_PLACE] > 30
        went.append(float(s.platform.fled_to_largest[MARKET_PLACE] / s.platform.fled[MARKET_PLACE]))
    assert went[0] > 0.5
    assert went[1] < went[0] - 0.1


def test_a_part_of_a_reputation_comes_along() -> None:
    left = []
    for kept in (0.2, 0.8):
        p = some(platforms_reputation_kept=kept, platforms_standing_speed=0.0)
        s = trading(p)
        live(s, p, 60)
        s.member.standing[:] = 1.0
        row = largest(s, MARKET_PLACE)
        users = np.flatnonzero(s.business.market_place == row)
        live(s, p, 1, 60, closed(s, row))
        live(s, p, 20, 61)
        moved = users[s.business.market_place[users] >= 0]
        left.append(float(s.member.standing[moved].mean()))
    assert left == pytest.approx([0.2, 0.8])


def test_escrow_is_the_users_until_the_state_takes_it() -> None:
    p = some()
    s = trading(p)
    live(s, p, 60)
    row = largest(s, MARKET_PLACE)
    b = int(np.flatnonzero(s.business.market_place == row)[0])
    held = int(s.platform.escrow[row])
    assert s.member.escrow[b] == int(0.3 * WEEKLY * 1.5) == s.ledger.book[b, FIXED]
    before, worth = int(s.ledger.book[STATE, CASH_CLEAN]), -int(s.ledger.book[b, EQUITY])
    live(s, p, 1, 60, closed(s, row))
    assert s.ledger.book[STATE, CASH_CLEAN] - before == held > 0
    assert worth + int(s.ledger.book[b, EQUITY]) == int(0.3 * WEEKLY * 1.5)


def test_operators_whom_nobody_trusts_run_off_with_it() -> None:
    gone = []
    for doubt in (0.0, 1.0):
        p = some(platforms_scam_most=0.15, platforms_doubt_weight=0.0)
        s = trading(p)
        live(s, some(), 60)
        rich = int(s.ledger.book[OPERATORS, CASH_DIRTY] - s.platform.escrow.sum())
        gone.append(0)
        for w in range(60, 85):
            s.platform.doubt[:] = doubt
            before = int((s.platform.state == ACTIVE).sum())
            live(s, p, 1, w)
            gone[-1] += max(0, before - int((s.platform.state == ACTIVE).sum()))
        kept = int(s.ledger.book[OPERATORS, CASH_DIRTY] - s.platform.escrow.sum())
        assert kept > rich
    assert gone[1] > gone[0]


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
    for w in range(-200, 0):
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
        for w in range(4):
            sense(s, levers(s), p, KEY, w, 0)
        known.append(float(s.business.knowledge.sum()))
    assert known[1] > 1.5 * known[0]


def test_a_business_that_ends_takes_its_escrow_and_leaves() -> None:
    p = some()
    s = trading(p)
    live(s, p, 60)
    b = int(np.flatnonzero(s.business.market_place >= 0)[0])
    close_business(s, p, KEY, 60, b, 0)
    assert s.business.market_place[b] == s.business.comms[b] == s.business.money[b] == -1
    live(s, p, 3, 60)
    assert not s.ledger.book[b].any()


def test_new_platforms_come_where_there_are_too_few() -> None:
    p = some(platforms_close_market=0.8, platforms_close_money=0.3)
    s = trading(p, businesses=40)
    names = set(s.platform.id.tolist())
    v = levers(s)
    v.columns.platform_open[0, s.platform.kind == MARKET_PLACE] = 0.0
    live(s, p, 1, 0, v)
    live(s, p, 104, 1)
    mine = (s.platform.state == ACTIVE) & (s.platform.kind == MARKET_PLACE)
    assert mine.sum() >= 1
    assert set(s.platform.id[mine].tolist()) - names
    assert (s.platform.intended == [3, 4, 2]).all()


def test_a_place_without_platforms_gets_none() -> None:
    p = some()
    s = trading(p, numbers=(0, 0, 0))
    live(s, p, 60)
    assert not s.platform.state.any()
    assert (s.member.heard == 1.0).all()


def test_rows_of_businesses_do_not_matter() -> None:
    p = some(platforms_breach=0.5, platforms_scam_most=0.1, platforms_close_market=0.5)
    seen = []
    for turned in (False, True):
        s = trading(p, businesses=60)
        if turned:
            s = copy_state(s)
            rows = np.flatnonzero(s.business.state == ACTIVE)
            for column in (*s.business, *s.member):
                column[rows] = column[rows][::-1].copy()
        live(s, p, 120)
        there = np.stack([s.business.comms, s.business.market_place, s.business.money, s.member.escrow])
        rows = np.flatnonzero(s.business.state == ACTIVE)
        seen.append({int(s.business.id[b]): tuple(there[:, b].tolist()) for b in rows})
    assert seen[0] == seen[1]


def test_money_platforms_wash_more() -> None:
    p = some()
    s = trading(p)
    live(s, p, 40)
    uses = (s.business.state == ACTIVE) & (s.business.money >= 0)
    assert uses.any()
    assert s.member.washing[uses] == pytest.approx(1.0 + p["platforms_washing"])
    assert MONEY == 2
