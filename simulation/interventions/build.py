"""Build: councils and communities work on what crime grows from, and it takes a year or more to show."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register, sourced
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class Build(Intervention):
    """Resilience grows; Build acts through the community alone, so it bears little fruit where the ground is not held."""

    card = Card(
        id="build",
        title="Build",
        family="place",
        p4="Prevent",
        dddd="Collaborate",
        mechanism="Lets resilience grow; whatever else changes in the place, the community does: fewer come to be at "
        "risk, more leave the street, more is reported, and newcomers are less welcome.",
        targets="The place and those who live in it.",
        agency="council",
        targeting_rule="place",
        parameters={
            "fidelity": assumed(0.7, "share", 0.3, 1.0, "How far it is done as intended."),
            "context": assumed(1.0, "share", 0.5, 1.0, "How far the place suits it."),
            "resilience": assumed(0.003, "1/week", 0.001, 0.01, "Share of the gap to full resilience closed a week."),
        },
        cost=Cost(
            hours=hours(partnership=40.0),
            grant=sourced(
                1070.0, "GBP/week", 280.0, 2500.0, "merseyside-chb", "A site's yearly grant over 27,000 residents."
            ),
        ),
        lead_time=assumed(8.0, "weeks", 4.0, 16.0, "Partners agree what to do."),
        authorising_level="community safety partnership",
        power="place-building",
        intrusion=Intrusion(level="low", text="Help is offered; labels can stick."),
        retaliation=Intrusion(level="low", text="Those who come forward may be threatened."),
        evidence=emmie(
            effect=(
                "Only limited progress through the Build phase was seen; no change in perceptions.",
                1,
                "ho-chb-2025",
            ),
            mechanism=("Community-led work on drivers.", 1, "ho-chb-2025"),
            moderators=("Little use where the ground is not held.", 1, "ho-chb-2025"),
            implementation=("Buy-in and resourcing were the commonest problems.", 2, "ho-chb-2025"),
            economics=("GBP 38,000 to 350,000 a site and year in grants.", 1, "merseyside-chb"),
        ),
        affects=Affects(levers=("resilience_growth",)),
        expected=(Expected(measure="resilience", sign="up", scope="place", weeks=(52, 156)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        reach = self.numbers["fidelity"] * self.numbers["context"]
        return [Modifier("resilience_growth", (view.places,), self.numbers["resilience"] * view.dose * reach)]
