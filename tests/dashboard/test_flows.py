"""Start's pictures of goods and money: what they say, and that nothing in them is invented or lost."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.jobs.request import Request
from dashboard.views import flows
from tests.dashboard.made_up_results import result


@pytest.fixture
def place():
    return result(Request("place", "force", (), 52, 4))


def test_goods_say_what_share_is_seized_at_the_border_and_inland(place):
    picture = flows.goods(place)
    assert picture is not None
    assert picture.title == "Seizures take 9% of the hard drugs on their way to users"  # (12 + 5) of 180 kg
    assert "5 kg is seized and 1 kg dumped" in picture.sub
    assert {flow.source for flow in picture.flows} == {"importer", "line"}


def test_money_says_who_keeps_what_of_a_pound(place):
    picture = flows.money(place)
    assert picture is not None
    assert picture.title == "Of each £1 users pay, the street keeps 66p and 34p goes abroad"
    into = sum(flow.value for flow in picture.flows if flow.target == "kept")
    assert into == sum(flow.value for flow in picture.flows if flow.source == "kept")


def test_every_ribbon_ends_in_a_stage_that_is_shown(place):
    for picture in (flows.goods(place), flows.money(place)):
        assert picture is not None
        shown = {stage.id for stage in picture.stages}
        assert shown == {end for flow in picture.flows for end in (flow.source, flow.target)}
        columns = {stage.id: stage.column for stage in picture.stages}
        assert all(columns[flow.source] < columns[flow.target] for flow in picture.flows)


def test_without_flows_there_is_no_picture(place):
    empty = replace(place, flows=pd.DataFrame())
    assert flows.goods(empty) is None
    assert flows.money(empty) is None


def test_a_world_without_users_shows_what_becomes_of_the_money_of_victims(place):
    taken = pd.DataFrame(
        [("money", "thefts", "kept", 40e6, "GBP"), ("money", "kept", "wages", 30e6, "GBP"),
         ("money", "kept", "owners-cash", 10e6, "GBP")],
        columns=["kind", "source", "target", "value", "unit"],
    )  # fmt: skip
    picture = flows.money(replace(place, flows=taken))
    assert picture is not None
    assert picture.title == "Of each £1 taken from victims, 75p is shared out as wages"
    assert [stage.id for stage in picture.stages] == ["thefts", "kept", "owners-cash", "wages"]
