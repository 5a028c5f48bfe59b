"""Organisers who run most are brought to court, one investigation after another."""

from __future__ import annotations

from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.policy.pursuit import ArrestOperations
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class LeaderArrests(ArrestOperations):
    """Operations against the organisers with the largest share of control in the perceived picture."""

    rule = "leader"
    card = Card(
        id="leader-arrests",
        title="Arrest the leaders",
        family="pursue-people",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Operations are developed, authorised and executed against organisers; success is an arrest. "
        "The business is "
        "without a leader until one succeeds, and what the successor does not inherit is lost.",
        targets="Organisers by the lines they are known to control; ghosts among them are followed as if they "
        "were there.",
        targeting_rule="leader",
        parameters={
            "hours_each": assumed(2100.0, "hours", 1000.0, 6000.0, "Hours of all resources for one target."),
            "weeks_each": assumed(13.0, "weeks", 6.0, 26.0, "Least weeks in which a case is developed."),
        },
        cost=Cost(
            hours=hours(
                investigators=2.5, surveillance=0.6, digital_analysts=0.15, financial_investigators=0.1, covert=0.15
            )
        ),
        lead_time=assumed(2.0, "weeks", 1.0, 6.0, "Scoping and authorisation of directed surveillance."),
        authorising_level="superintendent",
        power="directed-surveillance",
        intrusion=Intrusion(level="medium", text="Surveillance meets families and bystanders; wrong targets occur."),
        retaliation=Intrusion(level="high", text="Succession is fought out where territory is contested."),
        evidence=emmie(
            effect=("Local violence rose after leaders were taken out in contested ground.", 2, "lindo-2018"),
            mechanism=("Succession struggles and opportunism of rivals.", 2, "calderon-2015"),
            moderators=("Networks recover when successors inherit ties.", 1, "duijn-2014"),
            implementation="Long cases; secure targets escape.",
            economics=("Results of regional units are counted in sentences, not in harm.", 1, "rocu-results-2022"),
        ),
        affects=Affects(levers=("capacity",), orders=("arrest",)),
        expected=(Expected(measure="violence_true", sign="up", scope="target", weeks=(26, 78)),),
    )
