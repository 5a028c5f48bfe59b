"""More dependent users find a place in treatment, and buy less."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class Treatment(Intervention):
    """A share of dependent users stops every week beyond those who do today."""

    card = Card(
        id="treatment",
        title="Treatment",
        family="demand",
        p4="Prevent",
        dddd="Collaborate",
        mechanism="A share of dependent users in the places stops each week, after a lag; relapse and new users "
        "work against it.",
        targets="Dependent users, by consent.",
        agency="health",
        parameters={
            "places": assumed(
                0.0015, "1/week", 0.0005, 0.004, "Share of dependent users who stop a week at full dose."
            ),
            "lag": assumed(13.0, "weeks", 6.0, 26.0, "Weeks in which places are filled."),
        },
        cost=Cost(
            hours=hours(partnership=4.0),
            grant=assumed(
                900.0, "GBP/week", 300.0, 2500.0, "For 10,000 residents: some 13 places at GBP 3,500 a year."
            ),
        ),
        lead_time=assumed(4.0, "weeks", 2.0, 8.0, "Commissioning of places."),
        authorising_level="clinician",
        power="treatment",
        intrusion=Intrusion(level="none", text="By consent."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect=("Reviewed as the best supported way to cut drug-related crime; not re-read here.", 1, "black-2020"),
            mechanism=("Those who stop neither buy nor steal to buy.", 1, "black-2020"),
            moderators=("Capacity of services has fallen.", 1, "black-2020"),
            implementation="Waiting lists and drop-out.",
            economics="Judged from the cost of opioid substitution.",
        ),
        affects=Affects(levers=("treatment_places",)),
        expected=(Expected(measure="acquisitive_true", sign="down", scope="place", weeks=(26, 156)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        share = self.numbers["places"] * view.lagged(self.numbers["lag"])
        return [Modifier("treatment_places", (view.places,), share)]
