"""Police and partners read each other's information at one table."""

from __future__ import annotations

from simulation.policy.denial import source_row
from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion

SOURCES = ("open-source", "partner-agencies", "private-sector")


@register
class JointIntelligenceCell(Intervention):
    """More comes in from partners, private firms and what is public."""

    card = Card(
        id="joint-intelligence-cell",
        title="Joint intelligence cell",
        family="prepare",
        p4="Prepare",
        dddd="Collaborate",
        mechanism="Multiplies what comes in from partner agencies, the private sector and open sources; analysts must read it.",
        targets="Nobody is chosen by it; it widens the picture for all.",
        parameters={
            "gain": assumed(
                1.5,
                "ratio",
                0.5,
                3.0,
                "Gain in what these sources bring at full dose: most of it is not passed on today.",
            )
        },
        cost=Cost(hours=hours(digital_analysts=2.0, partnership=2.0)),
        lead_time=assumed(16.0, "weeks", 6.0, 40.0, "Agreements to share."),
        authorising_level="data protection officer",
        power="data-sharing",
        intrusion=Intrusion(level="medium", text="More is known of more people."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Partners hold what police lack.", 1, "hmicfrs-soc"),
            moderators="Legal gateways and trust between partners.",
            implementation="Slow to set up.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("source_yield",)),
        expected=(Expected(measure="people_mapped", sign="up", scope="force", weeks=(13, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        gain = 1.0 + self.numbers["gain"] * view.dose
        return [Modifier("source_yield", (source_row(source),), gain) for source in SOURCES]
