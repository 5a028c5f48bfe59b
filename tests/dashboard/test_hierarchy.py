"""A region on the pages: its tiles, its agencies together and one by one, and the effort that a part of it costs."""

from __future__ import annotations

import json

import pytest

from dashboard.jobs.choices import agencies, capacity, places, residents, tiles_of
from dashboard.pages.plan_panel import panel
from simulation import api
from tests.dashboard.made_up_catalogue import CARDS


def test_a_region_has_the_tiles_of_its_forces():
    assert set(tiles_of("region", api.load("region"))) == {"DER", "NOT", "LIN", "LEI", "NTH"}
    assert tiles_of("force", api.load("force")) == ("MER",)
    assert tiles_of("estate", api.load("estate")) == ()


def test_all_forces_can_lead_together_or_one_by_one():
    region, force = api.load("region"), api.load("force")
    named = dict(agencies(region))
    assert named["force"] == "All: police force"
    assert named["force-derbyshire"] == "Derbyshire: police force"
    assert "rocu" not in named  # the one regional unit stands for itself
    assert list(dict(agencies(force))) == list(force.agencies)
    free = capacity(region)
    parts = sum(free[name]["investigators"] for name in region.members("force"))
    assert free["force"]["investigators"] == pytest.approx(parts)


def test_an_effort_costs_what_its_places_ask():
    people = residents(api.load("region"))
    own = people.each * 38
    assert people.of({"rule": "everywhere"}, "force-lincolnshire") == own
    assert people.of({"rule": "named", "names": ["lincolnshire"]}, "force") == own
    assert people.of({"rule": "everywhere"}, "force") == people.of({"rule": "force"}, "nca") == 240 * people.each
    assert people.of({"rule": "most-harm", "n": 3}, "force-lincolnshire") == 3 * people.each


def test_places_to_choose_begin_with_the_areas():
    listed = places("region")
    assert listed[0] == ("derbyshire", "All of Derbyshire")
    assert len(listed) == 5 + 240
    assert len(places("force")) == 52


def test_areas_and_regions_are_not_counted_as_neighbourhoods():
    region = api.load("region")
    people, listed = residents(region), places("region")
    assert people.places_of("force") == 240 < len(listed)
    assert people.places_of("force-lincolnshire") == 38

    def drawn(entry):
        parts = panel({"intervention": "hold", **entry}, CARDS["hold"], 104, listed, (), (), residents=people)
        return json.dumps(parts, default=lambda one: one.to_plotly_json())

    counted = {"rule": "most-harm", "n": 3}
    assert '"max": 240' in drawn({"where": counted})
    assert '"max": 38' in drawn({"where": counted, "agency": "force-lincolnshire"})
    assert "Areas and neighbourhoods" in drawn({"where": {"rule": "named", "names": ["lincolnshire"]}})


def test_a_place_named_first_is_a_neighbourhood():
    people = residents(api.load("region"))
    first = next(name for name, _ in places("region") if name not in people.grounds)
    assert first == "amber-reach"
