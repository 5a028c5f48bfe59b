"""A known truth is found again, what nothing depends on stays free, and a search that was killed goes on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulation.calibration.diagnosis import parameters_told, targets_told, tied
from simulation.calibration.emulator import emulate
from simulation.calibration.keeping import Folder
from simulation.calibration.region import Region, conflicts
from simulation.calibration.search import Found
from simulation.calibration.space import axes_of, latin, valued
from simulation.errors import Conflict
from simulation.experiments.cancelled import Cancelled
from tests.calibration.toy import ASKED, EFFECT, HOARD, LEVEL, STREET, TRUTH, lived, reading, searched, target

ROOT = Path(__file__).parents[2]
AXES = axes_of(ASKED.parameters)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The search undisturbed."""
    return searched(tmp_path_factory.mktemp("whole"))


def accepted(found: Found, name: str) -> np.ndarray:
    return np.array([valued(AXES, found.points[draw])[name] for draw in found.accepted])


def test_the_truth_is_found_again(whole: Found) -> None:
    assert whole.state == "done"
    assert len(whole.accepted) >= ASKED.accepted
    street = accepted(whole, STREET)
    assert street.min() < TRUTH < street.max()
    assert TRUTH - 0.035 < street.min() < TRUTH - 0.005  # by the targets: from 0.314 to 0.35, give or take chance
    assert TRUTH + 0.01 < street.max() < TRUTH + 0.035


def test_waves_rule_out_and_come_nearer(whole: Found) -> None:
    met = [next(row["within"] for row in wave.summary if row["target"] == "level") for wave in whole.waves]
    assert len(met) == 3
    assert met[0] < 0.25
    assert met[2] > 0.6
    assert whole.share is not None
    assert 0.05 < whole.share < 0.4


def test_places_with_next_to_no_chance_are_passed_over() -> None:
    points = latin(60, 2, 1)
    at = next(n for n, axis in enumerate(AXES) if axis.id == STREET)
    values = [10 * AXES[at].value(place) for place in points[:, at]]
    known = ((LEVEL, emulate(points, values)),)
    whole = Region((), 3.0, 0.05, 2, last=known)
    near = whole.worth(1)
    kept, _ = near.sample(200, 1)
    street = np.array([AXES[at].value(place) for place in kept[:, at]])
    assert 10 * street.min() > LEVEL.low - 0.05
    assert 10 * street.max() < LEVEL.high + 0.05
    assert np.ptp(street) > 0.035  # of the 0.04 that the target leaves
    assert np.ptp(kept[:, 1 - at]) > 0.9  # the other parameter may be anything
    assert whole.holds(points).all()


def test_what_nothing_depends_on_stays_free(whole: Found) -> None:
    told = {row["id"]: row for row in parameters_told(AXES, whole)}
    assert told[HOARD]["verdict"] == "free"
    assert told[HOARD]["narrowed"] < 0.2
    assert told[STREET]["verdict"] == "constrained"
    assert told[STREET]["narrowed"] > 0.7
    assert tied(AXES, whole) == []


def test_what_moves_a_target_is_named(whole: Found) -> None:
    told = {row["id"]: row for row in targets_told(reading(LEVEL, EFFECT), AXES, whole)}
    assert [mover["parameter"] for mover in told["level"]["moved_by"]] == [STREET]
    assert told["level"]["moved_by"][0]["share"] > 0.9
    assert LEVEL.low <= told["level"]["accepted"]["low"] <= told["level"]["accepted"]["high"] <= LEVEL.high


def test_arms_are_lived_only_for_draws_that_the_shared_targets_let_through(whole: Found) -> None:
    seen = {name: "effect" in answer.values for name, answer in whole.answers.items() if name.startswith("wave-1")}
    far = [abs(whole.answers[name].values["level"] - 10 * TRUTH) > 0.6 for name in seen]
    assert any(seen.values())
    assert not any(through and away for through, away in zip(seen.values(), far, strict=True))


