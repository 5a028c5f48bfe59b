"""Insiders cost money every week, help while they last, and come to light; today's mean is what all meet on average."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.camouflage import camouflage, dearer, exposed, partners_of
from simulation.kernels.imports import arrive
from simulation.kernels.insiders import eased, insiders, reached_inside, usual_bribes, warned
from simulation.state.codes import (
    AT_BANK,
    AT_COUNCIL,
    AT_POLICE,
    AT_PORT,
    AT_PRISON,
    BRIBES,
    CASH_DIRTY,
    DISTRIBUTOR,
    HOUSEHOLDS,
    IMPORTER,
    INSIDERS,
    LINE,
    OUTSIDE,
)
from simulation.state.world import State
from tests.kernels.money_world import KEY, books_close, levers, rich, values
from tests.kernels.place_world import add_line

P = values()
ROWS = np.arange(OUTSIDE, OUTSIDE + 12)


def year(s: State, p: object = P, v: object = None, weeks: int = 52, start: int = 0) -> None:
    for w in range(start, start + weeks):
        s.ledger.flow[:] = 0
        insiders(s, levers(s) if v is None else v, p, KEY, w, 0)


def test_businesses_of_means_win_the_insiders_they_have_a_use_for() -> None:
    for tier, kinds in (
        (IMPORTER, {AT_PORT, AT_POLICE, AT_BANK}),
        (DISTRIBUTOR, {AT_POLICE, AT_BANK}),
        (LINE, {AT_PRISON, AT_COUNCIL}),
    ):
        s = rich(P, tier=tier)
        s.business.profit[:] = 20_000.0
        year(s, weeks=150)
        assert set(np.flatnonzero(s.finance.insider.any(axis=0))) == kinds


def test_they_are_paid_to_the_penny_and_nobody_works_for_nothing() -> None:
    s = rich(P, tier=IMPORTER)
    s.finance.insider[ROWS, AT_PORT] = 1
    held = s.ledger.book[ROWS, CASH_DIRTY].copy()
    s.ledger.book[ROWS[0], :] = 0
    s.ledger.book[HOUSEHOLDS, :] = 0
    s.ledger.book[HOUSEHOLDS, [0, 7]] = (-held[1:].sum(), held[1:].sum())
    year(s, weeks=1)
    paid = held[1:] - s.ledger.book[ROWS[1:], CASH_DIRTY]
    assert (paid == int(P["insiders_price_port"] * 100)).all()
    assert s.ledger.flow[HOUSEHOLDS, BRIBES] == paid.sum()
    assert s.finance.insider[ROWS[0], AT_PORT] == 0
    assert books_close(s)


def test_the_poor_have_none() -> None:
    s = rich(P, tier=IMPORTER)
    s.business.profit[:] = -1.0
    year(s, weeks=100)
    assert not s.finance.insider.any()


def test_they_come_to_light_sooner_where_posts_are_watched_and_none_is_won() -> None:
    left = []
    for available in (1.0, 0.0):
        s = rich(P, tier=LINE)
        s.business.profit[:] = -1.0
        s.finance.insider[ROWS, AT_PRISON] = 1
        v = levers(s)
        v.columns.insider_availability[:] = available
        year(s, P, v, weeks=40)
        left.append(int(s.finance.insider[ROWS, AT_PRISON].sum()))
        assert (s.business.suspicion[ROWS][s.finance.insider[ROWS, AT_PRISON] == 0] > 0.0).all()
    assert left[1] < left[0] < 12


def test_switched_off_nobody_is_bribed_and_all_meet_the_mean() -> None:
    p = values(ablate=("insiders",))
    s = rich(p, tier=IMPORTER)
    s.business.profit[:] = 20_000.0
    s.finance.insider[ROWS[0]] = 1
    before = s.ledger.book.copy()
    year(s, p)
    assert np.array_equal(before, s.ledger.book)
    b = ROWS[0]
    assert eased(s, p, b, AT_PORT, 0.5, 0.3) == 1.0
    assert (warned(s, p, b), reached_inside(s, p, b), usual_bribes(p, IMPORTER)) == (0.0, 1.0, 0.0)


@pytest.mark.parametrize(("kind", "tier", "name"), [(AT_PORT, IMPORTER, "port"), (AT_BANK, IMPORTER, "bank"),
                                                     (AT_COUNCIL, LINE, "council")])  # fmt: skip
def test_what_they_do_leaves_todays_mean_as_it_is(kind: int, tier: int, name: str) -> None:
    s = rich(P, tier=tier)
    effect, share = P[f"insiders_{name}_effect"], P[f"insiders_usual_{name}"]
    s.finance.insider[ROWS[0], kind] = 1
    one, none = (eased(s, P, b, kind, effect, share) for b in ROWS[:2])
    assert share * one + (1.0 - share) * none == pytest.approx(1.0)
    assert one == pytest.approx(none * (1.0 - effect))


def test_a_warned_business_is_more_secure_and_an_officer_keeps_a_leader_in_touch() -> None:
    s = rich(P, tier=DISTRIBUTOR)
    s.finance.insider[ROWS[0], AT_POLICE] = 1
    share = P["insiders_usual_police"]
    mean = share * warned(s, P, ROWS[0]) + (1.0 - share) * warned(s, P, ROWS[1])
    assert mean == pytest.approx(0.0)
    assert warned(s, P, ROWS[0]) > 0.0 > warned(s, P, ROWS[1])
    lines = rich(P, tier=LINE)
    lines.finance.insider[ROWS[0], AT_PRISON] = 1
    assert reached_inside(lines, P, ROWS[0]) > 1.0 > reached_inside(lines, P, ROWS[1])


def test_with_a_friend_at_the_port_less_is_lost_at_the_border() -> None:
    lost = []
    for has in (1, 0):
        s = rich(P, tier=IMPORTER)
        s.finance.insider[ROWS, AT_PORT] = has
        s.chain.seized[:] = 0.2
        total = 0
        for b in ROWS:
            o = add_line(s, 9000 + int(b), int(b), 0, staff=0)
            s.outlet.tier[o] = IMPORTER
            for w in range(40):
                s.outlet.transit[o] = 4000
                total += arrive(s, levers(s), P, KEY, w, 0, o)
                s.outlet.stock[o] = s.outlet.cost[o] = 0
        lost.append(total)
    assert lost[0] == pytest.approx((1.0 - P["insiders_port_effect"]) * lost[1], rel=0.2)


# --- legitimate partners


def checked(cost: float, weeks: int, p: object = P, council: int = 0) -> State:
    s = rich(P)
    s.finance.insider[ROWS, AT_COUNCIL] = council
    v = levers(s)
    v.columns.camouflage_cost[:] = cost
    for w in range(weeks):
        camouflage(s, v, p, KEY, w, 0)
    return s


def test_partners_withdraw_when_covering_costs_and_come_back_slowly() -> None:
    s = checked(1.0, 30)
    left = float(s.finance.partners[ROWS[0]])
    assert 0.5 < left < 0.6
    for w in range(30):
        camouflage(s, levers(s), P, KEY, 30 + w, 0)
    assert left < s.finance.partners[ROWS[0]] < 0.5 + 0.6 * 0.5
    assert checked(0.0, 30).finance.partners[ROWS[0]] == 1.0


def test_without_partners_a_business_pays_more_and_stands_out() -> None:
    s = checked(1.0, 60)
    b = ROWS[0]
    assert dearer(s, P, b) > 1.1
    assert exposed(s, P, b) > 1.1
    off = values(ablate=("camouflage",))
    assert (partners_of(s, off, b), dearer(s, off, b), exposed(s, off, b)) == (1.0, 1.0, 1.0)
    assert checked(1.0, 60, off).finance.partners[b] == 1.0


def test_a_friend_at_the_council_keeps_partners() -> None:
    assert checked(1.0, 60, council=1).finance.partners[ROWS[0]] > checked(1.0, 60).finance.partners[ROWS[0]]


def test_every_kind_has_a_price() -> None:
    assert {P[f"insiders_price_{name}"] > 0 for name in ("port", "prison", "police", "bank", "council")} == {True}
    assert INSIDERS == 5
