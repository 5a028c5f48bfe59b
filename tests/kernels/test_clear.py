"""Clear arrests and closes in the places where it is in force, in proportion to its effort, and nowhere else."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.chance.draws import uniform
from simulation.chance.streams import ARREST
from simulation.kernels.clear import SWEEP, clear
from simulation.kernels.picture import picture
from simulation.state.codes import CAUSE_PLAN, LOCAL, ORDER_ARREST, ORDER_CLOSURE, STREET, TARGET_PERSON
from simulation.state.police import BY_CLEAR
from simulation.state.world import ORDER_COUNT, State
from tests.kernels.police_world import KEY, felt, levers, parameters, police_world

STRONG = {"clear_street": 0.116, "clear_middle": 0.084, "clear_core": 0.036, "clear_closure": 0.16}


def world() -> State:
    return police_world(people_each=50, businesses=8, spare=20)


def sweep(s: State, effort: list[float], week: int = 0, **changes: float) -> int:
    s.place.clear[:] = effort
    s.tally.count[ORDER_COUNT] = 0
    clear(s, felt(s, levers(s)), parameters(**changes), KEY, week, 0)
    return int(s.tally.count[ORDER_COUNT])


def test_orders_follow_where_the_effort_is_and_nowhere_else() -> None:
    s = world()
    n = sweep(s, [1.0, 0.0, 0.0, 0.0], **STRONG)
    assert n > 0
    people = s.orders.target_kind[:n] == TARGET_PERSON
    assert (s.person.place[s.orders.target[:n][people]] == 0).all()
    assert (s.outlet.place[s.orders.target[:n][~people]] == 0).all()
    assert set(s.orders.kind[:n].tolist()) <= {ORDER_ARREST, ORDER_CLOSURE}
    assert (s.orders.cause[:n] == CAUSE_PLAN).all()
    assert (s.orders.intervention[:n] == BY_CLEAR).all()


def test_no_effort_no_orders() -> None:
    assert sweep(world(), [0.0] * 4) == 0


def test_with_the_mechanism_off_effort_does_nothing() -> None:
    assert sweep(world(), [1.0] * 4, on_clear=0.0) == 0


def test_each_arrest_is_what_a_slow_twin_says() -> None:
    s, p = world(), parameters()
    n = sweep(s, [0.7, 0.2, 0.0, 1.0], week=5)
    arrested = {int(s.orders.target[j]) for j in range(n) if s.orders.target_kind[j] == TARGET_PERSON}
    rates = (p["clear_core"], p["clear_upper"], p["clear_middle"], p["clear_street"])
    exposure = {0: 0, 3: 2, 4: STREET}
    expected = set()
    for i in range(400):
        effort = float(s.place.clear[s.person.place[i]])
        known = 1.0 - p["clear_need_to_know"] * (1.0 - float(s.person.knowledge[i, LOCAL]))
        hazard = rates[exposure[int(s.person.role[i])]] * effort * known
        if uniform(KEY, s.person.id[i], 5, ARREST, SWEEP, np.uint64(0)) < 1.0 - math.exp(-hazard):
            expected.add(i)
    assert arrested == expected


def test_more_effort_keeps_everyone_who_was_arrested_with_less() -> None:
    s = world()
    before: set[int] = set()
    for effort in (0.2, 0.4, 0.8, 1.0):
        n = sweep(s, [effort] * 4, **STRONG)
        now = set(s.orders.target[:n][s.orders.target_kind[:n] == TARGET_PERSON].tolist())
        assert before <= now
        before = now


def test_the_picture_is_recorded_crime_smoothed() -> None:
    s, p = police_world(), parameters(tasking_picture_half_life=13.0)
    s.place.violent_recorded[:] = [4, 0, 0, 0]
    s.place.drug_recorded[:] = [0, 2, 0, 0]
    s.place.acquisitive[:] = 500  # what nobody reports is not in the picture
    for w in range(13):
        picture(s, felt(s, levers(s)), p, KEY, w, 0)
    assert s.agency.recorded[:, 0] == pytest.approx([2.0, 1.0, 0.0, 0.0])
    assert s.agency.recorded[:, 1] == pytest.approx([2.0, 0.0, 0.0, 0.0])
