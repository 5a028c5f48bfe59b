"""A business keeps up only so many counter-measures at once."""

from __future__ import annotations

import pytest

from simulation.kernels.adapt import adapt
from simulation.state.codes import (
    FAMILIES,
    FAMILY_ARREST,
    FAMILY_MONEY,
    FAMILY_PLACE,
)
from tests.kernels.blow_world import some
from tests.kernels.place_world import KEY, levers, values


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
