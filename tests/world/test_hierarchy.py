"""Areas lie apart, are policed by the force they name, and stay what they are when forces merge."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.chance.draws import make_key
from simulation.errors import Conflict, MissingKey, OutOfRange, SpannerError, UnknownName
from simulation.schema import Scenario, load_forces, load_scenario, to_table
from simulation.state.codes import INSIDE
from simulation.state.world import State
from simulation.world.create import create
from simulation.world.ground import Locality
from simulation.world.values import parameter_record
from tests.world.hierarchy_world import two_areas

AGENCIES = [
    "force-north", "force-south", "rocu-upper", "rocu-lower", "nca", "council-north", "council-south", "health",
    "regulators", "private-sector", "probation",
]  # fmt: skip


def born(scenario: Scenario) -> tuple[State, list[Locality]]:
    return create(scenario, parameter_record({**scenario.parameters}), make_key(1, 0), 0)


def test_each_force_has_agencies_of_its_own_that_share_the_hours():
    one, two = load_scenario("estate"), load_scenario(two_areas())
    assert list(two.agencies) == AGENCIES
    assert two.hours("force-north", "investigators") == pytest.approx(0.75 * one.hours("force", "investigators"))
    assert two.hours("council-south", "partnership") == pytest.approx(one.hours("council", "partnership") / 3.0)
    assert two.members("force") == ("force-north", "force-south")
    assert two.members("nca") == ("nca",)


def test_places_of_an_area_lie_together_and_apart_from_others():
    state, localities = born(load_scenario(two_areas()))
    inside = state.place.kind == INSIDE
    assert [place.force for place in localities][:12] == ["north"] * 6 + ["south"] * 6
    assert state.place.force[inside].tolist() == state.place.region[inside].tolist() == [0] * 6 + [1] * 6
    distance = np.hypot(state.place.x[:12, None] - state.place.x[:12], state.place.y[:12, None] - state.place.y[:12])
    assert distance[:6, :6].max() < 3.0 < 15.0 < distance[:6, 6:].min()
    assert len({(place.row, place.col) for place in localities}) == len(localities)
    assert state.place.population[:6].sum() == pytest.approx(2 * state.place.population[6:12].sum(), rel=0.5)


def test_agencies_cover_what_their_tables_say():
    state, _ = born(load_scenario(two_areas()))
    cover = {name: (int(state.agency.force[n]), int(state.agency.region[n])) for n, name in enumerate(AGENCIES)}
    assert cover["force-south"] == cover["council-south"] == (1, 1)
    assert cover["rocu-lower"] == (-1, 1)
    assert cover["nca"] == (-1, -1)


def test_a_merger_leaves_ground_and_people_as_they_were():
    apart, _ = born(load_scenario(two_areas()))
    merged = load_scenario(two_areas(north="both", south="both"))
    assert [name for name in merged.agencies if "both" in name] == ["force-both", "council-both"]
    assert merged.hours("force-both", "investigators") == load_scenario("estate").hours("force", "investigators")
    together, _ = born(merged)
    for name in ("id", "population", "x", "y", "deprivation", "users"):
        assert np.array_equal(getattr(apart.place, name), getattr(together.place, name)), name
    assert set(together.place.force[:12].tolist()) == {0}
    assert np.array_equal(np.sort(apart.person.id), np.sort(together.person.id))


def test_another_area_leaves_the_chances_of_the_first_alone():
    both = load_scenario(two_areas())
    alone = two_areas()
    del alone["areas"]["south"]
    state, _ = born(load_scenario(alone))
    assert np.array_equal(state.place.id[:6], born(both)[0].place.id[:6])
    assert np.array_equal(state.place.population[:6], born(both)[0].place.population[:6])


def test_what_is_loaded_says_everything_itself():
    for scenario in (
        load_scenario("region"),
        load_scenario("national"),
        load_scenario(two_areas(north="both", south="both")),
    ):
        assert load_scenario(to_table(scenario)) == scenario


def test_the_country_has_every_force_at_its_place():
    country = load_scenario("national")
    assert len(country.areas) == len(country.forces) == len(load_forces()) == 43
    assert {area.tile for area in country.areas.values()} == {force.tile for force in load_forces()}
    assert len(country.regions) == 10
    assert country.places.force.whole == len(set(country.places.names)) - 1 == 305
    assert len(country.members("force")) == 43
    assert len(country.members("rocu")) == 10
    assert country.members("nca") == ("nca",)
    users = country.community.dependent_users.value / load_scenario("force").community.dependent_users.value
    assert country.community.scale is not None
    assert country.community.scale.value == pytest.approx(users, rel=0.01)


def test_one_police_service_for_the_country_is_a_line_for_each_area():
    apart = load_scenario("national")
    areas = {name: {"force": "national-police"} for name in apart.areas}
    together = load_scenario({"preset": "national", "areas": areas})
    assert together.forces == ("national-police",)
    assert together.members("force") == ("force-national-police",)
    assert together.regions == apart.regions
    one = together.hours("force-national-police", "investigators")
    assert one == pytest.approx(sum(apart.hours(name, "investigators") for name in apart.members("force")))
    assert together.places.names == apart.places.names


def test_the_region_is_as_large_as_its_likeness():
    region = load_scenario("region")
    assert len(region.forces) == 5
    assert region.places.force.whole == sum(area.localities for area in region.areas.values()) == 240
    assert len(set(region.places.names)) == 241
    users = region.community.dependent_users.value / load_scenario("force").community.dependent_users.value
    assert region.community.scale is not None
    assert region.community.scale.value == pytest.approx(users, rel=0.01)
    assert region.intended("cocaine", "line") == round(users * 32)
    online, force = region.markets["fraud"].recipe, load_scenario("force").markets["fraud"].recipe
    assert online is not None and force is not None and online.meeting is not None and force.meeting is not None
    met = online.meeting.value * online.brokers.value
    assert met == pytest.approx(force.meeting.value * force.brokers.value)  # who works online meets as many as before


@pytest.mark.parametrize(
    ("path", "value", "kind", "key"),
    [
        (("areas", "north", "tile"), "XXX", UnknownName, "areas.north.tile"),
        (("areas", "north", "localities"), 0, OutOfRange, "areas.north.localities"),
        (("areas", "north", "region"), "south", Conflict, "areas.south.force"),
        (("agencies", "force", "per"), "county", UnknownName, "agencies.force.per"),
        (("agencies", "force", "by"), "crimes", UnknownName, "agencies.force.by"),
        (("agencies", "nca", "force"), "west", UnknownName, "agencies.nca.force"),
        (("places", "tile"), 1.0, OutOfRange, "places.tile"),
        (("places", "tile"), None, MissingKey, "places.tile"),
    ],
)
def test_a_wrong_hierarchy_is_refused(path: tuple[str, ...], value: object, kind: type[SpannerError], key: str):
    table = two_areas(south="joint")
    at = table
    for step in path[:-1]:
        at = at.setdefault(step, {})
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    with pytest.raises(kind) as refused:
        load_scenario(table)
    assert refused.value.key == key
