"""Violence between rivals: what raises it and what lowers it, against a slow twin, and free of the order of rows."""

import math

import numpy as np
import pytest

from simulation.kernels.contest import contest, crisis
from simulation.kernels.orders import resolve
from simulation.state.codes import NEIGHBOURHOOD_POLICING, ORDER_DEATH
from simulation.state.counters import DEATHS, RETALIATION, VIOLENT
from simulation.state.values import Values
from simulation.state.world import ORDER_COUNT, State
from tests.kernels.place_world import KEY, add_business, add_line, empty, levers, mirrored, rivals, values


def expected(s: State, p: Values, week: int = 0) -> np.ndarray:
    """Violence by place, crew by crew and pair by pair, as the definitions say."""
    out = np.zeros(s.place.id.size)
    found = [crew for o in range(s.outlet.id.size) if s.outlet.state[o] == 1 for crew in crews_of(s, p, o)]
    for o, l, here in found:
        b, stands = s.outlet.business[o], l == s.outlet.place[o]
        near = {
            int(q): 1.0 if q == l else p["contest_reach"] * weight
            for q, weight in zip(s.place.near[l], s.place.near_weight[l], strict=True)
            if q >= 0
        }
        rivals_near = sum(
            near.get(q, 0.0) * share * s.outlet.staff[k] for k, q, share in found if s.outlet.business[k] != b
        )
        crews = rivals_near / p["contest_crew"]
        pressed = crews / (1 + p["contest_saturation"] * crews)
        people = here * s.outlet.staff[o] / p["contest_crew"]
        total = p["contest_rivalry"] * people * pressed * (1 - s.business.cooperation[b])
        out[l] += total + stands * troubles(s, p, o, pressed, week)
        if s.business.leaderless[b] > 0:
            lost = (p["succession_violence_steered"] if s.business.steered[b] else 1.0) * max(
                0.0, 1 - s.business.leaderless[b] / p["succession_violence_window"]
            )
            within = p["succession_violence_within"] * (s.business.lines[b] > 1)
            out[l] += here * lost * (p["succession_violence_vacancy"] * pressed + within)
    return out


def crews_of(s: State, p: Values, o: int) -> list[tuple[int, int, float]]:
    """A line, a place and the share of its crew there: part of those over the border are at the home of the business."""
    l, home = int(s.outlet.place[o]), int(s.business.home[s.outlet.business[o]])
    if home < 0 or s.place.force[home] == s.place.force[l]:
        return [(o, l, 1.0)]
    return [(o, l, 1.0 - p["rotation_at_home"]), (o, home, p["rotation_at_home"])]


def troubles(s: State, p: Values, o: int, pressed: float, week: int) -> float:
    """What a line adds to violence where it stands: an empty post, an opening, debts and suspicion."""
    total = p["contest_holder_vacancy"] * pressed * (s.outlet.holder[o] < 0)
    total += p["contest_newcomer"] * pressed * math.exp(-(week - s.outlet.born[o]) / p["contest_newcomer_weeks"])
    owed = sum(
        credit / 100 * min(1.0, weeks / p["contest_debt_weeks"])
        for credit, weeks in zip(s.tie.credit[o], s.tie.overdue[o], strict=True)
    )
    total += p["contest_debt"] * min(1.0, owed / p["contest_debt_scale"])
    total += p["contest_suspicion"] * min(p["contest_suspicion_most"], s.business.suspicion[s.outlet.business[o]])
    return total


def troubled() -> State:
    """Rivals of different sizes, some new, indebted, suspicious, without holder or leader, one with several lines.

    Some lines are over the border of the force of their business, one of them of a business that has lost its leader.
    """
    s = rivals(places=5, lines=3)
    chance = np.random.default_rng(3)
    count = 15
    s.outlet.staff[:count] = chance.integers(1, 9, count)
    s.outlet.born[:count] = -chance.integers(0, 100, count)
    s.outlet.holder[[2, 7]] = -1
    s.tie.credit[[1, 4], 0] = [2_000_000, 900_000]
    s.tie.overdue[[1, 4], 0] = [2, 9]
    s.business.suspicion[8:23] = chance.random(15)
    s.business.cooperation[8:23] = 0.6 * chance.random(15)
    s.business.leaderless[[9, 12]] = [3, 5]
    s.business.steered[12] = 1
    add_line(s, 7999, 9, 2)
    s.place.force[2:] = 1
    s.business.home[[12, 15, 20]] = [4, -1, 0]
    return s


