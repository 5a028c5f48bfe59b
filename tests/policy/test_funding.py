"""Hours come from somewhere: out of today's work, which is then not done, or out of a purse, and then later."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.policy.funding import PROACTIVE, proactive_hours
from simulation.schema import RESOURCES, load_costs
from simulation.state.codes import (
    BORDER,
    INSIDE,
    INVESTIGATORS,
    NEIGHBOURHOOD,
    NEIGHBOURHOOD_POLICING,
    REACTIVE,
)
from tests.policy.ground import HOLDERS, checkpoint, plan_of, programme, whole

PATROL = {"intervention": "hot-spot-patrol", "dose": 0.2, "where": "force"}


def named(n: int) -> list[str]:
    return [place.id for place in checkpoint().localities[:n]]


def test_retasked_hours_are_exactly_the_work_that_is_not_done() -> None:
    made = programme(plan_of(PATROL))
    levers = whole(made)
    agency = checkpoint().state.agency
    work = (agency.hours[0][:, None] * agency.portfolio[0]).sum(axis=0)
    lost = float(((1.0 - levers["portfolio"][30, 0]) * work).sum())
    assert lost == pytest.approx(float(made.pieces[0].claim.hours.sum() * 0.2))
    assert levers["portfolio"][30, 0, REACTIVE] == 1.0
    assert levers["portfolio"][30, 0, BORDER] == 1.0
    assert (levers["portfolio"][30, 1:] == 1.0).all(), "other agencies go on as now"


def test_new_money_takes_nothing_from_today_s_work() -> None:
    levers = whole(programme(plan_of({**PATROL, **HOLDERS})))
    assert (levers["effort"] == 1.0).all()
    assert (levers["portfolio"] == 1.0).all()
    assert levers["visibility"][40].any()


def test_places_a_plan_names_keep_their_patrols_and_the_others_lose_them() -> None:
    levers = whole(programme(plan_of({**PATROL, "where": named(2), "dose": 1.0})))
    effort = levers["effort"][30, :, NEIGHBOURHOOD_POLICING]
    inside = np.flatnonzero(checkpoint().state.place.kind == INSIDE)
    assert (effort[:2] == 1.0).all()
    assert (effort[np.setdiff1d(inside, [0, 1])] < 1.0).all()


def test_patrol_lost_elsewhere_is_patrol_given_here() -> None:
    state = checkpoint().state
    somewhere = whole(programme(plan_of({**PATROL, "where": named(2), "dose": 1.0})))
    made = programme(plan_of({**PATROL, "where": named(2), "dose": 1.0}))
    share = made.pieces[0].claim.hours[NEIGHBOURHOOD] / proactive_hours(state)[0, NEIGHBOURHOOD]
    people = state.place.population * (state.place.kind == INSIDE)
    agency = state.agency
    work = (agency.hours[:, :, None] * agency.portfolio).sum(axis=1)[:, NEIGHBOURHOOD_POLICING]
    covers = (agency.force == 0) | (agency.force < 0)
    force_part = work[0] / work[covers].sum()
    neighbourhood_part = agency.hours[0, NEIGHBOURHOOD] * agency.portfolio[0, NEIGHBOURHOOD, NEIGHBOURHOOD_POLICING]
    expected = share * neighbourhood_part / work[0] * force_part
    lost = (people * (1.0 - somewhere["effort"][30, :, NEIGHBOURHOOD_POLICING])).sum() / people.sum()
    assert lost == pytest.approx(expected, rel=1e-9)


def test_what_exceeds_capacity_waits_and_says_so() -> None:
    made = programme(plan_of({**PATROL, "dose": 1.0}, {"intervention": "hold"}, {"intervention": "hold", "dose": 0.9}))
    claims = [piece.claim for piece in made.pieces]
    asked = sum(claim.dose.asked[50] * claim.hours[NEIGHBOURHOOD] for claim in claims)
    there = proactive_hours(checkpoint().state)[0, NEIGHBOURHOOD]
    assert asked > there
    done = sum(claim.dose.in_force[50] * claim.hours[NEIGHBOURHOOD] for claim in claims)
    assert done == pytest.approx(there)
    assert made.cost(104)["waited_weeks"] > 0.0
    assert made.warnings
    assert programme(plan_of({**PATROL, "dose": 0.01})).cost(104)["waited_weeks"] == 0.0


def test_however_much_is_asked_no_work_falls_below_nothing() -> None:
    entries = [{"intervention": name, "where": named(2)} for name in ("clear", "hold", "hot-spot-patrol", "build")]
    levers = whole(programme(plan_of(*entries, {"intervention": "volume-arrests", "where": "force"})))
    assert levers["effort"].min() >= 0.0
    assert levers["effort"].max() <= 1.0
    assert levers["portfolio"].min() >= 0.0


def test_the_bill_is_hours_times_price_and_grants_discounted() -> None:
    made = programme(plan_of({"intervention": "build", "dose": 0.5, "where": named(2), "agency": "council", **HOLDERS}))
    costs = load_costs()
    residents = checkpoint().state.place.population[:2].sum() / 10_000.0
    card = made.pieces[0].intervention.card
    assert card.cost.grant is not None
    weekly_hours = 0.5 * residents * card.cost.hours["partnership"].value
    weekly_grant = 0.5 * residents * card.cost.grant.value
    weeks = np.arange(26, 104)
    discount = ((1.0 + costs.discount_rate.value) ** (-weeks / 52.0)).sum()
    bill = made.cost(104)
    assert bill["hours"] == {"partnership": pytest.approx(weekly_hours * weeks.size)}
    assert bill["cash"] == pytest.approx((weekly_hours * 40.0 + weekly_grant) * discount)
    assert bill["opportunity"] == 0.0
    assert bill["total"] == bill["cash"]
    assert bill["by_holder"] == {"home-office": pytest.approx(bill["total"])}
    assert sum(bill["by_resource"].values()) == pytest.approx(bill["total"])
    assert made.weekly_cost(104)[25] == 0.0
    assert made.weekly_cost(104)[26] == pytest.approx(weekly_hours * 40.0 + weekly_grant)


def test_a_card_for_the_whole_effort_costs_the_same_wherever_it_falls() -> None:
    """A task force at a port is not as many as the residents behind it; a patrol is."""
    card = {"intervention": "border-interdiction", "agency": "nca"}
    here, everywhere = (programme(plan_of({**card, "where": where})).pieces[0].claim for where in (named(2), "force"))
    assert here.hours.tolist() == everywhere.hours.tolist()
    assert here.hours[INVESTIGATORS] == 400.0
    few, many = (programme(plan_of({**PATROL, "where": where})).pieces[0].claim for where in (named(2), "force"))
    assert 0.0 < few.hours.sum() < many.hours.sum()
    posts = programme(plan_of({"intervention": "overseas-liaison", "agency": "nca", **HOLDERS})).pieces[0].claim
    assert posts.grant == 40_000.0


def test_retasked_hours_have_their_worth_but_cost_no_cash() -> None:
    bill = programme(plan_of(PATROL)).cost(104)
    assert bill["cash"] == 0.0
    assert bill["opportunity"] == pytest.approx(bill["total"])
    assert bill["by_holder"].keys() == {"policing-body"}


def test_every_resource_has_hours_that_could_be_put_aside_or_none() -> None:
    there = proactive_hours(checkpoint().state)
    assert there.shape[1] == len(RESOURCES)
    assert (there >= 0.0).all()
    assert there[0, INVESTIGATORS] < checkpoint().state.agency.hours[0, INVESTIGATORS]
    assert REACTIVE not in PROACTIVE


def test_nothing_more_stops_what_is_not_reactive() -> None:
    levers = whole(programme(plan_of({"intervention": "nothing-more"})))
    inside = checkpoint().state.place.kind == INSIDE
    assert (levers["effort"][5][inside][:, [REACTIVE, BORDER]] == 1.0).all()
    assert levers["effort"][5][inside][:, list(PROACTIVE)] == pytest.approx(0.0, abs=1e-12)


def test_nothing_at_all_stops_everything() -> None:
    levers = whole(programme(plan_of({"intervention": "nothing-at-all"})))
    inside = checkpoint().state.place.kind == INSIDE
    assert levers["effort"][5][inside] == pytest.approx(0.0, abs=1e-12)
