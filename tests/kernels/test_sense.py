"""Knowledge grows with work, fades without it, and stays between 0 and 1; ghosts come with volume that nobody reads."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.kernels.ghosts import SLOTS_A_WEEK
from simulation.kernels.sense import sense
from simulation.schema import load_intelligence
from simulation.state.codes import (
    DIGITAL_ANALYSTS,
    EXPOSURE_OF_ROLE,
    FREE,
    INVESTIGATIONS,
    LOCAL,
    NEIGHBOURHOOD_POLICING,
    OUTSIDE,
    PRISON,
    PROACTIVE_STREET,
    REACTIVE,
)
from simulation.state.levers import Levers
from simulation.state.world import FREE_GHOST, OVERRUN, State
from simulation.world.advance import room_reserve
from tests.kernels.police_world import KEY, felt, identity, levers, parameters, police_world

SOURCES = load_intelligence()


def run(s: State, weeks: int = 4, v: Levers | None = None, **changes: float) -> State:
    columns = levers(s) if v is None else v
    hold, p = felt(s, columns), parameters(**changes)
    for w in range(weeks):
        sense(s, hold, p, KEY, w, 0)
    return s


def mean_knowledge(s: State) -> float:
    return float(s.person.knowledge[s.person.status == FREE, LOCAL].mean())


def mix64(x: int) -> int:
    """The finisher of SplitMix64, in whole numbers of any size."""
    x ^= x >> 30
    x = x * 0xBF58476D1CE4E5B9 % 2**64
    x ^= x >> 27
    x = x * 0x94D049BB133111EB % 2**64
    return x ^ (x >> 31)


def test_one_review_is_what_a_slow_twin_says() -> None:
    s, p = police_world(), parameters()
    before = s.person.knowledge.copy()
    run(s, 4)
    kept = 2.0 ** (-4 / p["sense_half_life"])
    share = 1.0 - math.exp(-4 * p["sense_sharing"])
    weights = {
        LOCAL: (p["sense_local_core"], p["sense_local_upper"], p["sense_local_middle"], p["sense_local_street"]),
        1: (
            p["sense_regional_upper"],
            p["sense_regional_upper"],
            p["sense_regional_street"],
            p["sense_regional_street"],
        ),
        2: (
            p["sense_national_upper"],
            p["sense_national_upper"],
            p["sense_national_street"],
            p["sense_national_street"],
        ),
    }
    adequacy = min(1.0, 100.0 / (sum(one.analyst_hours.value for one in SOURCES) * 10))
    lives = -np.log((np.arange(256) + 0.5) / 256.0)
    lives /= lives.mean()
    for i in range(20):
        common = lives[mix64(int(s.person.id[i]) ^ int(KEY)) >> 56]
        eyes = mix64(int(s.person.id[i]) ^ int(KEY))
        exposure = EXPOSURE_OF_ROLE[s.person.role[i]]
        new = []
        for level, name in enumerate(("local", "regional", "national")):
            rate = 4 * weights[level][exposure] * (adequacy if level == LOCAL else 1.0)
            learned = 1.0 - math.exp(-rate)
            gained = 0.0
            for k, one in enumerate(SOURCES):
                part = one.share[name].upper.value if exposure < 2 else one.share[name].street.value
                parts = round(one.reach.value * 32)
                trait = (
                    1.0 - p["sources_own"] + (p["sources_own"] * 32 / parts if (eyes >> 5 * k) & 31 < parts else 0.0)
                )
                gained += learned * part * trait * common * (1.0 - 0.3) * ("people" in one.sees)
            gained /= 1.0 + max(0.0, gained - learned)
            new.append(1.0 - (1.0 - kept * float(before[i, level])) * (1.0 - gained))
        for lower in (0, 1):
            gap = share * (new[lower] - new[lower + 1])
            new[lower + (1 if gap > 0 else 0)] += abs(gap)
        assert s.person.knowledge[i] == pytest.approx(new, abs=2e-6)


def test_with_the_mechanism_off_knowledge_stands_still() -> None:
    s = run(police_world(), 8, on_sense=0.0)
    assert (s.person.knowledge[:20] == np.float32(0.6)).all()


def test_without_work_knowledge_halves_in_its_half_life() -> None:
    s = police_world()
    v = levers(s)
    v.effort[:] = s.source.pace[:] = 0.0
    off = dict.fromkeys(("sense_regional_upper", "sense_regional_street", "sense_national_upper"), 0.0)
    run(s, 12, v, sense_half_life=12.0, sense_national_street=0.0, **off)
    assert s.person.knowledge[:20] == pytest.approx(np.full((20, 3), 0.3), abs=1e-6)


@pytest.mark.parametrize("activity", [REACTIVE, PROACTIVE_STREET, INVESTIGATIONS, NEIGHBOURHOOD_POLICING])
def test_less_of_any_activity_teaches_less_where_it_is_missed(activity: int) -> None:
    as_now, less = police_world(), police_world()
    v = levers(less)
    v.effort[:, 0, activity] = 0.5
    run(as_now, 4)
    run(less, 4, v)
    here = (less.person.place == 0) & (less.person.status == FREE)
    elsewhere = (less.person.place == 1) & (less.person.status == FREE)
    assert (less.person.knowledge[here, LOCAL] < as_now.person.knowledge[here, LOCAL]).all()
    assert np.array_equal(less.person.knowledge[elsewhere], as_now.person.knowledge[elsewhere])


def test_patrol_confidence_gain_and_openness_each_teach_more() -> None:
    base = mean_knowledge(run(police_world()))
    s = police_world()
    v = levers(s)
    v.visibility[:] = 0.5
    assert mean_knowledge(run(s, v=v)) > base
    s = police_world()
    s.place.confidence[:] = 0.7
    assert mean_knowledge(run(s)) > base
    s = police_world()
    v = levers(s)
    v.knowledge_gain[:, LOCAL] = 1.3
    assert mean_knowledge(run(s, v=v)) > base
    s = police_world()
    s.business.security[:] = 0.1
    assert mean_knowledge(run(s)) > base


def test_knowledge_never_leaves_its_bounds() -> None:
    s = police_world()
    s.business.security[:] = 0.0
    v = levers(s)
    v.knowledge_gain[:] = 50.0
    run(s, 40, v)
    for knowledge in (s.person.knowledge, s.outlet.knowledge, s.business.knowledge):
        assert knowledge.min() >= 0.0
        assert knowledge.max() <= 1.0
    assert s.outlet.knowledge[:4].max() > 0.9
    assert s.business.knowledge[OUTSIDE : OUTSIDE + 4].max() > 0.9


def test_the_file_of_someone_inside_stays_as_it_was() -> None:
    s = police_world()
    s.person.status[3] = PRISON
    run(s, 8)
    assert (s.person.knowledge[3] == np.float32(0.6)).all()


def test_rows_may_stand_in_any_order() -> None:
    s, t = police_world(), police_world()
    order = np.random.default_rng(1).permutation(20)
    for column, mirrored in zip(s.person, t.person, strict=True):
        mirrored[:20] = column[order]
    run(s, 8)
    run(t, 8)
    assert np.array_equal(t.person.knowledge[:20], s.person.knowledge[order])


def test_ghosts_come_only_where_volume_is_not_read() -> None:
    s = run(police_world(), 30, sense_ghosts=83.0, sense_reading=0.05)
    assert not s.ghost.state.any()
    s = run(police_world(), 30, sense_ghosts=83.0, sense_reading=30.0)
    assert s.agency.adequacy[0] == pytest.approx(100.0 / 600.0)
    assert s.ghost.state.any()
    seen = s.ghost.state == 1
    assert np.unique(s.ghost.id[seen]).size == seen.sum()


def test_a_ghost_for_which_there_is_no_row_is_not_passed_over() -> None:
    s = police_world()
    s.tally.count[FREE_GHOST] = 0
    run(s, 30, sense_ghosts=83.0, sense_reading=30.0)
    assert s.tally.count[OVERRUN] > 0
    full = police_world()
    assert room_reserve(full)[4] >= 2 * SLOTS_A_WEEK  # two forces


def test_more_analysts_raise_fewer_ghosts() -> None:
    few = run(police_world(), 30, sense_ghosts=83.0, sense_reading=30.0)
    s = police_world()
    v = levers(s)
    v.capacity[:, :, DIGITAL_ANALYSTS] = 450.0
    many = run(s, 30, v, sense_ghosts=83.0, sense_reading=30.0)
    assert many.ghost.state.sum() < few.ghost.state.sum()


def test_ghosts_fade_and_are_dropped() -> None:
    s = police_world()
    s.ghost.state[0] = 1
    s.ghost.id[0] = identity(7, 1)
    s.ghost.place[0] = 0
    s.ghost.knowledge[0, LOCAL] = 0.5
    s.tally.count[4] -= 1
    run(s, 13, sense_reading=0.05)
    assert s.ghost.knowledge[0, LOCAL] == pytest.approx(0.25, abs=1e-5)
    run(s, 26, sense_reading=0.05)
    assert s.ghost.state[0] == 0


def apart() -> State:
    """Half of the people are known locally only, half nationally only; nothing new is learned of anyone."""
    s = police_world()
    s.person.knowledge[:20] = 0.0
    s.person.knowledge[:10, LOCAL] = 0.9
    s.person.knowledge[10:20, 2] = 0.9
    return s


def shared(part: float, pairs: tuple[int, ...] = (0, 1), weeks: int = 4) -> np.ndarray:
    """What the three levels know after some weeks, a part of each gap passed on a week."""
    s = apart()
    v = levers(s, weeks)
    v.effort[:] = s.source.pace[:] = 0.0
    v.information_sharing[:, pairs] = part
    names = [f"sense_{level}_{whom}" for level in ("regional", "national") for whom in ("upper", "street")]
    return run(s, weeks, v, sense_sharing=0.0, **dict.fromkeys(names, 0.0)).person.knowledge[:20].astype(float)


def test_levels_that_share_find_what_each_of_them_missed() -> None:
    """Nobody knows anyone whom nobody knew, and no level forgets what it knew itself."""
    alone, together = shared(0.0), shared(0.25)
    kept = 0.9 * 2.0 ** (-4 / 13)
    assert (alone[:10, LOCAL] > 0.3).all()
    assert (alone[:10, 1:] == 0.0).all()
    assert (alone[10:, :2] == 0.0).all()
    assert (together >= alone).all()
    assert together.max(axis=1) == pytest.approx(np.full(20, kept), abs=1e-6)
    assert (together[:, 1] > 0.3).all()
    assert ((together > 0.3).sum(axis=0) >= (alone > 0.3).sum(axis=0)).all()
    assert together[10:, 1] == pytest.approx(np.full(10, kept * (1.0 - 0.75**4)), abs=1e-6)


def test_sharing_takes_its_time_and_goes_only_between_those_who_agreed() -> None:
    month, year = shared(0.02), shared(0.02, weeks=24)
    assert (month[:10, 1] / month[:10, LOCAL] < 0.1).all()
    assert (year[:10, 1] / year[:10, LOCAL] > 0.3).all()
    lower = shared(0.25, (0,))
    assert (lower[:10, 1] > 0.3).all()
    assert (lower[:10, 2] == 0.0).all()
    assert (lower[10:, :2] == 0.0).all()


def test_a_plan_that_makes_fewer_mistakes_raises_fewer_ghosts() -> None:
    found = []
    for factor in (1.0, 0.4, 0.0):
        s = police_world()
        v = levers(s)
        v.false_positive[:, LOCAL] = factor
        found.append(int(run(s, 30, v, sense_ghosts=83.0, sense_reading=30.0).ghost.state.sum()))
    assert found[0] > found[1] > found[2] == 0
