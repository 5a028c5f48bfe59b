"""Those who live beyond what they can explain must explain it, or lose it."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import CORE, UPPER


@register
class UnexplainedWealth(Intervention):
    """Visible wealth costs those above the street; a life that cannot be shown holds fewer."""

    card = Card(
        id="unexplained-wealth",
        title="Unexplained wealth",
        family="pursue-money",
        p4="Pursue",
        dddd="Deny",
        mechanism="Makes wealth that can be seen costly for people of the core and upper tiers: what cannot be explained is lost. The life it bought holds them less, and they leave sooner.",
        targets="People above the street by visible wealth.",
        agency="nca",
        parameters={
            "cost": assumed(
                600.0,
                "GBP/week",
                150.0,
                2000.0,
                "What the usual visible wealth of such people costs them a week at full dose.",
            ),
            "lag": assumed(26.0, "weeks", 13.0, 52.0, "Weeks in which orders are made and become known."),
        },
        cost=Cost(
            whole=True,
            hours={
                **hours(whole=True, investigators=60.0),
                "financial-investigators": assumed(200.0, "hours/week", 80.0, 400.0, "Judgement."),
            },
        ),
        lead_time=assumed(26.0, "weeks", 13.0, 52.0, "Statements, application, reply."),
        authorising_level="High Court",
        power="unexplained-wealth",
        intrusion=Intrusion(level="medium", text="Families who live on what cannot be explained."),
        retaliation=Intrusion(level="low", text="None known."),
        evidence=emmie(
            effect="Few orders have been made; not evaluated.",
            mechanism="What cannot be enjoyed is not worth the risk.",
            moderators="Wealth held by others, or abroad.",
            implementation="Slow, and costly when contested.",
            economics="Not known.",
        ),
        affects=Affects(levers=("lifestyle_cost",)),
        expected=(Expected(measure="people_active", sign="down", scope="force", weeks=(52, 260)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        cost = self.numbers["cost"] * view.lagged(self.numbers["lag"])
        return [Modifier("lifestyle_cost", (exposure,), cost) for exposure in (CORE, UPPER)]
