"""Some at the top are helped out in exchange for what they know."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import CORE, UPPER


@register
class ManagedExit(Intervention):
    """More core and upper people come forward."""

    card = Card(
        id="managed-exit",
        title="Managed exit at the top",
        family="hostile-takeover",
        p4="Pursue",
        dddd="Delete",
        mechanism="Raises the hazard of coming forward as an informant at core and upper exposure. Described as a concept; no "
        "operational detail is held.",
        targets="Core and upper people who may be ready to leave.",
        parameters={"informants": assumed(0.0015, "1/week", 0.0003, 0.004, "Added hazard of coming forward.")},
        cost=Cost(hours=hours(covert=1.5, investigators=1.0)),
        lead_time=assumed(8.0, "weeks", 3.0, 20.0, "Approach and authorisation of sources."),
        authorising_level="superintendent or higher",
        power="informant",
        intrusion=Intrusion(level="medium", text="Families have to move with those who leave."),
        retaliation=Intrusion(level="high", text="Sources are in danger: the duty to protect life applies."),
        evidence=emmie(
            effect="No review exists.",
            mechanism=("Successors inherit few ties of those who leave.", 1, "duijn-2014"),
            moderators="What protection can be offered.",
            implementation=("Recruiting a source takes weeks to months.", 1, "ipco-2019"),
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("informant_hazard",)),
        expected=(Expected(measure="people_active", sign="down", scope="market", weeks=(26, 156)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        share = view.residents * 10_000.0 / max(1.0, float(view.state.place.population.sum()))
        more = self.numbers["informants"] * view.dose * share
        return [Modifier("informant_hazard", (exposure,), more) for exposure in (CORE, UPPER)]
