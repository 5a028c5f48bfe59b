"""Officers are seen where and when most is recorded."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion


@register
class HotSpotPatrol(Intervention):
    """Visible patrol in the places, and nothing else."""

    card = Card(
        id="hot-spot-patrol",
        title="Hot-spot patrol",
        family="place",
        p4="Protect",
        dddd="Deny",
        mechanism="Adds visible patrol in the places.",
        targets="Places with most recorded crime.",
        targeting_rule="place",
        parameters={"presence": assumed(0.6, "ratio", 0.2, 1.0, "Patrol seen at full dose, against a full Hold.")},
        cost=Cost(hours=hours(neighbourhood=15.0)),
        lead_time=assumed(1.0, "weeks", 0.0, 2.0, "Rosters."),
        authorising_level="inspector",
        power="patrol",
        intrusion=Intrusion(level="medium", text="More stops where patrols are."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="Reviews abroad find falls in crime at hot spots; none of them is held here.",
            mechanism="Deterrence by presence.",
            moderators="Dosage and size of the spot.",
            implementation="Easily done, easily abstracted.",
            economics="Not evaluated for organised crime.",
        ),
        affects=Affects(levers=("visibility",)),
        expected=(Expected(measure="violence_true", sign="down", scope="place", weeks=(4, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        return [Modifier("visibility", (view.places,), self.numbers["presence"] * view.dose)]
