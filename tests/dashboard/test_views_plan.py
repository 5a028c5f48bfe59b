"""A plan as bars, hours, costs and authorisations; controls that mean what they say and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.timeline import timeline
from dashboard.views import capacity, edits
from dashboard.views import plan as view
from dashboard.views.panel import changes, shown, sliders
from simulation.schema import Plan
from tests.dashboard.made_up_catalogue import CARDS, PLANS, catalogue

CHB = view.tidy(PLANS["clear-hold-build"].table)


def test_tidy_keeps_the_meaning_and_drops_the_usual():
    full = Plan.model_validate({**CHB, "id": "clear-hold-build"}).model_dump(mode="json")
    assert view.tidy(full) == CHB
    assert Plan.model_validate(view.tidy(full)) == Plan.model_validate({**CHB})


def test_bars_carry_lead_time_window_and_selection():
    bars = {bar.title: bar for bar in view.bars(CHB, CARDS, 156, 1)}
    assert (bars["Clear"].start, bars["Clear"].end, bars["Clear"].lead) == (0, 13, 8)
    assert bars["Build"].end == 156
    assert bars["Hold"].selected
    assert not bars["Clear"].selected
    assert "80% of full effort" in bars["Build"].says


def test_bars_stand_family_by_family_in_the_toolkits_order():
    mixed = {
        "id": "x",
        "title": "x",
        "entry": [{"intervention": i} for i in ("youth-diversion", "clear", "leader-arrests", "hold")],
    }
    assert [bar.family for bar in view.bars(mixed, CARDS, 52, None)] == ["Pursue: people", "Place", "Place", "Prevent"]


@given(
    st.integers(0, 60),
    st.none() | st.integers(61, 120),
    st.integers(0, 30),
    st.none() | st.integers(2, 26),
    st.floats(0, 1),
)
def test_the_level_is_the_schemas_level(start, end, ramp, cadence, dose):
    entry = {
        "intervention": "clear",
        "start": start,
        "end": end,
        "ramp_weeks": ramp,
        "cadence_weeks": cadence,
        "dose": dose,
    }
    told = Plan.model_validate({"id": "x", "title": "x", "entry": [entry]}).entry[0]
    assert [view.level(entry, week) for week in range(130)] == pytest.approx([told.level(week) for week in range(130)])


def test_how_much_of_a_full_effort_there_are_hours_for():
    """900 hours of investigators over 145 times 10,000 residents; the estate has 400 for 2.4 times as many."""
    arrests = {"intervention": "leader-arrests", "where": {"rule": "force"}}
    tight = catalogue()
    tight.capacity["force"] = {"force": {"investigators": 450.0, "surveillance": 0.0}}
    said = capacity.most(arrests, CARDS["leader-arrests"], tight, "force")
    assert said == "None of it: no hours of surveillance can be put to other use"
    tight.capacity["force"]["force"]["surveillance"] = 3400.0
    said = capacity.most(arrests, CARDS["leader-arrests"], tight, "force")
    assert said == "50% of it: 450 hours of investigators a week can be put to other use"
    tight.capacity["force"]["force"]["investigators"] = 4.5
    assert capacity.most(arrests, CARDS["leader-arrests"], tight, "force").startswith("Under 1%")
    assert capacity.most({**arrests, "funding": "additional"}, CARDS["leader-arrests"], tight, "force") == ""
    assert capacity.most(arrests, CARDS["leader-arrests"], catalogue(), "force") == ""
    whole = replace(CARDS["leader-arrests"], whole=True)
    assert capacity.size(arrests, whole, tight.residents["force"]) == 1.0
    assert capacity.most(arrests, whole, tight, "force").startswith("73% of it: 4.5 hours")
    assert capacity.too_much("Surveillance", 1.32) == "Surveillance is 32% over capacity"
    assert capacity.too_much("Investigators", 431.4) == "Investigators would need 431 times the hours there are"


def test_a_partner_does_its_own_cards_with_its_own_officers():
    """A card that names nobody is done by whom it says, whose partnership hours stand in for those it has none of."""
    card = replace(CARDS["leader-arrests"], agency="probation", whole=True)
    tight = catalogue()
    tight.capacity["force"] = {
        "probation": {"partnership": 4.0},
        "force": {"investigators": 400.0, "surveillance": 400.0},
    }
    entry = {"intervention": "leader-arrests", "where": {"rule": "force"}}
    asked = sum(number.value for number in card.hours.values())
    assert capacity.given(card, {"partnership": 4.0}) == {"partnership": asked}
    assert "hours of partnership a week" in capacity.most(entry, card, tight, "force")
    assert capacity.most({**entry, "agency": "force"}, card, tight, "force") == ""
    assert view.led_by(entry, card, tight.capacity["force"]) == "probation"
    assert view.led_by(entry, card, ["force"]) == "force", "where there is no such agency the force does it"
    hours = capacity.effort({"entry": [entry]}, {card.id: card}, tight.residents["force"], 20, tight.capacity["force"])
    assert set(hours) == {("probation", "partnership")}
    assert view.tidy_entry({**entry, "agency": "force"})["agency"] == "force", (
        "naming the force is not the same as naming nobody"
    )


def test_hours_add_up_and_what_exceeds_capacity_is_named():
    twice = {
        "id": "x",
        "title": "x",
        "entry": [{"intervention": "clear"}, {"intervention": "hold"}, {"intervention": "build"}],
    }
    hours = capacity.effort(twice, CARDS, catalogue().residents["force"], 52)
    assert hours["force", "surveillance"][10] == pytest.approx(4500)
    assert hours["force", "surveillance"][7] == 0, "lead time takes no hours"
    resource, share, _ = capacity.over_capacity(twice, catalogue(), "force", 52)
    assert resource == "Surveillance"
    assert share == pytest.approx(4500 / 3400)
    title, meters = capacity.capacity_meters(twice, catalogue(), "force", 52)
    assert title == "Surveillance runs out in year 1"
    assert meters[0].share > 1
    assert capacity.over_capacity(CHB, catalogue(), "force", 156) is None


def test_new_money_takes_no_hours_from_today_and_a_smaller_place_takes_fewer():
    sizes = catalogue().residents["force"]
    assert (
        capacity.effort(
            {"entry": [{"intervention": "clear", "funding": "additional", "budget_holder": "council"}]},
            CARDS,
            sizes,
            52,
        )
        == {}
    )
    three = capacity.effort(
        {"entry": [{"intervention": "clear", "where": {"rule": "most-harm", "n": 3}}]}, CARDS, sizes, 52
    )
    assert three["force", "surveillance"][20] == pytest.approx(1500 * 3 / 52)
    assert sizes.of({"rule": "named", "names": ["a", "b"]}) == 2 * 27_900
    assert sizes.of({"rule": "importing"}) == 480_000


def test_the_budget_says_committed_or_wanted():
    plan = {**CHB, "budget": {"total": 10e6}}
    assert capacity.budget_meters(plan, {"total": 13.4e6, "by_holder": {}})[0] == "£13.4m of a £10.0m budget is wanted"
    assert capacity.budget_meters(plan, {"total": 9.1e6, "by_holder": {}})[0] == "£9.1m of a £10.0m budget is committed"
    assert capacity.budget_meters(plan, None) == ("The forecast has not costed this plan yet", [])


def test_authorisations_come_in_the_order_in_which_they_are_needed():
    title, rows = view.authorisations(CHB, CARDS)
    assert title == "Three authorisations to apply for, all in the first year"
    assert [row.first_effect for row in rows] == ["Week 8", "Week 8", "Week 21"]


def test_controls_at_rest_change_nothing():
    for plan in PLANS.values():
        for entry in view.tidy(plan.table)["entry"]:
            card = CARDS[entry["intervention"]]
            assert changes(shown(entry, card, 156), entry, card, 156) == {}


def test_moved_controls_change_their_own_value_and_nothing_else():
    entry = CHB["entry"][2]
    standing = shown(entry, CARDS["build"], 156)
    assert changes({**standing, "dose": 0.4}, entry, CARDS["build"], 156) == {"dose": 0.4}
    assert changes({**standing, "end": 156}, {**entry, "end": 100}, CARDS["build"], 156) == {"end": None}
    assert changes({**standing, "where": "most-harm"}, entry, CARDS["build"], 156) == {
        "where": {"rule": "most-harm", "n": 5}
    }
    assert changes({**standing, "funding": "retasked"}, entry, CARDS["build"], 156) == {
        "funding": "retasked",
        "budget_holder": None,
    }
    assert changes({**standing, "where": "named"}, entry, CARDS["build"], 156, first_place="northgate") == {
        "where": {"rule": "named", "names": ["northgate"]}
    }


def test_an_end_pushed_past_the_start_takes_it_along():
    entry = {"intervention": "clear", "start": 20, "end": 30}
    standing = shown(entry, CARDS["clear"], 156)
    assert changes({**standing, "end": 10}, entry, CARDS["clear"], 156) == {"end": 10, "start": 9}
    assert changes({**standing, "start": 40}, entry, CARDS["clear"], 156) == {"start": 40, "end": 41}


def test_additional_money_has_a_payer_and_pulses_have_a_period():
    entry = {"intervention": "leader-arrests"}
    card = CARDS["leader-arrests"]
    standing = shown(entry, card, 156)
    assert changes({**standing, "funding": "additional"}, entry, card, 156, first_holder="council") == {
        "funding": "additional",
        "budget_holder": "council",
    }
    assert changes({**standing, "pace": "pulsed"}, entry, card, 156) == {"cadence_weeks": 13, "pulse_weeks": 4}
    pulsed = {**entry, "cadence_weeks": 13, "pulse_weeks": 4}
    assert changes({**shown(pulsed, card, 156), "cadence_weeks": 3}, pulsed, card, 156) == {
        "cadence_weeks": 3,
        "pulse_weeks": 3,
    }


@given(
    st.dictionaries(
        st.sampled_from(["dose", "start", "end", "ramp_weeks", "pace", "where", "funding", "parameter:caseload"]),
        st.sampled_from([0, 1, 13, 60, "pulsed", "steady", "most-harm", "force", "additional", "retasked", "named"]),
        max_size=4,
    )
)
def test_whatever_the_controls_say_is_a_plan_the_schema_takes(values):
    kinds = {
        "pace": ("pulsed", "steady"),
        "where": ("most-harm", "force", "named"),
        "funding": ("additional", "retasked"),
    }
    said = {
        k: v
        for k, v in values.items()
        if (v in kinds[k] if k in kinds else isinstance(v, int) and (k != "dose" or v <= 1))
    }
    if "end" in said:
        said["end"] = max(1, said["end"])
    entry, card = {"intervention": "leader-arrests", "start": 4}, CARDS["leader-arrests"]
    moved = changes(
        {**shown(entry, card, 156), **said}, entry, card, 156, first_place="northgate", first_holder="council"
    )
    changed = edits.change_entry({"id": "x", "title": "x", "entry": [entry]}, 0, moved)
    Plan.model_validate(changed)


def test_every_slider_stands_inside_its_range():
    for entry in CHB["entry"]:
        for spec in sliders(entry, CARDS[entry["intervention"]], 156):
            assert spec.low <= spec.value <= spec.high
            assert spec.step > 0


def test_a_bar_dragged_to_the_edge_stays_a_week_long_and_open():
    assert edits.moved({}, -5, 0, 156) == {"start": 0, "end": 1}
    assert edits.moved({}, 100, 400, 156) == {"start": 100, "end": None}


def test_curves_add_entries_of_one_intervention():
    plan = {"id": "x", "title": "x", "entry": [{"intervention": "clear", "end": 13}, {"intervention": "clear", "start": 52, "end": 65},
                                               {"intervention": "build", "start": 13}]}  # fmt: skip
    found = dict(capacity.curves(plan, CARDS, 156))
    assert found["Clear"][10] == 1.0
    assert found["Clear"][62] == 1.0
    assert found["Clear"][30] == 0.0
    assert capacity.curves_title(capacity.curves(plan, CARDS, 156)) == "Clear ends; Build carries on"


def test_a_label_never_lies_over_the_names_before_the_line():
    late = {"entry": [{"intervention": "clear", "start": 0}]}  # all of it is lead time in so short a span
    text = str(timeline(view.bars(late, CARDS, 8, None), 8))
    assert "bar-label outside over" in text
    assert "'right': '100.000%'" not in text
    assert "over" not in str(timeline(view.bars(CHB, CARDS, 156, None), 156)).replace("bar-label outside'", "")


def test_effort_that_does_not_begin_within_the_span_does_not_end():
    assert capacity.curves_title([("Clear", [1.0, 1.0]), ("Build", [0.0, 0.0])]) == "Effort carries on to the end"
    assert capacity.curves_title([("Build", [0.0, 0.0])]) == "No effort begins within this span"
