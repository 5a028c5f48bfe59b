"""What counter-measures leave of a plan's tactics is read off the columns as kernels read it."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.kernels.lessons import left_of
from simulation.policy.intervention import REGISTRY
from simulation.state.codes import FAMILIES, FAMILY_LEADER, FAMILY_MONEY, FAMILY_NAMES, FAMILY_SUPPLY
from simulation.validation.plan_probes import family_used, kept, tactics_left
from tests.kernels.blow_world import some
from tests.policy.ground import fresh_state, plan_of, programme

FREEZE = {"intervention": "account-freezing", "where": "force"}


def test_it_is_what_kernels_take() -> None:
    s, p, b, f = some()
    rows = np.array([b, f])
    s.business.counter[rows] = np.linspace(0.0, 0.9, 2 * FAMILIES).reshape(2, FAMILIES)
    s.tally.countered[:] = 0.2
    for family in range(FAMILIES):
        assert kept(s, p, rows, family) == pytest.approx([left_of(s, p, int(row), family) for row in rows])


def test_only_the_tactic_in_force_counts() -> None:
    state, made = fresh_state(), programme(plan_of(FREEZE))
    ask = tactics_left(made)
    assert ask(state, made.parameters, 2) == (0.0, 0.0), "the court has not heard the application yet"
    left, whole = ask(state, made.parameters, 20)
    state.business.counter[:, FAMILY_SUPPLY] = 1.0
    assert ask(state, made.parameters, 20) == (left, whole)
    state.business.counter[:, FAMILY_MONEY] = 1.0
    assert ask(state, made.parameters, 20)[0] < 0.6 * left
    assert tactics_left(programme(plan_of()))(state, made.parameters, 20) == (1.0, 1.0)


def test_cards_belong_to_the_family_their_blows_are_put_down_to() -> None:
    said = {
        name: family_used(programme(plan_of({"intervention": name, "agency": agency})).pieces[0])
        for name, agency in (("leader-arrests", "force"), ("physical-sabotage", "force"), ("account-freezing", "force"),
                             ("border-interdiction", "nca"), ("build", "council"), ("treatment", "health"))
    }  # fmt: skip
    assert said == {
        "leader-arrests": FAMILY_LEADER, "physical-sabotage": FAMILY_SUPPLY, "account-freezing": FAMILY_MONEY, "border-interdiction": FAMILY_SUPPLY,
        "build": None, "treatment": None,
    }  # fmt: skip
    assert len(FAMILY_NAMES) == FAMILIES
    assert "leader-arrests" in REGISTRY
