"""What has no lawful basis is refused with its rule; what is lawful waits for its authority."""

from __future__ import annotations

import pytest

from simulation.errors import Conflict, OutOfRange, UnknownKey
from simulation.policy.authority import check_lawful, lead_weeks
from simulation.policy.intervention import REGISTRY
from simulation.schema import load_authority
from simulation.schema.reference import Authority, Forbid
from tests.policy.ground import checkpoint, plan_of, programme

NAMES = [place.id for place in checkpoint().localities]


def rule(**fields: object) -> Authority:
    said = {"id": "a-rule", "reason": "Because.", "source": "hra-1998", "verified": False, **fields}
    return Authority(power=load_authority().power, forbid=(Forbid.model_validate(said),))


def test_arrest_by_a_council_is_refused_citing_the_rule() -> None:
    with pytest.raises(Conflict) as caught:
        programme(plan_of({"intervention": "clear", "agency": "council"}))
    assert caught.value.key == "arrest-by-partners"
    assert "Arrest is a police power" in caught.value.message


def test_what_may_not_stand_together_is_refused_where_and_when_it_does() -> None:
    law = rule(rule="together", interventions=["hold", "build"])
    together = plan_of({"intervention": "hold"}, {"intervention": "build"})
    with pytest.raises(Conflict) as caught:
        check_lawful(together, law)
    assert caught.value.key == "a-rule"
    later = plan_of({"intervention": "hold", "end": 10}, {"intervention": "build", "start": 10})
    apart = plan_of({"intervention": "hold", "where": NAMES[:1]}, {"intervention": "build", "where": NAMES[1:2]})
    without = plan_of({"intervention": "hold"}, {"intervention": "build", "dose": 0.0})
    for plan in (later, apart, without, plan_of({"intervention": "hold"}, {"intervention": "hold"})):
        check_lawful(plan, law)


def test_lead_time_is_at_least_what_the_power_takes() -> None:
    law = load_authority()
    for kind in REGISTRY.values():
        needed = max(kind.card.lead_time.value, law.power[kind.card.power].lead_time.value)
        assert abs(lead_weeks(kind.card, law) - needed) <= 0.5


def test_an_entry_s_own_numbers_are_checked_against_the_card() -> None:
    with pytest.raises(OutOfRange):
        programme(plan_of({"intervention": "hold", "parameters": {"fidelity": 1.7}}))
    with pytest.raises(UnknownKey) as caught:
        programme(plan_of({"intervention": "hold", "parameters": {"fidelty": 0.7}}))
    assert caught.value.allowed
