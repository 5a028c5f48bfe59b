"""Counter-measures weaken the tactics they are against, and no others."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.camouflage import camouflage
from simulation.kernels.enforce import caution, raid_outlets
from simulation.kernels.facilities import facilities
from simulation.kernels.franchise_terms import franchise_terms
from simulation.kernels.imports import arrive
from simulation.kernels.lessons import left_of
from simulation.kernels.money_reports import hazard_of
from simulation.kernels.people import inform
from simulation.state.codes import (
    BORDER,
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
from simulation.state.laundering import CHANNELS
from simulation.state.police import SUCCESS
from simulation.state.world import ORDER_COUNT
from tests.kernels.blow_world import BLOWS, line_of, some, someone, spoil, wary
from tests.kernels.place_world import KEY, levers, values
from tests.kernels.police_world import police_world
from tests.kernels.test_operations import investigate, live

FULL = 1.0 - values()["adaptation_strength"]  # what a full counter-measure leaves


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
