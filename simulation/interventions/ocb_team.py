"""A team of its own treats groups as businesses, and strikes each where it is weakest."""

from __future__ import annotations

import dataclasses

from simulation.policy.intervention import Modifier, Order, View, assumed, emmie, hours, register
from simulation.policy.pursuit import LENGTH, Operations
from simulation.policy.targets import Target
from simulation.policy.weak import weakest_points
from simulation.policy.where import share_of_market
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import ORDER_CLOSURE, ORDER_SEIZURE, TARGET_OUTLET, TIERS


@register
class OcbTeam(Operations):
    """Financial investigators, analysts and covert officers work on what keeps a business going: its cash or its best line."""

    card = Card(
        id="ocb-team",
        title="OCB team",
        family="prepare",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Gives hours to operations that take the cash or close the line on which a business's runway depends most; who "
        "reads books finds more hoards and takes fewer people for what they are not.",
        targets="Of each known business the blow that takes the largest share of its runway, cash or line; those first that "
        "would lose most of it.",
        parameters={
            "fewer": assumed(
                0.4, "share", 0.1, 0.7, "Part of the mistakes in the picture that checking against money avoids."
            ),
            "found": assumed(
                0.003, "1/week", 0.001, 0.01, "Hazard that a hoard is found, beyond today's, were all places covered."
            ),
            "hours_each": assumed(240.0, "hours", 100.0, 600.0, "Hours of all resources for one case."),
            "weeks_each": assumed(6.0, "weeks", 2.0, 16.0, "Least weeks in which a case is made."),
        },
        cost=Cost(hours=hours(financial_investigators=2.0, digital_analysts=1.5, covert=0.5)),
        lead_time=assumed(16.0, "weeks", 8.0, 39.0, "A team is put together, and learns to read books."),
        authorising_level="assistant chief constable",
        power="restraint",
        intrusion=Intrusion(level="medium", text="Accounts of families and lawful partners are read."),
        retaliation=Intrusion(level="low", text="Who lost money looks for who talked."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Little of what crime earns is ever taken from it.", 1, "ho-asset-recovery-2024"),
            moderators="Whether books can be read at all: cash leaves few traces.",
            implementation="Never evaluated; financial investigators are few and leave for better pay.",
            economics="Nothing published.",
        ),
        affects=Affects(levers=("capacity", "false_positive", "seizure_hazard"), orders=("closure", "seizure")),
        expected=(Expected(measure="assets_recovered_gbp", sign="up", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        fewer = 1.0 - self.numbers["fewer"] * view.dose
        found = self.numbers["found"] * share_of_market(view.state, view.places) * view.dose
        return [
            *super().modifiers(view, weeks),
            Modifier("false_positive", (view.level,), fewer),
            *(Modifier("seizure_hazard", (tier,), found) for tier in range(TIERS + 1)),
        ]

    def targets(self, view: View, bound: float) -> list[Target]:
        seized = float(view.tasking["operations_seizure_share"])
        return weakest_points(view.state, view.level, view.places, bound, LENGTH, seized, view.tiers)

    def orders(self, view: View, week: int) -> list[Order]:
        return [
            dataclasses.replace(one, kind=ORDER_CLOSURE if one.target_kind == TARGET_OUTLET else ORDER_SEIZURE)
            for one in super().orders(view, week)
        ]
