"""Those with a skill that others cannot do without are brought to court, the scarcest first."""

from __future__ import annotations

from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.policy.pursuit import ArrestOperations
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class SpecialistArrests(ArrestOperations):
    """Operations against skilled people, those first whose skill has the fewest candidates for a vacancy."""

    rule = "specialist"
    card = Card(
        id="specialist-arrests",
        title="Arrest the specialists",
        family="pursue-people",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Operations follow people whose skill is scarce: specialists, coders, forgers, transporters, herders and "
        "recruiters. Success is an arrest: jobs that need the skill wait for another, and lapse when none is found in time.",
        targets="Skilled people in the picture by candidates for a vacancy in their role, by skill, and by how well they are "
        "known; ghosts are taken for specialists too.",
        against="commissioning",
        targeting_rule="specialist",
        parameters={
            "hours_each": assumed(1100.0, "hours", 500.0, 3000.0, "Hours of all resources for one target."),
            "weeks_each": assumed(10.0, "weeks", 5.0, 20.0, "Least weeks in which a case is developed."),
        },
        cost=Cost(hours=hours(investigators=2.0, surveillance=0.3, digital_analysts=0.6, covert=0.1)),
        lead_time=assumed(
            4.0, "weeks", 2.0, 10.0, "Skills and who lacks them are profiled; surveillance is authorised."
        ),
        authorising_level="superintendent",
        power="directed-surveillance",
        intrusion=Intrusion(level="medium", text="Some of the skilled work lawfully too, and so do those beside them."),
        retaliation=Intrusion(level="low", text="Jobs fall through and debts are called in."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Taking out those with a skill the others lack slows what a network can do.", 1, "duijn-2014"),
            moderators="How quickly others learn the skill or come from elsewhere.",
            implementation="Skills are seldom recorded, so that targets are hard to pick.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("capacity",), orders=("arrest",)),
        expected=(Expected(measure="projects", sign="down", scope="force", weeks=(26, 104)),),
        variant_of="leader-arrests",
    )
