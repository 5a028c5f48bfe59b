"""What a planner should know before reading results: effort that waits for hours, or is never done, and why."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.policy.compose import Piece
from simulation.policy.cycle import Decider


def remarks(
    pieces: Sequence[Piece], decider: Decider | None, agencies: Sequence[str], lived: int, weeks: int, patience: int
) -> list[str]:
    """One sentence each. `agencies`: their titles, by row. A run that has not come to its end may still fire a trigger."""
    found = []
    for piece in pieces:
        claim, name = piece.claim, piece.intervention.card.id
        if claim.dose.served.waiting[:weeks].any():
            lapses = claim.dose.served.lapsed[:weeks].any()
            end = f"lapses after {patience} weeks" if lapses else "is done later"
            found.append(
                f"{name}: {agencies[claim.agency]} has too few hours for all that is asked; the rest waits and {end}"
            )
        asked = claim.entry.budget_holder
        if claim.retasked and asked is not None and asked != claim.holder:
            found.append(
                f"{name}: {asked} does not pay, since retasked hours are those {claim.holder} pays for already"
            )
        trigger = claim.entry.trigger
        if trigger is not None and claim.dose.begun is None and lived >= weeks:
            found.append(
                f"{name}: its trigger ({trigger.words()}) did not fire in every run; where it did not, nothing was done"
            )
    if decider is not None and pieces and decider.late(lived):
        period = decider.cycle.period_weeks
        found.append(f"cycle: too few analysts' hours to decide every {period} weeks; decisions wait for them")
    return found
