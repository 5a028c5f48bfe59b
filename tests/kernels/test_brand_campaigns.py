"""A campaign is against one brand: it goes wherever the brand goes and leaves the brands beside it alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.kernels.franchise import franchise
from simulation.kernels.franchise_terms import franchise_terms
from simulation.state.codes import LOCAL
from simulation.state.franchise import NEVER
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.brand_world import market, retail
from tests.kernels.place_world import KEY, levers, values

HOME = 0


def neighbours(p: Values, units: int = 8) -> tuple[State, int, int]:
    """Two brands at home in one place, one of them better known; their franchisees live all over the world."""
    s = market(p, units=units)
    one, other = np.flatnonzero(s.franchise.offers == 1).tolist()
    s.business.home[[one, other]] = HOME
    s.business.knowledge[one, LOCAL], s.business.knowledge[other, LOCAL] = 0.8, 0.4
    return s, one, other


def live(s: State, p: Values, weeks: int, v: Any, first: int = 0) -> set[tuple[int, int]]:
    """Weeks of brands; which business left which brand."""
    left = set()
    for w in range(first, first + weeks):
        s.ledger.flow[:] = 0
        franchise_terms(s, v, p, KEY, w, 0)
        before = s.franchise.franchisor.copy()
        franchise(s, v, p, KEY, w, 0)
        gone = np.flatnonzero((before >= 0) & (s.franchise.franchisor != before))
        left |= {(int(b), int(before[b])) for b in gone}
    return left


def damaged(s: State, hazard: float = 0.3) -> Any:
    v = levers(s)
    v.columns.brand_damage[:, 0, HOME] = hazard
    return v


def under(s: State, brand: int) -> np.ndarray:
    rows = retail(s)
    return rows[s.franchise.franchisor[rows] == brand]


def test_the_brand_beside_it_is_untouched() -> None:
    p = values()
    (s, one, other), (as_now, _, _) = neighbours(p), neighbours(p)
    live(s, p, 1, damaged(s))
    live(as_now, p, 1, levers(as_now))
    assert s.business.brand[one] == pytest.approx(as_now.business.brand[one] * np.exp(-0.3))
    assert s.business.brand[other] == as_now.business.brand[other]
    assert s.franchise.mark[HOME, 0] == s.business.id[one]
    live(s, p, 1, damaged(s), 1)  # before anyone changes sides
    live(as_now, p, 1, levers(as_now), 1)
    away = under(s, one)[s.business.home[under(s, one)] != HOME]
    beside = under(s, other)
    assert away.size > 0 and beside.size > 0
    assert (s.franchise.custom[away] < as_now.franchise.custom[away]).all()
    assert np.array_equal(s.franchise.custom[beside], as_now.franchise.custom[beside])


def test_an_offer_finds_franchisees_wherever_they_are_and_of_that_brand_only() -> None:
    p = values()
    (s, one, other), (as_now, _, _) = neighbours(p, units=16), neighbours(p, units=16)
    one_had, other_had = under(s, one), under(s, other)
    v = levers(s)
    v.columns.defection_offer[:, 0, HOME] = 20_000.0
    # each makes up its mind once; a few have gone by then
    went = [b for b, _ in live(s, p, 4, v)]
    usual = [b for b, _ in live(as_now, p, 4, levers(as_now))]
    going = one_had[(s.franchise.leaving[one_had] != NEVER) | np.isin(one_had, went)]
    as_usual = one_had[(as_now.franchise.leaving[one_had] != NEVER) | np.isin(one_had, usual)]
    assert going.size > as_usual.size
    assert np.array_equal(s.franchise.leaving[other_had], as_now.franchise.leaving[other_had])
    assert not np.isin(other_had, went).any()
    later = [b for b, brand in live(s, p, 26, v, 4) if brand == one]
    assert (s.business.home[later] != HOME).any()


def test_a_campaign_stays_with_its_brand_and_ends() -> None:
    p = values()
    s, one, other = neighbours(p)
    live(s, p, 1, damaged(s))
    s.business.knowledge[other, LOCAL] = 1.0
    live(s, p, 1, damaged(s), 1)
    assert s.franchise.mark[HOME, 0] == s.business.id[one]
    s.franchise.offers[one] = 0  # it is gone: the next is taken on
    live(s, p, 1, damaged(s), 2)
    assert s.franchise.mark[HOME, 0] == s.business.id[other]
    live(s, p, 1, levers(s), 3)
    assert not s.franchise.mark.any()


def test_which_row_a_brand_has_is_no_matter() -> None:
    p = values()
    s, one, other = neighbours(p)
    s.business.knowledge[[one, other], LOCAL] = 0.5
    s.franchise.units[:] = 0
    low, high = sorted((one, other), key=lambda b: int(s.business.id[b]))
    live(s, p, 1, damaged(s))
    assert s.franchise.mark[HOME, 0] == s.business.id[low]
    s, one, other = neighbours(p)
    s.business.knowledge[[one, other], LOCAL] = 0.5
    s.business.id[[low, high]] = s.business.id[[high, low]]  # the other way round
    for b in retail(s):
        s.franchise.franchisor_id[b] = s.business.id[s.franchise.franchisor[b]]
    live(s, p, 1, damaged(s))
    assert s.franchise.mark[HOME, 0] == s.business.id[high]
