"""What tells a success from a failure is found where it is there, from the week it is there, and hardly ever where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.experiments.leading import LEAST_PAIRS, auc, change, early

WEEKS, PAIRS = 104, 64


def worlds(seed: int, split: float = 0.5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Harm averted in each pair, and an observed series without a plan, which the plan has yet to change."""
    chance = np.random.default_rng(seed)
    averted = chance.normal(0.0, 1.0, PAIRS) + (2.0 * split - 1.0) * 3.0
    size = chance.uniform(20.0, 200.0, PAIRS)[:, None]
    return (
        averted,
        chance.poisson(size, (PAIRS, WEEKS)).astype(float),
        chance.poisson(size, (PAIRS, WEEKS)).astype(float),
    )


def test_a_series_that_falls_only_where_the_plan_works_tells_soon_after_it_begins_to() -> None:
    averted, base, plan = worlds(1)
    plan[averted > 0, 30:] *= 0.8
    _, _, noise = worlds(2)
    found = early(averted, {"noise": (base, noise), "told": (base, plan)})
    assert (found.split, found.successes + found.failures) == ("averts-harm", PAIRS)
    first = found.series[0]
    assert first.measure == "told"
    assert first.week is not None
    assert 30 < first.week <= 52
    assert first.direction == "down"
    assert first.high < 0.5
    assert found.series[1].week is None
    assert first.low <= first.auc <= first.high


def test_what_rises_under_every_plan_tells_nothing_of_success() -> None:
    """More work is done and written down wherever the plan runs: that it runs shows, whether it works does not."""
    averted, base, plan = worlds(3)
    found = early(averted, {"busy": (base, plan * 1.5)}).series[0]
    assert found.week is None
    assert found.low < 0.5 < found.high
    assert found.shown > 0.99


def test_chance_alone_is_hardly_ever_taken_for_a_sign() -> None:
    told = 0
    for seed in range(100):
        averted, base, plan = worlds(1000 + seed)
        told += early(averted, {"noise": (base, plan)}).series[0].week is not None
    assert told <= 8


def test_where_nearly_all_pairs_succeed_the_better_half_stands_for_success() -> None:
    averted, base, plan = worlds(5, split=1.0)
    assert (averted > 0).mean() > 0.9
    found = early(averted, {"any": (base, plan)})
    assert (found.split, found.successes, found.failures) == ("better-half", PAIRS // 2, PAIRS // 2)


def test_few_pairs_or_pairs_all_alike_say_nothing() -> None:
    averted, base, plan = worlds(6)
    few = slice(0, LEAST_PAIRS - 1)
    assert str(LEAST_PAIRS) in early(averted[few], {"any": (base[few], plan[few])}).reason
    assert early(np.zeros(PAIRS), {"any": (base, plan)}).reason == "all pairs came out alike"


def test_the_area_is_the_chance_that_one_is_above_the_other() -> None:
    assert auc(np.array([3.0, 4.0]), np.array([1.0, 2.0]))[0] == 1.0
    assert auc(np.array([1.0, 2.0]), np.array([1.0, 2.0]))[0] == 0.5
    chance = np.random.default_rng(7)
    value, error = auc(chance.normal(1.0, 1.0, 400), chance.normal(0.0, 1.0, 400))
    assert value == pytest.approx(0.7602, abs=3 * error)  # of two normal curves one deviation apart


def test_a_world_is_read_against_what_is_usual_in_it() -> None:
    values = np.array([[10.0] * 13 + [20.0] * 13])
    read = change(values, np.array([[10.0]]))[0]
    assert read[12] == 0.0
    assert read[25] == 1.0
    assert read[0] == 0.0
