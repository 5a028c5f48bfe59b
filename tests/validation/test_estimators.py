"""Estimates from series whose truth is known, and intervals that are as wide as they should be."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.errors import UnknownName
from simulation.validation.estimators import Runs, is_smooth, knee, statistic
from simulation.validation.experiment import Estimate
from simulation.validation.precision import estimated
from tests.validation.series import MEASURE, PLACES, arms, estimate, run

EVEN = np.full(4, 0.25)


def value(wanted: Estimate, runs: Runs) -> float:
    number = len(next(iter(runs.values())))
    return statistic(wanted, runs)(np.full(number, 1.0 / number))


@pytest.mark.parametrize(
    ("kind", "true"), [("level", 0.8 * 11.5), ("change", -0.2), ("ratio", 0.8), ("difference", -0.2 * 11.5)]
)
def test_an_effect_of_a_fifth_is_found(kind: str, true: float) -> None:
    assert value(estimate(kind), arms([0.8] * 4)) == pytest.approx(true)


def test_sums_over_replicates_come_before_ratios() -> None:
    runs = arms([0.5, 2.0], base=[100.0, 1.0])
    assert value(estimate("ratio"), runs) == pytest.approx((50.0 + 2.0) / 101.0)


def test_what_is_in_neither_arm_has_not_changed() -> None:
    assert value(estimate("change"), arms([1.0, 1.0], base=[0.0, 0.0])) == 0.0


def test_a_gap_is_a_share_of_the_base() -> None:
    runs = {**arms([0.8] * 4), "other": arms([0.9] * 4)["treated"]}
    assert value(estimate("gap", against="other", base="twin"), runs) == pytest.approx(-0.1)


def test_what_is_prevented_is_held_against_what_another_arm_prevents() -> None:
    runs = {**arms([0.8] * 4), "other": arms([0.9] * 4)["treated"]}
    assert value(estimate("prevented", than=["other"]), runs) == pytest.approx(2.0)
    worse = {**arms([0.8] * 4), "other": arms([1.1] * 4)["treated"]}
    assert value(estimate("prevented", than=["other"]), worse) == pytest.approx(-2.0)
    nothing = {**arms([1.0] * 4), "other": arms([1.0] * 4)["treated"]}
    assert math.isnan(value(estimate("prevented", than=["other"]), nothing))


def test_what_is_left_of_an_effect_is_a_share_of_it() -> None:
    fall = np.ones(100)
    fall[10:50], fall[50:] = 0.6, 0.9
    runs = {"twin": [run({})] * 2, "treated": [run({MEASURE: fall})] * 2}
    assert value(estimate("lasting", before=(10, 50)), runs) == pytest.approx(0.25)


def test_a_series_interrupted_is_held_against_its_own_past() -> None:
    step = np.where(np.arange(100) < 50, 2.0, 3.0)
    assert value(estimate("interrupted", before=(0, 50)), {"treated": [run({MEASURE: step})]}) == pytest.approx(0.5)


def test_a_reach_above_one_is_come_down_to() -> None:
    dear = np.ones(100)
    dear[20:60] = 1.5
    runs = {"twin": [run({})] * 2, "treated": [run({MEASURE: dear})] * 2}
    said = {"window": (10, 100), "start": 10, "reach": 1.1, "per": 5.0}
    assert value(estimate("recovery", **said), runs) == pytest.approx((60 - 10) / 5.0)
    runs["treated"] = [run({MEASURE: 1.0})] * 2
    assert math.isnan(value(estimate("recovery", **said), runs))
    dear[20:] = 1.5
    runs["treated"] = [run({MEASURE: dear})] * 2
    assert value(estimate("recovery", **said), runs) == math.inf


def test_differences_in_differences_leave_out_what_happened_everywhere() -> None:
    everywhere, more = np.full((100, PLACES), 2.0), np.full((100, PLACES), 2.0)
    more[:, 0] = 3.0
    runs = {
        "twin": [run({}, places={"violence_true": np.ones((100, PLACES))})],
        "treated": [run({}, places={"violence_true": more})],
    }
    wanted = estimate("did", measure="violence_true", scope="sites")
    assert value(wanted, runs) == pytest.approx(1.5)
    runs["treated"] = [run({}, places={"violence_true": everywhere})]
    assert value(wanted, runs) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("scope", "rows"), [("sites", [1]), ("neighbours", [2]), ("connected", [5]), ("rest", [0, 2, 3, 4, 5]),
                        ("untouched", [0, 2, 3, 4])]
)  # fmt: skip
def test_scopes_are_the_places_of_the_treated_arm(scope: str, rows: list[int]) -> None:
    marks = np.tile(10.0 ** np.arange(PLACES), (100, 1))
    runs = {
        "twin": [run({}, sites=[], places={"violence_true": marks})],
        "treated": [run({}, sites=[1], places={"violence_true": 2.0 * marks})],
    }
    assert value(estimate("difference", measure="violence_true", scope=scope), runs) == pytest.approx(
        sum(10.0**row for row in rows)
    )


def test_recovery_is_the_time_until_the_ratio_is_back() -> None:
    course = np.ones(100)
    course[20:60] = 0.5
    runs = {"twin": [run({})], "treated": [run({MEASURE: course})]}
    wanted = estimate("recovery", window=(10, 100), start=20, reach=0.9, per=4.0)
    assert value(wanted, runs) == pytest.approx(10.0)
    course[60:] = 0.8
    assert value(wanted, {**runs, "treated": [run({MEASURE: course})]}) == math.inf
    assert math.isnan(value(wanted, {**runs, "treated": runs["twin"]}))


def test_recovery_without_a_twin_is_to_its_own_past() -> None:
    course = np.full(100, 4.0)
    course[20:60] = 1.0
    wanted = estimate("recovery", against=None, before=(0, 20), window=(20, 100), start=20, reach=0.7)
    assert value(wanted, {"treated": [run({MEASURE: course})]}) == pytest.approx(40.0)


def test_an_elasticity_is_a_ratio_of_logarithms() -> None:
    price = "retail_price_gbp_per_pure_g"
    runs = {
        "twin": [run({MEASURE: 10.0, price: 100.0})],
        "treated": [run({MEASURE: 10.0 * 1.5**-0.4, price: 150.0})],
    }
    assert value(estimate("elasticity"), runs) == pytest.approx(-0.4)


def test_an_order_holds_or_does_not() -> None:
    runs = {name: arms([factor] * 3)["treated"] for name, factor in (("a", 0.5), ("b", 0.7), ("c", 0.9))}
    assert value(estimate("order", arms=("a", "b", "c")), runs) == 1.0
    assert value(estimate("order", arms=("a", "c", "b")), runs) == 0.0
    assert value(estimate("order", arms=("a", "a")), runs) == 0.0


def bent(at: float, depth: float, doses: int = 10, noise: float = 0.0) -> np.ndarray:
    x = np.linspace(0.0, 1.0, doses + 1)[1:]
    chance = np.random.default_rng(3).normal(0.0, noise, (4, doses))
    return -depth * np.maximum(0.0, x - at)[None, :] + chance


def test_a_knee_is_where_the_curve_bends() -> None:
    assert knee(bent(0.6, 1.5, noise=0.005), EVEN, 0.5) == pytest.approx(0.3, abs=0.03)


def test_a_straight_line_and_a_flat_one_have_no_knee() -> None:
    assert math.isnan(knee(bent(0.0, 0.8, noise=0.01), EVEN, 0.5))
    assert math.isnan(knee(bent(0.6, 0.05), EVEN, 0.5))


def test_a_share_of_worlds_counts_worlds() -> None:
    assert value(estimate("change", share_above=0.0), arms([1.2, 0.9, 1.1, 1.3])) == pytest.approx(0.75)


def test_sites_that_fell_are_told_from_those_that_did_not() -> None:
    chance = np.random.default_rng(5)
    crimes = chance.poisson(50.0, (100, PLACES)).astype(float)
    crimes[50:, 0] = chance.poisson(30.0, 50)
    runs = {"treated": [run({}, sites=[0, 2], places={"acquisitive_recorded": crimes})]}
    wanted = estimate("sites-significant", measure="acquisitive_recorded", before=(0, 50))
    assert value(wanted, runs) == pytest.approx(0.5)


def test_ratios_of_sums_come_from_probes() -> None:
    answers = np.full((100, 2), np.nan)
    answers[60], answers[80] = (30.0, 10.0), (10.0, 10.0)
    wanted = estimate("level", measure="members_mean")
    assert value(wanted, {"treated": [run({}, found={"members_mean": answers})]}) == pytest.approx(2.0)


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(UnknownName):
        value(estimate("level", measure="happiness"), arms([1.0]))


def test_the_jackknife_is_as_wide_as_students_interval_of_a_mean() -> None:
    values = np.array([3.0, 5.0, 8.0, 4.0, 7.0])
    found = estimated(lambda weights: float(weights @ values), 5, smooth=True)
    reach = 2.7764451 * values.std(ddof=1) / math.sqrt(5)
    assert (found.low, found.high) == pytest.approx((values.mean() - reach, values.mean() + reach))
    assert found.probability(-math.inf, found.value) == pytest.approx(0.5)


def test_the_bootstrap_covers_what_may_not_exist() -> None:
    runs = arms([0.5, 0.5, 0.5, 0.5])
    wanted = estimate("recovery", window=(10, 100), start=10, reach=0.9)
    assert not is_smooth(wanted)
    found = estimated(statistic(wanted, runs), 4, smooth=False)
    assert found.low == found.high == math.inf
