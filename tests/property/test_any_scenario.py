"""Whatever scenario, parameters, shocks and plan are thrown at it, a world adds up every week and repeats itself."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulation.interventions  # noqa: F401 (registers the cards)
from simulation.errors import Conflict
from simulation.policy.authority import check_lawful
from simulation.policy.intervention import REGISTRY
from simulation.schema import RunSpec, load_authority, load_mechanisms, load_parameters, load_plan
from simulation.world.shock_course import BLOWS, COUNTED
from tests.conservation.identities import Bookkeeper, faults_of, measures_are_sound
from tests.integration.lives import alike, newborn, spec
from tests.integration.shuffling import shuffled

TIERS = ("importer", "wholesaler", "distributor", "line")
# what decides how a world is made is tried at its bounds as well
PARAMETERS = {name: one for name, one in load_parameters().items() if one.low < one.high}
AT_WORK = sorted(set(REGISTRY) - {"do-as-now", "nothing-more", "nothing-at-all"})
FACTORS = ("landed-price", "retail-price", "supply", "demand", "interdiction", "arrest-rate", "recruitment")

# in a soak the thousand worlds below do the work; these two need no thousand of their own beside them
FEW = settings(max_examples=min(60, settings.default.max_examples if settings.default else 60))

numbers = st.fixed_dictionaries({name: st.integers(1, 4) for name in TIERS})


@st.composite
def quantities(draw: st.DrawFn) -> dict[str, float]:
    """A few parameters at values within their ranges, the bounds among them."""
    names = draw(st.lists(st.sampled_from(sorted(PARAMETERS)), max_size=8, unique=True))
    return {
        name: draw(st.floats(PARAMETERS[name].low, PARAMETERS[name].high, allow_nan=False, allow_subnormal=False))
        for name in names
    }


@st.composite
def shocks(draw: st.DrawFn) -> dict[str, Any]:
    """Something that befalls the world in its first weeks."""
    kind = draw(st.sampled_from((*sorted(BLOWS), *FACTORS)))
    if kind in COUNTED:
        size: float = draw(st.integers(0, 5))
    elif kind in BLOWS:
        size = draw(st.floats(0.0, 1.0))
    else:
        size = draw(st.floats(0.05, 5.0))
    found: dict[str, Any] = {"week": draw(st.integers(0, 8)), "kind": kind, "size": size}
    if draw(st.booleans()):
        found["duration"] = draw(st.integers(1, 6))
    return found


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """One effort of a plan."""
    start = draw(st.integers(0, 6))
    found: dict[str, Any] = {
        "intervention": draw(st.sampled_from(AT_WORK)), "dose": draw(st.floats(0.0, 1.0)), "start": start,
        "ramp_weeks": draw(st.integers(0, 4)),
        "where": draw(st.sampled_from(["force", {"rule": "most-sales", "n": 3}, {"rule": "contested", "n": 2}])),
    }  # fmt: skip
    if draw(st.booleans()):
        found["end"] = start + draw(st.integers(1, 8))
    if draw(st.booleans()):
        found |= {"funding": "additional", "budget_holder": "home-office"}
    return found


def lawful(listed: list[dict[str, Any]]) -> bool:
    """Whether the law allows these efforts beside each other; a world is never made for those that it forbids."""
    try:
        check_lawful(load_plan({"id": "drawn", "title": "A plan as drawn", "entry": listed}), load_authority())
    except Conflict:
        return False
    return True


@st.composite
def runs(draw: st.DrawFn) -> RunSpec:
    """A small world of any shape, and what is done to it and in it."""
    users = draw(st.integers(1, 600))
    scenario = {
        "id": "drawn",
        "preset": draw(st.sampled_from(["estate", "estate", "estate", "force"])),
        "population": {"tiers": draw(numbers), "monitored_people": draw(st.integers(0, 2))},
        "shocks": draw(st.lists(shocks(), max_size=2)),
        "community": {"dependent_users": {"value": users, "low": 0.5 * users, "high": 2.0 * users}},
    }
    plan = {"id": "drawn", "title": "A plan as drawn", "entry": draw(st.lists(entries(), max_size=3).filter(lawful))}
    return spec(
        scenario, plan, weeks=draw(st.integers(4, 16)), seed=draw(st.integers(0, 2**32 - 1)),
        parameters=draw(quantities()), ablate=draw(st.lists(st.sampled_from(sorted(load_mechanisms())), max_size=3)),
    )  # fmt: skip


def adds_up(run: RunSpec) -> None:
    """Every identity holds after every week, and the measures are sound."""
    engine = newborn(run)
    keeper = Bookkeeper(engine.state)
    for _ in range(run.weeks):
        engine.run(1)
        assert faults_of(engine.state, engine.p) + keeper.week(engine.state) == []
    assert measures_are_sound(engine.series) == []


def repeats(run: RunSpec, dice: int) -> None:
    """Lived again in one go, and with its rows shuffled, a world has the same history."""
    weekly, again, mixed = newborn(run), newborn(run), newborn(run)
    for _ in range(run.weeks):
        weekly.run(1)
    again.run(run.weeks)
    mixed.state = shuffled(mixed.state, dice)
    mixed.programme.open(mixed.state, 0)
    mixed.run(run.weeks)
    assert alike(weekly.series, again.series)
    assert alike(weekly.series, mixed.series)
    assert alike(weekly.places, mixed.places)


@FEW
@given(runs())
def test_any_world_adds_up(run: RunSpec):
    adds_up(run)


@FEW
@given(runs(), st.integers(0, 1000))
def test_any_world_repeats_itself(run: RunSpec, dice: int):
    repeats(run, dice)


@pytest.mark.soak
@settings(max_examples=1000)
@given(runs(), st.integers(0, 1000))
def test_a_thousand_worlds_add_up_and_repeat_themselves(run: RunSpec, dice: int):
    adds_up(run)
    repeats(run, dice)
