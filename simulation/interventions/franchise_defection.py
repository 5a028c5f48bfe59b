"""Franchisees are offered something better than the brand they trade under."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class FranchiseDefection(Intervention):
    """Leaving the best known brand at home in a place is worth more than it was."""

    card = Card(
        id="franchise-defection",
        title="Franchisee defection incentives",
        family="hostile-takeover",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Adds to what a franchisee of the best known brand at home in a place has from leaving it, wherever it trades, in pounds a week. Whether it "
        "leaves is its own decision, on what its brand is worth to it; whether others follow depends on their trust. "
        "Described as a concept; no operational detail is held.",
        targets="In each place and market, franchisees of the best known brand whose franchisor is at home there.",
        against="franchise",
        targeting_rule="market",
        parameters={
            "offer": assumed(
                600.0, "GBP/week", 150.0, 2000.0, "Worth of what is offered, as those who are offered it see it."
            ),
        },
        cost=Cost(
            hours=hours(covert=1.5, investigators=0.5, partnership=0.5),
            grant=assumed(60.0, "GBP/week", 20.0, 200.0, "For 10,000 residents: support for the few who take it up."),
        ),
        lead_time=assumed(8.0, "weeks", 3.0, 20.0, "Approach and authorisation of sources."),
        authorising_level="superintendent or higher",
        power="informant",
        intrusion=Intrusion(level="medium", text="Families are drawn in when someone leaves."),
        retaliation=Intrusion(level="high", text="Whoever leaves is in danger: the duty to protect life applies."),
        evidence=emmie(
            effect="No review exists.",
            mechanism="Franchisees stay while a brand is worth more than what else they can have.",
            moderators="Trust in the franchisor; what rival brands offer, which may gain what this one loses.",
            implementation=("Recruiting a source takes weeks to months.", 1, "ipco-2019"),
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("defection_offer",)),
        expected=(Expected(measure="defections", sign="up", scope="market", weeks=(8, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        offer = self.numbers["offer"] * view.dose
        return [Modifier("defection_offer", (market, view.places), offer) for market in view.markets.tolist()]
