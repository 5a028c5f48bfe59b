"""Financial investigators go after the cash that businesses hoard."""

from __future__ import annotations

from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.policy.pursuit import MoneyOperations
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class RestraintAndConfiscation(MoneyOperations):
    """Operations against the money of known businesses, the largest first."""

    card = Card(
        id="restraint-and-confiscation",
        title="Restraint and confiscation",
        family="pursue-money",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Operations against known businesses; success takes a part of their dirty cash, which shortens what they can "
        "live on.",
        targets="Businesses at home in the places, by the lines they are known to run.",
        targeting_rule="money-holder",
        parameters={
            "hours_each": assumed(360.0, "hours", 150.0, 900.0, "Hours of all resources for one case."),
            "weeks_each": assumed(13.0, "weeks", 6.0, 26.0, "Least weeks in which a case is made."),
        },
        cost=Cost(hours=hours(financial_investigators=2.5, investigators=0.5)),
        lead_time=assumed(2.0, "weeks", 1.0, 6.0, "Production orders and a judge."),
        authorising_level="Crown Court",
        power="restraint",
        intrusion=Intrusion(level="medium", text="Families and third parties bear hardship."),
        retaliation=Intrusion(level="low", text="Debts are called in."),
        evidence=emmie(
            effect=("Recovered assets are a very small part of proceeds.", 2, "nao-2013"),
            mechanism="A business without cash cannot buy, pay or wait.",
            moderators=("Hidden assets; a fifth of large orders is paid.", 1, "nao-2013"),
            implementation=("GBP 243 m recovered in 2023/24.", 2, "ho-asset-recovery-2024"),
            economics=("GBP 102 m spent to collect 133 m.", 2, "nao-2013"),
        ),
        affects=Affects(levers=("capacity",), orders=("seizure",)),
        expected=(Expected(measure="assets_recovered_gbp", sign="up", scope="force", weeks=(26, 104)),),
    )
