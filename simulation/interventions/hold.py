"""Hold: what was cleared is kept, with patrols that are seen and counter-measures against those who would fill the
void.
"""

from __future__ import annotations

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import MIDDLE, STREET


@register
class Hold(Intervention):
    """Visible patrol, a block on re-entry, more arrests of those who try, and residents who see it.

    A guardian keeps out whoever meets one. Few patrols leave whole days and streets between them, into which newcomers
    move; only as the rounds begin to overlap does each further patrol close the gaps the others leave. So a small
    presence hardly deters, and a large one saturates.
    """

    card = Card(
        id="hold",
        title="Hold",
        family="place",
        p4="Protect",
        dddd="Deny",
        mechanism="Adds visible patrol, keeps out a share b = 1 - exp(-(hold/h0)^2) of entries and openings, raises "
        "the hazard of street "
        "arrest, and lets confidence grow.",
        targets="The place.",
        targeting_rule="place",
        parameters={
            "fidelity": assumed(0.8, "share", 0.4, 1.0, "How far it is done as intended."),
            "context": assumed(1.0, "share", 0.5, 1.0, "How far the place suits it."),
            "h0": assumed(0.65, "ratio", 0.4, 1.0, "Hold at which 63 % of entries are kept out."),
            "arrests": assumed(0.5, "ratio", 0.2, 1.0, "Rise of the hazard of arrest at street and middle exposure."),
            "confidence": assumed(0.002, "1/week", 0.0005, 0.006, "Share of the gap to full confidence closed a week."),
        },
        cost=Cost(hours=hours(neighbourhood=30.0, partnership=8.0)),
        lead_time=assumed(1.0, "weeks", 0.0, 4.0, "Rosters."),
        authorising_level="inspector",
        power="patrol",
        intrusion=Intrusion(level="medium", text="More stops in the place, of residents too."),
        retaliation=Intrusion(level="low", text="Patrols stand between rivals."),
        evidence=emmie(
            effect=("Clear and Hold did better than Clear alone.", 2, "ho-chb-2025"),
            mechanism=("Visible policing denies the void.", 2, "ho-chb-2025"),
            moderators=("Abstraction of neighbourhood teams undoes it.", 1, "ho-chb-2025"),
            implementation=("Starts beside Clear; no fixed timeline.", 1, "surrey-pcc-2023"),
            economics="Not evaluated apart from Clear and Build.",
        ),
        affects=Affects(levers=("arrest_hazard", "confidence", "reentry_block", "visibility")),
        expected=(Expected(measure="violence_true", sign="down", scope="place", weeks=(13, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        hold = view.dose * self.numbers["fidelity"] * self.numbers["context"]
        arrests = 1.0 + self.numbers["arrests"] * hold
        return [
            Modifier("visibility", (view.places,), hold),
            Modifier("reentry_block", (view.places,), -np.expm1(-((hold / self.numbers["h0"]) ** 2))),
            Modifier("confidence", (view.places,), self.numbers["confidence"] * hold),
            Modifier("arrest_hazard", (view.places, STREET), arrests),
            Modifier("arrest_hazard", (view.places, MIDDLE), arrests),
        ]