def run(s: State, p: Values, week: int = 0, seen: float = 0.0) -> None:
    v = levers(s)
    v.columns.visibility[:] = seen
    contest(s, v, p, KEY, week, 0)


def test_violence_is_what_the_definitions_say() -> None:
    s, p = troubled(), values(rotation_at_home=0.375)  # a share that its fixed point has exactly
    wanted = expected(s, p)
    run(s, p)
    assert s.place.violence == pytest.approx(wanted, abs=1e-5)
    assert (wanted > 0).all()


def test_rows_do_not_matter() -> None:
    s, p = troubled(), values()
    t = mirrored(s)
    for week in range(30):
        run(s, p, week)
        run(t, p, week)
        assert np.array_equal(s.place.violence, t.place.violence)
        assert np.array_equal(s.place.violent_events, t.place.violent_events)
        assert np.array_equal(s.place.violent_recorded, t.place.violent_recorded)
        assert np.array_equal(s.business.cooperation, t.business.cooperation)


def test_nobody_fights_where_one_business_holds_every_line() -> None:
    s, p = empty(), values()
    b = add_business(s, 5000, 0)
    for l in range(4):
        add_line(s, 7000 + l, b, l)
    run(s, p)
    assert s.place.violence == pytest.approx(np.zeros(4))


def six_months(s: State, p: Values, b: int, vacant: int) -> float:
    """Expected violence in place 0 over 26 weeks after business `b` loses its leader for so many weeks."""
    total = 0.0
    for week in range(26):
        s.business.leaderless[b] = week + 1 if week < vacant else 0
        if vacant > 0 and week == vacant:
            s.business.succeeded[b] = week
            s.business.transfer[b] = 0.6
        run(s, p, week)
        total += s.place.violence[0]
    return total


def test_a_fallen_leader_brings_violence_where_territory_is_contested() -> None:
    p = values()
    quiet = six_months(rivals(lines=4), p, 8, 0)
    fallen = six_months(rivals(lines=4), p, 8, 8)
    steered = rivals(lines=4)
    steered.business.steered[8] = 1
    assert 1.2 <= fallen / quiet <= 2.0
    assert quiet < six_months(steered, p, 8, 8) < fallen
    off = values(ablate=("succession_violence",))
    assert six_months(rivals(lines=4), off, 8, 8) / six_months(rivals(lines=4), off, 8, 0) < 1.1


def test_a_fallen_leader_changes_little_where_one_business_rules() -> None:
    p = values()

    def ruled() -> State:
        s = empty(places=4)
        one, other = add_business(s, 5000, 0), add_business(s, 5001, 3)
        add_line(s, 7000, one, 0)
        add_line(s, 7001, other, 3)
        return s

    contested = six_months(rivals(lines=4), p, 8, 8) - six_months(rivals(lines=4), p, 8, 0)
    assert six_months(ruled(), p, 8, 8) - six_months(ruled(), p, 8, 0) < 0.15 * contested


def test_the_crisis_wears_off() -> None:
    s, p = rivals(), values()
    s.business.leaderless[8] = 1
    worst = crisis(s, p, 0, 8)
    s.business.leaderless[8] = 0
    s.business.succeeded[8] = 0
    assert worst > crisis(s, p, 1, 8) > crisis(s, p, 10, 8) > crisis(s, p, 26, 8) == 0.0


def test_suspicion_adds_little() -> None:
    p = values()
    calm, wary = rivals(), rivals()
    calm.business.suspicion[:] = 0.15
    wary.business.suspicion[:] = 0.30
    run(calm, p)
    run(wary, p)
    assert 1.0 < wary.place.violence.sum() / calm.place.violence.sum() < 1.06


def test_visible_police_lower_violence_and_their_absence_raises_it() -> None:
    p = values()
    usual, held, bare = rivals(), rivals(), rivals()
    bare.place.effort[:, NEIGHBOURHOOD_POLICING] = 0.0
    run(usual, p)
    run(held, p, seen=1.0)
    run(bare, p)
    assert held.place.violence[0] < usual.place.violence[0] < bare.place.violence[0]


