"""A plan with feedback decides every so many weeks, by turns, by threshold or by what has worked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.errors import Conflict, MissingKey, UnknownName
from simulation.measures.catalogue import INDEX
from simulation.policy import Programme
from simulation.world.indicators import check_indicators
from simulation.world.run import start_engine
from simulation.world.values import parameter_record
from tests.policy.ground import checkpoint, fresh_state, plan_of, programme, spec_of

HOLD = {"intervention": "hold", "where": "force", "dose": 0.3}
ARRESTS = {"intervention": "volume-arrests", "where": "force", "dose": 0.3}
OPTIONS = [{"name": "be-seen", "interventions": ["hold"]}, {"name": "arrest", "interventions": ["volume-arrests"]}]


def lived(
    rule: dict[str, Any], observed: list[float] | None = None, weeks: int = 52
) -> tuple[Any, np.ndarray, np.ndarray]:
    """The programme, and the visibility and arrest hazard of a place by week."""
    plan = plan_of(HOLD, ARRESTS, cycle={"period_weeks": 13, "options": OPTIONS, "rule": rule})
    made = programme(plan, weeks=weeks)
    seen = iter(observed or [])
    made.observe = lambda measure, weeks: next(seen)
    state = fresh_state()
    patrol, hazard, week = [], [], 0
    while week < weeks:
        made.meet(state, week)
        stop = min(made.next_decision(week), weeks)
        assert stop <= week + 13
        levers = made.compose(state, week, stop - week)
        patrol += levers.visibility[:, 0].tolist()
        hazard += levers.arrest_hazard[:, 0, 3].tolist()
        week = stop
    return made, np.array(patrol), np.array(hazard)


def test_options_take_turns() -> None:
    made, patrol, hazard = lived({"kind": "rotate"})
    assert [option for _, option in made.decider.chosen] == ["be-seen", "arrest", "be-seen", "arrest"]
    assert patrol[2:15].all(), "what was chosen goes on until the next is authorised"
    assert not patrol[15:28].any()
    assert (hazard[16:28] > 1.2).all()


def test_a_threshold_on_an_indicator_decides() -> None:
    rule = {
        "kind": "threshold",
        "measure": "violence_recorded",
        "above": 10.0,
        "then": "arrest",
        "otherwise": "be-seen",
    }
    made, _, _ = lived(rule, [5.0, 11.0, 12.0, 3.0])
    assert [option for _, option in made.decider.chosen] == ["be-seen", "arrest", "arrest", "be-seen"]


def test_a_learner_tries_each_and_keeps_what_worked() -> None:
    rule = {"kind": "bandit", "measure": "violence_recorded", "explore": 0.0}
    made, _, _ = lived(rule, [20.0, 19.0, 10.0, 5.0, 4.0, 4.0], weeks=78)
    names = [option for _, option in made.decider.chosen]
    assert names[:2] == ["be-seen", "arrest"]
    assert names[2] == "arrest", "it brought a fall of 9, the other of 1"


def test_the_account_counts_only_what_ran() -> None:
    rotating, _, _ = lived({"kind": "rotate"})
    both = programme(plan_of(HOLD, ARRESTS), weeks=52)
    assert 0.0 < rotating.cost(52)["total"] < 0.7 * both.cost(52)["total"]


def test_a_rule_that_needs_an_indicator_does_not_guess() -> None:
    rule = {"kind": "bandit", "measure": "violence_recorded"}
    plan = plan_of(HOLD, ARRESTS, cycle={"period_weeks": 13, "options": OPTIONS, "rule": rule})
    made = programme(plan)
    with pytest.raises(MissingKey):
        made.meet(fresh_state(), 0)


def test_at_week_zero_nothing_has_been_seen() -> None:
    threshold = {"kind": "threshold", "measure": "fear", "above": 0.0, "then": "arrest", "otherwise": "be-seen"}
    made, _, _ = lived(threshold, [np.nan, 1.0, 1.0, 1.0])
    assert [option for _, option in made.decider.chosen] == ["be-seen", "arrest", "arrest", "arrest"]
    learner = {"kind": "bandit", "measure": "fear", "explore": 0.0}
    made, _, _ = lived(learner, [np.nan, 20.0, 11.0, 10.0, 9.0], weeks=65)
    names = [option for _, option in made.decider.chosen]
    assert names == ["be-seen", "arrest", "be-seen", "arrest", "arrest"], "the first is tried again: it had no before"


@pytest.mark.parametrize("kind", ["threshold", "bandit"])
def test_a_run_observes_for_its_plan_what_it_has_lived(kind: str) -> None:
    rule = {"kind": kind, "measure": "people_active"}
    if kind == "threshold":
        rule |= {"above": 0.0, "then": "arrest", "otherwise": "be-seen"}
    plan = plan_of(HOLD, ARRESTS, cycle={"period_weeks": 4, "options": OPTIONS, "rule": rule})
    engine = start_engine(spec_of(plan, 12))
    engine.run(12)
    chosen = [option for _, option in engine.programme.decider.chosen]
    assert chosen[:2] == ["be-seen", "arrest"]
    assert engine.observe("people_active", 4) == pytest.approx(engine.series[8:12, INDEX["people_active"]].mean())
    assert np.isnan(start_engine(spec_of(plan, 12)).observe("people_active", 4))


def test_an_indicator_that_no_week_has_is_refused() -> None:
    for name in ("violnce_true", "benefit_cost_ratio"):
        rule = {"kind": "bandit", "measure": name}
        plan = plan_of(HOLD, ARRESTS, cycle={"period_weeks": 4, "options": OPTIONS, "rule": rule})
        with pytest.raises(UnknownName):
            check_indicators(plan)


# --- what deciding takes


def turning(period: int, agency: str | None = None, weeks: int = 104, ablate: tuple[str, ...] = (), **more: Any) -> Any:
    """A programme that has turned among its options for so long."""
    cycle = {"period_weeks": period, "options": OPTIONS, **({"agency": agency} if agency else {}), **more}
    plan = plan_of(HOLD, ARRESTS, cycle=cycle)
    spec = spec_of(plan, weeks)
    p = parameter_record(spec.scenario.parameters, ablate)
    made = Programme(plan, spec.scenario, p, np.uint64(1), checkpoint().localities, weeks)
    state = fresh_state()
    made.open(state, 0)
    week = 0
    while week < weeks:
        made.meet(state, week)
        stop = min(made.next_decision(week), weeks)
        made.compose(state, week, stop - week)
        week = stop
    return made


def decided(made: Any) -> list[int]:
    return [week for week, _ in made.decider.chosen]


def test_a_faster_cycle_takes_more_of_its_analysts_hours() -> None:
    hours = {period: turning(period).cost(104)["hours"]["digital-analysts"] for period in (4, 13, 26)}
    assert hours[26] == pytest.approx(40.0 * 104 / 26)
    assert hours[13] == pytest.approx(2.0 * hours[26])
    assert hours[4] == pytest.approx(6.5 * hours[26])


def test_what_is_observed_takes_hours_too_and_is_paid_for() -> None:
    bare, seeing = (turning(13, observe=seen).cost(104) for seen in ([], ["fear", "confidence"]))
    assert seeing["hours"]["digital-analysts"] == pytest.approx(1.4 * bare["hours"]["digital-analysts"])
    assert bare["by_resource"]["digital-analysts"] > 0.0
    assert seeing["opportunity"] > bare["opportunity"], "these hours are put to other use"
    assert seeing["by_holder"]["policing-body"] > bare["by_holder"]["policing-body"]


def test_analysts_who_prepare_decisions_do_not_do_their_other_work() -> None:
    portfolio = [turning(4, ablate=off).compose(fresh_state(), 50, 1).portfolio[0, 0] for off in ((), ("cycles",))]
    assert (portfolio[0] <= portfolio[1]).all()
    assert (portfolio[0] < portfolio[1]).any()


def test_a_cycle_without_the_hours_waits_and_says_so() -> None:
    enough, few = turning(4, "force"), turning(4, "nca")
    assert decided(enough) == list(range(0, 104, 4))
    assert not any("analysts" in one for one in enough.warnings)
    gaps = np.diff(decided(few))
    assert gaps.min() > 4
    assert len(decided(few)) < 16
    assert any("decisions wait" in one for one in few.warnings)


def test_ablated_deciding_is_free_and_at_once() -> None:
    made = turning(13, ablate=("cycles",))
    assert "digital-analysts" not in made.cost(104)["hours"]
    gates = {piece.intervention.card.id: piece.claim.dose.gate for piece in made.pieces}
    assert gates["hold"][12:14].tolist() == [1.0, 0.0]
    assert {piece.intervention.card.id: piece.claim.dose.gate for piece in turning(13).pieces}["hold"][12:16].tolist() == [
        1.0, 1.0, 1.0, 0.0,
    ]  # fmt: skip


def test_an_agency_without_analysts_cannot_decide() -> None:
    with pytest.raises(Conflict, match="digital-analysts"):
        turning(13, "council")
    with pytest.raises(UnknownName, match="forse"):
        turning(13, "forse")
    options = [{"name": "hold", "interventions": ["hold"]}, {"name": "build", "interventions": ["build"]}]
    by_council = [{**HOLD, "agency": "council"}, {**HOLD, "intervention": "build", "agency": "council"}]
    made = programme(plan_of(*by_council, cycle={"period_weeks": 13, "options": options}))
    assert [claim.entry.agency for claim in made._desk] == ["force"], "without a name, one that has some"
