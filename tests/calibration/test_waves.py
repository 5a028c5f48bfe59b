"""What a draw is lived for: the rows that most draws miss come first, and none after one that is missed."""

from __future__ import annotations

import math
from typing import Any

import pytest

from simulation.calibration import living
from simulation.calibration.living import Answer, Gate, Task
from simulation.calibration.waves import strictest_first
from tests.calibration.toy import reading, target

SHARED = target("shared", 0.0, 1.0)
EASY = target("easy", 0.0, 1.0, shared=False)
HARD = target("hard", 0.0, 1.0, shared=False)


def answer(draw: str, **values: float) -> Answer:
    return Answer(draw, values, dict.fromkeys(values, 0.01), 0.1)


def test_the_rows_that_most_draws_miss_come_first() -> None:
    asked = reading(SHARED, EASY, HARD)
    seen = [answer("a", shared=0.5, easy=0.5, hard=2.0), answer("b", shared=2.0, easy=0.5), answer("c", hard=2.0)]
    assert [one.id for one in strictest_first(asked, seen).targets] == ["hard", "shared", "easy"]
    assert strictest_first(asked, []).targets == asked.targets


@pytest.mark.parametrize(
    ("cutoff", "known"), [(0.0, {"shared", "hard"}), (3.0, {"shared", "hard", "easy"}), (math.inf, {"shared", "hard", "easy"})]
)  # fmt: skip
def test_a_draw_that_must_meet_everything_is_not_lived_beyond_what_it_misses(
    monkeypatch: pytest.MonkeyPatch, cutoff: float, known: set[str]
) -> None:
    values = {"shared": 0.5, "hard": 2.0, "easy": 0.5}
    asked: list[str] = []

    def told(_: Any, targets: Any, *rest: Any) -> Any:
        names = [one.id for one in targets]
        asked.extend(names)
        return {name: values[name] for name in names}, dict.fromkeys(names, 0.01)

    monkeypatch.setattr(living, "told", told)
    found = living.live(reading(SHARED, HARD, EASY), Gate(3, cutoff, 0.05), None, Task("a", {}))
    assert set(found.values) == known == set(asked)
