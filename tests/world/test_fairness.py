"""Fairness is counted by place from what happened there, steers nothing, and a loop is found only where there is one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.errors import SpannerError
from simulation.kernels.people import PHASE, UPKEEP
from simulation.measures.catalogue import FAIRNESS, INDEX, PLACE_MEASURES
from simulation.measures.fairness import CONTACT, Fairness, fifths, loop
from simulation.schema import Plan
from simulation.state.codes import ACTIVE, EVENT_CHARGE, EVENT_EXIT, EXITED, INSIDE, PRISON, REMAND, UNDER_18
from simulation.state.counters import CONTACTS_UNINVOLVED
from simulation.world.indicators import INDICATORS, check_indicators
from simulation.world.run import start_engine
from tests.integration.lives import spec

WEEKS = 40
COLUMN = {name: number for number, name in enumerate(PLACE_MEASURES)}


def test_a_fifth_of_residents_lives_in_the_most_deprived_places() -> None:
    residents = np.array([100.0, 100.0, 100.0, 100.0, 100.0, 500.0])
    deprivation = np.array([0.9, 0.1, 0.5, 0.8, 0.2, 0.5])
    most, least = fifths(residents, deprivation, np.arange(6, dtype=np.uint64))
    assert most.tolist() == [True, False, False, True, False, False]
    assert least.tolist() == [False, True, False, False, True, False]
    alone, _ = fifths(np.array([10.0]), np.array([0.5]), np.array([1], dtype=np.uint64))
    assert not alone.any()  # one place has nothing to be held against


def test_contact_and_confidence_are_those_of_the_places_counted() -> None:
    """Recounted from the columns by place: what was done in the most deprived fifth, over the least, since week 0."""
    engine = start_engine(spec("force", weeks=WEEKS))
    engine.run(WEEKS)
    place = engine.state.place
    inside = place.kind == INSIDE
    order = sorted(np.flatnonzero(inside), key=lambda l: (place.deprivation[l], int(place.id[l])))
    people = place.population[order]
    middle = (np.cumsum(people) - people / 2) / people.sum()
    least = [l for l, at in zip(order, middle, strict=True) if at <= 0.2]
    most = [l for l, at in zip(order, middle, strict=True) if at >= 0.8]
    assert len(most) > 3 < len(least)
    counted = engine.places[:, :, CONTACT].sum(axis=(0, 2))
    crimes = engine.places[:, :, [COLUMN["violence_true"], COLUMN["acquisitive_true"]]].sum(axis=(0, 2))
    for measure, below in (("contact_ratio", place.population), ("contact_ratio_for_crime", crimes)):
        much, little = (counted[one].sum() + 0.5 for one in (most, least))
        wanted = (much / (below[most].sum() + 0.5)) / (little / (below[least].sum() + 0.5))
        assert engine.series[-1, INDEX[measure]] == pytest.approx(wanted, rel=1e-12), measure
    gap = np.average(place.confidence[least], weights=place.population[least])
    gap -= np.average(place.confidence[most], weights=place.population[most])
    assert engine.series[-1, INDEX["confidence_gap"]] == pytest.approx(gap, rel=1e-12)
    below = np.maximum(0.0, place.confidence_rest - place.confidence)[inside]
    lost = np.average(below, weights=place.population[inside])
    assert engine.series[-1, INDEX["confidence_lost"]] == pytest.approx(lost, rel=1e-12)


def test_blocks_of_any_length_give_the_same_bits() -> None:
    whole, parts = (start_engine(spec("force", weeks=WEEKS)) for _ in range(2))
    whole.run(WEEKS)
    for _ in range(WEEKS):
        parts.run(1)
    assert whole.series.tobytes() == parts.series.tobytes()


def test_people_not_involved_are_met_somewhere_and_every_target_is_taken_on_in_some_place() -> None:
    """Week by week, by place as in the world; a target that was gone before the week was over is in no place."""
    engine = start_engine(spec("force", weeks=WEEKS))
    opened = placed = 0
    for week in range(WEEKS):
        engine.run(1)
        s = engine.state
        assert s.place.uninvolved.sum() == s.tally.week[CONTACTS_UNINVOLVED] == engine.series[week, INDEX["intrusion"]]
        assert np.array_equal(engine.places[week, :, COLUMN["uninvolved"]], s.place.uninvolved)
        begun = s.operation.worked.sum(axis=1) > 0.0
        new = np.count_nonzero((s.operation.state == ACTIVE) & (s.operation.opened == week) & begun)
        opened += new
        placed += int(engine.places[week, :, COLUMN["tasked"]].sum())
        assert engine.places[week, :, COLUMN["tasked"]].sum() <= new
    assert 0.9 * opened < placed <= opened > 10


def test_children_are_charged_or_leave_and_those_who_grow_up_are_neither() -> None:
    """Each week, those under 18 who were charged or left at large, by name from the events of that week.

    Whoever leaves on bail is tried, and is not out without a court.
    """
    engine = start_engine(spec("force", weeks=WEEKS), detail=True)
    charged = out = 0
    for week in range(WEEKS):
        person = engine.state.person
        # a sixteenth of all are looked at each week: whoever is found to be grown up then is no child when leaving;
        # those in prison are looked at once the court has released whom it releases
        turn = ((person.id & PHASE) == np.uint64(week & (UPKEEP - 1))) & (person.status != PRISON)
        of_age = turn & ((week - person.joined) / 52.0 >= engine.p["replacement_years_young"])
        child = (person.age == UNDER_18) & (person.id != 0)
        young, staying = ({int(one) for one in person.id[rows]} for rows in (child, child & ~of_age))
        before = len(engine.events)
        engine.run(1)
        engine.collect_events()
        person = engine.state.person
        grown = (engine.week - 1 - person.joined) / 52.0 >= engine.p["replacement_years_young"]
        assert not (np.isin(person.status, (PRISON, REMAND)) & grown & (person.age == UNDER_18)).any()
        staying -= {int(one) for one in person.id[person.status == EXITED]}
        kinds = [
            (int(row[1]), int(name[0]))
            for values, names in engine.events[before:]
            for row, name in zip(values, names, strict=True)
        ]
        seen_charged = sum(kind == EVENT_CHARGE and name in young for kind, name in kinds)
        seen_out = sum(kind == EVENT_EXIT and name in staying for kind, name in kinds)
        charged += seen_charged
        out += seen_out
        assert engine.series[week, INDEX["under_18_charged"]] == seen_charged
        assert engine.series[week, INDEX["under_18_out"]] == seen_out
    assert charged > 5 < out


def panel(quarters: int, feeds: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Weeks of places where crime draws tasking and contact, and contact draws `feeds` targets a quarter later."""
    chance = np.random.default_rng(seed)
    residents = chance.uniform(5_000, 40_000, 30)
    weeks = np.zeros((13 * quarters, 30, len(PLACE_MEASURES)))
    crime = chance.gamma(4.0, 1.0, (quarters, 30)) * residents / 10_000
    contact = 0.3 * crime + chance.gamma(2.0, 0.5, (quarters, 30)) * residents / 10_000
    tasked = 0.5 * crime
    tasked[1:] += feeds * contact[:-1]
    for name, column in (("violence_true", crime), ("harm_gbp", 1000.0 * crime), ("people_active", 3.0 * crime),
                         ("arrests", contact), ("tasked", tasked)):  # fmt: skip
        weeks[::13, :, COLUMN[name]] = column
    return weeks, residents


