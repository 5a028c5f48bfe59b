"""A plan is run as it stands; where it costs more than it may, the result says who pays, how much, and the limit."""

from __future__ import annotations

import pytest

from simulation import api
from simulation.policy.budget import over_budget, over_intrusion
from simulation.schema import Budget
from tests.policy.ground import plan_of, programme

PAID = {"intervention": "hold", "where": "force", "funding": "additional", "budget_holder": "home-office"}


def test_every_limit_that_is_passed_is_named() -> None:
    cost = programme(plan_of(PAID)).cost(104)
    spent = cost["total"]
    assert spent > 1_000.0
    assert over_budget("mine", None, cost) == []
    assert over_budget("mine", Budget(total=spent, holders={"home-office": spent}), cost) == []
    said = over_budget("mine", Budget(total=1000.0, holders={"home-office": 500.0, "council": 0.0}), cost)
    assert len(said) == 2
    assert said[0].startswith(f"mine: over budget: the whole plan costs £{spent:,.0f}, the limit is £1,000 ")
    assert f"Home Office (home-office) pays £{spent:,.0f}, the limit is £500 " in said[1]


@pytest.mark.parametrize("limit", [1.0, 1e12])
def test_runs_and_comparisons_say_so_and_do_the_work_all_the_same(limit: float) -> None:
    plan = {"id": "mine", "title": "Mine", "budget": {"holders": {"home-office": limit}}, "entry": [PAID]}
    run = api.run("estate", plan, weeks=40, detail=False)
    assert run.cost["total"] > 1.0
    compared = api.compare("estate", plan, weeks=40, replicates=2)
    repeated = api.repeat("estate", plan, weeks=40, replicates=2)
    for warnings in (run.warnings, compared.warnings, compared.to_dict()["warnings"], repeated.to_dict()["warnings"]):
        assert any("over budget" in text and "home-office" in text for text in warnings) == (limit == 1.0)


def test_people_met_who_are_not_involved_have_a_limit_of_their_own() -> None:
    assert over_intrusion("mine", Budget(intrusion=4.0), 4.0) == []
    assert over_intrusion("mine", Budget(total=1.0), 400.0) == []
    assert over_intrusion("mine", Budget(intrusion=4.0), 4.5) == [
        "mine: over budget: 4.5 people not involved are met, the limit is 4.0"
    ]
    with pytest.raises(ValueError, match="intrusion"):
        Budget(intrusion=-1.0)


def test_a_comparison_holds_what_its_runs_met_against_the_limit() -> None:
    """Each arm's own contacts, over the whole run."""
    plan = {"id": "mine", "title": "Mine", "budget": {"intrusion": 0.0}, "entry": [{"intervention": "leader-arrests"}]}
    compared = api.compare("force", plan, weeks=104, replicates=6)
    met = compared.outcome("mine", "intrusion").mean()
    said = [text for text in compared.warnings if "not involved" in text]
    assert met > 0.0
    assert said == [f"mine: over budget: {met:,.1f} people not involved are met, the limit is 0.0"]
