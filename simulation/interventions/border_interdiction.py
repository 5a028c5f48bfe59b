"""More consignments are found at the entries where most come in, or are thought to."""

from __future__ import annotations

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class BorderInterdiction(Intervention):
    """The hazard of loss rises at the busiest entries; officers follow what is found."""

    card = Card(
        id="border-interdiction",
        title="Border interdiction",
        family="supply",
        p4="Pursue",
        dddd="Deny",
        mechanism="Raises the hazard of losing a consignment at a few entries: those that usually see most goods, and those where most has been found of late.",
        targets="Entries by what passes and what was found there, for the markets the entry names.",
        agency="nca",
        parameters={
            "rise": assumed(1.0, "ratio", 0.3, 8.0, "Rise of the hazard at the entries pressed, at full dose."),
            "ports": assumed(3.0, "count", 1.0, 12.0, "Entries that are pressed."),
            "follow": assumed(0.3, "share", 0.0, 0.8, "Weight of what was found of late, against what usually passes."),
        },
        cost=Cost(
            whole=True,
            hours={
                **hours(whole=True, investigators=400.0),
                "surveillance": assumed(120.0, "hours/week", 60.0, 240.0, "Judgement."),
            },
        ),
        lead_time=assumed(4.0, "weeks", 2.0, 10.0, "Posting of officers and scanners."),
        authorising_level="senior officer of Border Force",
        power="existing-powers",
        intrusion=Intrusion(level="low", text="Searches of vehicles and parcels of people not involved."),
        retaliation=Intrusion(level="low", text="None known."),
        evidence=emmie(
            effect=("Seizures rise; smugglers go round, and the drug arrives.", 1, "magliocca-2019"),
            mechanism=("Loss of goods, until those who lost them go elsewhere.", 1, "magliocca-2019"),
            moderators="Whether there are other ways, and how soon smugglers learn of them.",
            implementation=("Some 86 % of cocaine is seized by Border Force.", 1, "ho-seizures-2024"),
            economics="Not known.",
        ),
        affects=Affects(levers=("interdiction",)),
        expected=(Expected(measure="seized_pure_kg", sign="up", scope="market", weeks=(8, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        route = view.state.route
        entries = np.flatnonzero((route.entry == 1) & (route.id != 0) & (route.usual > 0.0))
        if entries.size == 0:
            return []
        follow = self.numbers["follow"]
        usual, found = route.usual[entries], route.found[entries]
        score = (1.0 - follow) * usual / usual.sum() + follow * found / max(found.sum(), 1e-9)
        best = np.lexsort((route.id[entries], -score))[: round(self.numbers["ports"])]
        effort = score[best] / score[best].mean()
        return [
            Modifier("interdiction", (view.markets, int(node)), 1.0 + self.numbers["rise"] * share * view.dose)
            for node, share in zip(entries[best], effort, strict=True)
        ]
