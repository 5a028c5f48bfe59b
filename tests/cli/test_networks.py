"""`spanner network`: words for a reader, one JSON document for a program."""

from __future__ import annotations

from typing import Any

from tests.cli.command import typed


def test_a_network_is_shown_with_what_takes_it_apart(capsys: Any) -> None:
    said = typed(capsys, "network", "estate", "--weeks", 12, "--view", "true")
    assert said.status == 0
    for word in ("mean degree", "assortativity", "collective influence", "betweenness block", "taken out"):
        assert word in said.out
    assert "nobody is replaced" in said.err


def test_a_network_is_one_document(capsys: Any) -> None:
    said = typed(capsys, "network", "estate", "--weeks", 12, "--kind", "cooperation", "--view", "true", "--json")
    document = said.document("network")
    assert document["shape"]["nodes"] > 0
    for row in document["orders"]:
        pieces = [point["largest_piece"] for point in row["course"]]
        assert pieces == sorted(pieces, reverse=True) or row["order"] == "random"
        assert bool(row["first"]) == (row["order"] != "random")


def test_charts_are_listed_and_one_is_taken_apart(capsys: Any) -> None:
    charts = typed(capsys, "network", "force", "--weeks", 4, "--kind", "investigation", "--json").document("network")
    assert all(20 <= chart["nodes"] <= 120 and chart["pieces"] == 1 for chart in charts["charts"])
    business = charts["charts"][0]["business"]
    words = ("network", "force", "--weeks", 4, "--kind", "investigation", "--business", business)
    assert typed(capsys, *words, "--json").document("network")["shape"]["nodes"] == charts["charts"][0]["nodes"]
    assert business in typed(capsys, *words).out


def test_what_cannot_be_asked_is_refused(capsys: Any) -> None:
    for words in (
        ("--kind", "romantic"),
        ("--view", "dim"),
        ("--share", 0),
        ("--kind", "investigation", "--business", "x"),
    ):
        assert typed(capsys, "network", "estate", "--weeks", 4, *words).status == 2, words
