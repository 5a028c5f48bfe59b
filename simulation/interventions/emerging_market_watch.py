"""Somebody looks out for markets that have only begun, and acts on their first outlets."""

from __future__ import annotations

from simulation.policy.intervention import Modifier, View, assumed, emmie, hours, register
from simulation.policy.pursuit import LENGTH, ClosureOperations
from simulation.policy.targets import Target
from simulation.policy.weak import newest_lines
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class EmergingMarketWatch(ClosureOperations):
    """Intelligence yields more, and operations go to the market whose known lines are youngest."""

    card = Card(
        id="emerging-market-watch",
        title="Emerging-market watch",
        family="prepare",
        p4="Prepare",
        dddd="Deny",
        mechanism="Raises the yield of intelligence work at the level of whoever keeps the watch, and closes known lines of the "
        "market that is newest in the picture, while its outlets and with them its users are few.",
        targets="Lines of the market first whose known lines are youngest; the plan may name the market instead.",
        targeting_rule="market",
        parameters={
            "gain": assumed(
                0.25, "ratio", 0.1, 0.6, "Gain in yield at full dose: test purchases, laboratories, emergency rooms."
            ),
            "hours_each": assumed(120.0, "hours", 50.0, 300.0, "Hours of all resources for one line."),
            "weeks_each": assumed(2.0, "weeks", 1.0, 6.0, "Least weeks in which a case is made."),
        },
        cost=Cost(hours=hours(digital_analysts=1.0, investigators=1.2, neighbourhood=0.8)),
        lead_time=assumed(6.0, "weeks", 2.0, 16.0, "Reporting from laboratories, hospitals and border posts."),
        authorising_level="head of intelligence; magistrates for closures",
        power="closure-order",
        intrusion=Intrusion(level="medium", text="Tenants of premises; test results of people who are ill."),
        retaliation=Intrusion(level="low", text="First sellers have little to defend."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=(
                "Nitazenes were in 284 deaths within a year or so of being looked for.",
                1,
                "nca-nsa-2024",
            ),
            moderators="Whether it is seen before there are many outlets.",
            implementation="Early figures are small, and most alarms come to nothing.",
            economics="Nothing published; in the model the same hours come too late four years on.",
        ),
        affects=Affects(levers=("capacity", "knowledge_gain"), orders=("closure",)),
        expected=(Expected(measure="lines_internal", sign="down", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        gain = 1.0 + self.numbers["gain"] * view.dose
        return [*super().modifiers(view, weeks), Modifier("knowledge_gain", (view.level,), gain)]

    def targets(self, view: View, bound: float) -> list[Target]:
        return newest_lines(view.state, view.week, view.level, view.places, view.markets, bound, LENGTH)
