"""Localities at rest stay there, harm and help move them, the pool of young people is counted to one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels.community import community, fruitful, moved
from simulation.kernels.presence import reports
from simulation.state.codes import NEIGHBOURHOOD_POLICING
from simulation.state.counters import USER_DEATHS
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.prepare_place import prepare_place
from tests.kernels.place_world import KEY, empty, levers, values

NOTHING: dict[str, float] = {}


def at_rest(p: Values) -> State:
    """Localities of all degrees of deprivation, as they start."""
    s = empty(places=9)
    s.place.deprivation[:] = np.linspace(0.1, 0.9, 9)
    prepare_place(s, p)
    return s


def usual_harm(s: State, p: Values, times: float = 1.0) -> None:
    """A week's dealing as the resting values hold it; violence, which comes in whole events, is left out or added."""
    harm = times * s.place.deprivation / 0.5 * s.place.population / 10000
    s.place.dealing[:] = (1000 * p["community_usual_dealing"] * harm).astype(np.int64)


def live(s: State, p: Values, weeks: int, first: int = 0, dealing: float = 1.0, **plan: float) -> None:
    """So many weeks under a plan that is the same everywhere; violence as usual, drawn as whole events."""
    v = levers(s)
    for lever, value in plan.items():
        getattr(v.columns, lever)[:] = value
    chance = np.random.default_rng(1)
    usual = p["community_usual_violence"] * s.place.deprivation / 0.5 * s.place.population / 10000
    for week in range(first, first + weeks):
        usual_harm(s, p, dealing)
        s.place.violent_events[:] = chance.poisson(usual * dealing)
        community(s, v, p, KEY, week, 0)


def test_a_place_at_rest_stays_there() -> None:
    p = values()
    s = at_rest(p)
    before = s.place.resilience.copy(), s.place.confidence.copy(), s.place.fear.copy()
    live(s, p, 300)
    for was, now in zip(before, (s.place.resilience, s.place.confidence, s.place.fear), strict=True):
        assert now == pytest.approx(was, abs=0.04)
    assert (np.diff(s.place.resilience) < 0).all()
    assert s.place.users.sum() == pytest.approx(s.place.users_rest.sum(), rel=0.02)


def test_deprivation_costs_strength_and_confidence_and_brings_fear() -> None:
    s = at_rest(values())
    assert (np.diff(s.place.resilience) < 0).all()
    assert (np.diff(s.place.confidence) < 0).all()
    assert (np.diff(s.place.fear) > 0).all()
    assert (np.diff(s.place.users[:, 0]) > 0).all()
    assert s.place.users.sum() * s.chain.use[0] == pytest.approx(s.chain.volume[0])


share = st.floats(0, 1)
rate = st.floats(0, 50)


@given(share, rate, rate, st.floats(0, 1), share)
def test_shares_stay_within_0_and_1(value: float, gain: float, loss: float, restore: float, rest: float) -> None:
    assert 0.0 <= moved(value, gain, loss, restore, rest) <= 1.0


@given(share, st.floats(1e-9, 1))  # by less than that, rounding decides
def test_more_hold_makes_build_bear_more_fruit(hold: float, more: float) -> None:
    p = values()
    assert p["clear_hold_build_unheld"] <= fruitful(p, hold) <= fruitful(p, hold + more) <= 1.0


def test_harm_weakens_and_police_strengthen() -> None:
    p = values()
    usual, harmed, held, bare = (at_rest(p) for _ in range(4))
    live(usual, p, 104)
    live(harmed, p, 104, dealing=3.0)
    live(held, p, 104, visibility=1.0)
    bare.place.effort[:, NEIGHBOURHOOD_POLICING] = 0.0
    live(bare, p, 104)
    assert (harmed.place.resilience < usual.place.resilience).all()
    assert (usual.place.resilience < held.place.resilience).all()
    assert (bare.place.resilience < usual.place.resilience).all()
    assert (harmed.place.fear > usual.place.fear).all()
    assert (held.place.fear < usual.place.fear).all()
    assert (bare.place.confidence < usual.place.confidence).all()
    assert (harmed.place.confidence < usual.place.confidence).all()


CLEAR = {"clear_effort": 1.0}
HOLD = {"reentry_block": 0.7, "visibility": 1.0}
BUILD = {"resilience_growth": 0.004}


def strength(plan: dict[str, float], weeks: int = 156, ablate: tuple[str, ...] = ()) -> float:
    p = values(ablate)
    s = at_rest(p)
    live(s, p, weeks, **plan)
    return float(s.place.resilience.mean())


def test_build_needs_hold() -> None:
    nothing, build, hold, both = strength(NOTHING), strength(BUILD), strength(HOLD), strength(HOLD | BUILD)
    assert both - hold > 0.08
    assert build - nothing < 0.25 * (both - hold)
    assert hold > nothing


def test_without_the_mechanism_build_adds_nothing() -> None:
    assert strength(CLEAR | HOLD | BUILD, ablate=("community",)) == strength(CLEAR | HOLD, ablate=("community",))


def test_a_small_dose_does_little() -> None:
    nothing, full = strength(NOTHING), strength(HOLD | BUILD)
    low = strength({lever: 0.15 * value for lever, value in (HOLD | BUILD).items()})
    assert 0 < low - nothing < 0.15 * (full - nothing)


