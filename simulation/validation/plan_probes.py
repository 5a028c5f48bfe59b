"""What counter-measures have left of the tactics that a plan uses, counted in the columns."""

from __future__ import annotations

import numpy as np

from simulation.policy import Programme
from simulation.policy.compose import Piece
from simulation.state.codes import (
    ACTIVE,
    FAMILY_ARREST,
    FAMILY_EXPOSURE,
    FAMILY_LEADER,
    FAMILY_MONEY,
    FAMILY_PLACE,
    FAMILY_PLATFORM,
    FAMILY_PROTECT,
    FAMILY_REPUTATION,
    FAMILY_SUPPLY,
    FAMILY_TAKEOVER,
    OUTSIDE,
    TIERS,
)
from simulation.state.values import Values
from simulation.state.world import State
from simulation.validation.way_probes import Answer, Asked

BY_LEVER = {
    "arrest_hazard": FAMILY_ARREST, "assurance": FAMILY_PLATFORM, "brand_damage": FAMILY_TAKEOVER, "camouflage_cost": FAMILY_PROTECT,
    "clear_effort": FAMILY_PLACE, "credit_recall": FAMILY_TAKEOVER, "defection_offer": FAMILY_TAKEOVER,
    "facility_loss": FAMILY_SUPPLY, "false_reports": FAMILY_REPUTATION, "freeze_hazard": FAMILY_MONEY, "insider_availability": FAMILY_PROTECT,
    "interdiction": FAMILY_SUPPLY, "launder_detection": FAMILY_MONEY, "platform_open": FAMILY_PLATFORM,
    "sector_vulnerability": FAMILY_PROTECT, "seizure_hazard": FAMILY_MONEY, "suspicion": FAMILY_EXPOSURE,
}  # fmt: skip
BY_ORDER = {"arrest": FAMILY_ARREST, "closure": FAMILY_PLACE, "seizure": FAMILY_MONEY}


def family_used(piece: Piece) -> int | None:
    """The family of tactics that businesses put an entry's blows down to; None where nobody can tell."""
    card = piece.intervention.card
    found = [BY_LEVER[lever] for lever in card.affects.levers if lever in BY_LEVER]
    found += [BY_ORDER[order] for order in card.affects.orders]
    if found == [FAMILY_ARREST] and card.targeting_rule == "leader":
        return FAMILY_LEADER
    return found[0] if found else None


def kept(state: State, p: Values, rows: np.ndarray, family: int) -> np.ndarray:
    """What counter-measures leave of a family's effect on each of these businesses: `lessons.left_of`, all at once."""
    business = state.business
    most = p["on_adaptation"] * p["adaptation_strength"]
    tier = np.where(business.tier[rows] >= 0, business.tier[rows], TIERS)
    usual = state.tally.countered[np.maximum(0, business.market[rows]), tier, family]
    return (1.0 - most * business.counter[rows, family]) / (1.0 - most * usual)


def tactics_left(programme: Programme) -> Asked:
    """What is left of the tactics in force in a week, by what each business hopes to make, over what was usual.

    As now, nothing has been learned beyond the usual: 1.
    """
    used = [(piece, family) for piece in programme.pieces if (family := family_used(piece)) is not None]

    def ask(state: State, p: Values, week: int) -> Answer:
        if not used:
            return 1.0, 1.0
        business = state.business
        rows = np.flatnonzero(business.state == ACTIVE)
        rows = rows[rows >= OUTSIDE]
        size = np.maximum(business.profit[rows], business.required[rows])
        left = whole = 0.0
        for piece, family in used:
            dose = float(piece.claim.dose.in_force[week - 1])
            if dose > 0.0:
                left += dose * float(size @ kept(state, p, rows, family))
                whole += dose * float(size.sum())
        return left, whole

    return ask


OF_A_PLAN = {"tactics_left": tactics_left}
"""Probes that are told the plan at work, by the name of what they measure."""
