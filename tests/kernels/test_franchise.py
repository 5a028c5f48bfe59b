"""Franchises: what holds a brand together, what makes it fall apart, and what its name and its exclusivity are for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.kernels.franchise import defect, franchise
from simulation.kernels.franchise_terms import franchise_terms
from simulation.kernels.trade_choice import choose, pass_over
from simulation.kernels.trust import remember
from simulation.state.codes import CASH_DIRTY, FRANCHISE, INDEPENDENT, ROYALTY, TIE_SLOTS
from simulation.state.franchise import DEFECTIONS, JOINED, ROYALTY_PENCE
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.brand_world import doors_of, market, retail
from tests.kernels.place_world import KEY, levers, values


def live(s: State, p: Values, weeks: int, v: Any = None, start: int = 0) -> np.ndarray:
    """Weeks of brands; the counts of each. Takings and evidence stay as they are."""
    v = levers(s) if v is None else v
    counts = []
    for w in range(start, start + weeks):
        s.ledger.flow[:] = 0
        franchise_terms(s, v, p, KEY, w, 0)
        franchise(s, v, p, KEY, w, 0)
        counts.append(s.franchise.tally.copy())
    return np.array(counts)


def under_brand(s: State) -> int:
    return int((s.franchise.franchisor[retail(s)] >= 0).sum())


def test_royalties_pass_from_franchisee_to_franchisor_and_nowhere_else() -> None:
    p = values()
    s = market(p)
    before = s.ledger.book.copy()
    counts = live(s, p, 1)
    assert counts[0, ROYALTY_PENCE] > 0
    assert s.ledger.flow[:, ROYALTY].sum() == 0
    assert -s.ledger.flow[retail(s), ROYALTY].sum() == counts[0, ROYALTY_PENCE]
    assert (s.ledger.book.sum(axis=1) == before.sum(axis=1)).all()
    assert s.ledger.book[:, CASH_DIRTY].sum() == before[:, CASH_DIRTY].sum()


def test_who_has_no_cash_pays_no_royalty() -> None:
    p = values()
    s = market(p)
    s.ledger.book[retail(s), CASH_DIRTY] = 0
    assert live(s, p, 1)[0, ROYALTY_PENCE] == 0


def test_with_the_mechanism_off_there_are_no_brands() -> None:
    p = values(ablate=("franchise",))
    s = market(p)
    counts = live(s, p, 4)
    assert under_brand(s) == 0
    assert counts.sum() == 0
    assert (s.franchise.custom == 1.0).all()
    assert (s.business.model[retail(s)] == INDEPENDENT).all()


def test_trusted_brands_keep_their_franchisees_and_distrusted_ones_lose_them() -> None:
    p = values()
    s, doubted = market(p, units=2), market(p, bad=15.0, units=2)
    assert live(s, p, 104)[:, DEFECTIONS].sum() == 0
    assert live(doubted, p, 104)[:, DEFECTIONS].sum() == 2
    assert under_brand(doubted) == 0


def test_independent_businesses_join_a_brand_they_trust_and_no_other() -> None:
    p = values()
    s, doubted = market(p, joined=False), market(p, bad=15.0, joined=False)
    assert live(s, p, 208)[:, JOINED].sum() > 0
    joined = retail(s)[s.franchise.franchisor[retail(s)] >= 0]
    assert (s.business.model[joined] == FRANCHISE).all()
    # those who care least for being their own master
    assert s.franchise.independence[joined].max() < 0.7
    assert live(doubted, p, 208)[:, JOINED].sum() == 0


def test_what_is_offered_for_leaving_makes_franchisees_leave() -> None:
    p = values()
    s = market(p, units=4)
    v = levers(s)
    v.columns.defection_offer[:] = 2000.0
    assert live(s, p, 104, v)[:, DEFECTIONS].sum() > live(market(p, units=4), p, 104)[:, DEFECTIONS].sum()


def test_a_spoilt_brand_draws_fewer_customers_and_loses_franchisees() -> None:
    p = values()
    s, as_now = market(p, units=4), market(p, units=4)
    v = levers(s)
    v.columns.brand_damage[:] = 0.3
    lost = live(s, p, 52, v)[:, DEFECTIONS].sum()
    assert lost > live(as_now, p, 52)[:, DEFECTIONS].sum()
    assert (
        s.business.brand[s.franchise.offers == 1].max()
        < 0.5 * as_now.business.brand[as_now.franchise.offers == 1].min()
    )


def test_a_brand_without_a_name_is_dropped_and_a_new_one_begins() -> None:
    p = values()
    s = market(p)
    s.business.brand[s.franchise.offers == 1] = 0.01
    for o in doors_of(s):
        s.outlet.good_name[o] = 0.1
        s.outlet.bad[o] = 50.0
    live(s, p, 104)
    assert (s.outlet.bad[doors_of(s)] < 1.0).all()


def worth(s: State) -> tuple[Any, ...]:
    """Two suppliers, the franchisor the worse one, as `choose` is told of them."""
    number = retail(s).size
    lines = np.flatnonzero((s.outlet.state == 1) & (s.outlet.tier == 3)).astype(np.int64)
    for o in doors_of(s):
        s.outlet.stock[o] = s.outlet.room[o] = 10**9
    first = np.arange(number + 1, dtype=np.int64) * 2
    slot = np.tile(np.array([0, 1], dtype=np.int64), number)
    value = np.empty(2 * number)
    for n, o in enumerate(lines):
        for k in range(2):
            own = s.outlet.business[s.tie.supplier[o, k]] == s.franchise.franchisor[s.outlet.business[o]]
            value[2 * n + k] = 1.0 if own else 2.0
    return (
        lines,
        number,
        np.full(number, -1, np.int64),
        np.empty(number, np.int64),
        first,
        slot,
        value,
        value,
        np.zeros(number),
    )


def asked_first(s: State) -> float:
    """The share of franchisees that turn to their franchisor first."""
    lines, number, skip, slots, first, slot, value, faith, refusal = worth(s)
    choose(s, lines, number, skip, slots, first, slot, value, faith, refusal)
    suppliers = s.outlet.business[s.tie.supplier[lines, slots]]
    return float((suppliers == s.franchise.franchisor[s.outlet.business[lines]]).mean())


def test_franchisees_ask_their_franchisor_first_unless_exclusivity_is_broken() -> None:
    for ablate, lifted, low, high in (((), 0.0, 1.0, 1.0), ((), 0.5, 0.2, 0.8), (("exclusivity",), 0.0, 0.0, 0.0)):
        p = values(ablate=ablate)
        s = market(p, units=20)
        v = levers(s)
        v.columns.exclusivity[:] = lifted
        franchise_terms(s, v, p, KEY, 3, 0)
        assert low <= asked_first(s) <= high, (ablate, lifted)


def test_what_the_franchisor_cannot_deliver_is_asked_of_others() -> None:
    p = values()
    s = market(p)
    franchise_terms(s, levers(s), p, KEY, 3, 0)
    lines, number, skip, slots, first, slot, value, faith, refusal = worth(s)
    own = s.franchise.franchisor[s.outlet.business[lines[0]]]
    s.outlet.stock[doors_of(s)[s.outlet.business[doors_of(s)] == own]] = 0
    pass_over(s, lines, number, skip, first, slot, value)
    choose(s, lines, number, skip, slots, first, slot, value, faith, refusal)
    assert slots[0] >= 0
    assert s.outlet.business[s.tie.supplier[lines[0], slots[0]]] != own


def gone(honest: float, ablate: tuple[str, ...] = ()) -> float:
    """Of a brand's seven other franchisees, how many have left a year after one did: the mean of six worlds.

    `honest` is the share of weekly deliveries that are: memory fades and is made anew, as it is in trade.
    """
    p = values(ablate=ablate)
    kept = 1.0 - 2.0 ** (-1.0 / p["trust_private_half_life"])
    left = []
    for seed in range(6):
        s = market(p, honest / kept, 2.0 * (1.0 - honest) / kept, units=16)
        rows = retail(s)
        s.franchise.independence[rows] = np.linspace(0.0, 0.2, rows.size)
        brand = np.flatnonzero(s.franchise.offers == 1)[0]
        units = rows[s.franchise.franchisor[rows] == brand]
        known, v, key = s.tie.supplier >= 0, levers(s), np.uint64((seed + 3) << 32)
        for w in range(52):
            s.ledger.flow[:] = 0
            franchise_terms(s, v, p, key, w, 0)
            if w == 4 and s.franchise.franchisor[units[-1]] == brand:
                defect(s, p, w, int(units[-1]))
            franchise(s, v, p, key, w, 0)
            remember(s, p)
            s.tie.good[known] += honest
            s.tie.bad[known] += 2.0 * (1.0 - honest)
        left.append(int((s.franchise.franchisor[units[:-1]] != brand).sum()))
    return float(np.mean(left))


def test_defection_spreads_where_trust_is_low_and_stops_where_it_is_high() -> None:
    silent = ("defection_talk",)
    doubted = gone(0.965) - gone(0.965, silent)
    trusted = gone(0.985) - gone(0.985, silent)
    assert doubted > 1.5
    assert trusted < 0.5


def test_a_defection_leaves_a_smaller_brand() -> None:
    p = values()
    s = market(p)
    franchise_terms(s, levers(s), p, KEY, 0, 0)
    f = s.franchise.franchisor[retail(s)[0]]
    units = int(s.franchise.units[f])
    defect(s, p, 0, int(retail(s)[0]))
    assert s.franchise.units[f] == units - 1


def test_a_franchisor_that_is_gone_leaves_independent_businesses() -> None:
    p = values()
    s = market(p)
    s.business.id[s.franchise.offers == 1] = 7777  # others now stand in those rows
    franchise_terms(s, levers(s), p, KEY, 0, 0)
    assert under_brand(s) == 0


@pytest.mark.parametrize("week", [0, 1, 2, 3])
def test_rows_do_not_matter(week: int) -> None:
    p = values()
    s = market(p, bad=2.0, joined=False)
    turned = market(p, bad=2.0, joined=False)
    order = np.arange(TIE_SLOTS)[::-1]
    for column in turned.tie:
        column[:] = column[:, order]
    one, other = live(s, p, 60, start=week), live(turned, p, 60, start=week)
    assert np.array_equal(one, other)
    assert np.array_equal(s.ledger.book, turned.ledger.book)
