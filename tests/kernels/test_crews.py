"""Crews of lines over the border come home: rivals at home meet them there, and fewer of them where the line stands."""

import numpy as np
import pytest

from simulation.kernels.contest import contest
from simulation.kernels.crews import crews
from simulation.state.codes import ACTIVE
from simulation.state.values import Values
from simulation.state.world import ORDER_COUNT, State
from tests.kernels.place_world import KEY, add_business, add_line, empty, levers, rivals, values

HUB, QUIET, TOWN = 0, 1, 2
SENDER = 8  # row of the business whose lines are over the border


def county(lines: int = 3, staff: int = 4) -> State:
    """A hub, a quiet place beside it and a town in another force, each out of reach of the others.

    A business at home in the hub sells in the town alone; both have a business of their own.
    """
    s = empty(3)
    s.place.near_weight[:, 1:] = 0.0
    s.place.force[TOWN] = 1
    sender = add_business(s, 5000, HUB)
    for n in range(lines):
        add_line(s, 7000 + n, sender, TOWN, staff)
    for l in (HUB, TOWN):
        add_line(s, 7100 + l, add_business(s, 5100 + l, l), l)
    assert sender == SENDER
    return s


def violence(s: State, p: Values, week: int = 0) -> np.ndarray:
    contest(s, levers(s), p, KEY, week, 0)
    return s.place.violence.copy()


def rows(s: State, p: Values) -> list[tuple[int, int, float]]:
    return [(int(o), int(l), float(share)) for o, l, share in zip(*crews(s, p), strict=True)]


def test_part_of_a_crew_over_the_border_is_at_home_and_nobody_is_lost() -> None:
    s, p = county(lines=2), values()
    back = p["rotation_at_home"]
    assert rows(s, p) == [
        (0, TOWN, 1.0 - back),
        (0, HUB, back),
        (1, TOWN, 1.0 - back),
        (1, HUB, back),
        (2, HUB, 1.0),
        (3, TOWN, 1.0),
    ]
    line, _, share = crews(s, p)
    assert (share * s.outlet.staff[line]).sum() == s.outlet.staff[s.outlet.state == ACTIVE].sum()


def test_whose_business_has_no_home_stays_where_the_line_is() -> None:
    s, p = county(lines=1), values()
    assert len(rows(s, p)) == 4
    s.business.home[SENDER] = -1
    assert rows(s, p) == [(0, TOWN, 1.0), (1, HUB, 1.0), (2, TOWN, 1.0)]


def test_a_line_in_its_own_force_has_its_crew_wherever_the_home_is() -> None:
    s, p = county(lines=1), values()
    s.outlet.place[0] = QUIET
    assert rows(s, p) == [(0, QUIET, 1.0), (1, HUB, 1.0), (2, TOWN, 1.0)]


def test_those_who_are_back_meet_the_rivals_at_home_and_fewer_meet_those_in_the_town() -> None:
    on, off = violence(county(), values()), violence(county(), values(ablate=("rotation",)))
    assert on[HUB] > 2.0 * off[HUB]
    assert on[TOWN] < off[TOWN]
    assert on[QUIET] == off[QUIET] == 0.0


def test_violence_at_home_goes_with_the_lines_over_the_border() -> None:
    p = values()
    hub = [violence(county(lines), p)[HUB] for lines in range(4)]
    assert hub == sorted(hub)
    assert hub[0] == 0.0 < hub[1] < hub[2] < hub[3]
    off = values(ablate=("rotation",))
    assert [violence(county(lines), off)[HUB] for lines in range(4)] == [0.0] * 4


def test_closing_lines_over_the_border_takes_their_crews_off_the_violence_at_home() -> None:
    def after(p: Values) -> float:
        s = county()
        before = violence(s, p)[HUB]
        s.outlet.state[:3] = 0
        return before - violence(s, p)[HUB]

    assert after(values()) > 0.1
    assert after(values(ablate=("rotation",))) == 0.0


def test_what_is_of_the_line_stays_with_it() -> None:
    """An empty post, an opening, a debt and a suspicion: no more violence at home for any of them."""
    p = values()
    calm = violence(county(), p)
    for trouble in (("holder", -1), ("born", 0), ("debt", 3_000_000), ("suspicion", 1.0)):
        s = county()
        match trouble:
            case ("debt", pence):
                s.tie.credit[:3, 0] = pence
                s.tie.overdue[:3, 0] = 4
            case ("suspicion", share):
                s.business.suspicion[SENDER] = share
            case (name, value):
                getattr(s.outlet, name)[:3] = value
        found = violence(s, p)
        assert found[HUB] == calm[HUB], trouble
        assert found[TOWN] > calm[TOWN], trouble


def test_a_fallen_leader_is_fought_over_at_home_too() -> None:
    p = values()
    fallen = county()
    fallen.business.leaderless[SENDER] = 1
    assert (violence(fallen, p) > violence(county(), p))[[HUB, TOWN]].all()
    off, alone = values(ablate=("rotation",)), county()
    alone.business.leaderless[SENDER] = 1
    assert violence(alone, off)[HUB] == violence(county(), off)[HUB] == 0.0


def test_one_who_sells_over_the_border_may_be_killed_at_home() -> None:
    s, p = county(), values(contest_lethal=1.0)
    killed = 0
    for week in range(60):
        s.tally.count[ORDER_COUNT] = 0
        violence(s, p, week)
        if s.place.violent_events[TOWN] == 0:
            targets = s.orders.target[: s.tally.count[ORDER_COUNT]]
            assert len(targets) == s.place.homicides[HUB]
            killed += int((s.person.business[targets] == SENDER).sum())
    assert killed > 0


def test_what_is_fought_at_home_ends_the_peace_of_a_business_that_sells_elsewhere() -> None:
    def peace(*ablate: str) -> float:
        s, p = county(), values(ablate, contest_rivalry=3.0)
        s.outlet.place[4] = s.business.home[10] = QUIET  # nobody to fight in the town
        for week in range(52):
            violence(s, p, week)
        return float(s.business.cooperation[SENDER])

    assert peace() < 0.7 * peace("rotation")


def test_off_it_is_as_if_every_business_were_at_home_where_it_sells() -> None:
    off = values(ablate=("rotation",))
    far, near = rivals(places=5), rivals(places=5)
    for s in (far, near):
        s.place.force[2:] = 1
    far.business.home[8:23] = np.roll(far.business.home[8:23], 7)
    for week in range(20):
        assert np.array_equal(violence(far, off, week), violence(near, values(), week))
        assert np.array_equal(far.place.violent_events, near.place.violent_events)
        assert np.array_equal(far.business.cooperation, near.business.cooperation)
    assert not np.array_equal(violence(far, values(), 20), violence(near, values(), 20))


def test_with_nobody_back_nothing_changes() -> None:
    none, off = values(rotation_at_home=0.0), values(ablate=("rotation",))
    assert np.array_equal(violence(county(), none), violence(county(), off))


@pytest.mark.parametrize("back", [0.25, 0.5])
def test_the_more_are_back_the_more_is_fought_at_home(back: float) -> None:
    p, more = values(rotation_at_home=back), values(rotation_at_home=back + 0.125)
    some, many = violence(county(), p), violence(county(), more)
    assert some[HUB] < many[HUB]
    assert some[TOWN] > many[TOWN]
