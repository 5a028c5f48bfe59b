"""Supervisors look into accountants, solicitors and formation agents who serve crime."""

from __future__ import annotations

from simulation.policy.denial import Denial
from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class EnablerDenial(Denial):
    """Professionals who launder are supervised, struck off, or ask for more."""

    channels = ("enablers", "property")
    card = Card(
        id="enabler-denial",
        title="Denial of professional enablers",
        family="pursue-money",
        p4="Pursue",
        dddd="Deny",
        mechanism="Takes part of what professional enablers, and the property deals they handle, can launder, and adds to their fee.",
        targets="Professionals under supervision in the region of the places.",
        agency="regulators",
        parameters={
            "capacity": assumed(0.35, "share", 0.1, 0.7, "Part of what enablers can take that is denied at full dose."),
            "fee": assumed(0.04, "share", 0.01, 0.1, "Share asked on top at full dose."),
            "lag": assumed(16.0, "weeks", 8.0, 40.0, "Weeks in which supervisors act."),
        },
        cost=Cost(hours=hours(financial_investigators=2.0, investigators=0.6)),
        lead_time=assumed(16.0, "weeks", 8.0, 30.0, "Cases for supervisors are prepared."),
        authorising_level="superintendent",
        power="regulators",
        intrusion=Intrusion(level="medium", text="Clients who are not involved are looked at."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="No evaluation found.",
            mechanism=("Large sums need somebody who lends a name and a form.", 1, "fatf-launderers-2018"),
            moderators="Supervisors differ in will and means.",
            implementation="Privilege and confidence bind.",
            economics="Nothing published.",
        ),
        affects=Affects(
            levers=(
                "launder_capacity",
                "launder_fee",
            )
        ),
        expected=(Expected(measure="laundering_fee_share", sign="up", scope="target", weeks=(26, 104)),),
    )
