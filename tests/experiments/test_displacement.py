"""Harm that moves next door is told from benefit that spreads, and nothing is said where nothing can be."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation import api
from simulation.experiments.displacement import displacement, rings

GRID = [
    {"id": f"{row}-{column}", "row": row, "col": column, "kind": "inside"} for row in range(5) for column in range(5)
] + [{"id": "town", "row": -1, "col": 0, "kind": "importing-town"}]
CORNER = 0


def _targets(replicates: int) -> np.ndarray:
    targeted = np.zeros((replicates, len(GRID)), dtype=bool)
    targeted[:, CORNER] = True
    return targeted


def test_two_rings_lie_around_a_place() -> None:
    around = rings(GRID, _targets(1))[0]
    assert {place["id"] for place, near in zip(GRID, around, strict=True) if near} == {
        "0-1", "0-2", "1-0", "1-1", "1-2", "2-0", "2-1", "2-2",
    }  # fmt: skip


@pytest.mark.parametrize(("beside", "expected"), [(3.0, -0.3), (-2.0, 0.2), (0.0, 0.0)])
def test_the_quotient_is_change_beside_over_change_within(beside: float, expected: float) -> None:
    chance = np.random.default_rng(5)
    base = 100.0 + chance.normal(0, 5, (40, len(GRID)))
    plan = base.copy()
    plan[:, CORNER] += -10.0 + chance.normal(0, 1, 40)
    plan[:, 1] += beside
    plan[:, -1] += 50.0  # the importing town is no neighbour
    found = displacement(GRID, _targets(40), base, plan)
    assert found.quotient == pytest.approx(expected, abs=0.02)
    assert found.low <= found.quotient <= found.high
    assert found.probability_better == {3.0: 0.0, -2.0: 1.0, 0.0: 0.5}[beside]
    assert found.replicates == 40


def test_nothing_is_said_of_a_change_that_may_be_chance() -> None:
    chance = np.random.default_rng(6)
    base = chance.normal(100, 5, (30, len(GRID)))
    found = displacement(GRID, _targets(30), base, base + chance.normal(0, 3, base.shape))
    assert math.isnan(found.quotient)
    assert "chance" in found.reason


def test_a_plan_for_everywhere_has_nothing_beside_it() -> None:
    everywhere = np.ones((4, len(GRID)), dtype=bool)
    found = displacement(GRID, everywhere, np.ones((4, len(GRID))), np.zeros((4, len(GRID))))
    assert math.isnan(found.quotient)
    assert "no places" in found.reason


def test_a_plan_for_named_places_is_known_by_them() -> None:
    plan = {
        "id": "there",
        "title": "There",
        "entry": [{"intervention": "clear", "where": ["northgate", "dockside"], "start": 0, "end": 26}],
    }
    found = api.compare("force", plan, weeks=26, replicates=2)
    places = found.localities.set_index("id")
    chosen = found.runs.targeted[1, 0]
    assert [name for name, here in zip(places.index, chosen, strict=True) if here] == ["northgate", "dockside"]
    assert not found.runs.targeted[0].any()
