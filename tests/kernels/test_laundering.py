"""Money finds its way through the channels there are, at their price; what finds none is hoarded and can be seized."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.enforce import follow_money
from simulation.schema import load_channels
from simulation.state.codes import (
    ACTIVE,
    CASH_CLEAN,
    CASH_DIRTY,
    LAUNDERING_FEE,
    LEGAL_ECONOMY,
    NATIONAL,
    OUTSIDE,
    SEIZURE,
    STATE,
)
from simulation.state.counters import FROZEN_PENCE, LAUNDERED_PENCE
from simulation.state.world import State, copy_state
from simulation.world.growth import grown
from simulation.world.prepare_laundering import prepare_laundering
from tests.kernels.money_world import KEY, RICH, as_usual, books_close, denied, give, levers, rich, values, week

CHANNELS = [channel.id for channel in load_channels()]
MULES = CHANNELS.index("mules")
OTHERS = [c for c in range(len(CHANNELS)) if c != MULES]
P = values()


def through(s: State) -> np.ndarray:
    return s.channel.used[: len(CHANNELS), 0].copy()


def fee(s: State) -> float:
    kept = s.ledger.flow[LEGAL_ECONOMY, LAUNDERING_FEE]
    return kept / (kept + s.tally.week[LAUNDERED_PENCE])


def hoards(s: State) -> int:
    return int(s.finance.surplus[OUTSIDE:].sum())


def test_with_nothing_denied_shares_and_fees_are_those_of_the_files() -> None:
    s = rich(P)
    as_usual(s)
    for w in range(4):
        as_usual(s)
        week(s, P, w=w)
    share = through(s) / through(s).sum()
    assert share == pytest.approx([channel.share.value for channel in load_channels()], rel=0.02)
    assert fee(s) == pytest.approx(P["laundering_fee"], rel=0.02)
    assert through(s).sum() == pytest.approx(12 * P["laundering_capacity"] * 100.0, rel=1e-4)


def test_without_channels_there_is_one_launderer_at_one_fee() -> None:
    p = values(ablate=("laundering_channels",))
    s = rich(p)
    week(s, p, denied(s, 0.0))
    assert s.tally.week[LAUNDERED_PENCE] == 12 * (P["laundering_capacity"] - 720.0) * 100.0
    assert not through(s).any()
    assert fee(s) == pytest.approx(P["laundering_fee"])
    assert books_close(s)


def test_a_denied_channel_sends_money_to_the_others_at_a_higher_fee() -> None:
    usual, without = (rich(P) for _ in range(2))
    v = denied(without, 0.2, MULES)
    for w in range(8):
        week(usual, P, w=w)
        week(without, P, v, w)
    assert through(without)[MULES] < 0.5 * through(usual)[MULES]
    assert through(without)[OTHERS].sum() > 1.05 * through(usual)[OTHERS].sum()
    assert (without.channel.fee[OTHERS, 0] > usual.channel.fee[OTHERS, 0]).all()
    assert books_close(without)


def test_denying_all_hoards_far_more_than_denying_one() -> None:
    found = {}
    for name, channels in (("none", ()), ("mules", (MULES,)), ("all", tuple(range(len(CHANNELS))))):
        s = rich(P)
        v = denied(s, 0.2, *channels) if channels else levers(s)
        for w in range(8):
            week(s, P, v, w)
        found[name] = hoards(s), fee(s)
    assert found["mules"][0] - found["none"][0] < 0.3 * (found["all"][0] - found["none"][0])
    assert found["none"][1] < found["mules"][1] < found["all"][1]


def test_a_channel_never_takes_more_than_it_can_and_serves_all_alike() -> None:
    s = rich(P)
    as_usual(s)
    week(s, P, denied(s, 0.3))
    able = s.channel.capacity[: len(CHANNELS), 0] / (1.0 + s.channel.growth[: len(CHANNELS)])
    assert (through(s) <= 0.31 * able * 1.1).all()
    washed = RICH - s.finance.surplus[OUTSIDE : OUTSIDE + 12] / (1.0 - P["accounts_hoard_spent"])
    assert washed.max() - washed.min() <= 20.0  # pence: rounding


def test_which_row_a_business_has_is_no_matter() -> None:
    one = rich(P)
    other = copy_state(one)
    rows = np.arange(OUTSIDE, OUTSIDE + 12)
    for group in (other.business, other.finance, other.ledger):
        for column in group:
            column[rows] = column[rows[::-1]]
    for w in range(3):
        week(one, P, denied(one, 0.4), w)
        week(other, P, denied(other, 0.4), w)
    assert np.array_equal(one.channel.used, other.channel.used)
    assert np.array_equal(one.ledger.book[rows], other.ledger.book[rows[::-1]])
    assert np.array_equal(one.finance.use[rows], other.finance.use[rows[::-1]])


def test_what_is_left_is_hoarded_and_slowly_spent() -> None:
    s = rich(P, businesses=1)
    b = OUTSIDE
    week(s, P)
    washed = s.channel.used.sum()
    assert s.finance.surplus[b] == RICH - washed - int((RICH - washed) * P["accounts_hoard_spent"])
    assert s.finance.surplus[b] == s.ledger.book[b, CASH_DIRTY]
    assert books_close(s)


def test_a_report_makes_a_business_known_and_holds_what_is_in_the_channel() -> None:
    s = rich(P)
    s.channel.detection[:] = 1e6
    held = taken = 0
    for w in range(4):  # each in its turn
        week(s, P, w=w)
        held += s.tally.week[FROZEN_PENCE]
        taken += s.ledger.flow[STATE, SEIZURE]
    rows = np.arange(OUTSIDE, OUTSIDE + 12)
    assert s.business.knowledge[rows, NATIONAL] == pytest.approx(P["laundering_channels_learned"])
    assert (s.finance.traced[rows] > 1.0).all()
    assert held == taken > 0
    assert books_close(s)


def test_without_reports_nothing_is_held_and_traces_fade() -> None:
    s = rich(P)
    s.channel.detection[:] = 0.0
    week(s, P)
    assert s.tally.week[FROZEN_PENCE] == 0
    assert s.finance.traced[OUTSIDE] == pytest.approx(2.0 ** (-1.0 / P["laundering_channels_trace_half_life"]))


def test_launderers_learn_and_capacity_comes_back() -> None:
    s = rich(P)
    for w in range(10):
        week(s, P, w=w)
    before = through(s)[MULES]
    v = denied(s, 0.3, MULES)
    week(s, P, v, 10)
    first = through(s)[MULES]
    for w in range(11, 80):
        for b in range(OUTSIDE, OUTSIDE + 12):
            give(s, b, 10**6)
        week(s, P, v, w)
    assert s.channel.pressure[MULES, 0] > 0.6
    assert first < 0.6 * before
    for w in range(80, 200):
        for b in range(OUTSIDE, OUTSIDE + 12):
            give(s, b, 10**6)
        week(s, P, w=w)
    assert through(s)[MULES] > 0.8 * before
    assert s.channel.pressure[MULES, 0] < 0.05


def test_levers_of_fee_and_detection_are_felt() -> None:
    s, dear, watched = (rich(P) for _ in range(3))
    v, x = levers(dear), levers(watched)
    v.columns.launder_fee[:] = 0.05
    x.columns.launder_detection[:, MULES] = 6.0
    for w in range(4):
        week(s, P, w=w)
        week(dear, P, v, w)
        week(watched, P, x, w)
    assert fee(dear) == pytest.approx(fee(s) + 0.05, abs=0.002)
    assert through(watched)[MULES] < 0.9 * through(s)[MULES]


def test_dearer_laundering_is_felt_in_profit() -> None:
    s, without = (rich(P) for _ in range(2))
    week(s, P)
    week(without, P, denied(without, 0.1))
    rows = s.business.state == ACTIVE
    assert (without.business.profit[rows] < s.business.profit[rows]).all()


def test_a_longer_table_knows_the_same() -> None:
    s = rich(P)
    week(s, P)
    longer = grown(s, np.array([60, 1, 1, 1, 1]))
    assert longer.finance.partners[-1] == 1.0
    assert np.array_equal(longer.finance.use[: s.business.id.size], s.finance.use)
    assert longer.ledger.book[OUTSIDE, CASH_CLEAN] == s.ledger.book[OUTSIDE, CASH_CLEAN]


def test_what_is_denied_in_one_region_is_not_felt_in_another() -> None:
    def two() -> State:
        s = rich(P)
        s.place.region[:] = [0, 0, 1, 1]
        prepare_laundering(s, P)
        return s

    usual, without = two(), two()
    v = levers(without)
    v.columns.launder_capacity[:, :, 0] = 0.2
    for w in range(6):
        week(usual, P, w=w)
        week(without, P, v, w)
    assert without.channel.used[:, 0].sum() < 0.5 * usual.channel.used[:, 0].sum()
    assert np.array_equal(without.channel.used[:, 1], usual.channel.used[:, 1])
    assert np.array_equal(without.channel.fee[:, 1], usual.channel.fee[:, 1])


def test_without_partners_channels_take_less_and_stand_out() -> None:
    s, bare = rich(P), rich(P)
    bare.finance.partners[:] = 0.3
    for w in range(3):
        week(s, P, w=w)
        week(bare, P, w=w)
    assert through(bare).sum() < 0.9 * through(s).sum()
    most, least = CHANNELS.index("enablers"), MULES
    assert through(bare)[most] / through(s)[most] < through(bare)[least] / through(s)[least]


@pytest.mark.parametrize(("traced", "frozen"), [(0.0, False), (1.0, True)])
def test_accounts_are_frozen_where_there_is_a_report_to_begin_from(traced: float, frozen: bool) -> None:
    s = rich(P)
    s.ledger.book[OUTSIDE : OUTSIDE + 12, [CASH_DIRTY, CASH_CLEAN]] = (0, RICH)
    s.finance.traced[:] = traced
    v = levers(s)
    v.columns.freeze_hazard[:] = 50.0
    follow_money(s, v, P, KEY, 0, 0)
    assert (s.tally.week[FROZEN_PENCE] > 0) == frozen
    off = values(ablate=("laundering_channels",))
    follow_money(s, v, off, KEY, 1, 0)  # without channels every business is as well traced as today's mean
    assert s.tally.week[FROZEN_PENCE] > 0
