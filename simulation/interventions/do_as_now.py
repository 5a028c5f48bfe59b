"""Everyone goes on doing what they do today: the baseline that other plans are measured against."""

from __future__ import annotations

from simulation.policy.intervention import Intervention, assumed, emmie, register
from simulation.schema import Card, Expected, Intrusion


@register
class DoAsNow(Intervention):
    """Nothing is moved and nothing is spent beyond today's portfolio."""

    card = Card(
        id="do-as-now",
        title="Carry on as now",
        family="baseline",
        p4="Pursue",
        dddd="Disrupt",
        mechanism="None of its own: today's capacity and mix of work go on. No lever is moved.",
        targets="Whoever tasking meetings choose today.",
        lead_time=assumed(0.0, "weeks", 0.0, 1.0, "It is already running."),
        authorising_level="constable and above, as today",
        power="existing-powers",
        intrusion=Intrusion(level="medium", text="Today's contacts with uninvolved people go on."),
        retaliation=Intrusion(level="medium", text="Today's violence goes on."),
        evidence=emmie(
            effect="A reference, not an effect.",
            mechanism=("79 % of front-line spending is Pursue and 4 % Prevent.", 1, "nao-2019"),
            moderators="Differs between forces by history more than by threat.",
            implementation=("Inspections find tasking uneven and partners thinly involved.", 1, "hmicfrs-soc"),
            economics="No evaluation of the portfolio as a whole.",
        ),
        expected=(Expected(measure="people_active", sign="none", scope="force", weeks=(0, 52)),),
    )