@pytest.mark.parametrize("after", [25, 130])
def test_a_search_that_was_killed_goes_on(whole: Found, tmp_path: Path, after: int) -> None:
    words = [sys.executable, "-m", "tests.calibration.toy", str(tmp_path), str(after)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    ended = subprocess.run(words, cwd=ROOT, env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    counted = 0

    def again(*asked):  # type: ignore[no-untyped-def]
        nonlocal counted
        counted += 1
        return lived(*asked)

    found = searched(tmp_path, lives=again)
    assert found.accepted == whole.accepted
    assert counted <= len(whole.answers) - after
    assert {name: one.values for name, one in found.answers.items()} == {
        name: one.values for name, one in whole.answers.items()
    }


def test_a_damaged_part_is_lived_again(whole: Found, tmp_path: Path) -> None:
    searched(tmp_path)
    part = next((tmp_path / "answers").glob("part-*.parquet"))
    part.write_bytes(part.read_bytes()[:100])
    found = searched(tmp_path)
    assert found.accepted == whole.accepted
    assert part.with_suffix(".bad").exists()


def test_a_stop_keeps_what_was_lived(whole: Found, tmp_path: Path) -> None:
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        searched(tmp_path, cancel=lambda: next(asked) > 50)
    assert 10 < len(Folder(tmp_path).answers()) < len(whole.answers)
    assert searched(tmp_path).accepted == whole.accepted


def test_a_spent_budget_ends_the_search_unfinished_and_says_what_was_seen(tmp_path: Path) -> None:
    assert searched(tmp_path, hours=1e-9).state == "unfinished"
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        searched(tmp_path, cancel=lambda: next(asked) > 50)
    found = searched(tmp_path, hours=1e-9)
    assert [wave.number for wave in found.waves] == [1]
    assert 0 < found.waves[0].summary[0]["draws"] < ASKED.draws
    assert searched(tmp_path, hours=1.0).state == "done"


def test_targets_that_exclude_each_other_are_named(tmp_path: Path) -> None:
    against = target("against", 4.6, 5.0)
    found = searched(tmp_path, (LEVEL, against))
    assert found.state == "empty"
    assert [one["targets"] for one in found.apart] == [["against", "level"]] or [
        one["targets"] for one in found.apart
    ] == [["level", "against"]]
    assert found.accepted == []


def test_a_target_that_is_met_nowhere_is_named(tmp_path: Path) -> None:
    found = searched(tmp_path, (LEVEL, target("against", 9.0, 10.0)))
    assert found.state == "empty"
    assert {"targets": ["against"], "share": 0.0} in found.apart


def test_one_process_at_a_time_works_in_a_folder(tmp_path: Path) -> None:
    first = Folder(tmp_path)
    with pytest.raises(Conflict):
        Folder(tmp_path)
    first.close()
    Folder(tmp_path).close()


@pytest.mark.parametrize("key", ["model_version", "settings", "seed"])
def test_draws_of_another_model_or_question_are_not_put_together(tmp_path: Path, key: str) -> None:
    kept = Folder(tmp_path)
    asked = {"name": "toy", "settings": "a", "model_version": "b", "seed": 1}
    kept.begin(asked)
    kept.begin(asked)
    with pytest.raises(Conflict) as caught:
        kept.begin({**asked, key: 2})
    assert caught.value.key == key


def test_targets_that_only_three_together_exclude_each_other_are_named() -> None:
    places = np.arange(6)
    met = {
        "a": places < 4, "b": (places >= 2), "c": (places < 2) | (places >= 4), "d": places >= 0,
    }  # fmt: skip
    assert conflicts(met) == [["a", "b", "c"]]
    assert conflicts({**met, "e": places > 9}) == [["e"]]
    assert conflicts({**met, "c": places < 1}) == [["b", "c"]]
    assert conflicts({"a": places < 4, "d": places >= 0}) == []
