"""Accounts of businesses that reports have led to are frozen and forfeited."""

from __future__ import annotations

from simulation.policy.denial import part_of_all
from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import TIERS


@register
class AccountFreezing(Intervention):
    """Clean balances are frozen at all tiers."""

    card = Card(
        id="account-freezing",
        title="Account freezing and forfeiture",
        family="pursue-money",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Raises the hazard that what a business has laundered is frozen and forfeited, in proportion to the reports there are on it.",
        targets="Accounts of businesses, by reports on them.",
        parameters={
            "hazard": assumed(
                0.015,
                "1/week",
                0.005,
                0.05,
                "Hazard a week of a freeze, for a business of no security with the usual reports on it, at full dose.",
            ),
        },
        cost=Cost(hours=hours(financial_investigators=2.5)),
        lead_time=assumed(4.0, "weeks", 2.0, 10.0, "A court hears applications."),
        authorising_level="magistrates' court",
        power="account-freezing",
        intrusion=Intrusion(level="medium", text="Families and partners in trade are without money for months."),
        retaliation=Intrusion(level="low", text="Debts are called in."),
        evidence=emmie(
            effect=("Sums forfeited rise; effects on crime are not known.", 1, "ho-asset-recovery-2024"),
            mechanism="What is frozen cannot be enjoyed or put to work.",
            moderators="Needs reports to begin with.",
            implementation=("Used by all forces since 2018.", 1, "ho-asset-recovery-2024"),
            economics="Nothing published on accounts alone.",
        ),
        affects=Affects(levers=("freeze_hazard",)),
        expected=(Expected(measure="illegal_profit_gbp", sign="down", scope="target", weeks=(13, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        part = part_of_all(view)
        raised = self.numbers["hazard"] * part * view.dose
        return [Modifier("freeze_hazard", (tier,), raised) for tier in range(TIERS + 1)]
