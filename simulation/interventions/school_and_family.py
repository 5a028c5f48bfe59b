"""Schools and families are supported long before anyone is at risk."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class SchoolAndFamily(Intervention):
    """Fewer young people come to be at risk, and places grow stronger, years later."""

    card = Card(
        id="school-and-family",
        title="School and family programmes",
        family="prevent",
        p4="Prevent",
        dddd="Collaborate",
        mechanism="Lowers the inflow of young people at risk and lets resilience grow, both after a long lag.",
        targets="Families and schools in the places, by consent.",
        agency="council",
        parameters={
            "reached": assumed(0.35, "share", 0.1, 0.6, "Fall of the inflow at full dose."),
            "resilience": assumed(
                0.0008, "1/week", 0.0002, 0.002, "Share of the gap to full resilience closed a week."
            ),
            "lag": assumed(78.0, "weeks", 52.0, 156.0, "Weeks in which the work comes to bear."),
        },
        cost=Cost(
            hours=hours(partnership=16.0),
            grant=assumed(
                700.0, "GBP/week", 200.0, 1800.0, "For 10,000 residents; judged from programmes of this kind."
            ),
        ),
        lead_time=assumed(8.0, "weeks", 4.0, 26.0, "School years and agreements."),
        authorising_level="council and schools",
        power="prevention",
        intrusion=Intrusion(level="low", text="Labels."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect=("Recruitment is where simulated organisations were most sensitive.", 1, "calderoni-2021"),
            mechanism="Support for families and staying in school.",
            moderators="Effects take years.",
            implementation="Needs partners for longer than funds last.",
            economics="Not evaluated for organised crime.",
        ),
        affects=Affects(levers=("at_risk_inflow", "resilience_growth")),
        expected=(Expected(measure="at_risk", sign="down", scope="force", weeks=(104, 208)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        slow = view.lagged(self.numbers["lag"])
        return [
            Modifier("at_risk_inflow", (view.places,), 1.0 - self.numbers["reached"] * slow),
            Modifier("resilience_growth", (view.places,), self.numbers["resilience"] * slow),
        ]
