"""People in posts that criminals pay for are vetted, rotated and watched."""

from __future__ import annotations

from simulation.policy.denial import part_of_all
from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import INSIDERS


@register
class AntiCorruption(Intervention):
    """Fewer people can be bribed, and those who are bribed are found out sooner."""

    card = Card(
        id="anti-corruption",
        title="Anti-corruption",
        family="protect",
        p4="Protect",
        dddd="Deny",
        mechanism="Fewer insiders can be won at ports, in prisons, with the police, in banks and at councils, and those there are come to light sooner.",
        targets="Posts, never people: whoever holds one is vetted.",
        parameters={
            "cut": assumed(
                0.6, "share", 0.25, 0.9, "Part of those who could be bribed who cannot any more, at full dose."
            ),
            "lag": assumed(16.0, "weeks", 8.0, 40.0, "Weeks in which vetting gets round."),
        },
        cost=Cost(hours=hours(investigators=1.0, covert=0.6, partnership=0.6)),
        lead_time=assumed(13.0, "weeks", 6.0, 26.0, "Agreement of employers."),
        authorising_level="chief officer",
        power="existing-powers",
        intrusion=Intrusion(level="high", text="Staff who did nothing are looked into."),
        retaliation=Intrusion(level="low", text="Insiders who are found out are in danger."),
        evidence=emmie(
            effect="No evaluation found.",
            mechanism=("Vetting lets people in who should not be.", 1, "hmicfrs-vetting-2022"),
            moderators="Pay and pride of those in such posts.",
            implementation=("Backlogs of vetting are large.", 1, "hmicfrs-vetting-2022"),
            economics="Nothing published.",
        ),
        affects=Affects(levers=("insider_availability",)),
        expected=(Expected(measure="bribes_gbp", sign="down", scope="force", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        part = part_of_all(view)
        left = 1.0 - self.numbers["cut"] * part * view.lagged(self.numbers["lag"])
        return [Modifier("insider_availability", (kind,), left) for kind in range(INSIDERS)]
