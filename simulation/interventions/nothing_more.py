"""Police answer reports and guard the border, and do nothing more: the worth of all proactive work, by its absence."""

from __future__ import annotations

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, register
from simulation.schema import Affects, Card, Expected, Intrusion
from simulation.state.codes import ACTIVITIES, BORDER, REACTIVE

KEPT = (REACTIVE, BORDER)


@register
class NothingMore(Intervention):
    """Proactive, preventive and partnership work of every agency is stopped."""

    card = Card(
        id="nothing-more",
        title="Reactive policing only",
        family="baseline",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Caps the portfolio of every agency at nothing for all activities but reactive work and the border.",
        targets="Nobody is chosen.",
        lead_time=assumed(0.0, "weeks", 0.0, 1.0, "Work can be stopped at once."),
        authorising_level="chief constable",
        power="existing-powers",
        intrusion=Intrusion(level="low", text="Less contact with anyone."),
        retaliation=Intrusion(level="medium", text="Rivalries are left to themselves."),
        evidence=emmie(
            effect="Never tried on purpose; a reference for decomposition.",
            mechanism="What is not done has no effect.",
            moderators="Unknown.",
            implementation="It would breach duties of police and councils.",
            economics="The hours are saved, not counted as a gain.",
        ),
        affects=Affects(levers=("portfolio",)),
        expected=(Expected(measure="people_mapped", sign="down", scope="force", weeks=(13, 52)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        cap = 1.0 - view.dose
        stopped = [activity for activity in range(ACTIVITIES) if activity not in KEPT]
        agencies = np.arange(view.state.agency.id.size)
        return [Modifier("portfolio", (agencies, activity), cap) for activity in stopped]
