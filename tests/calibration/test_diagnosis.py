"""What the accepted draws come to is told, also where some of them come to no end."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from simulation.calibration.diagnosis import spread


def test_the_middle_nine_tenths_lie_between_the_draws() -> None:
    told = spread(np.arange(101.0))
    assert told == {"low": pytest.approx(5.0), "median": pytest.approx(50.0), "high": pytest.approx(95.0)}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([math.inf] * 5, {"low": None, "median": None, "high": None}),
        ([28.0, 35.0, 42.0, math.inf], {"low": 28.0, "median": 35.0, "high": None}),
        ([-math.inf, 1.0, 2.0], {"low": None, "median": 1.0, "high": 2.0}),
    ],
)
def test_a_recovery_that_never_comes_is_told_as_none_and_not_as_a_number(
    values: list[float], expected: dict[str, float | None]
) -> None:
    told = spread(np.array(values))
    assert told == expected
    json.dumps(told, allow_nan=False)
