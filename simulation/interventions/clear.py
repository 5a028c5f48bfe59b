"""Clear: police and partners go into a place together, arrest those who work there and close its lines."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register, sourced
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class Clear(Intervention):
    """Arrest and closure orders in the places, in proportion to dose, fidelity and context."""

    card = Card(
        id="clear",
        title="Clear",
        family="place",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Sets the effort of Clear in a place: orders to arrest people who work there and to close "
        "lines follow from it.",
        targets="Everyone at work in the place, the better known first.",
        targeting_rule="place",
        parameters={
            "fidelity": assumed(0.8, "share", 0.4, 1.0, "How far it is done as intended."),
            "context": assumed(1.0, "share", 0.5, 1.0, "How far the place suits it."),
        },
        cost=Cost(
            hours=hours(
                investigators=110.0, neighbourhood=60.0, surveillance=20.0, digital_analysts=15.0, partnership=15.0
            )
        ),
        lead_time=sourced(
            1.0, "weeks", 0.0, 4.0, "merseyside-chb", "Planning of a first wave, beyond what precedes a decision."
        ),
        authorising_level="superintendent, with the lead responsible officer",
        power="overt-arrest",
        intrusion=Intrusion(level="high", text="Warrants at many addresses; children present; cuckooed tenants."),
        retaliation=Intrusion(level="medium", text="Debts are called in and places contested when lines fall."),
        evidence=emmie(
            effect=(
                "Works as part of Clear, Hold, Build when done as intended in the right context.",
                2,
                "ho-chb-2025",
            ),
            mechanism=("Arrests, warrants and closures leave a void that is filled again.", 2, "ho-chb-2025"),
            moderators=("Fidelity and context decide.", 2, "ho-chb-2025"),
            implementation=("420 arrests and 78 warrants in a first quarter.", 1, "merseyside-chb"),
            economics=("Grants of GBP 40,000 to 350,000 a site; re-tasked officers cost more.", 1, "surrey-pcc-2023"),
        ),
        affects=Affects(levers=("clear_effort",), orders=("arrest", "closure")),
        expected=(Expected(measure="arrests", sign="up", scope="place", weeks=(1, 13)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        effort = view.dose * self.numbers["fidelity"] * self.numbers["context"]
        return [Modifier("clear_effort", (view.places,), effort)]
