"""Figures read as a British reader expects them, and JSON never holds what JSON cannot."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from simulation.cli.output import chance, emit, figure, interval


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (-1_234_567.0, "GBP", "−£1.23m"),
        (999_999.0, "GBP", "£1m"),
        (1_540.0, "GBP", "£1.54k"),
        (12.5, "GBP/g", "£12.50 a g"),
        (0.1234, "share", "12.3 %"),
        (-0.0001, "share", "0.0 %"),
        (1234.4, "people", "1,234"),
        (12.34, "kg", "12.3 kg"),
        (1.5, "ratio", "1.50"),
        (0.0, "count", "0"),
        (math.nan, "GBP", "–"),
        (None, "GBP", "–"),
        (math.inf, "ratio", "–"),
    ],
)
def test_a_figure_is_readable(value: float | None, unit: str, shown: str) -> None:
    assert figure(value, unit) == shown


def test_a_difference_shows_its_sign() -> None:
    assert figure(5.0, "count", signed=True) == "+5"
    assert figure(-5.0, "count", signed=True) == "−5"
    assert figure(0.0, "count", signed=True) == "0"


def test_an_interval_says_to() -> None:
    assert interval(-2.0, 3.0, "count") == "−2 to +3"
    assert interval(-3.0, -2.0, "count") == "−3 to −2"
    assert interval(math.nan, 3.0, "count") == "–"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0.0, "remote chance"), (0.06, "remote chance"), (0.09, "highly unlikely"), (0.22, "highly unlikely"),
        (0.3, "unlikely"), (0.45, "realistic possibility"), (0.52, "realistic possibility"), (0.7, "likely"),
        (0.85, "highly likely"), (0.97, "almost certain"), (1.0, "almost certain"),
    ],
)  # fmt: skip
def test_a_chance_is_in_words_and_figures(value: float, word: str) -> None:
    assert chance(value) == f"{word} ({100 * value:.0f} %)"


def test_a_chance_that_cannot_be_stated_is_a_dash() -> None:
    assert chance(math.nan) == chance(None) == "–"


def test_json_holds_no_nan(capsys: pytest.CaptureFixture[str]) -> None:
    emit({"a": math.nan, "b": [np.float64("inf"), np.int64(3)], "c": {"d": np.bool_(True)}, "é": "−"})
    text = capsys.readouterr().out
    assert json.loads(text) == {"a": None, "b": [None, 3], "c": {"d": True}, "é": "−"}
    assert "é" in text
