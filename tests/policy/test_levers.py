"""Levers stay in bounds whatever is joined, and every one of them is read and moved by something."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import OutOfRange, UnknownName
from simulation.policy.intervention import REGISTRY
from simulation.policy.levers import LEVERS, apply, identity_levers, lever
from simulation.state.columns import columns_of
from simulation.state.levers import Levers
from tests.policy.ground import checkpoint

KERNELS = Path(__file__).parents[2] / "simulation" / "kernels"
DIMS = {"L": 3, "A": 2, "M": 1}


def test_the_registry_and_the_columns_name_the_same_levers() -> None:
    assert set(LEVERS) == set(columns_of(Levers))


@pytest.mark.parametrize("name", sorted(LEVERS))
def test_every_lever_is_read_by_a_kernel(name: str) -> None:
    text = "\n".join(path.read_text() for path in KERNELS.glob("*.py"))
    assert re.search(rf"\bv\.{name}\b", text), f"no kernel reads {name}"


@pytest.mark.parametrize("name", sorted(name for name in LEVERS if not LEVERS[name].derived))
def test_every_lever_is_moved_by_an_intervention(name: str) -> None:
    checkpoint()
    assert any(name in kind.card.affects.levers for kind in REGISTRY.values())


@pytest.mark.parametrize("name", sorted(LEVERS))
def test_identity_is_what_the_composition_says(name: str) -> None:
    rest = 1.0 if LEVERS[name].composition in ("mul", "cap") else 0.0
    assert (getattr(identity_levers(DIMS, 2), name) == rest).all()


def test_an_unknown_lever_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        lever("arrest_hazrd")
    assert caught.value.nearest == "arrest_hazard"


@pytest.mark.parametrize(("name", "value"), [
    ("arrest_hazard", -0.1), ("reentry_block", 1.1), ("reentry_block", -0.1), ("visibility", -1.0), ("portfolio", 1.5),
    ("visibility", float("nan")),
])  # fmt: skip
def test_a_contribution_outside_its_bounds_is_refused_not_clipped(name: str, value: float) -> None:
    scope = (np.arange(2), 0) if len(LEVERS[name].scope) == 2 else (np.arange(2),)
    with pytest.raises(OutOfRange):
        apply(identity_levers(DIMS, 2), name, scope, np.array([0.5, value]))


shares = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6)


@given(shares)
def test_or_joins_like_independent_chances_and_never_passes_one(values: list[float]) -> None:
    levers = identity_levers(DIMS, 1)
    for value in values:
        apply(levers, "reentry_block", (np.array([1]),), np.array([value]))
    assert levers.reentry_block[0, 1] == pytest.approx(1.0 - np.prod([1.0 - value for value in values]), abs=1e-12)
    assert 0.0 <= levers.reentry_block[0, 1] <= 1.0
    assert levers.reentry_block[0, 0] == 0.0


@given(shares)
def test_caps_take_the_least(values: list[float]) -> None:
    levers = identity_levers(DIMS, 1)
    for value in values:
        apply(levers, "portfolio", (np.array([0, 1]), 3), np.array([value]))
    assert (levers.portfolio[0, :, 3] == min(values)).all()
    assert (levers.portfolio[0, :, 4] == 1.0).all()


@given(st.lists(st.floats(0.0, 10.0), min_size=1, max_size=6))
def test_factors_multiply_and_amounts_add(values: list[float]) -> None:
    levers = identity_levers(DIMS, 1)
    for value in values:
        apply(levers, "arrest_hazard", (np.array([2]), 3), np.array([value]))
        apply(levers, "visibility", (np.array([2]),), np.array([value]))
    assert levers.arrest_hazard[0, 2, 3] == pytest.approx(np.prod(values))
    assert levers.visibility[0, 2] == pytest.approx(sum(values))
