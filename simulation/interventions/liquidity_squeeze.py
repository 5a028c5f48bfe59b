"""Those who give credit to organised crime are made to want it back."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.policy.where import share_of_market
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class LiquiditySqueeze(Intervention):
    """A share of trade credit and loans is called in, and no more is given."""

    card = Card(
        id="liquidity-squeeze",
        title="Liquidity squeeze",
        family="hostile-takeover",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Suppliers and lenders call in a share of what they have given on credit and give that much less. Who can pay "
        "goes on; who lives on credit cannot buy or pay wages, and fails when that lasts. Described as a concept; no "
        "operational detail is held.",
        targets="Credit in the markets, by the share of residents that the places hold.",
        targeting_rule="market",
        parameters={
            "share": assumed(0.8, "share", 0.1, 0.95, "Credit called in, were all places covered."),
        },
        cost=Cost(hours=hours(financial_investigators=2.0, covert=1.0, digital_analysts=0.5)),
        lead_time=assumed(8.0, "weeks", 3.0, 20.0, "Financial profile and applications."),
        authorising_level="magistrate, on application of a senior officer",
        power="account-freezing",
        intrusion=Intrusion(level="medium", text="Lenders and third parties who are not involved bear hardship."),
        retaliation=Intrusion(level="medium", text="Debts among offenders are called in by force."),
        evidence=emmie(
            effect="No review exists.",
            mechanism="A business fails when it runs out of cash, not when it makes a loss.",
            moderators="How much it has borrowed, and what cash it holds.",
            implementation="Never evaluated in the field.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("credit_recall",)),
        expected=(Expected(measure="businesses_active", sign="down", scope="market", weeks=(13, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        # credit is given throughout a market, so the places count by the share of residents they hold
        covered = share_of_market(view.state, view.places)
        share = self.numbers["share"] * view.dose * covered
        return [Modifier("credit_recall", (market,), share) for market in view.markets.tolist()]
