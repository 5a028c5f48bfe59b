"""Commissioned markets begin from their files: brokers, skills and terms, of the first and of one more."""

import numpy as np
import pytest

from simulation.schema import Market, Recipe, Scenario, load_scenario
from simulation.state.codes import (
    CASH_CLEAN,
    COMMISSIONING,
    EQUITY,
    FENCE,
    LEGAL_ECONOMY,
    SALES,
    SPECIALIST,
    THIEF,
    WAGES,
)
from simulation.state.world import PEOPLE_INITIAL
from simulation.world.prepare_crews import prepare_crews
from simulation.world.prepare_place import prepare_place
from tests.kernels.commission_world import lonely, weeks
from tests.kernels.place_world import KEY, empty, levers, theft_alone, values


def test_a_world_starts_with_the_brokers_and_skills_of_its_recipe() -> None:
    scenario = theft_alone()
    p = values()
    s = empty(places=9, people=400)
    prepare_place(s, p)
    prepare_crews(s, scenario, p, KEY, -260)
    recipe = scenario.markets["organised-acquisitive"].recipe
    assert recipe is not None
    brokers = np.flatnonzero((s.business.state == 1) & (s.business.model == COMMISSIONING))
    assert brokers.size == recipe.brokers.whole
    hands = sum(skill.available.whole for skill in recipe.skills.values())
    assert (s.person.status > 0).sum() == hands + brokers.size == s.tally.people[PEOPLE_INITIAL]
    assert np.unique(s.person.id[s.person.status > 0]).size == hands + brokers.size
    assert (s.ledger.book.sum(axis=1) == 0).all()
    for b in brokers:
        known = s.person.friend[s.business.leader[b]]
        roles = set(s.person.role[known[known >= 0]].tolist())
        assert roles == {THIEF, SPECIALIST, FENCE}
    done, _ = weeks(s, levers(s), p, 52)
    assert done > 20


CARGO: dict[str, float] = {"projects": 0.4, "value": 90000.0, "success": 0.8, "crimes": 1.0}


def quantity(value: float, unit: str = "people") -> dict[str, object]:
    return {"value": value, "unit": unit, "low": 0.7 * value, "high": 1.35 * value, "status": "assumed"}


def with_cargo() -> Scenario:
    """The force with a second commissioned market, as one more market file would give it."""
    units = {"projects": "1/week", "value": "GBP", "success": "share", "crimes": "count"}
    recipe: dict[str, object] = {name: quantity(value, units[name]) for name, value in CARGO.items()}
    recipe["success"] = {**quantity(0.8, "share"), "high": 1.0}
    recipe |= {
        "brokers": quantity(3),
        "overhead": quantity(400, "GBP/week"),
        "required_profit": quantity(1200, "GBP/week"),
    }
    recipe["skills"] = {
        "driver": {
            "title": "Driver",
            "needed": quantity(3),
            "available": quantity(20),
            "share": quantity(0.2, "share"),
        },
        "fence": {"title": "Fence", "needed": quantity(1), "available": quantity(8), "share": quantity(0.1, "share")},
    }
    scenario = theft_alone()
    market = Market.model_validate(
        {
            "id": "a-cargo", "title": "Cargo theft", "kind": "commissioned-project", "commodity": "loads",
            "recipe": recipe,
        }
    )  # fmt: skip
    return scenario.model_copy(update={"markets": {**scenario.markets, "a-cargo": market}})


def test_a_second_market_needs_its_file_alone() -> None:
    p = lonely()
    s = empty(places=9, people=500)
    s.ledger.book[LEGAL_ECONOMY, CASH_CLEAN] = 10**12
    s.ledger.book[LEGAL_ECONOMY, EQUITY] = -(10**12)
    prepare_place(s, p)
    prepare_crews(s, with_cargo(), p, KEY, -260)
    assert s.recipe.slots.tolist() == [4, 4, 0, 0, 0, 0, 0, 0]
    assert s.recipe.role[0, :4].tolist() == [SPECIALIST, SPECIALIST, SPECIALIST, FENCE]
    brokers = np.flatnonzero((s.business.state == 1) & (s.business.model == COMMISSIONING))
    cargo = brokers[s.project.recipe[brokers] == 0]
    assert cargo.size == 3
    assert brokers.size == 15
    assert set(s.business.required[cargo]) == {1200.0}
    people = s.person.id[s.person.status > 0]
    assert np.unique(people).size == people.size
    assert np.unique(s.business.id[brokers]).size == 15
    weeks(s, levers(s), p, 52)
    for rows, share in ((cargo, 0.7), (np.setdiff1d(brokers, cargo), 0.62)):
        sales = s.ledger.flow[rows, SALES].sum()
        assert sales > 0
        assert -s.ledger.flow[rows, WAGES].sum() == pytest.approx(share * sales, rel=0.001)


@pytest.mark.parametrize(("needed", "share"), [(9, 0.1), (3, 0.4), (0, 0.1)])
def test_a_recipe_that_nobody_can_fill_or_pay_is_refused(needed: float, share: float) -> None:
    good = load_scenario("force").markets["organised-acquisitive"].recipe
    assert good is not None
    skill = {
        "title": "Driver",
        "needed": quantity(needed),
        "available": quantity(20),
        "share": quantity(share, "share"),
    }
    with pytest.raises(ValueError, match="job"):
        Recipe.model_validate({**good.model_dump(), "skills": {"driver": skill}})
