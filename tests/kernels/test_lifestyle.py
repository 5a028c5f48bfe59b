"""People get used to what crime pays: quickly to more, slowly to less; it holds them, and what makes it costly frees them."""

from __future__ import annotations

import math

import pytest

from simulation.kernels.lifestyle import live_well, pace_of_life
from simulation.state.codes import HOLDER, LINE, ORGANISER, RUNNER, STREET
from simulation.state.handle import Handle
from simulation.state.values import Values
from simulation.state.world import State
from tests.kernels.place_world import add_business, add_person, empty, levers, values

WEEKS = 16


def ground(role: int = RUNNER) -> tuple[State, int]:
    s = empty()
    s.chain.required[:] = 4000.0
    b = add_business(s, 100, 0, tier=LINE)
    s.business.profit[b] = 4000.0
    i = add_person(s, 300, 0, role, b)
    if role == ORGANISER:
        s.business.leader[b] = i
    s.person.stay[i] = s.person.shown[i] = 1.0
    return s, i


def live(s: State, p: Values, i: int, times: int = 1, v: Handle | None = None) -> float:
    for _ in range(times):
        live_well(s, levers(s) if v is None else v, p, 0, i, WEEKS, pace_of_life(p, WEEKS))
    return float(s.person.stay[i])


def test_habits_rise_quickly_and_fall_slowly() -> None:
    p = values()
    s, i = ground()
    live(s, p, i)
    risen = s.person.habit[i]
    usual = p["lifestyle_spent"] * p["accounts_wage_runner"]
    assert risen > 0.7 * usual
    live(s, p, i, 40)
    full = s.person.habit[i]
    assert full == pytest.approx(usual, rel=1e-3)
    s.person.business[i] = -1  # out of work
    live(s, p, i)
    assert s.person.habit[i] > 0.7 * full
    assert s.person.debt[i] > 0.0
    live(s, p, i, 60)
    assert s.person.habit[i] < 0.01 * full


def test_a_life_above_the_usual_of_the_post_holds_people() -> None:
    p = values()
    stays = []
    for profit in (0.0, 4000.0, 12000.0):
        s, i = ground(ORGANISER)
        s.business.profit[s.person.business[i]] = profit
        stays.append(live(s, p, i, 40))
    assert stays[0] > stays[1] > stays[2]
    off = values(ablate=("lifestyle",))
    s, i = ground(ORGANISER)
    assert live(s, off, i, 40) == 1.0
    assert s.person.shown[i] == 1.0


def test_cost_of_visible_wealth_frees_people_the_more_the_higher() -> None:
    p = values()
    stays = []
    for cost in (0.0, 50.0, 100.0, 400.0):
        s, i = ground()
        v = levers(s)
        v.columns.lifestyle_cost[:, STREET] = cost
        stays.append(live(s, p, i, 40, v))
    assert stays == sorted(stays)
    assert stays[3] > 1.1 * stays[0]
    s, i = ground(HOLDER)  # another exposure is not touched
    v = levers(s)
    v.columns.lifestyle_cost[:, STREET] = 400.0
    touched = live(s, p, i, 40, v)
    s, i = ground(HOLDER)
    assert touched == live(s, p, i, 40)


def test_risk_that_is_seen_drives_people_out() -> None:
    p = values()
    s, i = ground()
    calm = live(s, p, i, 40)
    s.business.pressure[s.person.business[i]] = 0.05
    assert live(s, p, i) > 1.1 * calm


def test_debt_holds_people() -> None:
    p = values()
    s, i = ground()
    free = live(s, p, i, 40)
    s.person.debt[i] = 50_000.0
    assert live(s, p, i) < 0.95 * free


def test_wealth_is_noticed() -> None:
    p = values()
    poor, rich = ground(ORGANISER), ground(ORGANISER)
    rich[0].business.profit[rich[0].person.business[rich[1]]] = 16000.0
    for s, i in (poor, rich):
        live(s, p, i, 20)
    assert rich[0].person.shown[rich[1]] > poor[0].person.shown[poor[1]] > 1.0


def test_someone_who_has_long_had_the_usual_leaves_about_as_usual() -> None:
    p = values()
    for role in (RUNNER, HOLDER, ORGANISER):
        s, i = ground(role)
        s.business.pressure[s.person.business[i]] = p["risk_premium_usual"] / 3.0
        assert math.log(live(s, p, i, 60)) == pytest.approx(0.0, abs=0.15)
