"""What the compare page says follows from the frames: findings, probabilities, courses, what moved."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.fan import Fan
from dashboard.jobs.request import Request
from dashboard.views import compare as view
from dashboard.views import courses, displacement, outcomes, side
from dashboard.views import value as worth
from dashboard.views.forecast import forecast
from tests.dashboard.made_up_results import result

PLANS = ("clear-hold-build", "reputation-sabotage", "leader-arrests")
REQUEST = Request("comparison", "force", PLANS, 156, 32)


@pytest.fixture(scope="module")
def found():
    return result(REQUEST)


def changed(found, plan: str, measure: str, **values):
    table = found.table.copy()
    rows = (table["plan"] == plan) & (table["measure"] == measure)
    for column, value in values.items():
        table.loc[rows, column] = value
    return dataclasses.replace(found, table=table)


def words(pieces) -> str:
    return "".join(text for text, _ in pieces)


def test_harm_averted_is_the_difference_turned_round(found):
    harm = outcomes.outcome(found, PLANS[0], "harm_gbp")
    averted = harm.turned()
    assert averted.value == -harm.value > 0
    assert averted.low <= averted.low_50 <= averted.value <= averted.high_50 <= averted.high


def test_the_best_plan_averts_most_and_its_chance_is_counted_in_pairs(found):
    assert outcomes.best_plan(found) == PLANS[0]
    shares = outcomes.probability_best(found)
    assert sum(shares.values()) == pytest.approx(1)
    wide = outcomes.averted_by_pair(found).to_numpy()
    assert shares[PLANS[0]] == pytest.approx((wide.argmax(axis=1) == 0).mean())


def test_the_title_is_careful_in_step_with_the_interval(found):
    sure = changed(found, PLANS[0], "harm_gbp", difference=-161e6, low=-197e6, high=-128e6)
    assert view.headline(sure).title == "Clear, Hold, Build averts most harm: £161m over three years"
    unsure = changed(found, PLANS[0], "harm_gbp", difference=-300e6, low=-700e6, high=21e6)
    assert view.headline(unsure).title.startswith("Clear, Hold, Build may avert most harm: £300m")
    worse = found
    for plan in PLANS:
        worse = changed(worse, plan, "harm_gbp", difference=5e6, low=1e6, high=9e6)
    assert view.headline(worse).title == "No plan averts harm over three years"
    unclear = changed(worse, PLANS[1], "harm_gbp", difference=4e6, low=-9e6, high=19e6)
    assert view.headline(unclear).title == "No plan clearly averts harm over three years"


def test_the_lead_says_likelihood_cost_and_who_pays(found):
    text = words(view.headline(found).lead)
    assert "to be the best of the three plans" in text
    assert "to beat do as now" in text
    assert "It costs £29.4m, £4.6m of it new money; councils pay £4.6m." in text


def test_one_plan_is_held_against_do_as_now_alone():
    alone = result(Request("comparison", "force", PLANS[:1], 156, 32))
    assert view.sureness(alone).title == "How likely is it that Clear, Hold, Build beats do as now?"
    assert "90% interval runs from" in words(view.headline(alone).lead)


@pytest.mark.parametrize(("clear", "title"), [((), "No plan is clear of zero"), (PLANS[:1], "Only Clear, Hold, Build is clear of zero"),
                                              (PLANS[:2], "Two plans of three are clear of zero"), (PLANS, "All three plans are clear of zero")])  # fmt: skip
def test_the_effects_title_counts_what_is_clear_of_zero(found, clear, title):
    table = found
    for plan in PLANS:
        low, high = (-9e6, -1e6) if plan in clear else (-9e6, 1e6)
        table = changed(table, plan, "harm_gbp", difference=-4e6, low=low, high=high)
    assert view.effects(table)[0] == title


def test_plans_that_do_harm_are_called_so(found):
    worse = found
    for plan in PLANS:
        worse = changed(worse, plan, "harm_gbp", difference=5e6, low=1e6, high=9e6, probability_better=0.06)
    assert view.effects(worse)[0] == "Every plan adds harm"
    assert words(view.headline(worse).lead).startswith(
        "Clear, Hold, Build comes nearest: it adds £5.0m (£1.0m to £9.0m); there is a remote chance (6%)"
    )
    one = changed(
        changed(worse, PLANS[0], "harm_gbp", difference=-5e6, low=-9e6, high=-1e6), PLANS[1], "harm_gbp", low=-1e6
    )
    assert view.effects(one)[0] == "Clear, Hold, Build averts harm; Leader arrests adds it"


def fan(middle: np.ndarray, half: float) -> Fan:
    weeks = np.arange(len(middle))
    return Fan(weeks, middle, middle - half / 2, middle + half / 2, middle - half, middle + half)


def test_a_course_is_read_off_its_own_bands():
    weeks = np.arange(104)
    assert courses.course(fan(-0.05 * (1 - np.exp(-weeks / 20)), 0.01)) == "falls and stays down"
    assert courses.course(fan(-0.05 * weeks / 20 * np.exp(-weeks / 20), 0.005)) == "falls, then returns"
    assert courses.course(fan(-0.01 * np.ones(104), 0.05)) == "could go either way"
    assert courses.course(fan(np.where(weeks < 60, 0.05, 0.03), 0.035)) == "rises for a time"
    assert courses.course(fan(np.where(weeks < 5, 0.05, 0.0), 0.035)) == "could go either way"
    assert courses.course(fan(0.05 * (1 - np.exp(-weeks / 20)), 0.01)) == "rises and stays up"


def test_remarks_are_said_once_for_all_plans_they_are_about(found):
    told = dataclasses.replace(
        found, warnings=("leader-arrests: no quotient", "clear-hold-build: no quotient", "the run was short")
    )
    assert view.remarks(told) == ["Leader arrests and Clear, Hold, Build: no quotient.", "The run was short."]


def test_small_multiples_share_a_measure_and_keep_their_colour(found):
    items = courses.fans(found, "harm_gbp")
    assert [item.series for item in items] == [0, 1, 2]
    assert courses.relative(found, "harm_gbp")
    assert max(abs(v) for item in items for v in item.fan.middle) < 1


def test_the_table_says_what_gets_worse_too(found):
    rows = side.side_by_side(found)
    assert len(rows[0].cells) == len(side.SIDE_HEADINGS) - 1
    worse = side.side_by_side(changed(found, PLANS[0], "retaliation_violence", difference=47.0, low=20.0, high=70.0))
    assert worse[0].cells[-1][0].startswith("+")


def test_a_measure_that_was_not_taken_is_not_zero(found):
    without = dataclasses.replace(found, table=found.table[found.table["measure"] != "intrusion"])
    assert side.side_by_side(without)[0].cells[-2] == ("–", "not measured")


def test_harm_outside_is_told_apart_from_harm_inside(found):
    out = displacement.moved_outside(found, PLANS[0])
    assert {row["name"] for row in out} == {"Town 1", "Town 2"}
    assert len(displacement.inside(found, PLANS[0])) == 52
    assert displacement.map_title(found, PLANS[0]) == "Harm clearly falls in 52 of 52 neighbourhoods"
    assert displacement.outside_words(found, PLANS[0]).startswith("In all £")


def test_a_change_that_may_be_chance_is_not_said_to_be_clear(found):
    wide = found.place.assign(low=found.place["difference"] - 1e9, high=found.place["difference"] + 1e9)
    unsure = dataclasses.replace(found, place=wide)
    assert displacement.map_title(unsure, PLANS[0]) == "Harm changes clearly in no neighbourhood"
    assert displacement.outside_words(unsure, PLANS[0]).endswith("clear of zero in none of them.")


@pytest.mark.parametrize(
    ("sure", "said"), [(6, "Harm changes in no more of 52"), (20, "Harm clearly falls in 20 of 52")]
)
def test_as_many_clear_places_as_chance_makes_are_not_called_clear(found, sure, said):
    """Of 52 intervals of nine in ten, five leave out zero though nothing changes."""
    place = found.place.copy()
    names = sorted({row["id"] for row in displacement.inside(found, PLANS[0])})[sure:]
    chance = place["locality"].isin(names)
    place.loc[chance, "low"], place.loc[chance, "high"] = -1e9, 1e9
    assert displacement.map_title(dataclasses.replace(found, place=place), PLANS[0]).startswith(said)


def test_a_change_larger_than_its_baseline_is_counted_not_shared(found):
    rare = found.table.copy()
    chosen = rare["measure"] == "intrusion"
    rare.loc[chosen, ["baseline", "difference", "low", "high"]] = (2.0, -1.0, -4.2, 2.2)
    row = side.side_by_side(dataclasses.replace(found, table=rare))[0]
    assert row.cells[side.SIDE_HEADINGS.index("Intrusion") - 1] == ("−1", "−4.2 to 2.2")


def test_all_figures_of_a_column_have_one_unit(found):
    rare = changed(found, PLANS[0], "intrusion", baseline=2.0, difference=-1.0, low=-4.2, high=2.2)
    column = [row.cells[side.SIDE_HEADINGS.index("Intrusion") - 1][0] for row in side.side_by_side(rare)]
    assert not any(cell.endswith("%") for cell in column)


def test_the_diverging_scale_is_symmetric_and_grey_at_nothing():
    assert [displacement.diverging(v, 10) for v in (-20, -10, 0, 0.5, 10, 20)] == [0, 0, 3, 3, 6, 6]
    assert [displacement.diverging(v, 10) + displacement.diverging(-v, 10) for v in (2, 4, 7)] == [6, 6, 6]


def test_a_pound_returned_needs_a_pound_spent(found):
    free = dataclasses.replace(found, cost={plan: {"total": 0.0} for plan in PLANS})
    assert outcomes.per_pound(free, PLANS[0]) is None
    ratio = outcomes.per_pound(found, PLANS[0])
    assert ratio[0] == pytest.approx(-outcomes.outcome(found, PLANS[0], "harm_gbp").value / 29.4e6)


def test_what_returns_nothing_is_not_said_to_pay(found):
    assert worth.returned((-0.91, -1.3, -0.5)) == "−£0.91 (−1.3 to −0.50) for £1"
    assert worth.returned((4.6, 2.1, 7.2)) == "£4.6 (2.1 to 7.2) for £1"
    poor = found
    for plan in PLANS:
        poor = changed(poor, plan, "harm_gbp", difference=5e6, low=1e6, high=9e6)
    assert worth.values(poor)[0] == "No plan pays for itself"


def test_the_foot_carries_version_seed_pairs_and_prices(found):
    assert (
        view.footer(found, "1.0")
        == "Version 1.0 · model ffffffff · seed 1 · 32 paired replicates · 2025/26 prices, discounted at 3.5%"
    )


def test_the_forecast_says_pairs_and_seconds():
    said = forecast(
        result(Request("forecast", "force", ({"id": "this-plan", "title": "This plan", "entry": []},), 156, 24))
    )
    assert said.note.startswith("24 paired runs of 156 weeks, worked out in 1.4 s. ")
    assert said.title.startswith("Harm is ")
    assert (
        said.fan.low_90[-1]
        <= said.fan.low_50[-1]
        <= said.fan.middle[-1]
        <= said.fan.high_50[-1]
        <= said.fan.high_90[-1]
    )


def test_an_empty_result_is_told_as_such(found):
    empty = dataclasses.replace(
        found, table=found.table.iloc[:0], pairs=pd.DataFrame(), bands=pd.DataFrame(), place=pd.DataFrame()
    )
    assert view.headline(empty).title == "This comparison holds no harm figures"
    assert view.sureness(empty) is None
    assert courses.fans(empty, "harm_gbp") == []


def test_a_plan_that_changes_nothing_is_not_said_to_add_harm(found):
    same = found
    for plan in PLANS:
        same = changed(same, plan, "harm_gbp", difference=0.0, low=0.0, high=0.0, probability_better=0.5)
    said = view.headline(same)
    assert said.title.startswith("No plan changes harm over")
    assert "comes out alike" in said.lead[0][0]
    assert "adds" not in "".join(text for text, _ in said.lead)
    assert "harm" not in worth.values(same)[0]


def test_many_agencies_short_of_hours_are_one_remark(found):
    end = "has too few hours for all that is asked; the rest waits and is done later"
    said = (
        *tuple(f"Clear: {name} police force {end}" for name in ("Kent", "Essex", "Surrey")),
        f"Hold: Kent police force {end}",
    )
    told = view.remarks(dataclasses.replace(found, warnings=said))
    assert told[-1] == (
        "Clear: three agencies have too few hours for all that is asked; the rest waits and is done later "
        "(Kent police force, Essex police force and Surrey police force)."
    )
    assert f"Hold: Kent police force {end}." in told and len(told) == 2
