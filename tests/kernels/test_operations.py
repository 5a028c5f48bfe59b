"""Operations take hours, wait for authority, and end as knowledge, hours and security let them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.kernels.operations import open_operation, operations
from simulation.kernels.orders import resolve
from simulation.kernels.tasking import committed, shortlists
from simulation.state.codes import (
    ACTIVE,
    FREE,
    INVESTIGATIONS,
    INVESTIGATORS,
    LOCAL,
    ORDER_ARREST,
    ORGANISER,
    OUTSIDE,
    REMAND,
    RESOURCES,
    RUNNER,
    TARGET_PERSON,
    UNDER_18,
)
from simulation.state.counters import CONTACTS_UNINVOLVED, GHOST_HOURS, OPERATIONS_DONE, OPERATIONS_FAILED
from simulation.state.levers import Levers
from simulation.state.police import (
    ASSESS,
    AUTHORISE,
    BACKGROUND,
    COMPROMISED,
    DEVELOP,
    GHOST_TARGET,
    PARTIAL,
    SUCCESS,
    TARGET_GONE,
    WRONG_TARGET,
)
from simulation.state.values import Values
from simulation.state.world import FREE_GHOST, FREE_OPERATION, OVERRUN, State
from tests.kernels.police_world import KEY, felt, identity, levers, parameters, police_world

SURE = {"operations_success_base": 50.0}
HOPELESS = {"operations_success_base": -50.0}


def investigate(
    s: State,
    row: int = 0,
    hours: float = 100.0,
    weeks: float = 2.0,
    lead: int = 3,
    number: int = BACKGROUND,
    kind: int = TARGET_PERSON,
    agency: int = 0,
    week: int = 0,
) -> int:
    needed = np.zeros(RESOURCES)
    needed[INVESTIGATORS] = hours
    who = s.person.id[row] if kind == TARGET_PERSON else s.ghost.id[row]
    return open_operation(
        s, week, agency, number, np.uint64(number + 1), kind, row, who, ORDER_ARREST, needed, weeks, lead, 0.6
    )


def live(s: State, weeks: int, v: Levers | None = None, first: int = 0, **changes: float) -> State:
    hold, p = felt(s, levers(s) if v is None else v), parameters(**changes)
    for w in range(first, first + weeks):
        s.tally.week[:] = 0
        operations(s, hold, p, KEY, w, 0)
        resolve(s, hold, p, KEY, w, 0)
    return s


def test_an_operation_is_developed_authorised_executed_and_assessed() -> None:
    s = police_world()
    q = investigate(s, hours=100.0, weeks=2.0, lead=3)
    live(s, 1, **SURE)
    assert (s.operation.stage[q], s.operation.worked[q, INVESTIGATORS]) == (DEVELOP, 50.0)
    live(s, 1, first=1, **SURE)
    assert s.operation.stage[q] == AUTHORISE, "its hours are done, but it is not yet due"
    live(s, 1, first=2, **SURE)
    assert s.person.status[0] == FREE
    live(s, 1, first=3, **SURE)
    assert s.person.status[0] == REMAND
    assert (s.operation.stage[q], s.operation.outcome[q]) == (ASSESS, SUCCESS)
    assert s.tally.week[OPERATIONS_DONE] == 1
    live(s, 6, first=4, **SURE)
    assert s.operation.state[q] != ACTIVE
    assert s.tally.count[FREE_OPERATION] == s.operation.id.size


def test_hours_come_out_of_the_portfolio_and_are_shared_where_they_do_not_suffice() -> None:
    s = police_world()
    share = parameters()["operations_tasked_share"]
    there = 1000.0 * 0.6 * share
    rows = [investigate(s, row, hours=1000.0, weeks=2.0) for row in (0, 5, 1)]
    live(s, 1)
    assert s.operation.worked[rows, INVESTIGATORS] == pytest.approx(there / 3)
    assert s.agency.spent[0, INVESTIGATORS] == pytest.approx(there)
    assert s.agency.spent[1, INVESTIGATORS] == 0.0


def test_the_plan_s_operations_use_the_plan_s_hours_only() -> None:
    s = police_world()
    v = levers(s)
    v.capacity[:, 0, INVESTIGATORS] = 40.0
    v.portfolio[:, 0, INVESTIGATIONS] = 0.0
    mine, theirs = investigate(s, 0, number=3, hours=1000.0), investigate(s, 5, hours=1000.0)
    live(s, 1, v)
    assert s.operation.worked[mine, INVESTIGATORS] == pytest.approx(40.0)
    assert s.operation.worked[theirs, INVESTIGATORS] == 0.0
    assert s.agency.plan_spent[0, INVESTIGATORS] == pytest.approx(40.0)


def test_hours_worked_rise_smoothly_with_the_hours_given() -> None:
    worked = []
    for hours in np.linspace(10.0, 30.0, 9):
        s = police_world()
        v = levers(s)
        v.capacity[:, 0, INVESTIGATORS] = hours
        q = investigate(s, 0, number=3, hours=1000.0)
        live(s, 1, v)
        worked.append(s.operation.worked[q, INVESTIGATORS])
    assert np.diff(worked) == pytest.approx(np.full(8, 2.5))


def outcomes(**changes: float) -> tuple[list[int], State]:
    s = police_world(people_each=40, businesses=4, spare=40)
    found = []
    for row in range(0, 160, 10):
        investigate(s, row, hours=1.0, weeks=1.0, lead=0, agency=int(s.place.force[s.person.place[row]]))
    hold, p = felt(s, levers(s)), parameters(on_leading=0.0, on_authorisation=0.0, **changes)
    operations(s, hold, p, KEY, 0, 0)
    found = s.operation.outcome[s.operation.stage == ASSESS].tolist()
    resolve(s, hold, p, KEY, 0, 0)
    return found, s


def test_success_depends_on_knowledge_hours_and_security_as_stated() -> None:
    from simulation.kernels.execution import success_chance

    p = parameters()
    expected = 1.0 / (1.0 + math.exp(-(
        p["operations_success_base"] + 0.7 * p["operations_success_knowledge"]
        + 0.5 * p["operations_success_hours"] - 0.4 * p["operations_success_security"]
    )))  # fmt: skip
    assert success_chance(p, 0.7, 50.0, 100.0, 0.4) == pytest.approx(expected)
    assert set(outcomes(**SURE)[0]) == {SUCCESS}
    assert SUCCESS not in outcomes(**HOPELESS)[0]


def test_falling_short_disrupts_compromises_or_meets_the_wrong_person() -> None:
    found, s = outcomes(operations_wrong_target=0.5, **HOPELESS)
    assert set(found) == {PARTIAL, COMPROMISED, WRONG_TARGET}
    assert s.tally.week[OPERATIONS_FAILED] == 16
    assert s.tally.week[CONTACTS_UNINVOLVED] == found.count(WRONG_TARGET)
    wrong = s.operation.target[s.operation.outcome == WRONG_TARGET]
    here = np.bincount(s.person.place[wrong], minlength=s.place.id.size)
    assert np.array_equal(s.place.uninvolved, here)  # where the target was thought to be
    assert (s.person.status[:160] == FREE).all()


def test_a_compromised_operation_costs_knowledge_and_makes_wary() -> None:
    _found, s = outcomes(operations_wrong_target=0.1, operations_partial_share=0.3, **HOPELESS)
    hit = s.operation.outcome == COMPROMISED
    rows = s.operation.target[hit]
    assert rows.size
    assert s.person.knowledge[rows, LOCAL] == pytest.approx(np.full(rows.size, 0.3))
    assert (s.business.suspicion[s.person.business[rows]] > 0.0).all()


def test_one_that_follows_a_ghost_meets_someone_uninvolved_and_the_ghost_is_gone() -> None:
    s = police_world()
    s.ghost.state[15], s.ghost.id[15], s.ghost.place[15] = ACTIVE, identity(7, 0), 0
    s.tally.count[FREE_GHOST] -= 1
    s.free.ghost[:15] = np.arange(15)
    q = investigate(s, 15, kind=GHOST_TARGET, hours=100.0, weeks=1.0, lead=0)
    hold, p = felt(s, levers(s)), parameters(**SURE)
    operations(s, hold, p, KEY, 0, 0)
    assert s.operation.outcome[q] == WRONG_TARGET
    assert s.tally.week[CONTACTS_UNINVOLVED] == 1 == s.place.uninvolved[0]
    assert s.tally.week[GHOST_HOURS] == 100
    assert s.ghost.state[15] != ACTIVE


def test_a_target_that_is_gone_ends_the_operation() -> None:
    s = police_world()
    q = investigate(s, 0, lead=0, weeks=1.0)
    s.person.id[0] = identity(4, 99)
    live(s, 1, **SURE)
    assert s.operation.outcome[q] == TARGET_GONE


def test_with_the_mechanism_off_nothing_moves() -> None:
    s = police_world()
    q = investigate(s, 0)
    live(s, 5, on_operations=0.0)
    assert s.operation.worked[q].sum() == 0.0
    assert s.person.status[0] == FREE


def test_with_tasking_off_the_portfolio_gives_no_hours() -> None:
    s = police_world()
    live(s, 1, on_tasking=0.0)
    assert s.agency.free.sum() == 0.0
    live(s, 1)
    assert s.agency.free[0, INVESTIGATORS] > 0.0


def test_what_is_committed_is_what_is_still_to_be_worked() -> None:
    s = police_world()
    investigate(s, 0, hours=100.0)
    investigate(s, 5, hours=50.0)
    investigate(s, 1, hours=70.0, number=3)
    live(s, 1)
    assert committed(s, 0, BACKGROUND)[INVESTIGATORS] == pytest.approx(75.0)
    assert committed(s, 0, 3)[INVESTIGATORS] == pytest.approx(70.0)


def test_a_full_table_takes_on_nothing_and_says_so() -> None:
    s = police_world()
    assert investigate(s, 0) >= 0
    assert s.tally.count[OVERRUN] == 0
    s.tally.count[FREE_OPERATION] = 0
    assert investigate(s, 1) == -1
    assert s.tally.count[OVERRUN] == 1


def slow_shortlist(s: State, p: Values, level: int, agency: int) -> list[tuple[float, int]]:
    """Everyone of an agency's ground who is known, above the street and at large, by score."""
    weights = {0: p["tasking_weight_core"], 1: p["tasking_weight_upper"], 2: p["tasking_weight_middle"]}
    exposure = {ORGANISER: 0, 3: 2}
    found = []
    for i in np.flatnonzero(s.person.status == FREE):
        known = float(s.person.knowledge[i, level])
        role = int(s.person.role[i])
        if role not in exposure or known < p["tasking_perceived"] or s.place.force[s.person.place[i]] != agency:
            continue
        b = s.person.business[i]
        size = weights[exposure[role]] * (1.0 + p["tasking_line_weight"] * s.business.lines[b])
        harm = 10.0 * size / (size + p["tasking_half_harm"])
        found.append((-harm * 10.0 * (1.0 - s.business.security[b]) * 10.0 * known, int(s.person.id[i])))
    return sorted(found)


