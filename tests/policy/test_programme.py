"""Agencies meet when their calendar says, follow those the picture shows, and stay within their hours."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.errors import Conflict
from simulation.policy.deliberation import NationalTable, PartnerTable, RegionalTable
from simulation.policy.intervention import numbers
from simulation.policy.targets import ranked
from simulation.state.codes import ACTIVE, HOLDER, ORGANISER, RUNNER
from simulation.state.police import BACKGROUND
from simulation.state.world import State
from tests.policy.ground import WEEKS, checkpoint, fresh_state, plan_of, programme, series


def operations_of(state: State, number: int) -> np.ndarray:
    return np.flatnonzero((state.operation.state == ACTIVE) & (state.operation.intervention == number))


def test_the_calendar_of_meetings() -> None:
    made = programme(plan_of())
    force, rocu = made.tables[0], made.tables[1]
    assert [week for week in range(-5, 13) if force.sits(week)] == [-4, 0, 4, 8, 12]
    assert [week for week in range(13) if rocu.sits(week)] == [2, 6, 10]
    assert made.next_decision(0) == 2
    assert made.next_decision(2) == 4
    assert made.next_decision(-4) == -2
    assert isinstance(rocu, RegionalTable)
    assert isinstance(made.tables[2], NationalTable)
    assert isinstance(made.tables[3], PartnerTable)


def test_meeting_one_by_one_comes_to_the_same_as_meeting_together() -> None:
    states = fresh_state(), fresh_state()
    together, singly = (programme(plan_of({"intervention": "leader-arrests"}), state) for state in states)
    for week in range(0, 30, 2):
        together.meet(states[0], week)
        for table in singly.tables:
            singly.meet_agency(states[1], week, table)
    for column, twin in zip(states[0].operation, states[1].operation, strict=True):
        assert np.array_equal(column, twin)


def test_leaders_are_followed_by_the_lines_they_are_known_to_run() -> None:
    state = fresh_state()
    state.person.knowledge[:] = 0.9
    made = programme(plan_of({"intervention": "leader-arrests", "targets": {"rule": "leader", "n": 2}}), state)
    made.meet(state, 4)
    rows = operations_of(state, numbers()["leader-arrests"])
    assert 1 <= rows.size <= 2
    target = state.operation.target[rows]
    assert (state.person.role[target] == ORGANISER).all()
    lines = state.business.lines[state.person.business[target]]
    led = np.flatnonzero((state.person.status == 1) & (state.person.role == ORGANISER))
    most = np.sort(state.business.lines[state.person.business[led]])[::-1]
    assert lines.max() == most[0]


def test_no_more_targets_than_the_plan_allows() -> None:
    state = fresh_state()
    state.person.knowledge[:] = 0.9
    made = programme(plan_of({"intervention": "leader-arrests", "targets": {"rule": "leader", "n": 1}}), state)
    for week in range(0, 60, 4):
        made.meet(state, week)
    assert made.pieces[0].opened == 1


def test_nobody_unknown_is_followed() -> None:
    state = fresh_state()
    state.person.knowledge[:] = 0.2
    state.ghost.state[:] = 0
    made = programme(plan_of({"intervention": "leader-arrests"}), state)
    before = (state.operation.state == ACTIVE).sum()
    made.meet(state, 4)
    assert (state.operation.state == ACTIVE).sum() == before


@pytest.mark.parametrize(("rule", "roles"), [("leader", {ORGANISER}), ("volume", {RUNNER, HOLDER})])
def test_a_rule_finds_the_roles_it_names(rule: str, roles: set[int]) -> None:
    state = fresh_state()
    state.person.knowledge[:] = 0.9
    state.operation.state[:] = 0
    state.ghost.state[:] = 0
    found = ranked(state, rule, 0, np.arange(state.place.id.size), 0.3, 8)
    assert found
    assert {int(state.person.role[target.row]) for target in found} <= roles


def test_random_targets_do_not_depend_on_rows() -> None:
    state = fresh_state()
    state.person.knowledge[:] = 0.9
    found = ranked(state, "random", 0, np.arange(state.place.id.size), 0.3, 5)
    assert found == ranked(state, "random", 0, np.arange(state.place.id.size), 0.3, 5)
    assert len({target.identity for target in found}) == 5


def test_age_and_deprivation_change_no_target() -> None:
    for rule in ("leader", "volume", "hub", "random", "specialist", "broker"):
        found = []
        for turn in range(2):
            state = fresh_state()
            state.person.knowledge[:] = 0.9
            if turn:
                state.person.age[:] = 0
                state.place.deprivation[:] = 0.9
            found.append(ranked(state, rule, 0, np.arange(state.place.id.size), 0.3, 8))
        assert found[0] == found[1]


def test_agencies_keep_within_the_hours_they_have() -> None:
    state = fresh_state()
    state.person.knowledge[:] = 0.9
    made = programme(plan_of(), state)
    for week in range(0, 40, 2):
        made.meet(state, week)
    busy = operations_of(state, BACKGROUND)
    needed = np.zeros(state.agency.hours.shape)
    np.add.at(needed, state.operation.agency[busy], state.operation.needed[busy])
    p = made.parameters
    for table in made.tables:
        hours = state.agency.hours[table.row, table.first] * state.agency.portfolio[table.row, table.first, 2]
        whole = hours * p["operations_tasked_share"] * p["tasking_horizon"]
        assert needed[table.row, table.first] <= max(whole, table.needed[table.first]) + 1e-6


def test_a_plan_is_its_baseline_until_its_first_window_opens() -> None:
    baseline = series(plan_of().model_dump_json())
    for start in (1, 13, 51):
        plan = plan_of({"intervention": "volume-arrests", "start": start}, {"intervention": "hold", "start": start})
        run = series(plan.model_dump_json())
        assert np.array_equal(run[:start], baseline[:start], equal_nan=True), start
        assert not np.array_equal(run[start:WEEKS], baseline[start:WEEKS], equal_nan=True)


def test_programmes_share_nothing() -> None:
    state = checkpoint().state
    before = [column.copy() for group in state.columns for column in group]
    made = programme(plan_of({"intervention": "clear"}))
    made.compose(state, 0, 13)
    for column, kept in zip((column for group in state.columns for column in group), before, strict=True):
        assert np.array_equal(column, kept)


def test_targets_may_be_kept_to_tiers_and_markets() -> None:
    state = fresh_state()
    state.person.knowledge[:] = 0.9
    state.operation.state[:] = 0
    everywhere = np.arange(state.place.id.size)
    upstream = ranked(state, "leader", 0, everywhere, 0.3, 24, (0, 1))
    assert upstream
    assert set(state.business.tier[state.person.business[[one.row for one in upstream]]].tolist()) <= {0, 1}
    names = next(iter(checkpoint().localities)).id
    plan = plan_of(
        {"intervention": "false-signals", "where": [names], "targets": {"rule": "market", "market": "class-a"}}
    )
    made = programme(plan)
    assert made.compose(checkpoint().state, 20, 1).false_reports[0, 0].any()


def test_a_rule_that_finds_nobody_is_refused() -> None:
    with pytest.raises(Conflict):
        programme(plan_of({"intervention": "closure-order", "targets": {"rule": "leader"}}))