def test_events_follow_their_mean_and_part_is_recorded() -> None:
    s, p = rivals(lines=6), values(contest_lethal=0.0, on_cooperation=0.0)
    s.place.confidence[:] = 0.5
    mean = events = recorded = 0.0
    for week in range(600):
        s.tally.week[:] = 0
        run(s, p, week)
        mean += s.place.violence.sum()
        events += s.place.violent_events.sum()
        recorded += s.place.violent_recorded.sum()
        assert s.tally.week[VIOLENT] == s.place.violent_events.sum()
    assert events == pytest.approx(mean, rel=0.06)
    assert recorded / events == pytest.approx(p["recording_violence"], abs=0.04)


def test_trust_in_police_brings_violence_on_record_unless_recording_is_off() -> None:
    def recorded(confidence: float, p: Values) -> int:
        s = rivals(lines=6)
        s.place.confidence[:] = confidence
        total = 0
        for week in range(150):
            run(s, p, week)
            total += int(s.place.violent_recorded.sum())
        return total

    assert recorded(0.9, values()) > 1.2 * recorded(0.1, values())
    off = values(ablate=("recording",))
    assert recorded(0.9, off) == recorded(0.1, off)


def test_retaliation_answers_suspicion_only() -> None:
    p = values(contest_suspicion=0.3)
    calm, wary = rivals(), rivals()
    wary.business.suspicion[:] = 1.0
    answered = 0
    for week in range(100):
        calm.tally.week[:] = 0
        wary.tally.week[:] = 0
        run(calm, p, week)
        run(wary, p, week)
        assert calm.tally.week[RETALIATION] == 0
        answered += wary.tally.week[RETALIATION]
    assert answered > 0


def test_a_homicide_is_an_order_on_one_who_contests_the_place() -> None:
    s, p = rivals(lines=6), values(contest_lethal=1.0)
    run(s, p, 1)
    deaths = int(s.place.homicides.sum())
    assert deaths == s.place.violent_events.sum() == s.tally.count[ORDER_COUNT] > 0
    for n in range(deaths):
        victim = s.orders.target[n]
        assert s.orders.kind[n] == ORDER_DEATH
        assert s.person.id[victim] == s.orders.target_id[n]
        assert s.place.violent_events[s.person.place[victim]] > 0
    resolve(s, levers(s), p, KEY, 1, 0)
    assert 0 < s.tally.week[DEATHS] <= deaths


def test_peace_teaches_cooperation_violence_and_new_leaders_undo_it() -> None:
    p = values(contest_rivalry=0.0, contest_newcomer=0.0)
    s = rivals()
    for week in range(200):
        run(s, p, week)
    assert s.business.cooperation[8] == pytest.approx(p["cooperation_most"], rel=0.01)
    s.business.succeeded[8] = 200
    s.business.transfer[8] = 0.5
    run(s, p, 201)
    assert s.business.cooperation[8] < 0.6 * p["cooperation_most"]
    fierce = values(contest_rivalry=3.0)
    for week in range(202, 230):
        run(s, fierce, week)
    assert s.business.cooperation[9] < 0.7 * p["cooperation_most"]


def test_switches() -> None:
    s = rivals()
    s.business.cooperation[:] = 0.5
    run(s, values(ablate=("contest",)))
    assert not s.place.violence.any()
    run(s, values())
    with_truce = s.place.violence[0]
    s.business.cooperation[:] = 0.5
    run(s, values(ablate=("cooperation",)))
    assert s.place.violence[0] > 1.5 * with_truce
    assert (s.business.cooperation == 0.5).all()


def test_without_saturation_violence_is_the_product_of_sizes() -> None:
    p = values(contest_saturation=0.0, contest_newcomer=0.0, on_cooperation=0.0)
    small, large = rivals(places=1, lines=2), rivals(places=1, lines=2)
    large.outlet.staff[:2] *= 3
    run(small, p)
    run(large, p)
    assert large.place.violence[0] == pytest.approx(9 * small.place.violence[0], rel=1e-5)
