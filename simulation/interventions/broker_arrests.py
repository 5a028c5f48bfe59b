"""Brokers who put jobs together are brought to court, so that specialists do not find each other."""

from __future__ import annotations

from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.policy.pursuit import ArrestOperations
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class BrokerArrests(ArrestOperations):
    """Operations against brokers in the perceived picture."""

    rule = "broker"
    card = Card(
        id="broker-arrests",
        title="Arrest the brokers",
        family="pursue-people",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Operations against brokers; while a broker is inside, no projects are put together through "
        "that one.",
        targets="Brokers, the best known first.",
        targeting_rule="broker",
        parameters={
            "hours_each": assumed(1800.0, "hours", 900.0, 5000.0, "Hours of all resources for one target."),
            "weeks_each": assumed(13.0, "weeks", 6.0, 26.0, "Least weeks in which a case is developed."),
        },
        cost=Cost(hours=hours(investigators=1.2, surveillance=0.4, digital_analysts=0.3, covert=0.2)),
        lead_time=assumed(2.0, "weeks", 1.0, 6.0, "Scoping and authorisation of directed surveillance."),
        authorising_level="superintendent",
        power="directed-surveillance",
        intrusion=Intrusion(level="medium", text="Brokers know many people who are not involved."),
        retaliation=Intrusion(level="low", text="Brokers hold no territory."),
        evidence=emmie(
            effect=(
                "Removing those between others hurt a simulated network more than removing its hubs.",
                1,
                "duijn-2014",
            ),
            mechanism="Skills exist but do not find each other.",
            moderators="Whether someone else knows the same people.",
            implementation="Brokers are hard to tell from friends.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("capacity",), orders=("arrest",)),
        expected=(Expected(measure="acquisitive_true", sign="down", scope="force", weeks=(52, 156)),),
        variant_of="leader-arrests",
    )
