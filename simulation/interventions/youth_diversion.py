"""Young people who might be drawn in are offered something better, early."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class YouthDiversion(Intervention):
    """Fewer young people come to be at risk, after a lag."""

    card = Card(
        id="youth-diversion",
        title="Diversion of young people at risk",
        family="prevent",
        p4="Prevent",
        dddd="Collaborate",
        mechanism="Lowers the inflow of young people at risk of recruitment, after a lag.",
        targets="Young people at risk in the places, with consent.",
        agency="council",
        parameters={
            "reached": assumed(0.3, "share", 0.1, 0.5, "Fall of the inflow at full dose."),
            "lag": assumed(26.0, "weeks", 13.0, 52.0, "Weeks in which the work comes to bear."),
        },
        cost=Cost(
            hours=hours(partnership=12.0),
            grant=assumed(
                600.0, "GBP/week", 150.0, 1500.0, "For 10,000 residents: some 13 young people a year at GBP 2,470."
            ),
        ),
        lead_time=assumed(6.0, "weeks", 3.0, 12.0, "Panels and agreements."),
        authorising_level="multi-agency panel",
        power="prevention",
        intrusion=Intrusion(level="low", text="Labels and wider nets."),
        retaliation=Intrusion(level="low", text="Debts to those who recruit."),
        evidence=emmie(
            effect=("Cutting recruitment cut violence more than arrests did, in a model.", 1, "prieto-curiel-2023"),
            mechanism=("Mentoring and diversion.", 1, "yef-toolkit"),
            moderators=("Pool of recruits: little is gained where it is ample.", 1, "calderoni-2021"),
            implementation="Reach among those most at risk is low.",
            economics=("GBP 540 to 2,470 a young person.", 1, "yef-toolkit"),
        ),
        affects=Affects(levers=("at_risk_inflow",)),
        expected=(Expected(measure="at_risk", sign="down", scope="force", weeks=(78, 156)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        kept = 1.0 - self.numbers["reached"] * view.lagged(self.numbers["lag"])
        return [Modifier("at_risk_inflow", (view.places,), kept)]
