"""Landlords, hauliers and traders are asked whom they serve, and covering for crime begins to cost."""

from __future__ import annotations

from simulation.policy.denial import part_of_all
from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class CamouflageChecks(Intervention):
    """Legitimate partners withdraw from businesses."""

    card = Card(
        id="camouflage-checks",
        title="Checks on legitimate partners",
        family="protect",
        p4="Protect",
        dddd="Deny",
        mechanism="Checks on leases, licences and supply chains raise what covering for a trade costs its partners: they withdraw, running costs rise, businesses stand out, and channels lose the turnover they hide in.",
        targets="Trades that businesses of the markets lean on.",
        agency="regulators",
        parameters={
            "cost": assumed(
                0.5, "ratio", 0.15, 1.5, "What checks add to the cost of covering, over what it pays, at full dose."
            ),
            "lag": assumed(13.0, "weeks", 6.0, 30.0, "Weeks in which checks get round."),
        },
        cost=Cost(hours=hours(partnership=4.0, financial_investigators=0.5)),
        lead_time=assumed(10.0, "weeks", 5.0, 20.0, "Agreements with trades and councils."),
        authorising_level="licensing authority",
        power="licensing-review",
        intrusion=Intrusion(level="medium", text="Honest landlords and traders bear the checks."),
        retaliation=Intrusion(level="low", text="Partners are threatened to stay."),
        evidence=emmie(
            effect="No evaluation found.",
            mechanism=("Most networks use legal businesses.", 1, "socta-2021"),
            moderators="Whether partners earn enough without.",
            implementation="Landlords and traders must be reached.",
            economics="Nothing published.",
        ),
        affects=Affects(levers=("camouflage_cost",)),
        expected=(Expected(measure="illegal_profit_gbp", sign="down", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        part = part_of_all(view)
        dearer = self.numbers["cost"] * part * view.lagged(self.numbers["lag"])
        return [Modifier("camouflage_cost", (int(market),), dearer) for market in view.markets]
