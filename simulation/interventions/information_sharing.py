"""What the force knows reaches the region and the country, and the other way round."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.policy.where import share_of_market
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import LEVEL_PAIRS


@register
class InformationSharing(Intervention):
    """More of what one level knows and the next does not is passed on, in both directions."""

    card = Card(
        id="information-sharing",
        title="Information sharing",
        family="prepare",
        p4="Prepare",
        dddd="Collaborate",
        mechanism="Passes on more of the gap between what is known locally, regionally and nationally, each time a file is "
        "reviewed; nothing new is learned by it.",
        targets="Nobody is chosen by it; each level then finds what it missed and another knew.",
        parameters={
            "share": assumed(
                0.12,
                "share",
                0.04,
                0.3,
                "Part of the gap between two levels passed on a week, were all places covered.",
            ),
            "lag": assumed(13.0, "weeks", 4.0, 39.0, "Weeks in which systems are joined and people come to use them."),
        },
        cost=Cost(hours=hours(digital_analysts=0.8, partnership=0.6)),
        lead_time=assumed(16.0, "weeks", 6.0, 40.0, "Agreements to share."),
        authorising_level="data protection officer",
        power="data-sharing",
        intrusion=Intrusion(
            level="medium", text="What one agency holds about people is read by more of them, mistakes included."
        ),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Inspections found information sharing weak, and barriers to it.", 1, "hmicfrs-soc"),
            moderators="Whether anybody has hours to act on what is passed on.",
            implementation="Systems that do not talk to each other; legal gateways.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("information_sharing",)),
        # region and country come to know what the force knows; whom all of them miss, they still miss
        expected=(Expected(measure="people_mapped", sign="none", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        share = self.numbers["share"] * share_of_market(view.state, view.places) * view.lagged(self.numbers["lag"])
        return [Modifier("information_sharing", (pair,), share) for pair in range(LEVEL_PAIRS)]
