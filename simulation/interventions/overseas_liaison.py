"""Officers abroad have goods found and held up before they come near."""

from __future__ import annotations

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class OverseasLiaison(Intervention):
    """At the busiest hubs abroad more is found, and what is not found waits."""

    card = Card(
        id="overseas-liaison",
        title="Overseas liaison",
        family="supply",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Raises the hazard of loss at hubs abroad and holds up what passes them, through the police and customs of other countries.",
        targets="Hubs through which most usually passes.",
        agency="nca",
        parameters={
            "rise": assumed(2.0, "ratio", 0.5, 6.0, "Rise of the hazard at these hubs at full dose."),
            "delay": assumed(0.5, "weeks", 0.1, 2.0, "Weeks that goods are held up there."),
            "hubs": assumed(3.0, "count", 1.0, 8.0, "Hubs with officers."),
            "lag": assumed(26.0, "weeks", 13.0, 52.0, "Weeks in which trust of partners grows."),
        },
        cost=Cost(
            whole=True,
            hours=hours(whole=True, investigators=150.0),
            grant=assumed(40000.0, "GBP/week", 15000.0, 90000.0, "Posts abroad: judgement."),
        ),
        lead_time=assumed(13.0, "weeks", 6.0, 26.0, "Agreements and postings."),
        authorising_level="National Crime Agency",
        power="existing-powers",
        intrusion=Intrusion(level="low", text="Falls on people abroad."),
        retaliation=Intrusion(level="low", text="None known."),
        evidence=emmie(
            effect="Not evaluated.",
            mechanism=("Losses move routes more than they end them.", 1, "magliocca-2019"),
            moderators="Willingness and honesty of partners.",
            implementation="Officers share what they know; others act on it.",
            economics="Not known.",
        ),
        affects=Affects(levers=("interdiction", "transport_delay")),
        expected=(Expected(measure="seized_pure_kg", sign="up", scope="market", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        route = view.state.route
        begins = np.zeros(route.id.size, dtype=bool)
        first = view.state.passage.way[:, :, 0]
        begins[first[first >= 0]] = True
        hubs = np.flatnonzero((route.entry == 0) & (route.id != 0) & (route.usual > 0.0) & ~begins)
        best = hubs[np.lexsort((route.id[hubs], -route.usual[hubs]))[: round(self.numbers["hubs"])]]
        reach = view.lagged(self.numbers["lag"])
        return [
            modifier
            for node in best.tolist()
            for modifier in (
                Modifier("interdiction", (view.markets, node), 1.0 + self.numbers["rise"] * reach),
                Modifier("transport_delay", (view.markets, node), self.numbers["delay"] * reach),
            )
        ]
