"""Police and probation keep to those who come out of prison, whatever they were in the trade."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.policy.where import share_of_market
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import EXPOSURES


@register
class OffenderManagement(Intervention):
    """Supervision on licence is closer at every exposure, after a lag."""

    card = Card(
        id="offender-management",
        title="Offender management",
        family="pursue-people",
        p4="Prevent",
        dddd="Collaborate",
        mechanism="Those released on licence are visited, tested and helped more often: fewer go back to the trade, and more "
        "breaches are seen, so that more are recalled.",
        targets="Everyone on licence, by the share of residents that the places hold.",
        agency="probation",
        parameters={
            "control": assumed(1.0, "ratio", 0.3, 2.0, "Rise of supervision on licence at full dose."),
            "lag": assumed(13.0, "weeks", 6.0, 26.0, "Weeks in which officers come to know whom they manage."),
        },
        cost=Cost(hours=hours(partnership=4.0, neighbourhood=3.0, investigators=0.5)),
        lead_time=assumed(8.0, "weeks", 4.0, 16.0, "Police and probation agree on whom, and on conditions."),
        authorising_level="probation service, with police",
        power="licence-supervision",
        intrusion=Intrusion(level="medium", text="Families live with visits, curfews and tags."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="No review covers people of organised crime.",
            mechanism="Being seen deters, and help with work and a home takes away a reason to go back.",
            moderators="Supervision without help finds breaches and little else. Few are on licence at a time, so that the "
            "force as a whole does not show it.",
            implementation="Police and probation must agree on whom, and keep at it.",
            economics="A recall costs a prison place, and may cost more than it saves.",
        ),
        affects=Affects(levers=("licence_control",)),
        expected=(Expected(measure="people_active", sign="down", scope="target", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        dose = view.lagged(self.numbers["lag"]) * share_of_market(view.state, view.places)
        watched = 1.0 + self.numbers["control"] * dose
        return [Modifier("licence_control", (exposure,), watched) for exposure in range(EXPOSURES)]
