"""Those who join people whom nobody else joins are brought to court, one investigation after another."""

from __future__ import annotations

from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.policy.pursuit import ArrestOperations
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class BrokerArrests(ArrestOperations):
    """Operations against those through whom most of the shortest ways of the perceived network lead."""

    rule = "broker"
    card = Card(
        id="broker-arrests",
        title="Arrest the brokers",
        family="pursue-people",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Operations follow those who lie between others in the perceived network: known people, known ties "
        "and ghosts. Most of them lead a business that others buy from. Success is an arrest: lines lose those who know others, "
        "and where the one arrested led a business, somebody must succeed.",
        targets="People by betweenness in the perceived network of their level, whatever their role.",
        targeting_rule="broker",
        parameters={
            "hours_each": assumed(1600.0, "hours", 800.0, 4500.0, "Hours of all resources for one target."),
            "weeks_each": assumed(13.0, "weeks", 6.0, 26.0, "Least weeks in which a case is developed."),
        },
        cost=Cost(hours=hours(investigators=2.0, surveillance=0.5, digital_analysts=0.6, covert=0.15)),
        lead_time=assumed(4.0, "weeks", 2.0, 10.0, "The network is drawn, and directed surveillance authorised."),
        authorising_level="superintendent",
        power="directed-surveillance",
        intrusion=Intrusion(
            level="high", text="Whoever knows many is looked at; a map of ties draws in families and the uninvolved."
        ),
        retaliation=Intrusion(level="low", text="Others doubt whoever made the introduction."),
        evidence=emmie(
            effect="No review exists; what there is are simulations on networks taken from case files.",
            mechanism=("Networks recover, and may come out more efficient, when ties are found anew.", 1, "duijn-2014"),
            moderators="How much of the network is known: false and missing ties move the one who seems to be between.",
            implementation="Needs analysts, and a picture that is kept up to date.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("capacity",), orders=("arrest",)),
        expected=(Expected(measure="violence_true", sign="up", scope="force", weeks=(26, 104)),),
        variant_of="leader-arrests",
    )
