"""Those who buy are met where they buy: they are seen, spoken to and written to, and some stay away."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class CustomerDeterrence(Intervention):
    """Casual buyers of the places stay away while officers are about; dependent ones hardly do."""

    card = Card(
        id="customer-deterrence",
        title="Customer deterrence",
        family="demand",
        p4="Prevent",
        dddd="Deny",
        mechanism="Officers are seen at known points of sale, speak to those who come to buy and write to the keepers of their "
        "vehicles. Users of the places want that much less as long as it lasts, and patrol is seen there; nothing of it stays "
        "when officers leave.",
        targets="Those who come to buy at points of sale in the places, by what they do there and not by who they are.",
        targeting_rule="place",
        parameters={
            "fall": assumed(0.08, "share", 0.01, 0.2, "Fall of what users of the places want to buy, at full dose."),
            "presence": assumed(0.2, "ratio", 0.05, 0.5, "Patrol seen beside it at full dose, against a full Hold."),
        },
        cost=Cost(
            hours=hours(neighbourhood=8.0, partnership=1.0, digital_analysts=0.3),
            grant=assumed(
                60.0, "GBP/week", 20.0, 200.0, "For 10,000 residents: letters, signs and advice to take away."
            ),
        ),
        lead_time=assumed(2.0, "weeks", 1.0, 6.0, "Points of sale are mapped, letters and rosters agreed."),
        authorising_level="inspector",
        power="patrol",
        intrusion=Intrusion(level="medium", text="People who do not buy are spoken to, and families read the letters."),
        retaliation=Intrusion(level="low", text="Sellers move, and warn those whom they take for informants."),
        evidence=emmie(
            effect="No review of warnings to buyers is held here.",
            mechanism="To be seen buying is a cost; a casual buyer has more to lose by it than a dependent one.",
            moderators="Whether buyers are casual or dependent, and whether sale is in the open.",
            implementation="Easily done where sale is in the open, hardly where goods are brought.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("demand", "visibility")),
        expected=(Expected(measure="drug_volume_pure_kg", sign="down", scope="force", weeks=(4, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        left = 1.0 - self.numbers["fall"] * view.dose
        found = [Modifier("demand", (view.places, int(market)), left) for market in view.markets]
        return [*found, Modifier("visibility", (view.places,), self.numbers["presence"] * view.dose)]
