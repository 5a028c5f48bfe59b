"""Exchanges must know their customers, and brokers who change cash for crypto-assets are put out of business."""

from __future__ import annotations

from simulation.policy.denial import Denial
from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class CryptoDenial(Denial):
    """Brokers of crypto-assets lose means, ask for more and leave more traces."""

    channels = ("crypto",)
    card = Card(
        id="crypto-denial",
        title="Denial of crypto-assets",
        family="pursue-money",
        p4="Protect",
        dddd="Deny",
        mechanism="Takes part of what brokers of crypto-assets can launder, adds to their fee and raises reports on those who use them.",
        targets="Brokers and machines that change cash for crypto-assets in the places.",
        agency="regulators",
        parameters={
            "capacity": assumed(0.4, "share", 0.1, 0.7, "Part of what brokers can take that is denied at full dose."),
            "fee": assumed(0.04, "share", 0.01, 0.1, "Share asked on top at full dose."),
            "reports": assumed(0.3, "ratio", 0.1, 1.0, "Rise of useful reports at full dose."),
            "lag": assumed(10.0, "weeks", 4.0, 26.0, "Weeks in which exchanges follow."),
        },
        cost=Cost(hours=hours(financial_investigators=0.8, digital_analysts=1.5)),
        lead_time=assumed(12.0, "weeks", 6.0, 26.0, "Registers and orders."),
        authorising_level="superintendent",
        power="regulators",
        intrusion=Intrusion(level="low", text="Records of exchanges hold honest customers too."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="No evaluation found.",
            mechanism=("Registration makes brokers report or leave.", 1, "nra-2020"),
            moderators="Brokers abroad stay open.",
            implementation="Needs analysts who can follow chains.",
            economics="Nothing published.",
        ),
        affects=Affects(
            levers=(
                "launder_capacity",
                "launder_detection",
                "launder_fee",
            )
        ),
        expected=(Expected(measure="laundered_gbp", sign="down", scope="target", weeks=(13, 78)),),
    )
