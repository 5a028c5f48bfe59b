"""A brand is turned against those who run it: its name, its number and its promises are spoilt."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class BrandSeizure(Intervention):
    """The best known brand at home in each place loses its name week by week."""

    card = Card(
        id="brand-seizure",
        title="Brand seizure",
        family="hostile-takeover",
        p4="Pursue",
        dddd="Delete",
        mechanism="The best known brand at home in each place loses a share of its name each week, and no other. Fewer customers "
        "come to its franchisees, wherever they trade, who pay the same royalty until it follows; what they then do is theirs to decide. Described as a "
        "concept; no operational detail is held.",
        targets="In each place and market the best known brand whose franchisor is at home there.",
        against="franchise",
        targeting_rule="market",
        parameters={
            "damage": assumed(0.15, "1/week", 0.03, 0.5, "Hazard with which a brand loses its name."),
        },
        cost=Cost(hours=hours(covert=1.0, digital_analysts=1.5, investigators=0.5)),
        lead_time=assumed(13.0, "weeks", 6.0, 26.0, "Authorisation, legal advice and a gold group."),
        authorising_level="assistant chief constable or higher, with legal advice",
        power="reputation-deception",
        intrusion=Intrusion(level="medium", text="Messages can reach users and families."),
        retaliation=Intrusion(level="medium", text="Someone may be blamed for what the brand lost."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Reputation keeps illegal markets together.", 1, "markopoulos-2015"),
            moderators="A spoilt brand can be dropped for a new one.",
            implementation="Never evaluated in the field.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("brand_damage",)),
        expected=(Expected(measure="franchised_lines_share", sign="down", scope="market", weeks=(13, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        damage = self.numbers["damage"] * view.dose
        return [Modifier("brand_damage", (market, view.places), damage) for market in view.markets.tolist()]
