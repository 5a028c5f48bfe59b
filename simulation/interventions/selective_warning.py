"""Users of a platform are told that it is not as safe as it says, so that they trust it and each other less."""

from __future__ import annotations

from simulation.policy.intervention import Modifier, View, assumed, emmie, hours, register
from simulation.policy.platforms import PlatformWork
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.platform import COMMS, MARKET_PLACE, MONEY


@register
class SelectiveWarning(PlatformWork):
    """The assurance of the largest service for messages falls in the eyes of its users."""

    kinds = (COMMS, MARKET_PLACE, MONEY)
    card = Card(
        id="selective-warning",
        title="Selective warning messages",
        family="trust",
        p4="Protect",
        dddd="Deceive",
        mechanism="Lowers how far a platform vouches for those on it. Who leaves, and whom they deal with then, is their "
        "own choice. Described as a concept; no operational detail is held.",
        targets="Users of the service for messages that has most.",
        targeting_rule="platform",
        parameters={"loss": assumed(0.5, "share", 0.2, 0.9, "Part of its assurance that is lost at full dose.")},
        cost=Cost(hours=hours(digital_analysts=1.5, covert=0.5)),
        lead_time=assumed(8.0, "weeks", 4.0, 16.0, "Legal advice, and finding whom to tell."),
        authorising_level="assistant chief constable or higher, with legal advice",
        power="reputation-deception",
        intrusion=Intrusion(level="low", text="Uninvolved users may be told too."),
        retaliation=Intrusion(level="medium", text="Someone may be blamed for what was said."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Without assurance strangers do not trade.", 1, "markopoulos-2015"),
            moderators="Whether there is a rival to go to.",
            implementation="Tried, not evaluated.",
            economics="Cheap beside a take-down.",
        ),
        affects=Affects(levers=("assurance",)),
        expected=(Expected(measure="comms_users", sign="down", scope="force", weeks=(26, 156)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        row = self.target(view)
        return [Modifier("assurance", (row,), 1.0 - self.numbers["loss"] * view.dose)] if row >= 0 else []
