"""Whoever holds a place takes money from it; rivals, visible police and residents who speak loosen the grip."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.community import live_through
from simulation.kernels.extortion import extortion, squeezed, usual_take
from simulation.state.codes import (
    CASH_DIRTY,
    DISTRIBUTOR,
    EVENT_EXTORT,
    EVENT_NAMES,
    LEGAL_ECONOMY,
    LINE,
    OUTSIDE,
    SALES,
)
from simulation.state.world import State
from simulation.world.prepare_place import settle_attitudes
from tests.kernels.money_world import KEY, books_close, levers, values
from tests.kernels.place_world import add_business, add_line, empty

P = values()


def held(lines: int, weeks: int = 81, p: object = P, owners: int = 1, seen: float = 0.0, trust: float = 0.0) -> State:
    """One place with so many lines, in the hands of so many businesses."""
    s = empty()
    s.place.effort[:] = 1.0
    settle_attitudes(s.place, P)
    s.place.confidence[:] += trust
    for n in range(owners):
        add_business(s, 4000 + n, 0)
    for n in range(lines):
        add_line(s, 6000 + n, OUTSIDE + n % owners, 0)
    v = levers(s)
    v.columns.visibility[:] = seen
    for w in range(weeks):
        s.ledger.flow[:] = 0
        extortion(s, v, p, KEY, w, 0)
    return s


def grip(**given: float) -> float:
    return float(np.mean([held(4, 61 + 4 * n, **given).racket.grip[0] for n in range(4)]))  # type: ignore[arg-type]


def test_a_holder_is_paid_by_the_legal_economy_to_the_penny() -> None:
    s = held(2)
    taken = int(s.racket.taken[0])
    assert taken > 0
    assert s.ledger.flow[OUTSIDE, SALES] == taken == -s.ledger.flow[LEGAL_ECONOMY, SALES]
    assert s.ledger.book[OUTSIDE, CASH_DIRTY] > 10 * taken
    assert books_close(s)
    assert not s.racket.taken[1:].any()


def test_rivals_police_and_trust_loosen_the_grip() -> None:
    alone = grip()
    assert grip(owners=2) < 0.6 * alone
    assert grip(owners=4) < grip(owners=2)
    assert grip(seen=1.0) < 0.8 * alone
    assert grip(trust=0.3) < alone


def test_a_place_is_not_inherited() -> None:
    s = held(2, owners=1)
    before = float(s.racket.grip[0])
    s.outlet.business[:2] = add_business(s, 9999, 0)
    extortion(s, levers(s), P, KEY, 200, 0)
    assert s.racket.holder_id[0] == 9999
    assert s.racket.grip[0] < 0.7 * before


def test_where_nobody_sells_the_grip_fades() -> None:
    s = held(2)
    s.outlet.state[:] = 0
    for w in range(61):
        extortion(s, levers(s), P, KEY, 200 + w, 0)
    assert s.racket.grip[0] < 0.03
    assert not s.racket.taken.any()


def test_residents_under_a_grip_lose_strength_and_confidence_and_fear_more() -> None:
    found = []
    for hold in (0.0, 0.9):
        s = held(1, weeks=0)
        s.racket.grip[:] = hold
        for _ in range(52):
            live_through(s, levers(s), P, 0, 0)
        found.append((s.place.resilience[0], s.place.confidence[0], s.place.fear[0]))
    free, tight = found
    assert tight[0] < free[0] and tight[1] < free[1] and tight[2] > free[2]


def test_at_the_usual_grip_residents_stay_as_they_are() -> None:
    found = []
    for p in (P, values(ablate=("extortion",))):
        s = held(1, weeks=0)
        s.racket.grip[:] = P["extortion_usual_grip"] if p is P else 0.9
        assert squeezed(s, p, 0) == P["extortion_usual_grip"]
        live_through(s, levers(s), p, 0, 0)
        found.append(float(s.place.confidence[0]))
    assert found[0] == found[1]


def test_somebody_reports_it_and_the_holder_is_known() -> None:
    s = held(2, p=values(extortion_reported=1e6))
    assert s.business.knowledge[OUTSIDE, 0] > 0.8
    assert s.racket.grip[0] < 0.5 * held(2).racket.grip[0]
    assert EVENT_NAMES[EVENT_EXTORT] == "extort"


def test_switched_off_nobody_pays() -> None:
    p = values(ablate=("extortion",))
    s = held(2, p=p)
    assert not s.ledger.book.any()
    assert usual_take(p, LINE) == 0.0
    assert usual_take(P, LINE) == P["extortion_usual_take"]
    assert usual_take(P, DISTRIBUTOR) == 0.0


def test_the_lower_identity_holds_where_two_are_equal() -> None:
    s = held(2, owners=2, weeks=5)
    assert s.racket.holder_id[0] == 4000
    for column in (s.outlet.business, s.outlet.staff, s.outlet.sold):
        column[:2] = column[:2][::-1].copy()
    extortion(s, levers(s), P, KEY, 8, 0)
    assert s.racket.holder_id[0] == pytest.approx(4000)
