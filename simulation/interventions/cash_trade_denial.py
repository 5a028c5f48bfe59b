"""Licences, tills and tax returns of cash trades are looked into, and fronts lose their doors."""

from __future__ import annotations

from simulation.policy.denial import Denial
from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class CashTradeDenial(Denial):
    """Cash trades that serve as fronts are visited, and some lose licence or lease."""

    channels = ("cash-trade",)
    card = Card(
        id="cash-trade-denial",
        title="Denial of cash trades",
        family="pursue-money",
        p4="Pursue",
        dddd="Deny",
        mechanism="Takes part of what cash-intensive trades in the region can launder; money moves to other channels at their price, and what finds none is hoarded.",
        targets="Cash-intensive trades in the places.",
        agency="regulators",
        parameters={
            "capacity": assumed(
                0.4, "share", 0.15, 0.7, "Part of what cash trades can take that is denied at full dose."
            ),
            "lag": assumed(12.0, "weeks", 6.0, 26.0, "Weeks in which licences are reviewed."),
        },
        cost=Cost(hours=hours(financial_investigators=1.5, partnership=2.5)),
        lead_time=assumed(10.0, "weeks", 4.0, 20.0, "Councils and the revenue plan joint visits."),
        authorising_level="licensing authority",
        power="licensing-review",
        intrusion=Intrusion(level="medium", text="Honest traders are visited too."),
        retaliation=Intrusion(level="low", text="Traders are pressed to stay open."),
        evidence=emmie(
            effect="Joint visits are reported, not evaluated.",
            mechanism=("Cash trades are rated a high risk for laundering.", 1, "nra-2020"),
            moderators="How many trades a place has to hide among.",
            implementation="Police, council and revenue must come together.",
            economics="Nothing published.",
        ),
        affects=Affects(levers=("launder_capacity",)),
        expected=(Expected(measure="laundering_fee_share", sign="up", scope="force", weeks=(13, 104)),),
    )