def test_efforts_come_and_go_with_their_lags() -> None:
    p = values()
    s = at_rest(p)
    live(s, p, 4, **CLEAR, **HOLD, **BUILD)
    assert s.place.clear[0] > 0.8
    assert 0.5 * 0.7 < s.place.hold[0] < 0.7
    assert s.place.build[0] < 0.2 * 0.004
    live(s, p, 156, **CLEAR, **HOLD, **BUILD)
    assert (s.place.clear[0], s.place.hold[0]) == pytest.approx((1.0, 0.7))
    assert s.place.build[0] > 0.98 * 0.004
    live(s, p, 13)
    assert s.place.clear[0] < 0.01 < s.place.hold[0]
    assert s.place.build[0] > 0.5 * 0.004
    off = values(ablate=("clear_hold_build",))
    live(s, off, 1, **CLEAR)
    assert s.place.clear[0] == 0.0


def test_no_plan_leaves_efforts_at_exactly_nothing() -> None:
    p = values()
    s = at_rest(p)
    live(s, p, 20)
    assert not s.place.clear.any()
    assert not s.place.hold.any()
    assert not s.place.build.any()


def test_the_pool_is_counted_to_one_and_stays_at_its_level() -> None:
    p = values()
    s = at_rest(p)
    start = s.place.pool.copy()
    levels = []
    for week in range(400):
        live(s, p, 1, first=week)
        assert np.array_equal(s.place.pool + s.place.recruited, start + s.place.aged_in - s.place.aged_out)
        assert (s.place.pool >= 0).all()
        if week % 40 == 0:  # recruiters take as many as the first pool reckons with
            levels.append(s.place.pool.sum())
        taken = np.random.default_rng(week).binomial(s.place.pool, p["at_risk_recruitment"])
        s.place.pool[:] -= taken
        s.place.recruited[:] += taken
    assert np.mean(levels[3:]) == pytest.approx(start.sum(), rel=0.12)
    assert 15 <= start[4] <= 35  # of 10,000 in a place of middling deprivation, as many as presets give for theirs


def test_prevention_shrinks_the_pool_unless_the_mechanism_is_off() -> None:
    def pool(ablate: tuple[str, ...], inflow: float) -> int:
        p = values(ablate)
        s = at_rest(p)
        live(s, p, 150, at_risk_inflow=inflow)
        return int(s.place.pool.sum())

    assert pool((), 0.5) < 0.75 * pool((), 1.0)
    assert pool(("at_risk",), 0.5) == pool(("at_risk",), 1.0)


def test_treatment_lowers_use_and_relapse_brings_it_back() -> None:
    p = values()
    s = at_rest(p)
    live(s, p, 104, treatment_places=0.002)
    treated = s.place.users.sum()
    assert treated < 0.87 * s.place.users_rest.sum()
    live(s, p, 400)
    assert s.place.users.sum() > 1.12 * treated
    off = values(ablate=("dependence",))
    t = at_rest(off)
    live(t, off, 104, treatment_places=0.002)
    assert np.array_equal(t.place.users, t.place.users_rest)


def test_a_stronger_community_has_fewer_users() -> None:
    p = values()
    built, left = at_rest(p), at_rest(p)
    live(built, p, 260, **HOLD, **BUILD)
    live(left, p, 260)
    assert 0.75 < built.place.users.sum() / left.place.users.sum() < 0.97


def test_users_die_in_proportion_to_what_they_take() -> None:
    p = values()
    s = at_rest(p)
    s.place.users[:] *= 50
    s.place.users_rest[:] *= 50
    v = levers(s)
    deaths = {1.0: 0, 0.5: 0}
    for week in range(100):
        for dose in deaths:
            s.tally.week[:] = 0
            s.place.consumed[:] = (dose * s.place.users * s.chain.use[0]).astype(np.int64)
            community(s, v, p, KEY, week, 0)
            deaths[dose] += s.tally.week[USER_DEATHS]
            assert s.tally.week[USER_DEATHS] == s.place.user_deaths.sum()
    yearly = deaths[1.0] / s.place.users.sum() * 52 / 100
    assert 0.009 < yearly < 0.015
    assert 0.4 < deaths[0.5] / deaths[1.0] < 0.6


def test_build_on_held_ground_raises_confidence_and_what_is_reported() -> None:
    def confidence(p: Values, **plan: float) -> State:
        s = at_rest(p)
        live(s, p, 156, **plan)
        return s

    p = values()
    held, built = confidence(p, **HOLD), confidence(p, **HOLD, **BUILD)
    assert (built.place.confidence > held.place.confidence + 0.01).all()
    assert all(reports(built, p, l) > reports(held, p, l) for l in range(9))
    off = values(ablate=("community",))
    same = confidence(off, **HOLD, **BUILD)
    assert np.array_equal(same.place.confidence, at_rest(off).place.confidence)


def test_reports_follow_confidence_smoothly() -> None:
    p = values()
    s = at_rest(p)
    assert [reports(s, p, l) for l in range(9)] == pytest.approx([1.0] * 9)
    s.place.confidence[:] *= 1.21
    assert reports(s, p, 4) == pytest.approx(1.21 ** p["community_reports"])
    assert reports(s, values(ablate=("community",)), 4) == 1.0
