"""Premises, stores, equipment and vehicles of the trade are put out of use."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import DISTRIBUTOR, LINE, WHOLESALER


@register
class PhysicalSabotage(Intervention):
    """Outlets in the places lose what they store, cut and carry goods with."""

    card = Card(
        id="physical-sabotage",
        title="Physical sabotage of the franchise chain",
        family="supply",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Outlets in the places lose premises, stores, equipment or vehicles, with goods that are kept there: they hand "
        "over less until they have paid for new ones. Described as a concept; no operational detail is held.",
        targets="Wholesalers, distributors and lines that stand in the places, or the tiers that the plan names.",
        targeting_rule="place",
        parameters={
            "hazard": assumed(0.04, "1/week", 0.01, 0.1, "Hazard of such a loss for each outlet, at full dose."),
        },
        cost=Cost(hours=hours(covert=4.0, surveillance=3.0, investigators=2.0)),
        lead_time=assumed(
            20.0, "weeks", 10.0, 40.0, "Warrants for each of the powers it combines, and finding the places."
        ),
        authorising_level="chief constable or higher; Judicial Commissioner",
        power="supply-sabotage",
        intrusion=Intrusion(
            level="high", text="Neighbours, landlords and households share premises and vehicles with the trade."
        ),
        retaliation=Intrusion(
            level="high", text="A business that cannot tell who did it looks to rivals and to its own people."
        ),
        evidence=emmie(
            effect="No review exists.",
            mechanism="Stores and vehicles are few, and cost more to replace than goods.",
            moderators="How much cash a business has at hand, and whether others stand ready to serve its customers.",
            implementation="Never evaluated in the field; disclosure in court is a bar.",
            economics="Nothing published.",
        ),
        affects=Affects(levers=("facility_loss",)),
        expected=(Expected(measure="drug_volume_pure_kg", sign="down", scope="force", weeks=(26, 78)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        hazard = self.numbers["hazard"] * view.dose
        return [
            Modifier("facility_loss", (view.places, tier), hazard)
            for tier in view.tiers or (WHOLESALER, DISTRIBUTOR, LINE)
        ]
