"""A market place is taken over and run for a while as if nothing had happened, before it is closed."""

from __future__ import annotations

from simulation.policy.intervention import Modifier, View, assumed, emmie, hours, register, sourced
from simulation.policy.platforms import PlatformWork
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.platform import COMMS, MARKET_PLACE, MONEY


@register
class PlatformTakeover(PlatformWork):
    """The state reads what passes the largest market place, and in the end closes it."""

    kinds = (MARKET_PLACE, COMMS, MONEY)
    card = Card(
        id="platform-takeover",
        title="Covert take-over of a platform",
        family="trust",
        p4="Pursue",
        dddd="Deceive",
        mechanism="Part of what passes a platform is read, so that intelligence on its users yields more, until they "
        "notice; meanwhile the chance that it is closed rises. Described as a concept; no operational detail is held.",
        targets="The market place with most users; where there is none, the largest platform of another kind.",
        agency="nca",
        targeting_rule="platform",
        parameters={
            "share": assumed(0.9, "share", 0.5, 1.0, "Part of what passes that is read at full dose."),
            "weeks": sourced(8.0, "weeks", 4.0, 26.0, "hansa-2018", "How long it is run before it is likely closed."),
        },
        cost=Cost(hours=hours(digital_analysts=4.0, covert=3.0, investigators=2.0)),
        lead_time=assumed(
            45.0, "weeks", 26.0, 78.0, "Finding and arresting operators unnoticed, in several countries."
        ),
        authorising_level="chief constable or Director General, and a Judicial Commissioner",
        power="forum-takeover",
        intrusion=Intrusion(level="high", text="All users are read; crimes are done meanwhile on what the state runs."),
        retaliation=Intrusion(level="medium", text="Users who are blamed for it are in danger."),
        evidence=emmie(
            effect=("Fewer vendors went on than after closings without a take-over.", 1, "hansa-2018"),
            mechanism=("Nobody knows what was read, so that names cannot be carried over.", 1, "hansa-2018"),
            moderators="Whether rivals are closed first, so that users come over.",
            implementation="Done once to the end, after long work abroad.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("comms_compromise", "platform_open")),
        expected=(Expected(measure="platforms_read_share", sign="up", scope="force", weeks=(45, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        row = self.target(view)
        if row < 0:
            return []
        run = view.lagged(self.numbers["weeks"])
        return [
            Modifier("comms_compromise", (row,), self.numbers["share"] * view.dose),
            # the longer it is run, the sooner it is closed: after so many weeks it is likely gone
            Modifier("platform_open", (row,), 1.0 - run / self.numbers["weeks"]),
        ]
