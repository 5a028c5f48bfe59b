"""Counter-measures come after a while, weaken the tactics they are against and no others, and spread."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.adapt import adapt, get_used_to_tactics, see_what_others_do
from simulation.kernels.camouflage import camouflage
from simulation.kernels.enforce import caution, follow_money, raid_outlets
from simulation.kernels.facilities import facilities
from simulation.kernels.franchise_terms import franchise_terms
from simulation.kernels.imports import arrive
from simulation.kernels.lessons import left_of
from simulation.kernels.money_reports import hazard_of
from simulation.kernels.orders import seize_cash
from simulation.kernels.people import inform
from simulation.state.codes import (
    BORDER,
    CASH_CLEAN,
    CAUSE_PLAN,
    FAMILIES,
    FAMILY_ARREST,
    FAMILY_EXPOSURE,
    FAMILY_LEADER,
    FAMILY_MONEY,
    FAMILY_PLACE,
    FAMILY_PROTECT,
    FAMILY_SUPPLY,
    FAMILY_TAKEOVER,
    FINANCIAL,
    IMPORTER,
    ORDER_CLOSURE,
    OUTSIDE,
)
from simulation.state.counters import FROZEN_PENCE
from simulation.state.laundering import CHANNELS
from simulation.state.police import SUCCESS
from simulation.state.values import Values
from simulation.state.world import ORDER_COUNT, State
from tests.kernels.brand_world import open_books, retail
from tests.kernels.place_world import KEY, add_business, empty, levers, values
from tests.kernels.police_world import police_world
from tests.kernels.test_lessons import BLOWS, line_of, some, someone, spoil
from tests.kernels.test_operations import investigate, live

FULL = 1.0 - values()["adaptation_strength"]  # what a full counter-measure leaves


# --- what counter-measures leave


def wary(family: int) -> tuple[State, Values, int, int]:
    s, p, b, f = some()
    s.business.counter[[b, f], family] = 1.0
    return s, p, b, f


def test_counter_measures_leave_what_is_usual_as_it_is_and_nothing_when_ablated() -> None:
    s, p, b, _ = wary(FAMILY_MONEY)
    assert left_of(s, p, b, FAMILY_MONEY) == pytest.approx(FULL)
    assert all(left_of(s, p, b, f) == 1.0 for f in range(FAMILIES) if f != FAMILY_MONEY)
    assert left_of(s, values(("adaptation",)), b, FAMILY_MONEY) == 1.0
    s.tally.countered[0, :, FAMILY_MONEY] = 1.0
    assert left_of(s, p, b, FAMILY_MONEY) == pytest.approx(1.0)


@pytest.mark.parametrize(("family", "column"), [(FAMILY_ARREST, 0), (FAMILY_LEADER, 1)])
def test_fewer_are_arrested(family: int, column: int) -> None:
    as_now, (s, p, b, _) = some(), wary(family)
    left = caution(s, p)[b] / caution(as_now[0], p)[b]
    assert left[column] == pytest.approx(FULL)
    assert left[1 - column] == 1.0


def orders(family: int, weeks: int = 300) -> int:
    """Lines that are closed and stocks that are seized when the business counters a family fully."""
    s, p, b, _ = wary(family)
    p["enforcement_closure"], p["enforcement_stock_seizure"] = 20.0, 20.0
    v = levers(s)
    alone = line_of(s, b)
    s.outlet.state[np.arange(s.outlet.id.size) != alone] = 0
    for w in range(weeks):
        raid_outlets(s, v, p, KEY, w, 0)
    kinds = s.orders.kind[: s.tally.count[ORDER_COUNT]]
    s.tally.count[ORDER_COUNT] = 0
    return int((kinds == ORDER_CLOSURE).sum())


def test_fewer_lines_are_closed() -> None:
    assert orders(FAMILY_PLACE, 60) < 0.7 * orders(FAMILY_MONEY, 60)


def stopped(family: int) -> int:
    s, p, b, _ = wary(family)
    s.chain.seized[0, IMPORTER], s.place.effort[:, BORDER] = 0.5, 1.0
    o = line_of(s, b)
    for w in range(60):
        s.outlet.transit[o], s.outlet.transit_cost[o] = 8000, 0
        arrive(s, levers(s), p, KEY, w, 0, o)
    return int(s.outlet.lost[o])


def test_less_is_stopped_at_the_border() -> None:
    assert stopped(FAMILY_SUPPLY) < 0.7 * stopped(FAMILY_MONEY)


def wrecked(family: int) -> int:
    s, p, b, _ = wary(family)
    v, o = levers(s), line_of(s, b)
    v.columns.facility_loss[:] = 0.3
    lost = 0
    for w in range(200):
        s.outlet.wrecked[o] = 0.0
        facilities(s, v, p, KEY, w, 0)
        lost += int(s.outlet.wrecked[o] > 0.0)
    return lost


def test_less_of_its_premises_is_lost() -> None:
    assert wrecked(FAMILY_SUPPLY) < 0.7 * wrecked(FAMILY_MONEY)


def test_fewer_reports_are_made_on_its_money() -> None:
    found = []
    for family in (FAMILY_MONEY, FAMILY_PLACE):
        s, p, b, _ = wary(family)
        done, risk = np.full((1, CHANNELS), 1e6), np.full((CHANNELS, 1), 0.1)
        s.place.effort[:, FINANCIAL] = 1.0
        found.append(hazard_of(s, p, CHANNELS, b, 0, done, risk, np.empty(CHANNELS)))
    assert found[0] == pytest.approx(FULL * found[1])


@pytest.mark.parametrize("blow", ["an operation leaves traces", "a member informs", "warnings are spread"])
def test_exposure_unsettles_it_less(blow: str) -> None:
    rise = []
    for family in (FAMILY_EXPOSURE, FAMILY_PLACE):
        s, p, b, _ = wary(family)
        BLOWS[blow][1](s, p, b)
        rise.append(s.business.suspicion[b])
    if blow == "a member informs":  # what it knows is less; that it spoke is as bad
        assert 0.0 < rise[0] == rise[1]
    else:
        assert rise[0] == pytest.approx(FULL * rise[1])


def test_an_informer_knows_less() -> None:
    known = []
    for family in (FAMILY_EXPOSURE, FAMILY_PLACE):
        s, p, b, _ = wary(family)
        inform(s, p, 0, someone(s, b))
        known.append(float(s.business.knowledge[b, 0]))
    assert known[0] == pytest.approx(FULL * known[1])


def test_take_overs_get_less_of_it() -> None:
    called, brand = [], []
    for family in (FAMILY_TAKEOVER, FAMILY_PLACE):
        s, p, b, f = wary(family)
        s.business.required[f] = 4000.0
        v = levers(s)
        v.columns.credit_recall[:] = 0.5
        franchise_terms(s, v, p, KEY, 0, 0)
        called.append(s.franchise.called[b])
        p["franchise_brand_speed"] = 0.0
        spoil(s, p, f)
        brand.append(np.log(s.business.brand[f] / 0.5))
    assert called[0] == pytest.approx(FULL * called[1])
    assert brand[0] == pytest.approx(FULL * brand[1])


def test_checks_cost_its_partners_less() -> None:
    stay = []
    for family in (FAMILY_PROTECT, FAMILY_PLACE):
        s, p, b, _ = wary(family)
        s.finance.partners[:] = 1.0
        v = levers(s)
        v.columns.camouflage_cost[:] = 1.0
        camouflage(s, v, p, KEY, 0, 0)
        stay.append(1.0 - s.finance.partners[b])
    assert 0.0 < stay[0] < 0.7 * stay[1]


def test_operations_fail_more_often() -> None:
    def successes(family: int) -> int:
        done = 0
        for week in range(0, 400, 10):
            s = police_world()
            s.business.counter[OUTSIDE:, family] = 1.0
            q = investigate(s, 2, week=week)
            live(s, 8, None, week, operations_success_base=50.0)
            done += int(s.operation.outcome[q] == SUCCESS)
        return done

    usual = successes(FAMILY_PLACE)
    assert usual == 40
    assert successes(FAMILY_ARREST) < 0.7 * usual


# --- how many at once


def kept(counters: dict[int, float], felt: dict[int, float], ablate: tuple[str, ...] = ()) -> list[float]:
    """Counter-measures of a business that has these and feels these losses, after a week in which it learns nothing."""
    s, p, b, _ = some()
    p = values(ablate)
    p["adaptation_notice_rate"] = p["adaptation_spread"] = 0.0
    p["adaptation_lapse_half_life"] = 1e12
    for family, value in counters.items():
        s.business.counter[b, family] = value
    for family, value in felt.items():
        s.business.felt[b, family] = value
    adapt(s, levers(s), p, KEY, 0, 0)
    return [round(float(value), 5) for value in s.business.counter[b]]


def test_what_is_against_the_least_felt_losses_gives_way() -> None:
    counters = {FAMILY_ARREST: 0.5, FAMILY_MONEY: 0.4, FAMILY_PLACE: 0.6}
    left = kept(counters, {FAMILY_ARREST: 10.0, FAMILY_MONEY: 500.0, FAMILY_PLACE: 90.0})
    assert values()["attention_room"] == 1.0
    assert [left[f] for f in counters] == [0.0, 0.4, 0.6]
    left = kept(counters, {FAMILY_ARREST: 100.0, FAMILY_MONEY: 500.0, FAMILY_PLACE: 90.0})
    assert [left[f] for f in counters] == [0.5, 0.4, 0.1]


def test_what_a_business_has_room_for_it_keeps_and_ablated_it_keeps_all() -> None:
    counters = {FAMILY_ARREST: 0.3, FAMILY_MONEY: 0.3, FAMILY_PLACE: 0.4}
    assert [kept(counters, {})[f] for f in counters] == [0.3, 0.3, 0.4]
    counters = dict.fromkeys(range(FAMILIES), 0.9)
    assert kept(counters, {}, ("attention",)) == [0.9] * FAMILIES
    assert sum(kept(counters, {})) == pytest.approx(1.0, abs=1e-4)


# --- in time


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
