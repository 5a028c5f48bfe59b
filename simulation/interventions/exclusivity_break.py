"""Franchisees find that they can buy elsewhere without being found out."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.policy.where import share_of_market
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class ExclusivityBreak(Intervention):
    """A share of franchisees is no longer held to its franchisor's goods."""

    card = Card(
        id="exclusivity-break",
        title="Breaking supply exclusivity",
        family="hostile-takeover",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="A share of franchisees buys where it likes, so that franchisors lose trade to their rivals. Described as a "
        "concept; no operational detail is held.",
        targets="Franchises of the markets, by the share of residents that the places hold.",
        against="franchise",
        targeting_rule="market",
        parameters={
            "share": assumed(0.6, "share", 0.1, 0.9, "Franchisees no longer bound, were all places covered."),
        },
        cost=Cost(hours=hours(covert=1.5, investigators=1.0, surveillance=0.5)),
        lead_time=assumed(13.0, "weeks", 6.0, 26.0, "Undercover deployment."),
        authorising_level="assistant chief constable or higher",
        power="undercover",
        intrusion=Intrusion(level="medium", text="Undercover work meets people who are not involved."),
        retaliation=Intrusion(level="medium", text="A franchisor punishes those who buy elsewhere."),
        evidence=emmie(
            effect="No review exists.",
            mechanism="What holds a franchise together is that its goods come from one hand.",
            moderators="Whether rivals have goods to sell.",
            implementation="Never evaluated in the field.",
            economics="In the model franchisees then buy where it is cheaper, and users get purer goods for their money.",
        ),
        affects=Affects(levers=("exclusivity",)),
        expected=(Expected(measure="illegal_profit_gbp", sign="down", scope="market", weeks=(13, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        # a market is one, so the places count by the share of residents they hold
        covered = share_of_market(view.state, view.places)
        share = self.numbers["share"] * view.dose * covered
        return [Modifier("exclusivity", (market,), share) for market in view.markets.tolist()]
