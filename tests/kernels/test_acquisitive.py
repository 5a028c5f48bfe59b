"""Users steal for what they spend; what is recorded depends on residents, and on what police look for."""

import pytest

from simulation.kernels.acquisitive import acquisitive, drug_offences, expected
from simulation.state.codes import PROACTIVE_STREET
from simulation.state.counters import ACQUISITIVE, ACQUISITIVE_RECORDED, DRUG_RECORDED
from simulation.state.values import Values
from simulation.state.world import State
from simulation.world.prepare_place import prepare_place
from tests.kernels.place_world import KEY, empty, levers, values


def spending(p: Values, pounds: float = 30_000.0) -> State:
    s = empty()
    prepare_place(s, p)
    s.place.spent[:, 0] = round(pounds * 100)
    s.place.dealing[:] = 400_000
    return s


def test_need_follows_spending_strength_and_police() -> None:
    p = values()
    s = spending(p)
    v = levers(s)
    need = expected(s, v, p, 0, 0)
    by_hand = 0.45 * 30_000 / p["acquisitive_gain"] * (0.7 + 0.6 * (1 - s.place.resilience[0]))
    assert need == pytest.approx(by_hand)
    s.place.spent[0, 0] *= 2
    assert expected(s, v, p, 0, 0) == pytest.approx(2 * need)
    s.place.resilience[1] += 0.2
    assert expected(s, v, p, 0, 1) < need
    v.columns.visibility[0, 2] = 1.0
    assert 0.8 * need < expected(s, v, p, 0, 2) < 0.95 * need
    s.place.spent[3, 0] = 0
    assert expected(s, v, p, 0, 3) == 0.0


def test_counts_have_their_means_and_add_up() -> None:
    p = values()
    s = spending(p)
    v = levers(s)
    s.place.confidence[:] = 0.5
    s.place.acquisitive_organised[1] = 5
    mean = expected(s, v, p, 0, 0)
    total = recorded = 0
    for week in range(400):
        s.tally.week[:] = 0
        acquisitive(s, v, p, KEY, week, 0)
        total += s.place.acquisitive[0]
        recorded += s.place.acquisitive_recorded[0]
        assert s.place.acquisitive[1] >= 5
        assert (s.place.acquisitive_recorded <= s.place.acquisitive).all()
        assert s.tally.week[ACQUISITIVE] == s.place.acquisitive.sum()
        assert s.tally.week[ACQUISITIVE_RECORDED] == s.place.acquisitive_recorded.sum()
        assert s.tally.week[DRUG_RECORDED] == s.place.drug_recorded.sum()
    assert total / 400 == pytest.approx(mean, rel=0.03)
    assert recorded / total == pytest.approx(p["recording_acquisitive"], rel=0.05)
    assert s.place.crime_seen[0] == pytest.approx(mean / 2.7, rel=0.15)


def test_recorded_drug_offences_are_what_police_look_for() -> None:
    p = values()
    s = spending(p)
    v = levers(s)
    usual = drug_offences(s, v, p, 0, 0)
    s.place.arrests[0] = 4
    assert drug_offences(s, v, p, 0, 0) == pytest.approx(usual + 4 * p["recording_drug_per_arrest"])
    s.place.effort[1, PROACTIVE_STREET] = 0.0
    assert drug_offences(s, v, p, 0, 1) == 0.0
    s.place.clear[2] = 1.0
    v.columns.visibility[0, 2] = 1.0
    assert drug_offences(s, v, p, 0, 2) > 1.5 * usual
    off = values(ablate=("recording",))
    assert drug_offences(s, v, off, 0, 0) == drug_offences(s, v, off, 0, 1) == drug_offences(s, v, off, 0, 2) == usual


def test_without_the_mechanism_only_organised_crime_is_left() -> None:
    p = values(ablate=("acquisitive",))
    s = spending(p)
    s.place.acquisitive_organised[2] = 7
    acquisitive(s, levers(s), p, KEY, 3, 0)
    assert s.place.acquisitive.tolist() == [0, 0, 7, 0]
