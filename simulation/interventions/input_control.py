"""What goods are made from is kept out of the wrong hands."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import IMPORTER


@register
class InputControl(Intervention):
    """Sources can get less of what they need; others make up for it, soon where makers are many."""

    card = Card(
        id="input-control",
        title="Control of inputs",
        family="supply",
        p4="Protect",
        dddd="Deny",
        mechanism="Cuts what a tier of the chain can get: precursors of those who make the goods or, where the plan names other tiers, presses, cutting agents and vehicles.",
        targets="Makers at source; other tiers where the plan names them.",
        agency="regulators",
        parameters={
            "cut": assumed(0.3, "share", 0.1, 0.8, "Part of it that is cut off at full dose."),
            "lag": assumed(8.0, "weeks", 4.0, 26.0, "Weeks in which licences and checks come to bear."),
        },
        cost=Cost(whole=True, hours=hours(whole=True, investigators=60.0, partnership=80.0)),
        lead_time=assumed(8.0, "weeks", 4.0, 26.0, "Listing of substances, agreements with industry."),
        authorising_level="Home Office",
        power="regulators",
        intrusion=Intrusion(level="low", text="Burden on those who trade lawfully."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect=("Two firms taken out: prices tripled, and were back within four months.", 1, "dobkin-2009"),
            mechanism=("Production stops for want of an input that few make.", 1, "dobkin-2009"),
            moderators=("How few make it, and what can stand in for it.", 1, "dobkin-2009"),
            implementation="By law and with industry.",
            economics="Not known.",
        ),
        affects=Affects(levers=("input_capacity",)),
        # makers of what the preset sells are many: others make up for what is cut
        expected=(Expected(measure="drug_volume_pure_kg", sign="none", scope="market", weeks=(8, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        left = 1.0 - self.numbers["cut"] * view.lagged(self.numbers["lag"])
        return [Modifier("input_capacity", (view.markets, tier), left) for tier in view.tiers or (IMPORTER,)]