def test_the_shortlist_is_what_a_slow_twin_says() -> None:
    s, p = police_world(people_each=6, businesses=8), parameters()
    generator = np.random.default_rng(5)
    s.person.knowledge[:48] = generator.uniform(0.1, 0.9, (48, 3)).astype(np.float32)
    s.business.lines[OUTSIDE : OUTSIDE + 8] = generator.integers(1, 6, 8)
    rows, kinds, ids, scores, known = shortlists(s, p, LOCAL, 5)
    for agency in (0, 1):
        slow = slow_shortlist(s, p, LOCAL, agency)[:5]
        assert [int(x) for x in ids[agency][: len(slow)]] == [identity_ for _, identity_ in slow]
        assert scores[agency][: len(slow)] == pytest.approx([-value for value, _ in slow])
        assert (kinds[agency][: len(slow)] == TARGET_PERSON).all()
        assert known[agency][: len(slow)] == pytest.approx(s.person.knowledge[rows[agency][: len(slow)], LOCAL])


def test_the_shortlist_leaves_out_the_street_the_unknown_and_those_already_followed() -> None:
    s, p = police_world(), parameters()
    s.person.knowledge[5] = 0.1
    investigate(s, 0, agency=0)
    rows = set(shortlists(s, p, LOCAL, 16)[0].ravel().tolist()) - {-1}
    assert 0 not in rows
    assert 5 not in rows
    assert not rows & set(np.flatnonzero(s.person.role == RUNNER).tolist())


