"""Parameters and chance are told apart, intervals carry both, and rankings are as sure as what is known."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.errors import Conflict
from simulation.experiments.across import ranked, split
from simulation.experiments.gathering import Gathering
from simulation.experiments.paired import interval, paired
from simulation.store.records import Record
from tests.experiments.test_compare import compare


def made(draws: int, pairs: int, between: float, within: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    which = np.arange(draws * pairs) % draws
    return 5.0 + random.normal(0.0, between, draws)[which] + random.normal(0.0, within, which.size), which


def test_two_sources_of_doubt_are_told_apart() -> None:
    change, draws = made(200, 10, 3.0, 1.0)
    found = split(change, draws, 0.9)
    assert found is not None
    assert found.parameters_sd == pytest.approx(3.0, rel=0.15)
    assert found.chance_sd == pytest.approx(1.0 / 2000**0.5, rel=0.1)
    assert found.parameter_share > 0.99


def test_where_draws_agree_all_doubt_is_chance() -> None:
    change, draws = made(20, 50, 0.0, 1.0, seed=4)
    found = split(change, draws, 0.9)
    assert found is not None
    assert found.parameter_share < 0.5
    assert found.high - found.low < 0.3


def test_the_interval_holds_whichever_draw_is_the_truth() -> None:
    """Nine draws in ten lie in it, however many pairs there are; the interval of the mean alone shrinks to nothing."""
    held, shrunk = [], []
    for seed in range(200):
        change, draws = made(30, 4, 2.0, 1.0, seed)
        truth = 5.0 + np.random.default_rng(10_000 + seed).normal(0.0, 2.0)
        found = split(change, draws, 0.9)
        assert found is not None
        held.append(found.low <= truth <= found.high)
        low, high = interval(change, 0.9)
        shrunk.append(low <= truth <= high)
    assert 0.84 < np.mean(held) < 0.96
    assert np.mean(shrunk) < 0.4


def test_with_one_pair_a_draw_nothing_is_told_apart() -> None:
    assert split(np.arange(5.0), np.arange(5), 0.9) is None
    assert split(np.arange(5.0), np.zeros(5), 0.9) is None
    plain = paired(np.zeros(5), np.arange(5.0), "up")
    assert paired(np.zeros(5), np.arange(5.0), "up", draws=[0, 1, 2, 3, 4]) == plain


def test_pairs_without_a_value_are_left_out_with_their_draws() -> None:
    change, draws = made(10, 4, 2.0, 1.0)
    change[3] = np.nan
    found = paired(np.zeros(40), change, "up", draws=[int(draw) for draw in draws])
    known = split(np.delete(change, 3), np.delete(draws, 3), 0.9)
    assert known is not None
    assert (found.low, found.high) == (known.low, known.high)


def test_rankings_are_probabilities() -> None:
    random = np.random.default_rng(1)
    draws = np.arange(80) % 20
    better = random.normal(0.0, 1.0, 20)[draws]
    values = np.column_stack([np.zeros(80), better - 0.5, better - 9.0]) + random.normal(0.0, 0.1, (80, 3))
    ranks = ranked(values, draws, up=False)
    assert ranks is not None
    assert ranks.sum(axis=0) == pytest.approx(1.0)
    assert ranks.sum(axis=1) == pytest.approx(1.0)
    assert ranks[2, 0] > 0.99
    assert 0.4 < ranks[1, 1] < 0.95  # its advantage over nothing depends on the draw
    upwards = ranked(values, draws, up=True)
    assert upwards is not None
    assert upwards[2, 2] > 0.99


def test_a_comparison_across_an_ensemble_says_first_what_is_not_robust() -> None:
    found = compare(ensemble=[{}, {"trust.prior": 0.5}], replicates=8)
    told = found.to_dict()
    assert next(iter(told)) == "ensemble"
    assert told["ensemble"]["draws"] == 2
    assert told["warnings"][0] == told["ensemble"]["answer"][0]
    assert "ensemble" not in compare(replicates=8).to_dict()


def test_runs_of_two_model_versions_are_not_compared() -> None:
    runs = Gathering(["a"], [], 1, 2)

    def record(version: str, replicate: int) -> Record:
        return Record(
            run_id="r", preset="p", plan="a", seed=1, replicate=replicate, weeks=1, model_version=version,
            series=np.zeros((1, 0)),
        )  # fmt: skip

    runs.add(record("one", 0))
    with pytest.raises(Conflict) as caught:
        runs.add(record("two", 1))
    assert caught.value.key == "model_version"
