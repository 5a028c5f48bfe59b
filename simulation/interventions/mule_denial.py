"""Banks and police close the accounts through which mules pass dirty money on."""

from __future__ import annotations

from simulation.policy.denial import Denial
from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class MuleDenial(Denial):
    """Accounts of mules are found and closed; those still open stand out more."""

    channels = ("mules",)
    card = Card(
        id="mule-denial",
        title="Denial of money mules",
        family="pursue-money",
        p4="Protect",
        dddd="Deny",
        mechanism="Takes part of what mules can launder in the region and raises reports on what still goes through them; money moves to other channels at their price.",
        targets="Accounts of mules in the places.",
        agency="private-sector",
        parameters={
            "capacity": assumed(0.5, "share", 0.2, 0.8, "Part of what mules can take that is denied at full dose."),
            "reports": assumed(0.5, "ratio", 0.1, 1.5, "Rise of useful reports on mules at full dose."),
            "lag": assumed(8.0, "weeks", 4.0, 16.0, "Weeks in which banks tighten checks."),
        },
        cost=Cost(hours=hours(financial_investigators=1.2, partnership=0.8)),
        lead_time=assumed(8.0, "weeks", 4.0, 16.0, "Banks and police agree on signs and routes."),
        authorising_level="superintendent",
        power="regulators",
        intrusion=Intrusion(level="medium", text="Young people who lent an account lose it."),
        retaliation=Intrusion(level="low", text="Mules are made to pay for what was lost."),
        evidence=emmie(
            effect="No evaluation of a local campaign found.",
            mechanism=("Cash that cannot be paid in has to go another way.", 1, "nra-2020"),
            moderators="Other channels with room take up the money.",
            implementation="Banks must share what they see.",
            economics="Nothing published.",
        ),
        affects=Affects(
            levers=(
                "launder_capacity",
                "launder_detection",
            )
        ),
        expected=(Expected(measure="laundering_fee_share", sign="up", scope="force", weeks=(13, 78)),),
    )
