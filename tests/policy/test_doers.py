"""A card is done by those whose work it is, in every preset; by whom a plan names; by the force where a place has no other."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.errors import Conflict
from simulation.policy.authority import check_lawful
from simulation.policy.doers import FALLBACK, doer, own_officers, with_doers
from simulation.policy.intervention import REGISTRY
from simulation.schema import RESOURCES as RESOURCE_IDS
from simulation.schema import Entry, list_scenarios, load_authority, load_scenario
from tests.policy.ground import HOLDERS, WEEKS, fresh_state, plan_of, programme
from tests.world.hierarchy_world import two_areas

ALL = sorted(REGISTRY)
ABSENT = {("virtual", "health")}  # the online preset treats nobody
PARTNERSHIP, NEIGHBOURHOOD, INVESTIGATORS = (
    RESOURCE_IDS.index(name) for name in ("partnership", "neighbourhood", "investigators")
)


@pytest.mark.parametrize("preset", list_scenarios())
def test_every_place_has_whoever_a_card_is_for_and_the_law_lets_them(preset: str) -> None:
    scenario = load_scenario(preset)
    kinds = {name: agency.of for name, agency in scenario.agencies.items() if agency.of is not None}
    for name in ALL:
        own = REGISTRY[name].card.agency
        assert bool(scenario.members(own)) == ((preset, own) not in ABSENT), name
        assert doer(Entry(intervention=name), scenario) == (own if (preset, own) not in ABSENT else FALLBACK)
        check_lawful(with_doers(plan_of({"intervention": name}), scenario), load_authority(), kinds)


@pytest.mark.parametrize("name", ALL)
def test_an_entry_that_names_nobody_is_done_by_those_the_card_names(name: str) -> None:
    (piece,) = programme(plan_of({"intervention": name, "where": "force", **HOLDERS})).pieces
    assert piece.claim.entry.agency == REGISTRY[name].card.agency
    assert list(load_scenario("estate").agencies)[piece.claim.agency] == REGISTRY[name].card.agency


def test_a_plan_may_name_another() -> None:
    entry = {"intervention": "offender-management", "where": "force", "agency": "force"}
    assert programme(plan_of(entry)).pieces[0].claim.entry.agency == "force"


def test_one_of_several_does_its_own_area() -> None:
    scenario = load_scenario(two_areas())
    assert doer(Entry(intervention="build"), scenario) == "council"
    assert scenario.members("council") == ("council-north", "council-south")


def test_where_there_is_no_such_agency_the_force_does_it_if_it_may() -> None:
    estate = load_scenario("estate")
    left = {name: agency for name, agency in estate.agencies.items() if name in ("force", "rocu")}
    alone = estate.model_copy(update={"agencies": left})
    for name in ALL:
        assert doer(Entry(intervention=name), alone) == FALLBACK
    with pytest.raises(Conflict, match="overseas-liaison by force is forbidden by border-work-inland"):
        check_lawful(with_doers(plan_of({"intervention": "overseas-liaison"}), alone), load_authority())


def test_a_partner_does_with_its_own_officers_what_it_has_no_others_for() -> None:
    state, agencies = fresh_state(), list(load_scenario("estate").agencies)
    asked = np.zeros(len(RESOURCE_IDS))
    asked[[PARTNERSHIP, NEIGHBOURHOOD, INVESTIGATORS]] = 4.0, 3.0, 0.5
    by = {name: own_officers(asked, state, agencies.index(name)) for name in ("probation", "council", "force", "nca")}
    assert by["probation"][PARTNERSHIP] == by["probation"].sum() == 7.5
    assert (by["council"][PARTNERSHIP], by["council"][NEIGHBOURHOOD], by["council"].sum()) == (4.5, 3.0, 7.5)
    assert np.array_equal(by["force"], asked)
    assert np.array_equal(by["nca"], asked), "police have what they have; the rest waits"


def test_a_partner_is_at_work_for_its_own_hours() -> None:
    """A retasked card of a partner is done, in part where its hours are few, and its hours are missed there."""
    made = programme(plan_of({"intervention": "mule-denial", "where": "force", "dose": 0.2}))
    hours = made.cost(WEEKS)["hours"]
    assert set(hours) == {"partnership"}
    assert set(made.cost(WEEKS)["by_holder"]) == {"private-sector"}
    assert made.pieces[0].claim.dose.in_force.max() == pytest.approx(0.2)
