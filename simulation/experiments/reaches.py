"""What cards can do to a business's books at their strongest: how much of each way in a lever in its range reaches.

A card reaches as far as the top of its parameters' ranges at full dose in every place. What comes of others' decisions,
such as trade refused after false reports, has no bound of its own and is not counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import simulation.interventions  # noqa: F401 - importing it puts the cards on the register
from simulation.experiments.books import Books
from simulation.policy.intervention import REGISTRY
from simulation.state.codes import CASH_CLEAN, CASH_DIRTY, IMPORTER, LINE, STOCK_AT_COST
from simulation.state.values import Values

OUT_OF_REACH: Final = {
    "wages": "no lever raises what people are paid, but for the shares of specialists in jobs, which books do not tell apart",
    "royalty": "no lever raises a royalty: a brand that is spoilt asks for less",
    "interest": "no lever raises the rate of interest: a loan that is called in costs less of it",
}
DENIALS: Final = ("cash-trade-denial", "crypto-denial", "enabler-denial", "mule-denial")


@dataclass(frozen=True)
class Reach:
    """One card's reach: the lever or order it works by, and the most of a way in that it can do."""

    way: str
    card: str
    by: str
    most: float


def strongest(card: str, name: str) -> float:
    """The top of the range of one number of a card."""
    return REGISTRY[card].card.parameters[name].high


def reaches(books: Books, p: Values, within: float) -> list[Reach]:
    """Every card that reaches a way into this business within so many weeks."""
    found = [
        *goods(books, p),
        *custom(books, p, within),
        Reach("credit", "liquidity-squeeze", "credit_recall", strongest("liquidity-squeeze", "share")),
        *hoards(books, p, within),
        Reach("overhead", "camouflage-checks", "camouflage_cost", cover_gone(p)),
        *launderers(p),
    ]
    return [one for one in found if one.most > 0.0]


def goods(books: Books, p: Values) -> list[Reach]:
    """What goods cost rises with scarcity at each seller above, dearer makers, and the risk at the border."""
    most, half = p["risk_premium_most_border"], p["risk_premium_half_border"]
    cut = strongest("input-control", "cut")
    sellers = max(0, books.tier)
    scarce = (1.0 + p["inputs_dear"] * cut) * (1.0 + p["supply_scarcity"]) ** sellers - 1.0
    found = [Reach("price-of-goods", "input-control", "input_capacity", scarce if books.tier >= 0 else 0.0)]
    for card in ("border-interdiction", "overseas-liaison"):
        now, then = (-math.expm1(-books.risk * rise) for rise in (1.0, 1.0 + strongest(card, "rise")))
        dearer = (1.0 + most * then / (then + half)) / (1.0 + most * now / (now + half)) - 1.0
        found.append(Reach("price-of-goods", card, "interdiction", dearer))
    return found


def custom(books: Books, p: Values, within: float) -> list[Reach]:
    """What is sold falls with what users want, with what a tier can pass on, and with lines that are closed."""
    if books.tier < 0:
        return []
    treated = -math.expm1(-strongest("treatment", "places") * within)
    found = [
        Reach("sales", "customer-deterrence", "demand", strongest("customer-deterrence", "fall")),
        Reach("sales", "market-reduction", "demand", strongest("market-reduction", "fall")),
        Reach("sales", "treatment", "treatment_places", treated),
        Reach("sales", "input-control", "input_capacity", strongest("input-control", "cut")),
    ]
    if books.tier > IMPORTER:
        lost = strongest("physical-sabotage", "hazard") * p["facilities_share"] * within
        found.append(Reach("sales", "physical-sabotage", "facility_loss", -math.expm1(-lost)))
    if books.tier == LINE:
        found.append(Reach("sales", "closure-order", "order closure", 1.0))
    return found


def hoards(books: Books, p: Values, within: float) -> list[Reach]:
    """What can be taken: a part of the dirty cash in each case, a part of the clean in a freeze; stock by neither."""
    dirty, clean = (max(0.0, float(books.closing[account])) for account in (CASH_DIRTY, CASH_CLEAN))
    whole = max(1.0, dirty + clean + float(books.closing[STOCK_AT_COST]))
    taken = {}
    for card in ("restraint-and-confiscation", "ocb-team"):
        cases = within // REGISTRY[card].card.parameters["weeks_each"].low
        taken[card] = 1.0 - (1.0 - p["operations_seizure_share"]) ** cases
    frozen = -p["enforcement_frozen_share"] * math.expm1(-strongest("account-freezing", "hazard") * within)
    return [
        *(Reach("seizure", card, "order seizure", part * dirty / whole) for card, part in taken.items()),
        Reach("seizure", "account-freezing", "freeze_hazard", frozen * clean / whole),
    ]


def cover_gone(p: Values) -> float:
    """How much dearer running costs are when legitimate partners have left."""
    cost = strongest("camouflage-checks", "cost")
    return p["camouflage_dearer"] * cost / (1.0 + cost)


def launderers(p: Values) -> list[Reach]:
    """How much more launderers keep, were all the money to go through the channels that a card denies."""
    usual = 1.0 / (1.0 + p["laundering_channels_slack"])
    found = []
    for card in DENIALS:
        left = 1.0 - strongest(card, "capacity")
        load = 1.0 / (1.0 + (1.0 + p["laundering_channels_slack"]) * left)
        scarce = math.exp(p["laundering_channels_scarcity"] * (load - usual)) - 1.0
        asked = strongest(card, "fee") if "fee" in REGISTRY[card].card.parameters else 0.0
        by = "launder_fee" if asked > 0.0 else "launder_capacity"
        found.append(Reach("laundering", card, by, scarce + asked / p["laundering_fee"]))
    return found
