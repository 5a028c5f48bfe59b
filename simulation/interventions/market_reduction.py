"""Fewer want to buy: customers are told, turned away and offered something else."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class MarketReduction(Intervention):
    """Users of the places want less."""

    card = Card(
        id="market-reduction",
        title="Market reduction",
        family="demand",
        p4="Prevent",
        dddd="Deny",
        mechanism="Lowers what users in the places want to buy, after a lag: campaigns, checks where people go out, and work with those who buy.",
        targets="Those who buy, by place and market.",
        parameters={
            "fall": assumed(0.05, "share", 0.01, 0.15, "Fall of what users want at full dose."),
            "lag": assumed(13.0, "weeks", 6.0, 26.0, "Weeks in which it is noticed."),
        },
        cost=Cost(
            hours=hours(partnership=6.0, neighbourhood=2.0),
            grant=assumed(400.0, "GBP/week", 150.0, 1000.0, "Campaigns: judgement."),
        ),
        lead_time=assumed(6.0, "weeks", 3.0, 12.0, "Agreements with venues and councils."),
        authorising_level="inspector",
        power="prevention",
        intrusion=Intrusion(level="low", text="Checks of people who do not buy."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect=("Little is known to work against demand beside treatment.", 1, "black-2020"),
            mechanism="Custom is what a market lives on.",
            moderators="Casual users can be dissuaded, dependent ones hardly.",
            implementation="With those who run venues and services.",
            economics="Not known.",
        ),
        affects=Affects(levers=("demand",)),
        expected=(Expected(measure="drug_volume_pure_kg", sign="down", scope="force", weeks=(13, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        left = 1.0 - self.numbers["fall"] * view.lagged(self.numbers["lag"])
        return [Modifier("demand", (view.places, int(market)), left) for market in view.markets]
