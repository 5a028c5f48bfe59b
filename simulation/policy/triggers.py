"""Entries that wait for an indicator: their agency looks at its meetings whether it has passed the threshold."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.errors import MissingKey
from simulation.policy.compose import Piece
from simulation.policy.cycle import Observer


def look(pieces: Sequence[Piece], agency: int, week: int, observe: Observer | None) -> bool:
    """Begin those entries of an agency that have waited for what has come about; whether there were any."""
    begun = False
    for piece in pieces:
        claim = piece.claim
        trigger = claim.entry.trigger
        if claim.agency != agency or trigger is None or claim.dose.begun is not None:
            continue
        if observe is None:
            raise MissingKey(key="entry.trigger.measure", allowed="an indicator that the run observes")
        if trigger.fires(observe(trigger.measure, trigger.weeks)):
            claim.dose.begin(claim.entry, week)
            begun = True
    return begun
