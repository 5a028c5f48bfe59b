"""The closed registry of levers: what each one means, where it applies, in what unit, and how contributions are joined.

`mul` multiplies (identity 1), `or` is 1 - product of (1 - x) (identity 0), `add` sums what is 0 or more (identity 0),
`cap` takes the minimum (identity 1). None of them can leave its bounds, so nothing is ever clipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulation.errors import OutOfRange, UnknownName
from simulation.state.columns import allocate, columns_of
from simulation.state.levers import Levers

Composition = Literal["mul", "or", "add", "cap"]


@dataclass(frozen=True)
class Lever:
    """One named way to reach the world."""

    id: str
    scope: tuple[str, ...]
    composition: Composition
    unit: str
    meaning: str
    derived: bool = False
    """Set by the composition itself; no intervention moves it by name."""


LEVERS: dict[str, Lever] = {
    lever.id: lever
    for lever in (
        Lever("arrest_hazard", ("locality", "exposure"), "mul", "ratio", "Hazard of background arrest, 1 = as now"),
        Lever("assurance", ("platform",), "mul", "ratio", "How far a platform vouches for its users, 1 = as now"),
        Lever("at_risk_inflow", ("locality",), "mul", "ratio", "Young people who come to be at risk, 1 = as now"),
        Lever(
            "brand_damage",
            ("market", "locality"),
            "add",
            "1/week",
            "Hazard with which the brand at home there that a campaign is against loses its name",
        ),
        Lever("capacity", ("agency", "resource"), "add", "hours/week", "Hours that a plan gives to its operations"),
        Lever("clear_effort", ("locality",), "add", "share", "Clear: orders to arrest and close are given with it"),
        Lever("comms_compromise", ("platform",), "or", "share", "Part of what passes a platform that the state reads"),
        Lever("confidence", ("locality",), "add", "1/week", "Share of the gap to full confidence closed a week"),
        Lever("credit_recall", ("market",), "or", "share", "Part of trade credit and loans that is called in"),
        Lever(
            "defection_offer",
            ("market", "locality"),
            "add",
            "GBP/week",
            "What franchisees of the brand at home there that a campaign is against get if they leave",
        ),
        Lever(
            "effort", ("locality", "activity"), "mul", "ratio", "Enforcement felt in a place, 1 = as now", derived=True
        ),
        Lever(
            "exclusivity", ("market",), "or", "share", "Part of franchisees no longer bound to buy of their franchisor"
        ),
        Lever("demand", ("locality", "market"), "mul", "ratio", "What users want to buy, 1 = as now"),
        Lever("exit_hazard", ("locality", "exposure"), "mul", "ratio", "Hazard of leaving the trade, 1 = as now"),
        Lever(
            "false_reports", ("market", "locality"), "or", "share", "Part of the reports in circulation that is false"
        ),
        Lever("informant_hazard", ("exposure",), "add", "1/week", "Hazard of coming forward as an informant"),
        Lever("input_capacity", ("market", "tier"), "mul", "ratio", "What a tier can get or pass on, 1 = as now"),
        Lever("interdiction", ("market", "node"), "mul", "ratio", "Hazard of loss at a node of the routes, 1 = as now"),
        Lever("knowledge_gain", ("level",), "mul", "ratio", "Yield of intelligence work, 1 = as now"),
        Lever("lifestyle_cost", ("exposure",), "add", "GBP/week", "What it costs to live with wealth that can be seen"),
        Lever("platform_open", ("platform",), "cap", "share", "Chance that a platform is still there after the week"),
        Lever("portfolio", ("agency", "activity"), "cap", "share", "Part of today's work that is still done"),
        Lever("reentry_block", ("locality",), "or", "share", "Part of entries and openings that is kept out"),
        Lever("resilience_growth", ("locality",), "add", "1/week", "Share of the gap to full resilience closed a week"),
        Lever("sector_vulnerability", ("sector",), "mul", "ratio", "Openness of potential victims, 1 = as now"),
        Lever("suspicion", ("market", "locality"), "add", "1/week", "Rise of suspicion within businesses"),
        Lever("transport_delay", ("market", "node"), "add", "weeks", "Time goods are held up at a node of the routes"),
        Lever("treatment_places", ("locality",), "add", "1/week", "Share of dependent users who stop a week"),
        Lever(
            "camouflage_cost",
            ("market",),
            "add",
            "ratio",
            "What covering for a trade costs its legitimate partners, over what it pays them",
        ),
        Lever(
            "freeze_hazard",
            ("tier",),
            "add",
            "1/week",
            "Hazard that a business's accounts are frozen, beyond today's (last: brokers)",
        ),
        Lever("insider_availability", ("insider",), "mul", "ratio", "People who can be bribed, 1 = as now"),
        Lever(
            "launder_capacity",
            ("channel", "region"),
            "mul",
            "ratio",
            "Money that a way of laundering can take, 1 = as now",
        ),
        Lever(
            "launder_detection",
            ("channel", "region"),
            "mul",
            "ratio",
            "Useful reports on those who launder this way, 1 = as now",
        ),
        Lever(
            "launder_fee",
            ("channel", "region"),
            "add",
            "share",
            "Share of the money that launderers ask on top of today's fee",
        ),
        Lever(
            "licence_control",
            ("exposure",),
            "mul",
            "ratio",
            "How closely those released are supervised on licence, 1 = as now",
        ),
        Lever(
            "custody_control",
            ("exposure",),
            "add",
            "1/week",
            "Hazard that whoever runs a business from prison is cut off from it",
        ),
        Lever(
            "information_sharing",
            ("levels",),
            "or",
            "share",
            "Part of the gap in knowledge between two neighbouring levels that is passed on a week, beyond today's",
        ),
        Lever("false_positive", ("level",), "mul", "ratio", "People in the picture who are not there, 1 = as now"),
        Lever(
            "facility_loss",
            ("locality", "tier"),
            "add",
            "1/week",
            "Hazard that an outlet loses premises, stores, equipment or vehicles",
        ),
        Lever("specialist_wage", ("skill",), "mul", "ratio", "What those with scarce skills ask for a job, 1 = as now"),
        Lever(
            "seizure_hazard",
            ("tier",),
            "add",
            "1/week",
            "Hazard that a business's hoard of cash is found, beyond today's (last: brokers)",
        ),
        Lever("court_throughput", ("region",), "mul", "ratio", "Cases that courts hear, 1 = as now"),
        Lever("source_yield", ("source",), "mul", "ratio", "What comes in from an intelligence source, 1 = as now"),
        Lever("visibility", ("locality",), "add", "ratio", "Patrol that is seen beyond today's, 1 = a full Hold"),
    )
}

NAMES = tuple(sorted(LEVERS))


def lever(name: str) -> Lever:
    """The lever of that name. Raises UnknownName."""
    if name not in LEVERS:
        raise UnknownName.among(name, LEVERS, key="lever")
    return LEVERS[name]


def identity_levers(state_dims: dict[str, int], weeks: int) -> Levers:
    """Levers that change nothing, for so many weeks; `state_dims` gives L, A and M."""
    return allocate(Levers, {**state_dims, "W": weeks})


def apply(levers: Levers, name: str, scope: tuple, values: np.ndarray) -> None:
    """Join one contribution into a lever's array: `values` by week, spread over the rows that `scope` selects."""
    array = getattr(levers, name)
    where = (slice(None), *scope)
    target = array[where]
    shaped = values.reshape(values.shape[0], *([1] * (target.ndim - values.ndim)), *values.shape[1:])
    rule = LEVERS[name].composition
    if rule == "mul":
        check(name, shaped, 0.0, np.inf)
        array[where] = target * shaped
    elif rule == "or":
        check(name, shaped, 0.0, 1.0)
        array[where] = 1.0 - (1.0 - target) * (1.0 - shaped)
    elif rule == "add":
        check(name, shaped, 0.0, np.inf)
        array[where] = target + shaped
    else:
        check(name, shaped, 0.0, 1.0)
        array[where] = np.minimum(target, shaped)


def check(name: str, values: np.ndarray, low: float, high: float) -> None:
    """A contribution outside its bounds is a fault of the intervention, not something to clip."""
    if not (np.all(values >= low) and np.all(values <= high)):
        worst = float(values.max() if np.any(values > high) else values.min())
        raise OutOfRange(key=f"lever {name}", given=worst, allowed=f"{low:g} to {high:g}")


assert set(LEVERS) == set(columns_of(Levers)), "the registry and the columns name the same levers"
