"""`spanner weak-points`: words for a reader, one JSON document for a program."""

from __future__ import annotations

from typing import Any

from tests.cli.command import typed


def test_the_cheapest_ways_are_shown(capsys: Any) -> None:
    said = typed(capsys, "weak-points", "estate", "--weeks", 12)
    assert said.status == 0
    assert "way in" in said.out


def test_one_business_is_shown_in_full_and_in_json(capsys: Any) -> None:
    document = typed(capsys, "weak-points", "estate", "--weeks", 12, "--json").document("weak-points")
    business = document["rows"][0]["business"]
    mine = typed(capsys, "weak-points", "estate", "--weeks", 12, "--business", business, "--json")
    rows = mine.document("weak-points")["rows"]
    assert {row["business"] for row in rows} == {business}
    assert len(rows) == 9


def test_what_cannot_be_asked_is_refused(capsys: Any) -> None:
    assert typed(capsys, "weak-points", "estate", "--weeks", 4, "--within", 0).status == 2
    assert typed(capsys, "weak-points", "estate", "--weeks", 4, "--business", "nobody").status == 2
