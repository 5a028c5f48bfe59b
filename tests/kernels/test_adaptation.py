"""Counter-measures come after a while, wear a steady tactic off, and spread."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.adapt import adapt, get_used_to_tactics, see_what_others_do
from simulation.kernels.enforce import follow_money
from simulation.kernels.orders import seize_cash
from simulation.state.codes import (
    CASH_CLEAN,
    CAUSE_PLAN,
    FAMILY_MONEY,
    FAMILY_PLACE,
    OUTSIDE,
)
from simulation.state.counters import FROZEN_PENCE
from tests.kernels.blow_world import line_of, some, wary
from tests.kernels.brand_world import open_books, retail
from tests.kernels.place_world import KEY, add_business, empty, levers, values


def frozen_by_year(ablate: tuple[str, ...] = ()) -> list[int]:
    """Accounts frozen under the same steady campaign in each of two years."""
    s, p = empty(businesses=120), values(ablate)
    for n in range(100):
        open_books(s, add_business(s, 100 + 8 * n + n % 8, n % 4), 10_000)
    v = levers(s)
    v.columns.freeze_hazard[:] = 0.08
    p["enforcement_freezing"] = p["giving_up_base"] = p["giving_up_poor"] = 0.0
    rows = np.arange(OUTSIDE, OUTSIDE + 100)
    s.finance.traced[:] = 1.0
    years = []
    for year in range(2):
        years.append(0)
        for w in range(52 * year, 52 * year + 52):
            s.ledger.book[rows, CASH_CLEAN] = 2_000_000
            before = int(s.tally.week[FROZEN_PENCE])
            follow_money(s, v, p, KEY, w, 0)
            years[-1] += int(s.tally.week[FROZEN_PENCE]) - before
            adapt(s, v, p, KEY, w, 0)
    return years


def test_a_steady_tactic_wears_off_and_ablated_works_as_well_as_in_its_first_year() -> None:
    first, second = frozen_by_year()
    assert second < 0.85 * first
    first, second = frozen_by_year(("adaptation",))
    assert second == pytest.approx(first, rel=0.1)


def test_no_counter_measure_is_in_place_before_it_was_noticed_decided_and_done() -> None:
    s, p, b, _ = some()
    p["adaptation_notice_rate"] = 1e9
    seize_cash(s, p, 0, b, 0.9, CAUSE_PLAN, -1)
    v = levers(s)
    weeks = 0
    while s.business.counter[b, FAMILY_MONEY] == 0.0:
        adapt(s, v, p, KEY, weeks, 0)
        weeks += 1
    assert 2 + p["adaptation_implementation"] <= weeks - 1 <= 20 + p["adaptation_implementation"]
    assert np.flatnonzero(s.business.counter[b]).tolist() == [FAMILY_MONEY]


def test_counter_measures_spread_to_those_who_know_somebody() -> None:
    s, p, b, _ = some()
    rows = retail(s)
    friend, stranger = int(rows[1]), int(rows[2])
    s.business.counter[b, FAMILY_MONEY] = 0.8
    i, j = s.outlet.holder[line_of(s, friend)], s.outlet.holder[line_of(s, b)]
    s.person.friend[i, 0], s.person.friend_id[i, 0], s.person.strength[i, 0] = j, s.person.id[j], 0.5
    for w in range(4):
        see_what_others_do(s, p, w)
    assert s.business.counter[friend, FAMILY_MONEY] == pytest.approx(4 * p["adaptation_spread"] * 0.5 * 0.8)
    assert s.business.counter[stranger].sum() == 0.0
    assert s.business.counter[b, FAMILY_MONEY] == 0.8
    for w in range(4, 4000):
        see_what_others_do(s, p, w)
    assert s.business.counter[friend, FAMILY_MONEY] <= 0.8


def test_the_world_gets_used_to_counter_measures_before_week_0_by_size() -> None:
    s, p, b, _ = some()
    others = retail(s)[1:]
    s.business.counter[b, FAMILY_MONEY] = 0.8
    s.business.required[b] = s.business.profit[b] = 4000.0 * others.size
    for _ in range(3000):
        get_used_to_tactics(s, p)
    assert s.tally.countered[0, 3, FAMILY_MONEY] == pytest.approx(0.4, abs=0.001)
    assert s.tally.countered[0, 3, FAMILY_PLACE] == 0.0


@pytest.mark.parametrize("week", [-1, 0])
def test_what_is_usual_stays_as_it_is_from_week_0(week: int) -> None:
    s, p, _, _ = wary(FAMILY_MONEY)
    adapt(s, levers(s), p, KEY, week, 0)
    assert (s.tally.countered[0, 3, FAMILY_MONEY] > 0.0) == (week < 0)
