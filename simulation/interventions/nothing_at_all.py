"""Nobody polices and nobody helps: a reference that shows what the response as a whole does, never an option."""

from __future__ import annotations

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, register
from simulation.schema import Affects, Card, Expected, Intrusion
from simulation.state.codes import ACTIVITIES


@register
class NothingAtAll(Intervention):
    """Every activity of every agency is stopped, reports and border included."""

    card = Card(
        id="nothing-at-all",
        title="No response at all",
        family="baseline",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="Caps the whole portfolio of every agency at nothing, reports and the border included.",
        targets="Nobody is chosen.",
        lead_time=assumed(0.0, "weeks", 0.0, 1.0, "A thought experiment."),
        authorising_level="nobody could",
        power="existing-powers",
        intrusion=Intrusion(level="none", text="No contact with anyone."),
        retaliation=Intrusion(level="high", text="Nothing stands between rivals."),
        evidence=emmie(
            effect="A reference for decomposition.",
            mechanism="What is not done has no effect.",
            moderators="Unknown.",
            implementation="Not lawful: police must answer.",
            economics="Meaningless as a saving.",
        ),
        affects=Affects(levers=("portfolio",)),
        expected=(Expected(measure="arrests", sign="down", scope="force", weeks=(0, 52)),),
        variant_of="nothing-more",
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        agencies = np.arange(view.state.agency.id.size)
        return [Modifier("portfolio", (agencies, activity), 1.0 - view.dose) for activity in range(ACTIVITIES)]
