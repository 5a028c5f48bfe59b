"""A platform is taken down: its servers are seized, with what is in escrow, and its users must look for another."""

from __future__ import annotations

from simulation.policy.intervention import Modifier, View, assumed, emmie, hours, register
from simulation.policy.platforms import PlatformWork
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.platform import COMMS, MARKET_PLACE, MONEY


@register
class PlatformClosure(PlatformWork):
    """The largest market place (where there is none, the largest service of another kind) is closed."""

    kinds = (MARKET_PLACE, COMMS, MONEY)
    card = Card(
        id="platform-closure",
        title="Platform take-down",
        family="trust",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Lowers the chance that a platform is still there after a week. Where users go, what they lose and whom "
        "they doubt follows from their own choices.",
        targets="The market place with most users; where there is none, the largest platform of another kind.",
        agency="nca",
        targeting_rule="platform",
        parameters={
            "success": assumed(0.3, "share", 0.1, 0.9, "Chance at full dose that it is down within a week."),
        },
        cost=Cost(hours=hours(digital_analysts=3.0, covert=1.0, investigators=1.0)),
        lead_time=assumed(26.0, "weeks", 13.0, 52.0, "Finding the servers, and mutual legal assistance."),
        authorising_level="chief constable or Director General",
        power="forum-takeover",
        intrusion=Intrusion(level="medium", text="Uninvolved users lose a service, and money held there."),
        retaliation=Intrusion(level="low", text="None known beyond debts that cannot be paid."),
        evidence=emmie(
            effect=("After 24 closures trade as a whole was back within days to weeks.", 1, "elbahrawy-2020"),
            mechanism=("Users move to the market place that dominates the rest.", 1, "elbahrawy-2020"),
            moderators="How many rivals are left, and what of a reputation can be carried over.",
            implementation=("Closing several at once, or after running one, was more than a closing.", 1, "hansa-2018"),
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("platform_open",)),
        expected=(Expected(measure="platform_moves", sign="up", scope="force", weeks=(45, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        row = self.target(view)
        return [Modifier("platform_open", (row,), 1.0 - self.numbers["success"] * view.dose)] if row >= 0 else []
