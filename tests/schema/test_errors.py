"""Errors carry what a person and a program need, across processes, on one line."""

from __future__ import annotations

import json
import pickle

import pytest

from simulation.errors import CODES, KINDS, OutOfRange, SpannerError, UnknownName, WorkFailed, collected, nearest_name


def test_codes_are_closed_and_each_has_its_class():
    assert set(CODES) == {
        "unknown-name", "unknown-key", "bad-type", "bad-unit", "out-of-range", "empty-file", "not-text", "too-large",
        "bad-syntax", "missing-key", "port-occupied", "unwritable", "not-found", "conflict", "work-failed",
    }  # fmt: skip
    assert all(kind.code == code and issubclass(kind, SpannerError) for code, kind in KINDS.items())


@pytest.mark.parametrize("kind", list(KINDS.values()))
def test_failed_work_ends_with_1_and_a_bad_request_with_2(kind: type[SpannerError]):
    assert kind().exit_status == (1 if kind is WorkFailed else 2)
    assert kind().message


def test_the_sentence_says_everything():
    error = UnknownName.among("claer", ["hold", "clear"], file="a.toml", key="entry[0].intervention")
    assert error.message == (
        'a.toml: entry[0].intervention: "claer" is not a known name; allowed: clear, hold; did you mean "clear"?'
    )
    assert str(OutOfRange(key="weeks", given=0, allowed="1 to 2000")) == "weeks: 0 is out of range; allowed: 1 to 2000."


def test_errors_cross_process_borders_with_their_company():
    first, second = UnknownName.among("a", ["b"], file="x"), OutOfRange(key="weeks", given=0)
    back = pickle.loads(pickle.dumps(collected([first, second])))
    assert type(back) is UnknownName
    assert back.errors[0] is back
    assert [e.to_dict() for e in back.errors] == [first.to_dict(), second.to_dict()]


@pytest.mark.parametrize(
    "given",
    [
        float("nan"),
        float("inf"),
        10**400,
        "a\nb",
        "\x1b[31m",
        "\udcff",
        "x" * 10_000,
        {"a": object()},
        [1, 2],
        object(),
    ],
)
def test_what_was_given_is_shown_safely(given: object):
    error = OutOfRange(file="f\n", key="k\r", given=given, allowed=[0, float("inf")])
    text = json.dumps(error.to_dict(), allow_nan=False)
    assert len(text) < 1000
    assert error.message.isprintable()
    assert error.message.encode()


def test_nearest_name_is_near_or_none():
    assert nearest_name("Do_As_Now", ["do-as-now", "nothing-more"]) == "do-as-now"
    assert nearest_name("qqqq", ["do-as-now"]) is None
    assert nearest_name("x" * 100_000, ["do-as-now"]) is None
