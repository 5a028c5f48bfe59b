"""Courts forbid those convicted of serious crime what they need to go on: phones, cash, company, travel."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, Modifier, View, assumed, emmie, hours, register
from simulation.policy.where import share_of_market
from simulation.schema import Affects, Card, Cost, Expected, Intrusion
from simulation.state.codes import CORE, UPPER


@register
class SeriousCrimePreventionOrder(Intervention):
    """Whoever steers from prison is cut off, and those of the core and upper tiers are held to conditions once out."""

    card = Card(
        id="serious-crime-prevention-order",
        title="Serious crime prevention orders",
        family="pursue-people",
        p4="Pursue",
        dddd="Deny",
        mechanism="Orders on conviction restrict phones, accounts, cash and company, in prison and after. An organiser who "
        "steers the business from inside is cut off from it, so that it stands without a head until somebody succeeds; on "
        "licence people above the street are held to conditions, so that fewer go back and more are recalled.",
        targets="People of the core and upper tiers who have been convicted, by the share of residents that the places "
        "hold.",
        parameters={
            "cut_off": assumed(
                0.05, "1/week", 0.01, 0.15, "Hazard that someone who steers from prison is cut off, at full dose."
            ),
            "control": assumed(
                1.0, "ratio", 0.3, 2.0, "Rise of supervision of those above the street on licence, at full dose."
            ),
        },
        cost=Cost(hours=hours(investigators=0.8, financial_investigators=0.4, digital_analysts=0.3)),
        lead_time=assumed(12.0, "weeks", 4.0, 26.0, "Evidence of risk is put together and a court decides."),
        authorising_level="Crown Court, on application of the prosecutor",
        power="serious-crime-prevention-order",
        intrusion=Intrusion(
            level="medium", text="Those who live or work with the restricted are restricted with them."
        ),
        retaliation=Intrusion(level="low", text="A business cut off from its head is one that others may contest."),
        evidence=emmie(
            effect="No review and no evaluation exist.",
            mechanism="Whoever cannot speak, pay or meet cannot run a business; breach is an offence in itself.",
            moderators="Officers in a business's pay, phones in prison, and whether anybody checks. Those convicted answer; the "
            "force as a whole does not show it, since others take their place.",
            implementation=(
                "Orders last up to five years; whether they are kept is rarely checked.",
                1,
                "sca-2007",
            ),
            economics="Not evaluated.",
        ),
        affects=Affects(levers=("custody_control", "licence_control")),
        expected=(Expected(measure="people_active", sign="down", scope="target", weeks=(26, 104)),),
    )

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        # prisons hold people from everywhere, so the places count by the share of residents they hold
        dose = view.dose * share_of_market(view.state, view.places)
        watched = 1.0 + self.numbers["control"] * dose
        return [
            Modifier("custody_control", (CORE,), self.numbers["cut_off"] * dose),
            *(Modifier("licence_control", (exposure,), watched) for exposure in (CORE, UPPER)),
        ]
