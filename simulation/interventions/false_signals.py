"""False signals are put among the reports by which offenders judge each other, until nobody knows whom to deal with."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register, sourced
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class FalseSignals(Intervention):
    """A share of the reports in circulation is false; what they do depends on credibility, memory and fear."""

    card = Card(
        id="false-signals",
        title="False signals",
        family="trust",
        p4="Pursue",
        dddd="Deceive",
        mechanism="Makes a share of circulating reports on suppliers false. Trust, suspicion and trade follow "
        "from what buyers make of "
        "them; nothing is taken from trade directly. Described as a concept; no operational detail is held.",
        targets="Suppliers in the markets of the places, all alike.",
        targeting_rule="market",
        parameters={
            "share": sourced(
                0.45, "share", 0.1, 0.6, "markopoulos-2015", "Share of reports that is false at full dose."
            ),
        },
        cost=Cost(hours=hours(covert=3.5, digital_analysts=1.5, investigators=0.5)),
        lead_time=assumed(13.0, "weeks", 6.0, 26.0, "Authorisation, legal advice and a gold group."),
        authorising_level="assistant chief constable or higher, with legal advice",
        power="reputation-deception",
        intrusion=Intrusion(level="medium", text="Misinformation can reach uninvolved people."),
        retaliation=Intrusion(
            level="high", text="Someone may be harmed for what a report says: the duty to protect life applies."
        ),
        evidence=emmie(
            effect=(
                "Theory and simulation only: small campaigns do nothing, large ones may stop trade.",
                1,
                "markopoulos-2015",
            ),
            mechanism=("Markets for lemons: when reports mean nothing, honesty does not pay.", 1, "markopoulos-2015"),
            moderators="Private memory shields those who know each other.",
            implementation="Never evaluated in the field.",
            economics="Below the threshold it raises what sellers earn.",
        ),
        affects=Affects(levers=("false_reports",)),
        expected=(Expected(measure="trades_refused_share", sign="up", scope="market", weeks=(13, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        share = self.numbers["share"] * view.dose
        return [Modifier("false_reports", (market, view.places), share) for market in view.markets.tolist()]
