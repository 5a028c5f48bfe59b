"""Those most involved are told to stop, watched if they do not, and helped if they do."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import MIDDLE, STREET


@register
class FocusedDeterrence(Intervention):
    """Leaving rises and so does the hazard of arrest, at street and middle exposure."""

    card = Card(
        id="focused-deterrence",
        title="Focused deterrence",
        family="pursue-people",
        p4="Pursue",
        dddd="Deny",
        mechanism="Raises the hazards of leaving and of arrest at street and middle exposure: help for those who stop, "
        "attention for those who do not.",
        targets="People at work in the places, by exposure.",
        parameters={
            "exits": assumed(0.4, "ratio", 0.1, 0.9, "Rise of the hazard of leaving at full dose."),
            "arrests": assumed(0.3, "ratio", 0.1, 0.6, "Rise of the hazard of arrest at full dose."),
            "lag": assumed(8.0, "weeks", 4.0, 26.0, "Weeks in which help comes to bear."),
        },
        cost=Cost(hours=hours(neighbourhood=4.0, partnership=6.0, investigators=1.5)),
        lead_time=assumed(8.0, "weeks", 4.0, 20.0, "Partners agree on whom and how."),
        authorising_level="multi-agency panel",
        power="prevention",
        intrusion=Intrusion(level="medium", text="People are watched who have not been charged."),
        retaliation=Intrusion(level="low", text="Leaving can be punished."),
        evidence=emmie(
            effect=("A trial in Milton Keynes was small.", 1, "milton-keynes-fd"),
            mechanism=("Certainty of attention and a way out.", 1, "yef-toolkit"),
            moderators="Whether threats and help are both real.",
            implementation=("Five cities; partners hard to align.", 1, "yef-toolkit"),
            economics=("GBP 2,700 to 3,300 a participant and year.", 1, "milton-keynes-fd"),
        ),
        affects=Affects(levers=("arrest_hazard", "exit_hazard")),
        expected=(Expected(measure="people_active", sign="down", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        leaving = 1.0 + self.numbers["exits"] * view.lagged(self.numbers["lag"])
        watched = 1.0 + self.numbers["arrests"] * view.dose
        return [
            modifier
            for exposure in (STREET, MIDDLE)
            for modifier in (
                Modifier("exit_hazard", (view.places, exposure), leaving),
                Modifier("arrest_hazard", (view.places, exposure), watched),
            )
        ]
