"""Plans are scaled down to what the cheapest costs, whatever makes their costs bend, and each says by how much."""

from __future__ import annotations

from typing import Any

import pytest

from simulation.experiments.equal_cost import NEAR, cost_of
from simulation.experiments.spec import design

WEEKS = 60
SMALL = {"id": "small", "title": "Small", "entry": [{"intervention": "hot-spot-patrol", "dose": 0.2, "where": "force"}]}
LARGE = {
    "id": "large", "title": "Large",
    "entry": [{"intervention": "hold", "where": "force"}, {"intervention": "clear", "where": "force", "end": 20}],
}  # fmt: skip
TURNING = {
    "id": "turning", "title": "Turning", "entry": LARGE["entry"],
    "cycle": {"period_weeks": 13, "options": [{"name": name, "interventions": [name]} for name in ("hold", "clear")]},
}  # fmt: skip


def laid_out(*plans: dict[str, Any], equal_cost: bool = True) -> Any:
    return design("estate", plans, weeks=WEEKS, replicates=2, equal_cost=equal_cost)


@pytest.mark.parametrize("other", [LARGE, TURNING], ids=["work that lapses", "a cycle"])
def test_every_plan_costs_what_the_cheapest_does(other: dict[str, Any]) -> None:
    name = f"{other['id']}-at-equal-cost"
    found = laid_out(SMALL, other)
    assert found.plans == ("small", name)
    assert list(found.arms) == ["do-as-now", "small", name]
    aim, cost = (cost_of(found.arms[one]) for one in found.plans)
    before = cost_of(laid_out(SMALL, other, equal_cost=False).arms[other["id"]])
    assert before > 1.5 * aim
    assert cost == pytest.approx(aim, rel=NEAR)
    (note,) = found.warnings
    assert note.startswith(f"{name}: doses of {other['id']} times 0.")
    assert f"£{aim:,.0f} that small does" in note
    doses = [entry.dose for entry in found.arms[name].plan.entry]
    assert doses[0] == doses[1] < 1.0


def test_the_baseline_and_what_costs_nothing_stay_as_they_are() -> None:
    found = laid_out(SMALL, "nothing-more")
    assert found.plans == ("small", "nothing-more")
    assert all(entry.dose == 0.2 for entry in found.arms["small"].plan.entry)
    assert found.warnings == ("equal cost: fewer than two plans cost anything, so none is scaled",)


def test_what_cannot_be_made_so_cheap_says_so() -> None:
    tiny = {**SMALL, "id": "tiny", "entry": [{**SMALL["entry"][0], "dose": 0.0001}]}
    found = laid_out(tiny, TURNING)
    assert found.plans == ("tiny", "turning")
    assert "at any dose" in found.warnings[0]
