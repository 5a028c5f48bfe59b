"""Background policing: who is arrested is what a slow twin says; effort, levers and the switch act on it smoothly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.chance.draws import uniforms
from simulation.chance.streams import ARREST
from simulation.kernels.enforce import arrest_people, arrest_table, enforce, follow_money, hoard_share, raid_outlets
from simulation.state.codes import (
    ACTIVE,
    ACTIVITIES,
    BAIL,
    CASH_CLEAN,
    CASH_DIRTY,
    DISTRIBUTOR,
    EQUITY,
    EXPOSURE_OF_ROLE,
    FINANCIAL,
    FREE,
    INVESTIGATIONS,
    LICENCE,
    LINE,
    ORDER_ARREST,
    ORDER_CLOSURE,
    ORDER_SEIZURE,
    OUTSIDE,
    PRISON,
    PROACTIVE_STREET,
    REACTIVE,
    ROLE_NAMES,
    RUNNER,
    STREET,
)
from simulation.state.counters import FROZEN_PENCE
from simulation.state.world import ORDER_COUNT
from tests.kernels.underworld import KEY, Underworld


def ordered(u: Underworld, kind: int) -> set[int]:
    n = int(u.s.tally.count[ORDER_COUNT])
    orders = u.s.orders
    return {int(orders.target_id[j]) for j in range(n) if orders.kind[j] == kind}


def arrests(u: Underworld, weeks: range = range(40)) -> set[tuple[int, int]]:
    found = set()
    for week in weeks:
        u.s.tally.count[ORDER_COUNT] = 0
        arrest_people(u.s, u.v, u.p, KEY, week, 0)
        found |= {(week, name) for name in ordered(u, ORDER_ARREST)}
    return found


def twin(u: Underworld, weeks: range) -> set[tuple[int, int]]:
    """The same in plain Python."""
    found = set()
    s, p, v = u.s, u.p, u.levers
    for week in weeks:
        for i in u.alive():
            status = s.person.status[i]
            if status not in (FREE, LICENCE, BAIL):
                continue
            role = int(s.person.role[i])
            exposure = EXPOSURE_OF_ROLE[role]
            place = s.person.place[i]
            activity = INVESTIGATIONS if exposure < 2 else PROACTIVE_STREET
            share = float(p["enforcement_reactive_share"])
            work = share * v.effort[0, place, REACTIVE] + (1 - share) * v.effort[0, place, activity]
            hazard = (
                float(p[f"enforcement_arrest_{ROLE_NAMES[role]}"]) / 52 * work * v.arrest_hazard[0, place, exposure]
            )
            b = s.person.business[i]
            if b >= 0:
                gap = float(p["enforcement_security_usual"]) - s.business.security[b]
                hazard *= math.exp(float(p["enforcement_security_effect"]) * gap)
            else:
                hazard *= float(p["enforcement_unattached"])
            if status == LICENCE:
                hazard *= float(p["enforcement_licence"])
            if uniforms(KEY, s.person.id[i], week, ARREST, 0, 0)[0] < 1 - math.exp(-hazard):
                found.add((week, int(s.person.id[i])))
    return found


def varied() -> Underworld:
    """A world in which everything the hazard depends on differs."""
    u = Underworld(lines=12)
    rng = np.random.default_rng(1)
    u.levers.effort[:] = rng.uniform(0, 8, u.levers.effort.shape)
    u.levers.arrest_hazard[:] = rng.uniform(0, 6, u.levers.arrest_hazard.shape)
    u.s.business.security[:] = rng.uniform(0, 1, u.s.business.security.shape)
    rows = u.alive()
    u.s.person.role[rows] = np.arange(rows.size) % 8
    u.s.person.status[rows[::5]] = LICENCE
    u.s.person.status[rows[1::7]] = BAIL
    u.s.person.status[rows[2::9]] = PRISON
    u.s.person.business[rows[3::11]] = -1
    return u


def test_arrests_are_those_of_the_slow_twin() -> None:
    u = varied()
    weeks = range(-3, 60)
    fast = arrests(u, weeks)
    assert fast == twin(u, weeks)
    assert len(fast) > 30


def test_the_yearly_rate_is_what_the_parameter_says() -> None:
    u = Underworld(lines=30, people=1024)
    rows = u.alive()
    u.s.person.role[rows] = RUNNER
    expected = rows.size * (1 - math.exp(-0.25 / 52)) * 400
    assert len(arrests(u, range(400))) == pytest.approx(expected, abs=4 * math.sqrt(expected))


def test_more_hazard_moves_thresholds_not_draws() -> None:
    u = Underworld(lines=12)
    usual = arrests(u)
    u.levers.arrest_hazard[:, :, STREET] = 3.0
    more = arrests(u)
    assert usual < more
    u.levers.arrest_hazard[:] = 0.0
    assert arrests(u) == set()


def test_no_effort_no_policing_and_the_switch() -> None:
    u = Underworld(lines=12)
    u.levers.effort[:] = 0.0
    off = Underworld(lines=12, ablate=("enforcement",))
    for world in (u, off):
        for b in range(OUTSIDE, world.s.business.id.size):
            world.s.ledger.book[b, CASH_CLEAN] = 10**8
        for week in range(150):
            enforce(world.s, world.v, world.p, KEY, week, 0)
        assert world.s.tally.count[ORDER_COUNT] == 0
        assert world.s.tally.week[FROZEN_PENCE] == 0


@pytest.mark.parametrize(
    ("activity", "moves"), [(INVESTIGATIONS, "upper"), (PROACTIVE_STREET, "street"), (REACTIVE, "both")]
)
def test_each_activity_moves_its_own_tiers_smoothly(activity: int, moves: str) -> None:
    u = Underworld()
    base = arrest_table(u.s, u.v, u.p, 0)
    street = np.array([EXPOSURE_OF_ROLE[role] >= 2 for role in range(len(EXPOSURE_OF_ROLE))])
    last = base
    for dose in np.linspace(1.01, 1.2, 20):
        u.levers.effort[0, :, activity] = dose
        table = arrest_table(u.s, u.v, u.p, 0)
        grown = table > last
        expected = street if moves == "street" else ~street if moves == "upper" else np.ones_like(street)
        assert np.array_equal(grown.all(axis=0), expected)
        assert (table - last).max() < 0.01 * base.max()
        last = table


def test_activities_that_are_not_enforcement_move_nothing() -> None:
    u = Underworld()
    base = arrest_table(u.s, u.v, u.p, 0)
    for activity in set(range(ACTIVITIES)) - {REACTIVE, PROACTIVE_STREET, INVESTIGATIONS}:
        u.levers.effort[0, :, activity] = 5.0
    assert np.array_equal(base, arrest_table(u.s, u.v, u.p, 0))


def test_lines_are_closed_and_goods_seized_by_order() -> None:
    u = Underworld(lines=40, people=1024)
    closed = seized = 0
    for week in range(200):
        u.s.tally.count[ORDER_COUNT] = 0
        raid_outlets(u.s, u.v, u.p, KEY, week, 0)
        closed += len(ordered(u, ORDER_CLOSURE))
        seized += len(ordered(u, ORDER_SEIZURE))
        shares = u.s.orders.value[: u.s.tally.count[ORDER_COUNT]]
        assert ((shares >= 0) & (shares <= 1)).all()
    assert (u.s.outlet.state == ACTIVE).sum() == 40  # an order is not yet a closure
    assert closed == pytest.approx(40 * 200 * u.p["enforcement_closure"] / 52, rel=0.35)
    assert seized == pytest.approx(40 * 200 * 0.2 / 52, rel=0.5)


def test_working_capital_is_out_of_reach_and_hoards_are_not() -> None:
    u = Underworld()
    b = OUTSIDE
    assert u.s.business.state[b] == ACTIVE
    kept = 100 * int(u.s.chain.capital[0, u.s.business.tier[b]] + u.p["enforcement_reserve"])
    u.s.ledger.book[b, CASH_DIRTY] = kept
    assert hoard_share(u.s, u.p, b, 0.5) == 0.0
    u.s.ledger.book[b, CASH_DIRTY] = 2 * kept
    assert hoard_share(u.s, u.p, b, 0.5) == pytest.approx(0.25)


def test_freezing_takes_clean_cash_to_the_state_to_the_penny() -> None:
    u = Underworld(lines=20, people=1024)
    active = np.flatnonzero(u.s.business.state == ACTIVE)
    u.s.ledger.book[active, CASH_CLEAN] = 10**8
    u.s.ledger.book[active, EQUITY] = -(10**8)
    for week in range(60):
        follow_money(u.s, u.v, u.p, KEY, week, 0)
    frozen = int(u.s.tally.week[FROZEN_PENCE])
    assert frozen > 0
    assert int(u.s.ledger.book[active, CASH_CLEAN].sum()) == 10**8 * active.size - frozen
    assert not u.s.ledger.book.sum(axis=1).any()
    assert not u.s.ledger.book.sum()


def test_financial_effort_and_security_decide_on_money() -> None:
    def finds(effort: float, security: float) -> int:
        u = Underworld(lines=30, people=1024)
        active = np.flatnonzero(u.s.business.state == ACTIVE)
        u.s.ledger.book[active, CASH_DIRTY] = 10**9
        u.s.business.security[:] = security
        u.levers.effort[0, :, FINANCIAL] = effort
        found = 0
        for week in range(80):
            u.s.tally.count[ORDER_COUNT] = 0
            follow_money(u.s, u.v, u.p, KEY, week, 0)
            found += len(ordered(u, ORDER_SEIZURE))
        return found

    assert finds(0.0, 0.0) < finds(1.0, 0.0) < finds(3.0, 0.0)
    assert finds(1.0, 0.9) < finds(1.0, 0.1)


def found_of(u: Underworld, weeks: range = range(300)) -> list[tuple[int, int]]:
    """Businesses whose hoards are found, by week."""
    found = []
    for week in weeks:
        u.s.tally.count[ORDER_COUNT] = 0
        follow_money(u.s, u.v, u.p, KEY, week, 0)
        found += [(week, name) for name in sorted(ordered(u, ORDER_SEIZURE))]
    return found


def test_a_plan_finds_more_hoards_of_the_tiers_it_is_for_and_the_careful_are_found_less() -> None:
    def world(security: float, hazard: float, tier: int) -> Underworld:
        u = Underworld(lines=12)
        u.s.ledger.book[OUTSIDE : OUTSIDE + 12, CASH_DIRTY] = 10**9
        u.s.business.security[:] = security
        u.levers.seizure_hazard[:, tier] = hazard
        return u

    usual = found_of(world(0.3, 0.0, LINE))
    more = found_of(world(0.3, 0.02, LINE))
    assert set(usual) < set(more)
    assert len(more) - len(usual) == pytest.approx(12 * 300 * 0.02 * 0.7, rel=0.3)
    assert found_of(world(0.3, 0.02, DISTRIBUTOR)) == usual
    assert len(found_of(world(0.9, 0.02, LINE))) < 0.5 * len(more)
