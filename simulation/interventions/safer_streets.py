"""Residents see that something is done about what they complain of."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class SaferStreets(Intervention):
    """Confidence in police grows, and patrols are a little more visible."""

    card = Card(
        id="safer-streets",
        title="Safer streets",
        family="place",
        p4="Protect",
        dddd="Collaborate",
        mechanism="Adds to confidence and, a little, to visible patrol; confidence brings reports.",
        targets="Places with most complaints.",
        agency="council",
        targeting_rule="place",
        parameters={
            "confidence": assumed(0.004, "1/week", 0.001, 0.01, "Share of the gap to full confidence closed a week."),
            "presence": assumed(0.2, "ratio", 0.05, 0.4, "Patrol seen at full dose, against a full Hold."),
        },
        cost=Cost(
            hours=hours(neighbourhood=5.0, partnership=5.0),
            grant=assumed(250.0, "GBP/week", 50.0, 700.0, "Lighting and repairs, for 10,000 residents."),
        ),
        lead_time=assumed(6.0, "weeks", 3.0, 13.0, "Procurement and agreements."),
        authorising_level="community safety partnership",
        power="place-building",
        intrusion=Intrusion(level="low", text="Who is listened to."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="Reviews of lighting and watch schemes exist; none is held here.",
            mechanism="Being heard.",
            moderators="Whether it lasts.",
            implementation="Short grants.",
            economics="Not evaluated for organised crime.",
        ),
        affects=Affects(levers=("confidence", "visibility")),
        expected=(Expected(measure="confidence", sign="up", scope="place", weeks=(13, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        return [
            Modifier("confidence", (view.places,), self.numbers["confidence"] * view.dose),
            Modifier("visibility", (view.places,), self.numbers["presence"] * view.dose),
        ]
