"""Those with scarce skills are brought to court, since they take longest to replace."""

from __future__ import annotations

from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.policy.pursuit import ArrestOperations
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class SpecialistArrests(ArrestOperations):
    """Operations against specialists in the perceived picture, the more skilled first."""

    rule = "specialist"
    card = Card(
        id="specialist-arrests",
        title="Arrest the specialists",
        family="pursue-people",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Operations against specialists; jobs that need the skill fail until someone else has learned it.",
        targets="Specialists, the more skilled and better known first.",
        targeting_rule="specialist",
        parameters={
            "hours_each": assumed(1200.0, "hours", 600.0, 3600.0, "Hours of all resources for one target."),
            "weeks_each": assumed(10.0, "weeks", 5.0, 20.0, "Least weeks in which a case is developed."),
        },
        cost=Cost(hours=hours(investigators=1.2, surveillance=0.3, digital_analysts=0.3, covert=0.1)),
        lead_time=assumed(2.0, "weeks", 1.0, 6.0, "Scoping and authorisation of directed surveillance."),
        authorising_level="superintendent",
        power="directed-surveillance",
        intrusion=Intrusion(level="medium", text="Specialists have lawful trades and customers."),
        retaliation=Intrusion(level="low", text="Nobody inherits a specialist."),
        evidence=emmie(
            effect=("Scarce roles are where simulated networks broke.", 1, "duijn-2014"),
            mechanism="Output is limited by the scarcest stage.",
            moderators="How many others have the skill.",
            implementation="Skills must be known to police first.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("capacity",), orders=("arrest",)),
        expected=(Expected(measure="acquisitive_true", sign="down", scope="force", weeks=(52, 156)),),
        variant_of="leader-arrests",
    )
