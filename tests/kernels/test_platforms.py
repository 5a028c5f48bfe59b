"""Platforms: who uses which, what it does for them, and what becomes of users when one closes, runs off or is read."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.closing import close_business
from simulation.state.codes import ACTIVE, CASH_CLEAN, CASH_DIRTY, EMPTY, EQUITY, FIXED, STATE
from simulation.state.codes import PLATFORM_OPERATORS as OPERATORS
from simulation.state.platform import MARKET_PLACE, MONEY
from simulation.state.world import copy_state
from tests.kernels.place_world import levers
from tests.kernels.platform_world import KEY, WEEKLY, closed, largest, live, some, trading


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


def test_who_has_used_a_platform_sooner_takes_another_than_none() -> None:
    """Practice is kept when a platform closes; without it those set adrift choose like beginners."""
    back = []
    for practice in (0.0, 2.0):
        s = trading(some())
        live(s, some(), 60)
        row = largest(s, MARKET_PLACE)
        users = np.flatnonzero(s.business.market_place == row)
        p = some(platforms_doubt_weight=0.0, platforms_market_appeal=0.0, platforms_practice=practice)
        live(s, p, 1, 60, closed(s, row))
        live(s, p, 12, 61)
        back.append(float((s.business.market_place[users] >= 0).mean()))
    assert back[1] > back[0] + 0.15


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
