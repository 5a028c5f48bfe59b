"""Cheats among offenders are shown up, and everyone is reminded that informants are about."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import EXPOSURES


@register
class CheatExposure(Intervention):
    """Suspicion rises in businesses of the places, and more people come forward."""

    card = Card(
        id="cheat-exposure",
        title="Exposure of cheats",
        family="trust",
        p4="Pursue",
        dddd="Deceive",
        mechanism="Raises suspicion within businesses and the hazard of coming forward as an informant; "
        "suspicion shortens horizons "
        "and discounts trust. Described as a concept; no operational detail is held.",
        targets="Businesses at home in the places.",
        targeting_rule="market",
        parameters={
            "suspicion": assumed(0.03, "1/week", 0.01, 0.08, "Rise of suspicion a week at full dose."),
            "informants": assumed(0.0006, "1/week", 0.0001, 0.002, "Added hazard of coming forward."),
        },
        cost=Cost(hours=hours(covert=2.5, investigators=1.0, digital_analysts=0.5)),
        lead_time=assumed(13.0, "weeks", 6.0, 26.0, "Authorisation, legal advice and a gold group."),
        authorising_level="assistant chief constable or higher, with legal advice",
        power="reputation-deception",
        intrusion=Intrusion(level="medium", text="Families are drawn in when someone is suspected."),
        retaliation=Intrusion(
            level="high", text="Whoever is thought to inform is in danger: the duty to protect life applies."
        ),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Reputation keeps illegal markets together.", 1, "markopoulos-2015"),
            moderators="Kin trust each other more than reports.",
            implementation="Never evaluated in the field.",
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("informant_hazard", "suspicion")),
        expected=(Expected(measure="trust_in_trade", sign="down", scope="market", weeks=(13, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        raised = self.numbers["suspicion"] * view.dose
        # people come forward anywhere, so the places count by the share of residents they hold
        share = view.residents * 10_000.0 / max(1.0, float(view.state.place.population.sum()))
        more = self.numbers["informants"] * view.dose * share
        return [
            *[Modifier("suspicion", (market, view.places), raised) for market in view.markets.tolist()],
            *[Modifier("informant_hazard", (exposure,), more) for exposure in range(EXPOSURES)],
        ]
