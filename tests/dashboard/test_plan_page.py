"""What the plan page does with odd names, and what it says of cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.callbacks.plan import changed
from dashboard.jobs.request import Request
from dashboard.pages.plan_cards import budget_card
from dashboard.services import Services
from dashboard.views import side
from tests.dashboard.made_up_catalogue import PLANS
from tests.dashboard.made_up_model import made_up_model
from tests.dashboard.made_up_results import result

COST = {"measure": "plan_cost_gbp", "label": "Cost", "baseline": 0.0, "value": 9e6, "difference": 9e6, "low": 8e6,
        "high": 9.9e6, "level": 0.9, "probability_better": 0.0, "unit": "GBP", "replicates": 16}  # fmt: skip


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return Services(tmp_path, made_up_model())


@pytest.mark.parametrize(
    ("given", "kept", "why"),
    [("", "Mine", "name"), ("   ", "Mine", "name"), ("x" * 300, "x" * 120, "name"), ("Ours", "Ours", "title")],
)
def test_a_name_that_is_not_kept_as_given_is_shown_as_it_is_kept(
    services: Services, given: str, kept: str, why: str
) -> None:
    draft = services.drafts.open("force", {**PLANS["clear-hold-build"].table, "title": "Mine"})
    state: dict[str, Any] = {"draft": draft.id, "entry": 0, "step": 0, "weeks": 52, "version": draft.version}
    found = changed(services, draft, state, "plan-title", given, None)
    now = services.drafts.get(draft.id)
    assert now is not None
    assert (now.plan["title"], found["why"]) == (kept, why)


def test_what_a_plan_costs_has_its_interval() -> None:
    found = result(Request("comparison", "force", ("clear-hold-build",), 52, 16))
    row = pd.DataFrame([{"plan": "clear-hold-build", **COST}])
    found = replace(found, table=pd.concat([found.table, row], ignore_index=True))
    assert "90% interval: £8.0m to £9.9m" in str(budget_card({"entry": []}, found.cost["clear-hold-build"], found))
    assert "£8.0m to £9.9m" in side.side_by_side(found)[0].cells[1][1]
