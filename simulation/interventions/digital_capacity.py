"""More analysts, so that what is gathered is also read."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import RESOURCES, Affects, Card, Cost, Expected, Intrusion


@register
class DigitalCapacity(Intervention):
    """Analyst hours are added: less volume is wasted and fewer ghosts arise."""

    card = Card(
        id="digital-capacity",
        title="Digital and analyst capacity",
        family="prepare",
        p4="Prepare",
        dddd="Collaborate",
        mechanism="Adds analyst hours to an agency; where volume exceeds them, more of it is read.",
        targets="Nobody is chosen by it.",
        parameters={"useful": assumed(0.9, "share", 0.6, 1.0, "Part of the hours that goes into reading.")},
        cost=Cost(hours=hours(digital_analysts=6.0)),
        lead_time=assumed(4.0, "weeks", 2.0, 13.0, "Desks and access."),
        authorising_level="head of intelligence",
        power="existing-powers",
        intrusion=Intrusion(level="medium", text="More is read of more people, and fewer are mistaken."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Backlogs of unread material were found by inspections.", 1, "hmicfrs-soc"),
            moderators="Volume of data.",
            implementation="Analysts are hard to recruit.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("capacity",)),
        expected=(Expected(measure="people_mapped", sign="up", scope="force", weeks=(13, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        resource = RESOURCES.index("digital-analysts")
        hours_a_week = self.hours()["digital-analysts"] * view.residents * self.numbers["useful"]
        return [Modifier("capacity", (view.agency, resource), hours_a_week * view.dose)]
