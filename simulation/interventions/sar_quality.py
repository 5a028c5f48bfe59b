"""Banks and traders report what is of use, and somebody reads it."""

from __future__ import annotations

from simulation.policy.denial import Denial, source_row
from simulation.policy.intervention import Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class SarQuality(Denial):
    """Reports on all ways of laundering become more useful."""

    channels = ("cash-trade", "crypto", "enablers", "mules", "property", "trade-based")
    card = Card(
        id="sar-quality",
        title="Quality of reports on suspicious money",
        family="protect",
        p4="Protect",
        dddd="Collaborate",
        mechanism="Raises the reports that lead somewhere in every channel, so that what is in it is held, and what comes in from reports on "
        "suspicious money as a source of intelligence, which takes analysts' time.",
        targets="Those who must report, and units that read.",
        parameters={
            "reports": assumed(0.6, "ratio", 0.2, 1.5, "Rise of useful reports at full dose."),
            "lag": assumed(13.0, "weeks", 6.0, 30.0, "Weeks in which reporters learn what is of use."),
        },
        cost=Cost(hours=hours(financial_investigators=1.5, digital_analysts=1.0, partnership=0.5)),
        lead_time=assumed(13.0, "weeks", 6.0, 30.0, "Agreements to share."),
        authorising_level="data protection officer",
        power="data-sharing",
        intrusion=Intrusion(level="medium", text="Most reports are about people who did nothing."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="No evaluation found.",
            mechanism=("Most reports lead nowhere; better ones lead to accounts.", 1, "nra-2020"),
            moderators="Whether anybody has time to read.",
            implementation="The regulated sector must gain from it.",
            economics="Nothing published.",
        ),
        affects=Affects(levers=("launder_detection", "source_yield")),
        expected=(Expected(measure="illegal_profit_gbp", sign="down", scope="target", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        more = 1.0 + self.numbers["reports"] * view.lagged(self.numbers["lag"])
        return [*super().modifiers(view, weeks), Modifier("source_yield", (source_row("financial"),), more)]
