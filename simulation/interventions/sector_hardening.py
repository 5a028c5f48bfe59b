"""Firms, banks and public bodies in sectors that organised crime preys on make themselves harder to strike."""

from __future__ import annotations

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import INSIDE
from simulation.state.project import SECTORS


@register
class SectorHardening(Intervention):
    """The sectors of commissioned markets tend to less openness, in proportion to the residents who are covered."""

    card = Card(
        id="sector-hardening",
        title="Sector hardening",
        family="protect",
        p4="Protect",
        dddd="Deny",
        mechanism="Lowers the openness that potential victims of commissioned markets and of street theft tend to; they "
        "take and give up precautions over months, and so jobs fail more often and bring less.",
        targets="Banks, firms, shops, users of hired labour and the public in the sectors that are preyed on.",
        agency="private-sector",
        parameters={
            "hardened": assumed(0.25, "share", 0.05, 0.5, "Fall of the openness that sectors tend to, at full dose."),
            "lag": assumed(13.0, "weeks", 6.0, 52.0, "Weeks in which checks and advice come into use."),
        },
        cost=Cost(
            hours=hours(partnership=8.0, digital_analysts=1.0),
            grant=assumed(300.0, "GBP/week", 100.0, 900.0, "Advice and checks for 10,000 residents; judgement."),
        ),
        lead_time=assumed(8.0, "weeks", 4.0, 26.0, "Agreements with trade bodies and banks."),
        authorising_level="police or agency with the sector's own bodies",
        power="prevention",
        intrusion=Intrusion(level="low", text="Honest customers and workers are asked more questions."),
        retaliation=Intrusion(level="none", text="None known."),
        evidence=emmie(
            effect="Target hardening is well tried against burglary; no review covers organised fraud or exploitation.",
            mechanism="Effort and risk of the crime rise, reward falls.",
            moderators="Offenders try other sectors and other ways.",
            implementation="Those who bear the cost are not always those who gain.",
            economics="Not evaluated for organised crime.",
        ),
        affects=Affects(levers=("sector_vulnerability",)),
        expected=(Expected(measure="project_takings_gbp", sign="down", scope="force", weeks=(52, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        place = view.state.place
        mine = place.kind == INSIDE
        chosen = np.isin(np.arange(mine.size), view.places) & mine
        covered = float(place.population[chosen].sum() / max(1, place.population[mine].sum()))
        open_ = 1.0 - self.numbers["hardened"] * covered * view.lagged(self.numbers["lag"])
        return [Modifier("sector_vulnerability", (r,), open_) for r in range(SECTORS)]
