"""Financial intelligence follows what a business launders to where it hoards, and has it restrained."""

from __future__ import annotations

from simulation.policy.denial import covered, row_of, source_row
from simulation.policy.intervention import Modifier, View, assumed, emmie, hours, register
from simulation.policy.pursuit import LENGTH, MoneyOperations
from simulation.policy.targets import Target, traced_businesses
from simulation.schema import Affects, Card, Cost, Expected, Intrusion, load_channels


@register
class FollowTheMoney(MoneyOperations):
    """Reports on channels lead to businesses, and operations of restraint reach the hoards of those most reported."""

    card = Card(
        id="follow-the-money",
        title="Follow the money",
        family="pursue-money",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Financial investigators work from what goes through channels: more reports lead somewhere, so that "
        "businesses and those who hold their money are better known, and part of what is on its way is held. Operations "
        "then restrain the hoards of known businesses, those with most reports on their money first.",
        targets="Businesses at home in the places, by reports on their money and by the lines they are known to run.",
        targeting_rule="money-holder",
        parameters={
            "reports": assumed(0.5, "ratio", 0.15, 1.2, "Rise of useful reports in every channel at full dose."),
            "lag": assumed(10.0, "weeks", 4.0, 26.0, "Weeks in which accounts and holders are worked out."),
            "hours_each": assumed(420.0, "hours", 200.0, 1000.0, "Hours of all resources for one case."),
            "weeks_each": assumed(13.0, "weeks", 6.0, 26.0, "Least weeks in which a case is made."),
        },
        cost=Cost(hours=hours(financial_investigators=2.0, digital_analysts=0.6, investigators=0.3)),
        lead_time=assumed(6.0, "weeks", 3.0, 13.0, "Production orders and account monitoring."),
        authorising_level="Crown Court",
        power="restraint",
        intrusion=Intrusion(level="medium", text="Accounts of families, customers and honest firms are read."),
        retaliation=Intrusion(level="low", text="Debts are called in by those who were relieved of cash."),
        evidence=emmie(
            effect="No review of effects on crime exists.",
            mechanism=("Most reports lead nowhere; those that are worked lead to accounts and people.", 1, "nra-2020"),
            moderators=("Hidden assets; a fifth of large orders is paid.", 1, "nao-2013"),
            implementation="Few accredited investigators, and long cases.",
            economics=("GBP 102 m spent to collect 133 m.", 2, "nao-2013"),
        ),
        affects=Affects(levers=("capacity", "launder_detection", "source_yield"), orders=("seizure",)),
        expected=(Expected(measure="assets_recovered_gbp", sign="up", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        more = self.numbers["reports"] * view.lagged(self.numbers["lag"])
        reports = [
            Modifier("launder_detection", (row_of(channel.id), region), 1.0 + part * more)
            for region, part in covered(view)
            for channel in load_channels()
        ]
        known = Modifier("source_yield", (source_row("financial"),), 1.0 + more)
        return [*super().modifiers(view, weeks), *reports, known]

    def targets(self, view: View, bound: float) -> list[Target]:
        return traced_businesses(view.state, view.level, view.places, bound, LENGTH, view.tiers)
