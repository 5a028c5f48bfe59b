"""Build: councils and communities work on what crime grows from, and it takes a year or more to show."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register, sourced
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import STREET


@register
class Build(Intervention):
    """Resilience grows; with a lag fewer come to be at risk, more leave, and more users are in treatment."""

    card = Card(
        id="build",
        title="Build",
        family="place",
        p4="Prevent",
        dddd="Collaborate",
        mechanism="Lets resilience grow, and after a lag lowers the inflow of young people at risk, helps "
        "street people to leave, and "
        "adds places in treatment.",
        targets="The place and those who live in it.",
        targeting_rule="place",
        parameters={
            "fidelity": assumed(0.7, "share", 0.3, 1.0, "How far it is done as intended."),
            "context": assumed(1.0, "share", 0.5, 1.0, "How far the place suits it."),
            "lag": assumed(39.0, "weeks", 26.0, 104.0, "Weeks in which work with people comes to bear, and lets go."),
            "resilience": assumed(0.003, "1/week", 0.001, 0.01, "Share of the gap to full resilience closed a week."),
            "at_risk": assumed(0.4, "share", 0.15, 0.6, "Fall of the inflow of young people at risk."),
            "exits": assumed(0.5, "ratio", 0.2, 1.0, "Rise of the hazard of leaving at street exposure."),
            "treatment": assumed(0.0006, "1/week", 0.0002, 0.0015, "Share of dependent users who stop a week."),
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
        affects=Affects(levers=("at_risk_inflow", "exit_hazard", "resilience_growth", "treatment_places")),
        expected=(Expected(measure="resilience", sign="up", scope="place", weeks=(52, 156)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        reach = self.numbers["fidelity"] * self.numbers["context"]
        slow = view.lagged(self.numbers["lag"]) * reach
        return [
            Modifier("resilience_growth", (view.places,), self.numbers["resilience"] * view.dose * reach),
            Modifier("at_risk_inflow", (view.places,), 1.0 - self.numbers["at_risk"] * slow),
            Modifier("exit_hazard", (view.places, STREET), 1.0 + self.numbers["exits"] * slow),
            Modifier("treatment_places", (view.places,), self.numbers["treatment"] * slow),
        ]