def test_age_and_deprivation_change_nobody_s_place_on_the_list() -> None:
    s, t, p = police_world(), police_world(), parameters()
    t.person.age[:] = UNDER_18
    t.place.deprivation[:] = [0.1, 0.9, 0.5, 0.7]
    for one, other in zip(shortlists(s, p, LOCAL, 16), shortlists(t, p, LOCAL, 16), strict=True):
        assert np.array_equal(one, other)


def test_ghosts_stand_in_the_list_like_anyone() -> None:
    s, p = police_world(), parameters()
    s.ghost.state[2], s.ghost.id[2], s.ghost.place[2], s.ghost.role[2] = ACTIVE, identity(7, 0), 0, ORGANISER
    s.ghost.knowledge[2, LOCAL] = 0.95
    rows, kinds, ids, _, _ = shortlists(s, p, LOCAL, 4)
    assert (int(ids[0, 0]), int(kinds[0, 0]), int(rows[0, 0])) == (int(identity(7, 0)), GHOST_TARGET, 2)


def test_a_target_taken_in_by_others_meanwhile_ends_the_operation() -> None:
    s = police_world()
    q = investigate(s, 0, lead=0, weeks=1.0)
    s.person.status[0] = REMAND
    live(s, 1, **SURE)
    assert s.operation.outcome[q] == TARGET_GONE
