"""The rules of passing, one by one: what holds passes, and nothing else does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.validation.experiment import Arm, Condition, Experiment
from simulation.validation.judging import (
    Check,
    ablation_met,
    condition_met,
    control_met,
    placebo_met,
    precise,
    verdict,
)
from simulation.validation.precision import Figure
from tests.validation.series import estimate

OK, NOT = Check("", True), Check("", False)


def experiment(kind: str = "change", **said: object) -> Experiment:
    bounds = {"low": -0.3, "high": -0.1, **said}
    return Experiment(
        id="made-up", title="Made up", role="test", weeks=100, arms={"treated": Arm(), "twin": Arm()},
        estimate=estimate(kind, **bounds),
    )  # fmt: skip


def figure(value: float, half: float = 0.01) -> Figure:
    return Figure(value, value - half, value + half, 8, np.empty(0))


NAN = Figure(math.nan, math.nan, math.nan, 8, np.empty(0))


@pytest.mark.parametrize(
    ("found", "also", "others", "status"),
    [
        (figure(-0.2), (), (), "pass"),
        (figure(-0.1), (OK,), (OK, None), "pass"),
        (figure(-0.4), (), (), "miss"),
        (figure(-0.2, 0.051), (), (), "inconclusive"),
        (figure(-0.2, 0.05), (), (), "pass"),
        (figure(0.5, 0.7), (), (), "inconclusive"),
        (figure(0.5, 0.2), (), (), "miss"),
        (figure(-0.2), (OK, NOT), (), "miss"),
        (figure(-0.2), (), (OK, NOT), "miss"),
        (NAN, (), (), "inconclusive"),
    ],
)
def test_a_finding_passes_only_if_everything_holds(
    found: Figure, also: tuple[Check, ...], others: tuple[Check | None, ...], status: str
) -> None:
    assert verdict(experiment(), found, also, others) == status


@pytest.mark.parametrize(("low", "high", "known"), [(0.01, 0.03, True), (-0.01, 0.03, False), (-0.03, -0.01, True)])
def test_a_range_open_to_one_side_asks_for_the_side(low: float, high: float, known: bool) -> None:
    assert precise(Figure((low + high) / 2, low, high, 8, np.empty(0)), (0.0, math.inf)) is known


def test_a_range_of_one_point_asks_for_certainty() -> None:
    assert precise(Figure(1.0, 1.0, 1.0, 8, np.ones(99)), (1.0, 1.0))
    assert not precise(Figure(1.0, 0.0, 1.0, 8, np.ones(99)), (1.0, 1.0))


@pytest.mark.parametrize(
    ("ablated", "gone"), [(-0.05, True), (-0.2, False), (-0.12, False), (-0.5, True), (math.nan, True)]
)
def test_an_ablation_takes_the_effect_out_of_its_range_or_halves_it(ablated: float, gone: bool) -> None:
    found = ablation_met(experiment(), Condition(text="off"), figure(-0.2), figure(ablated))
    assert found.ok is gone


def test_an_ablation_that_halves_an_effect_within_a_wide_range_counts() -> None:
    wide = experiment(low=-0.9, high=-0.01)
    assert ablation_met(wide, Condition(text="off"), figure(-0.4), figure(-0.2)).ok
    assert not ablation_met(wide, Condition(text="off"), figure(-0.4), figure(-0.21)).ok


def test_an_ablation_may_say_itself_what_must_be_left() -> None:
    off = Condition(text="off", low=-0.02, high=0.02)
    assert ablation_met(experiment(), off, figure(-0.2), figure(0.01)).ok
    assert not ablation_met(experiment(), off, figure(-0.2), figure(-0.05)).ok


def test_what_must_lie_outside_a_range_may_not_exist_at_all() -> None:
    off = Condition(text="off", low=0.1, high=0.45, outside=True)
    assert condition_met(off, NAN, figure(0.2)).ok
    assert not condition_met(off, figure(0.3), figure(0.2)).ok


@pytest.mark.parametrize(("kind", "null"), [("change", 0.0), ("ratio", 1.0), ("did", 1.0), ("order", 0.0)])
def test_a_placebo_shows_nothing_at_all(kind: str, null: float) -> None:
    made = experiment(kind, arms=("treated", "twin"))
    assert placebo_met(made, figure(null, 0.0)).ok
    assert not placebo_met(made, figure(null + 1e-6, 0.0)).ok
    assert not placebo_met(made, NAN).ok


def test_a_placebo_of_a_recovery_never_falls() -> None:
    assert placebo_met(experiment("recovery"), NAN).ok
    assert not placebo_met(experiment("recovery"), figure(3.0)).ok


def test_a_positive_control_leaves_the_range_or_is_so_many_times_the_effect() -> None:
    made = experiment(low=-0.05, high=0.05)
    assert control_met(made, Condition(text="moves"), figure(0.0), figure(-0.2)).ok
    assert not control_met(made, Condition(text="moves"), figure(0.0), figure(-0.04)).ok
    assert control_met(made, Condition(text="moves", times=3.0), figure(0.01), figure(0.04)).ok
    assert not control_met(made, Condition(text="moves", times=3.0), figure(0.01), figure(0.02)).ok


def test_an_effect_may_have_to_be_smaller_than_the_experiments_own() -> None:
    smaller = Condition(text="", under=0.5)
    assert condition_met(smaller, figure(0.1), figure(-0.3)).ok
    assert not condition_met(smaller, figure(0.2), figure(-0.3)).ok


def test_a_condition_may_have_to_be_sure() -> None:
    sure = Condition(text="", low=0.0, sure=0.9)
    assert condition_met(sure, figure(0.02, 0.02), NAN).ok
    assert not condition_met(sure, figure(0.01, 0.05), NAN).ok
    assert not condition_met(sure, figure(-0.02, 0.001), NAN).ok
