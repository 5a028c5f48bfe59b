"""A plan that no run could honour is refused in one sentence before the first run, and what is odd in one is said."""

from __future__ import annotations

from typing import Any

import pytest

from simulation.errors import SpannerError
from simulation.experiments.spec import design, repetition
from tests.policy.ground import plan_of, programme

HOLD = {"intervention": "hold", "where": "force"}
TURNS = {"period_weeks": 13, "options": [{"name": "a", "interventions": ["hold"]}]}
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "a cycle by nobody": ({"entry": [HOLD], "cycle": {**TURNS, "agency": "cuncil"}}, r'cycle\.agency of plan bad.*did you mean "council"'),
    "a cycle without analysts": ({"entry": [HOLD], "cycle": {**TURNS, "agency": "council"}}, r"council has no digital-analysts.*allowed: force, rocu, nca"),
    "an option that no entry is for": (
        {"entry": [HOLD], "cycle": {**TURNS, "options": [{"name": "a", "interventions": ["hold", "clear"]}]}},
        r'cycle\.options\[0\]\.interventions\[1\] of plan bad: "clear"',
    ),
    "a trigger on what no week has": ({"entry": [{**HOLD, "trigger": {"measure": "violnce", "above": 1}}]}, r"entry\[0\]\.trigger\.measure"),
    "arrests by a council": ({"entry": [{"intervention": "volume-arrests", "agency": "council"}]}, r"forbidden by arrest-by-partners"),
    "a negative budget": ({"entry": [HOLD], "budget": {"holders": {"nca": -5}}}, r"budget\.holders\.nca"),
    "a purse that is not there": ({"entry": [HOLD], "budget": {"holders": {"nobody": 5}}}, r'"nobody" is not a known name; allowed: council'),
    "new money from nobody": ({"entry": [{**HOLD, "funding": "additional"}]}, r"budget_holder"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_no_run_could_honour_is_refused_before_the_first(name: str) -> None:
    plan, words = BAD[name]
    given = {"id": "bad", "title": "Bad", **plan}
    with pytest.raises(SpannerError, match=words):
        design("estate", [given], weeks=20, replicates=1)
    with pytest.raises(SpannerError, match=words):
        repetition("estate", given, weeks=20)


def test_a_purse_that_need_not_pay_is_named() -> None:
    (said,) = programme(plan_of({**HOLD, "dose": 0.1, "budget_holder": "council"})).warnings
    assert said == "hold: council does not pay, since retasked hours are those policing-body pays for already"
    assert not programme(plan_of({**HOLD, "dose": 0.1, "budget_holder": "policing-body"})).warnings
