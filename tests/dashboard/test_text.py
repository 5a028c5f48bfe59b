"""Numbers and probabilities are printed as people say them, with a true minus sign and the PHIA words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text.numbers import (
    counted,
    duration,
    estimate,
    interval,
    percent,
    plain,
    pounds,
    signed,
    weeks_in_words,
    with_unit,
)  # fmt: skip
from dashboard.text.phia import BANDS, band, clause, in_words, percentage


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [(61e6, 2, "£61m"), (13.44e6, 3, "£13.4m"), (6.2e6, 2, "£6.2m"), (960e6, 2, "£960m"), (1.24e9, 2, "£1.2bn"), (999.9e3, 2, "£1.0m"),
     (204_600, 2, "£205k"), (480, 2, "£480"), (4.6, 2, "£4.60"), (0, 2, "£0"), (-21e6, 2, "−£21m"), (-0.001, 2, "£0.00"), (math.nan, 2, "–"), (None, 2, "–")],
)  # fmt: skip
def test_money(value, digits, said):
    assert pounds(value, digits) == said


def test_an_estimate_carries_its_interval():
    assert estimate(61e6, 28e6, 97e6, pounds) == "£61m (£28m to £97m)"
    assert estimate(9e6, -21e6, 38e6, pounds) == "£9.0m (−£21m to £38m)"
    assert interval(None, 3.0, plain) == "–"


@pytest.mark.parametrize(
    ("text", "said"), [("£1.9m", "+£1.9m"), ("−3%", "−3%"), ("0.0%", "0%"), ("£0", "£0"), ("–", "–"), ("0", "0")]
)
def test_a_change_carries_its_sign_and_nothing_does_not(text, said):
    assert signed(text) == said


@given(st.floats(-1e12, 1e12))
def test_no_hyphen_stands_for_minus(value):
    for show in (pounds, plain, percent):
        text = show(value)
        assert "-" not in text
        assert text.count("−") <= 1
        assert (text.startswith("−")) <= (value < 0)


def test_units_and_spans():
    assert with_unit(14.0, "weeks") == "14 weeks"
    assert with_unit(0.45, "share") == "45%"
    assert with_unit(205_000.0, "GBP/week") == "£205k a week"
    assert weeks_in_words(156) == "three years"
    assert weeks_in_words(30) == "30 weeks"
    assert counted(1, "pair") == "one pair"
    assert duration(0.2) == "under a second"
    assert duration(200) == "about 3 minutes"


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.0, "remote chance"), (0.05, "remote chance"), (0.15, "highly unlikely"), (0.30, "unlikely"), (0.47, "realistic possibility"),
     (0.74, "likely"), (0.77, "likely"), (0.78, "highly likely"), (0.9, "highly likely"), (0.97, "almost certain"), (1.0, "almost certain")],
)  # fmt: skip
def test_a_probability_in_a_gap_takes_the_nearer_band(probability, word):
    assert band(probability).word == word


def test_words_come_first_and_small_chances_are_not_nothing():
    assert in_words(0.74) == "likely (74%)"
    assert percentage(0.999) == "over 99%"
    assert percentage(0.004) == "under 1%"
    assert percentage(1.0) == "100%"
    assert [b.low for b in BANDS] == sorted(b.low for b in BANDS)


def test_a_clause_is_english_for_every_band():
    assert (
        "".join(t for t, _ in clause(0.47, "to be best")) == "there is a realistic possibility (47%) for it to be best"
    )
    assert "".join(t for t, _ in clause(0.74, "to be best")) == "it is likely (74%) to be best"
