"""Runners and sellers are arrested in numbers, with hours taken from neighbourhood teams and investigators."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import STREET


@register
class VolumeArrests(Intervention):
    """The hazard of arrest on the street is multiplied, in proportion to the dose."""

    card = Card(
        id="volume-arrests",
        title="Arrest many",
        family="pursue-people",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Multiplies the hazard of background arrest at street exposure; posts fall vacant and are "
        "filled again.",
        targets="Runners and sellers, in proportion to their exposure.",
        targeting_rule="volume",
        parameters={
            "factor": assumed(
                3.0, "ratio", 1.5, 5.0, "Hazard of a street arrest at full dose, as a multiple of today's."
            ),
        },
        cost=Cost(hours=hours(neighbourhood=15.0, investigators=8.0)),
        lead_time=assumed(1.0, "weeks", 0.0, 2.0, "Briefing and warrants."),
        authorising_level="superintendent",
        power="overt-arrest",
        intrusion=Intrusion(level="high", text="Many stops and searches of young people, some of them uninvolved."),
        retaliation=Intrusion(level="low", text="Vacancies are contested; newcomers meet suspicion."),
        evidence=emmie(
            effect=("Doubling arrests hardly changes violence where recruits are at hand.", 1, "prieto-curiel-2023"),
            mechanism=("Incapacitation is undone by replacement.", 1, "calderoni-2021"),
            moderators=("Short crackdowns left street prices where they were.", 1, "best-2001"),
            implementation="Easily done, hard to keep up.",
            economics="Courts and prisons bear most of the cost; not evaluated.",
        ),
        affects=Affects(levers=("arrest_hazard",)),
        expected=(Expected(measure="arrests", sign="up", scope="force", weeks=(1, 26)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        return [Modifier("arrest_hazard", (view.places, STREET), 1.0 + (self.numbers["factor"] - 1.0) * view.dose)]
