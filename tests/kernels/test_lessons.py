"""Businesses put each loss down to the tactics behind it, and to no others."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.orders import seize_cash
from simulation.state.codes import (
    CAUSE_PLAN,
    FAMILY_MONEY,
    FAMILY_NAMES,
    FAMILY_TAKEOVER,
)
from tests.kernels.blow_world import BLOWS, Blow, lose_a_franchisee, some, spoil
from tests.kernels.place_world import values


@pytest.mark.parametrize("blow", BLOWS)
def test_a_loss_is_put_down_to_the_tactics_behind_it_and_to_no_others(blow: str) -> None:
    family, strike = BLOWS[blow]
    s, p, b, _ = some()
    assert not s.business.felt.any()
    strike(s, p, b)
    assert {FAMILY_NAMES[f] for f in np.flatnonzero(s.business.felt[b])} == {FAMILY_NAMES[family]}
    assert s.business.felt[b, family] > 0.0


@pytest.mark.parametrize("blow", [spoil, lose_a_franchisee])
def test_a_brand_puts_what_it_loses_down_to_those_who_would_take_it_over(blow: Blow) -> None:
    s, p, _, f = some()
    s.business.required[f] = 4000.0
    blow(s, p, f)
    assert np.flatnonzero(s.business.felt[f]).tolist() == [FAMILY_TAKEOVER]


def test_the_more_careful_see_through_more_of_a_loss() -> None:
    felt = []
    for security in (0.0, 0.5, 1.0):
        s, p, b, _ = some()
        s.business.security[b] = security
        seize_cash(s, p, 0, b, 0.5, CAUSE_PLAN, -1)
        felt.append(s.business.felt[b, FAMILY_MONEY])
    least = values()["adaptation_attributed"]
    assert felt[0] / felt[2] == pytest.approx(least)
    assert felt[1] / felt[2] == pytest.approx(0.5 + 0.5 * least)
