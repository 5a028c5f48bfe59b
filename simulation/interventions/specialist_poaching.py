"""People with scarce skills are offered something better than the next job."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.policy.where import share_of_market
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import SKILLS


@register
class SpecialistPoaching(Intervention):
    """What those with scarce skills could have elsewhere rises: brokers pay more for them, and get fewer."""

    card = Card(
        id="specialist-poaching",
        title="Poaching of specialists",
        family="hostile-takeover",
        p4="Pursue",
        dddd="Deny",
        mechanism="Raises what coders, forgers, transporters, herders, recruiters and thieves' specialists ask for a job: brokers "
        "meet a part of it out of their own share, and for the rest fewer agree, so that crews stay short of hands.",
        targets="Skills, never persons: whoever has one that jobs cannot be done without.",
        against="commissioning",
        parameters={
            "rise": assumed(
                1.0,
                "ratio",
                0.25,
                3.0,
                "Rise of what they could have elsewhere, over a usual share, were all places covered.",
            ),
            "lag": assumed(13.0, "weeks", 4.0, 39.0, "Weeks in which offers get round."),
        },
        cost=Cost(
            hours=hours(partnership=2.0, covert=0.6),
            grant=assumed(
                250.0, "GBP/week", 80.0, 800.0, "For 10,000 residents: training and pay for those who come over."
            ),
        ),
        lead_time=assumed(6.0, "weeks", 3.0, 12.0, "Partners who employ, and a panel that decides whom."),
        authorising_level="superintendent with a multi-agency panel",
        power="prevention",
        intrusion=Intrusion(level="low", text="By consent; others with the same skills are not offered it."),
        retaliation=Intrusion(level="medium", text="A broker may hold those who leave to what they know."),
        evidence=emmie(
            effect="No review exists.",
            mechanism="Jobs depend on few people whose skill is hard to replace.",
            moderators="How many others have the skill, here or online.",
            implementation="Never evaluated in the field; paying offenders is contested.",
            economics="Nothing published.",
        ),
        affects=Affects(levers=("specialist_wage",)),
        expected=(Expected(measure="projects", sign="down", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        rise = self.numbers["rise"] * share_of_market(view.state, view.places) * view.lagged(self.numbers["lag"])
        return [Modifier("specialist_wage", (skill,), 1.0 + rise) for skill in range(SKILLS)]
