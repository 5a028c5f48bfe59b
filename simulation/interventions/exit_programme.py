"""Those who want to leave are helped to leave."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import MIDDLE, STREET


@register
class ExitProgramme(Intervention):
    """The hazard of leaving rises at street and middle exposure, after a lag."""

    card = Card(
        id="exit-programme",
        title="Exit programme",
        family="prevent",
        p4="Prevent",
        dddd="Collaborate",
        mechanism="Raises the hazard of leaving the trade at street and middle exposure, after a lag.",
        targets="People at work in the places who ask for help.",
        agency="council",
        parameters={
            "rise": assumed(0.6, "ratio", 0.2, 1.2, "Rise of the hazard of leaving at full dose."),
            "lag": assumed(13.0, "weeks", 6.0, 26.0, "Weeks in which the work comes to bear."),
        },
        cost=Cost(hours=hours(partnership=15.0, neighbourhood=3.0)),
        lead_time=assumed(6.0, "weeks", 3.0, 12.0, "Panels and agreements."),
        authorising_level="multi-agency panel",
        power="prevention",
        intrusion=Intrusion(level="low", text="By consent."),
        retaliation=Intrusion(level="medium", text="Leaving can be punished."),
        evidence=emmie(
            effect=("Focused support was tried with few participants.", 1, "milton-keynes-fd"),
            mechanism=("Most leave in time; help makes it sooner.", 1, "pyrooz-2015"),
            moderators="Debt bondage.",
            implementation="Contact is hard to make.",
            economics=("GBP 2,700 to 3,300 a participant and year.", 1, "milton-keynes-fd"),
        ),
        affects=Affects(levers=("exit_hazard",)),
        expected=(Expected(measure="people_active", sign="down", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        rise = 1.0 + self.numbers["rise"] * view.lagged(self.numbers["lag"])
        return [Modifier("exit_hazard", (view.places, exposure), rise) for exposure in (STREET, MIDDLE)]
