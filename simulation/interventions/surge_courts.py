"""Courts sit on more days, so that those charged wait less."""

from __future__ import annotations

from simulation.policy.denial import covered
from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class SurgeCourts(Intervention):
    """More cases are heard a week: fewer on bail go on working, and those acquitted are free sooner."""

    card = Card(
        id="surge-courts",
        title="Surge courts",
        family="pursue-people",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Courts of the region hear more cases; who is on bail is tried sooner, who is on remand is sentenced or let go.",
        targets="Nobody: the oldest ready case comes first.",
        agency="probation",
        parameters={
            "rise": assumed(
                0.3, "ratio", 0.1, 0.8, "Rise of the cases heard in a region all of whose residents live in the places."
            ),
            "lag": assumed(8.0, "weeks", 4.0, 26.0, "Weeks in which judges, counsel and rooms are found."),
        },
        cost=Cost(
            hours=hours(partnership=0.3),
            grant=assumed(
                900.0, "GBP/week", 300.0, 2500.0, "For 10,000 residents: sitting days, counsel and staff; judgement."
            ),
        ),
        lead_time=assumed(13.0, "weeks", 6.0, 39.0, "Funding of sitting days and their listing."),
        authorising_level="Lord Chancellor with the judiciary",
        power="court-sittings",
        intrusion=Intrusion(level="low", text="Witnesses and families wait less; hurried cases risk mistakes."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="No review exists for organised crime.",
            mechanism=("One open case in four had been open for a year or more.", 1, "hmcts-ccsq-2025"),
            moderators="Whether counsel, judges and prison places are there.",
            implementation="Rooms stand empty for want of sitting days and barristers.",
            economics="Nothing published; prison places come on top.",
        ),
        affects=Affects(levers=("court_throughput",)),
        # courts of the preset hear nearly all that comes: there is little queue for them to work off
        expected=(Expected(measure="prison", sign="none", scope="force", weeks=(26, 78)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        rise = self.numbers["rise"] * view.lagged(self.numbers["lag"])
        return [Modifier("court_throughput", (region,), 1.0 + rise * part) for region, part in covered(view)]