@pytest.mark.parametrize("feeds", [0.0, 0.4, -0.2])
def test_a_loop_is_what_contact_adds_to_what_crime_explains(feeds: float) -> None:
    """Crime draws both, so that they go together everywhere; only what contact itself brings is the loop."""
    weeks, residents = panel(8, feeds, 3)
    assert loop(weeks, residents) == pytest.approx(feeds, abs=1e-6)
    plain = np.corrcoef(weeks[:, :, COLUMN["arrests"]].sum(axis=0), weeks[:, :, COLUMN["tasked"]].sum(axis=0))[0, 1]
    assert feeds != 0.0 or plain > 0.3  # looked at without crime, there would seem to be one


def test_a_loop_is_not_stated_where_nothing_could_tell() -> None:
    weeks, residents = panel(8, 0.4, 4)
    assert math.isnan(loop(weeks[:26], residents))
    weeks[:, :, COLUMN["arrests"]] = 0.0
    assert math.isnan(loop(weeks, residents))


@pytest.mark.parametrize("measure", sorted(FAIRNESS))
def test_no_rule_of_a_plan_may_read_it(measure: str) -> None:
    """Shown to whoever decides: neither what a cycle observes nor the rule by which it chooses can name it."""
    assert measure not in INDICATORS
    option = {"name": "on", "interventions": ["clear"]}
    rules = (
        {"observe": [measure]},
        {"rule": {"kind": "threshold", "measure": measure, "above": 1.0, "then": "on", "otherwise": "on"}},
    )
    for rule in rules:
        cycle = {"period_weeks": 4, "options": [option], **rule}
        plan = Plan.model_validate({"id": "x", "title": "X", "entry": [{"intervention": "clear"}], "cycle": cycle})
        with pytest.raises(SpannerError, match=measure):
            check_indicators(plan)


def test_places_alike_but_for_deprivation_are_only_told_apart_when_counting() -> None:
    """Deprivation turned round after the run changes the ratio, and no week of the world."""
    engine = start_engine(spec("force", weeks=WEEKS))
    engine.run(WEEKS)
    turned = Fairness(engine.state)
    turned.of_fifth, turned.people = turned.of_fifth[::-1], turned.people[::-1]
    again = engine.series.copy()
    turned.reckon(again, engine.places, WEEKS)
    was, now = (float(each[-1, INDEX["contact_ratio"]]) for each in (engine.series, again))
    assert now == pytest.approx(1.0 / was, rel=1e-12)
    assert now < 1.0 < was
