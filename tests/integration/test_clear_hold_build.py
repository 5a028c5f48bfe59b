"""Clear, Hold and Build are three curves that overlap in a place, as strong as they are done as intended and suit it."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from simulation.world.run import start_engine
from tests.policy.ground import plan_of, spec_of

WEEKS = 78
PLACES = {"rule": "most-sales", "n": 2}
NEW = {"funding": "additional", "budget_holder": "home-office", "where": PLACES}
CURVES = ("clear", "hold", "build")


@functools.cache
def curves(fidelity: float = 1.0, context: float = 1.0, ablate: tuple[str, ...] = ()) -> tuple[np.ndarray, np.ndarray]:
    """The efforts that have taken hold of the places by week (weeks, 3), and their resilience."""
    how = {"fidelity": fidelity, "context": context}
    entries: list[dict[str, Any]] = [
        {"intervention": "clear", "start": 0, "end": 52, "parameters": how, **NEW},
        {"intervention": "hold", "start": 8, "parameters": how, **NEW},
        {"intervention": "build", "start": 13, "ramp_weeks": 13, "agency": "council", "parameters": how, **NEW},
    ]
    engine = start_engine(spec_of(plan_of(*entries), WEEKS, ablate=ablate))
    places = engine.programme.pieces[0].claim.places
    found, strength = np.zeros((WEEKS, 3)), np.zeros(WEEKS)
    while engine.week < WEEKS:
        if engine.week >= engine.block_end:
            engine.decide()
        engine.compute(1)
        place = engine.state.place
        found[engine.week - 1] = [getattr(place, name)[places].mean() for name in CURVES]
        strength[engine.week - 1] = place.resilience[places].mean()
    return found, strength


def test_the_three_rise_one_after_the_other_overlap_and_let_go() -> None:
    found, _ = curves()
    begun = [int(np.flatnonzero(found[:, n] > 0.0)[0]) for n in range(3)]
    assert begun == [26, 34, 39], "hours that are paid for arrive after half a year"
    together = (found > 0.1 * found.max(axis=0)).all(axis=1)
    assert together[46:52].all(), "all three are at work while Clear lasts"
    assert found[60, 0] < 0.05 * found[51, 0], "Clear lets go within weeks of its end"
    assert (np.diff(found[40:, 1:], axis=0) > 0.0).all(), "Hold and Build go on"


@pytest.mark.parametrize("how", [{"fidelity": 0.5}, {"context": 0.5}], ids=["fidelity", "context"])
def test_what_is_done_badly_or_does_not_suit_the_place_takes_less_hold(how: dict[str, float]) -> None:
    whole, part = curves()[0], curves(**how)[0]
    assert part[:, 0] == pytest.approx(0.5 * whole[:, 0])
    assert part[:, 2] == pytest.approx(0.5 * whole[:, 2])
    least = np.expm1(-((0.5 / 0.65) ** 2)) / np.expm1(-((1.0 / 0.65) ** 2))
    assert part[-1, 1] == pytest.approx(least * whole[-1, 1]), "few patrols leave gaps"


def test_fidelity_and_context_moderate_each_other() -> None:
    assert curves(0.5, 0.5)[0][:, 0] == pytest.approx(0.25 * curves()[0][:, 0])
    assert curves(0.8, 0.5)[1][-1] < curves()[1][-1], "and the place is less strong for it"


def test_with_the_mechanism_off_nothing_takes_hold_however_well_it_is_done() -> None:
    off = ("clear_hold_build",)
    assert not curves(ablate=off)[0].any()
    assert not curves(0.5, 0.5, off)[0].any()
