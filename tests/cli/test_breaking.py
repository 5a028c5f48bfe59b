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
    document = mine.document("weak-points")
    rows, left_out = document["rows"], document["left_out"]
    assert {row["business"] for row in rows + left_out} == {business}
    assert len(rows) + len(left_out) == 9
    assert all(row["card"] for row in rows)
    assert all(row["left_out"] for row in left_out)


def test_ways_that_no_card_can_go_are_left_out_and_said(capsys: Any) -> None:
    business = typed(capsys, "weak-points", "estate", "--weeks", 12, "--json").document("weak-points")["rows"][0]
    said = typed(capsys, "weak-points", "estate", "--weeks", 12, "--business", business["business"])
    assert "no lever raises what people are paid" in said.err
    assert "cards that can" in said.out
    assert "no card at its strongest" in typed(capsys, "weak-points", "estate", "--weeks", 12).err


def test_what_cannot_be_asked_is_refused(capsys: Any) -> None:
    assert typed(capsys, "weak-points", "estate", "--weeks", 4, "--within", 0).status == 2
    assert typed(capsys, "weak-points", "estate", "--weeks", 4, "--business", "nobody").status == 2
