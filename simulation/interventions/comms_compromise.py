"""A service for secret messages is broken into, and what its users write is read until they notice."""

from __future__ import annotations

from simulation.policy.intervention import Modifier, View, assumed, emmie, hours, register, sourced
from simulation.policy.platforms import PlatformWork
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.platform import COMMS, MARKET_PLACE, MONEY


@register
class CommsCompromise(PlatformWork):
    """Part of what passes the largest service for messages is read."""

    kinds = (COMMS, MARKET_PLACE, MONEY)
    card = Card(
        id="comms-compromise",
        title="Compromise of communications",
        family="trust",
        p4="Pursue",
        dddd="Deceive",
        mechanism="Part of what passes a service is read, so that intelligence on its users yields more, until they "
        "notice and go elsewhere. Described as a concept; no operational detail is held.",
        targets="The service for messages with most users that still trust it.",
        agency="nca",
        targeting_rule="platform",
        parameters={
            "share": sourced(
                0.8, "share", 0.3, 1.0, "encrypted-services", "Part of what passes that is read at full dose."
            ),
        },
        cost=Cost(hours=hours(digital_analysts=5.0, covert=1.0, investigators=2.0)),
        lead_time=assumed(26.0, "weeks", 13.0, 78.0, "A way in, found with partners abroad."),
        authorising_level="chief constable or Director General, and a Judicial Commissioner",
        power="equipment-interference",
        intrusion=Intrusion(level="high", text="Everyone on the service is read, involved or not."),
        retaliation=Intrusion(
            level="high", text="Threats to life come to light that must be acted upon, and so reveal it."
        ),
        evidence=emmie(
            effect=("Thousands of arrests followed the reading of one service.", 1, "encrypted-services"),
            mechanism="What is written in confidence is evidence.",
            moderators="Analysts to read it, and how soon users notice.",
            implementation=("Read for ten weeks in one case, two years in another.", 1, "encrypted-services"),
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("comms_compromise",)),
        expected=(Expected(measure="people_mapped", sign="up", scope="force", weeks=(30, 78)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        row = self.target(view)
        return [Modifier("comms_compromise", (row,), self.numbers["share"] * view.dose)] if row >= 0 else []
