"""Lines that are known are closed one by one, with notice, court and shutters."""

from __future__ import annotations

from simulation.policy.intervention import assumed, emmie, hours, register
from simulation.policy.pursuit import ClosureOperations
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class ClosureOrder(ClosureOperations):
    """Operations against lines in the places, the best known first, each ending in a closure."""

    card = Card(
        id="closure-order",
        title="Closure orders",
        family="place",
        p4="Protect",
        dddd="Deny",
        mechanism="Operations against known lines; a closed line loses its stock, its customers drift and its people are free "
        "for others.",
        targets="Lines in the places, those known best first.",
        targeting_rule="place",
        parameters={
            "hours_each": assumed(160.0, "hours", 60.0, 400.0, "Hours of all resources for one line."),
            "weeks_each": assumed(3.0, "weeks", 1.0, 8.0, "Least weeks in which a case is made."),
        },
        cost=Cost(hours=hours(investigators=2.0, neighbourhood=3.0, partnership=1.0)),
        lead_time=assumed(1.0, "weeks", 0.5, 3.0, "Evidence, notice and hearing."),
        authorising_level="inspector or council for 24 hours; magistrates after that",
        power="closure-order",
        intrusion=Intrusion(level="high", text="Tenants whose homes were taken over can lose them."),
        retaliation=Intrusion(level="low", text="Displaced sellers meet others."),
        evidence=emmie(
            effect=("Closed markets were back within weeks.", 1, "elbahrawy-2020"),
            mechanism="Customers and stock are lost, people are not.",
            moderators="Whether the ground is held afterwards.",
            implementation=("5,600 county lines were closed in five years.", 1, "ho-county-lines-data-2024"),
            economics=("At most GBP 34,500 a line closed.", 1, "ho-county-lines-2025"),
        ),
        affects=Affects(levers=("capacity",), orders=("closure",)),
        expected=(Expected(measure="lines_internal", sign="down", scope="force", weeks=(13, 104)),),
    )
