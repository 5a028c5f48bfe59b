"""A world at one moment, as tables of what is in it; identities are 16 hexadecimal digits and outlive every row."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from simulation.state.codes import (
    ACCOUNT_NAMES,
    ACTIVE,
    FLOW_NAMES,
    LOCAL,
    MODEL_NAMES,
    NATIONAL,
    NOBODY,
    ROLE_NAMES,
    STATUS_NAMES,
    TIER_NAMES,
)
from simulation.state.world import State

PENCE: Final = 100.0
MG_IN_KG: Final = 1e6
MG_IN_G: Final = 1e3
AGE_BANDS: Final = ("under-18", "18-24", "25-and-over")
KNOWN: Final = 0.5  # local or national knowledge from which police count something as mapped


def hexed(identities: np.ndarray) -> np.ndarray:
    """Identities as people can read and compare them; nobody is an empty text."""
    return np.array([f"{int(one):016x}" if one else "" for one in identities], dtype=object)


def named(codes: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """Codes as words; a code without a word is an empty text."""
    return np.array([names[int(code)] if 0 <= code < len(names) else "" for code in codes], dtype=object)


def mapped(knowledge: np.ndarray) -> np.ndarray:
    """Whether police know of each row, locally or nationally."""
    return np.maximum(knowledge[:, LOCAL], knowledge[:, NATIONAL]) >= KNOWN


def people(state: State, localities: list[str]) -> pd.DataFrame:
    """Everyone in organised crime, at large or inside, and those who left it on bail, until the courts are done with them."""
    person = state.person
    rows = np.flatnonzero(person.status != NOBODY)
    return pd.DataFrame(
        {
            "id": hexed(person.id[rows]),
            "status": named(person.status[rows], STATUS_NAMES),
            "role": named(person.role[rows], ROLE_NAMES),
            "business": hexed(person.business_id[rows]),
            "outlet": hexed(person.post_id[rows]),
            "locality": _place(person.place[rows], localities),
            "age": named(person.age[rows], AGE_BANDS),
            "skill": person.skill[rows],
            "experience_weeks": person.experience[rows],
            "loyalty": person.loyalty[rows],
            "heat": person.heat[rows],
            "joined": person.joined[rows],
            "convictions": person.record[rows],
            "mapped": mapped(person.knowledge)[rows],
        }
    ).sort_values("id", ignore_index=True)


def roles(state: State) -> pd.DataFrame:
    """How many people there are of each role and status."""
    person = state.person
    rows = np.flatnonzero(person.status != NOBODY)
    pairs = pd.DataFrame(
        {"role": named(person.role[rows], ROLE_NAMES), "status": named(person.status[rows], STATUS_NAMES)}
    )
    return pairs.value_counts(sort=False).reset_index(name="people").sort_values(["role", "status"], ignore_index=True)


def businesses(state: State, localities: list[str], markets: list[str]) -> pd.DataFrame:
    """Every business that trades: what it is, where it stands, and its balance sheet in pounds."""
    business = state.business
    rows = np.flatnonzero(business.state == ACTIVE)
    frame = pd.DataFrame(
        {
            "id": hexed(business.id[rows]),
            "model": named(business.model[rows], MODEL_NAMES),
            "tier": named(business.tier[rows], TIER_NAMES),
            "market": _place(business.market[rows], markets),
            "home": _place(business.home[rows], localities),
            "founder": hexed(business.founder[rows]),
            "leader": hexed(business.leader_id[rows]),
            "born": business.born[rows],
            "lines": business.lines[rows],
            "members": business.members[rows],
            "security": business.security[rows],
            "brand": business.brand[rows],
            "suspicion": business.suspicion[rows],
            "profit_gbp_week": business.profit[rows],
            "aspiration_gbp_week": business.aspiration[rows],
            "mapped": mapped(business.knowledge)[rows],
        }
    )
    for account, name in enumerate(ACCOUNT_NAMES):
        frame[f"{name}_gbp"] = state.ledger.book[rows, account] / PENCE
    return frame.sort_values("id", ignore_index=True)


def by_business(state: State) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """What each trading business did this week."""
    business, ledger = state.business, state.ledger
    rows = np.flatnonzero(business.state == ACTIVE)
    measures: dict[str, np.ndarray] = {
        "members": business.members[rows],
        "lines": business.lines[rows],
        "profit_gbp": business.profit[rows],
        "suspicion": business.suspicion[rows],
        "security": business.security[rows],
        "brand": business.brand[rows],
        "cash_gbp": (ledger.book[rows, 0] + ledger.book[rows, 1]) / PENCE,
    }
    for flow, name in enumerate(FLOW_NAMES):
        measures[f"{name}_gbp"] = ledger.flow[rows, flow] / PENCE
    return hexed(business.id[rows]), measures


def by_outlet(state: State) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """What each open outlet did this week."""
    outlet = state.outlet
    rows = np.flatnonzero(outlet.state == ACTIVE)
    return hexed(outlet.id[rows]), {
        "stock_pure_kg": outlet.stock[rows] / MG_IN_KG,
        "sold_pure_kg": outlet.sold[rows] / MG_IN_KG,
        "takings_gbp": outlet.takings[rows] / PENCE,
        "price_gbp_per_g": outlet.price[rows],
        "purity": outlet.purity[rows],
        "staff": outlet.staff[rows],
        "reputation": outlet.reputation[rows],
    }


def by_tier(state: State) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """What the outlets of each tier did this week, all markets together."""
    outlet = state.outlet
    rows = np.flatnonzero(outlet.state == ACTIVE)
    return np.array(TIER_NAMES, dtype=object), _grouped(state, rows, outlet.tier[rows], len(TIER_NAMES))


def by_market(state: State, markets: list[str]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """What the outlets of each market did this week, all tiers together, and what its users bought."""
    outlet = state.outlet
    rows = np.flatnonzero(outlet.state == ACTIVE)
    count = state.place.users.shape[1]
    measures = _grouped(state, rows, outlet.market[rows], count)
    measures["users"] = state.place.users.sum(axis=0)
    measures["consumed_pure_kg"] = state.place.consumed.sum(axis=0) / MG_IN_KG
    measures["spent_gbp"] = state.place.spent.sum(axis=0) / PENCE
    return np.array((markets + [""] * count)[:count], dtype=object), measures


def by_agency(state: State, agencies: list[str]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """What each agency had and spent this week."""
    agency = state.agency
    return np.array(agencies, dtype=object), {
        "hours": agency.hours.sum(axis=1),
        # to a millionth of an hour: the weekly sum knows the order of rows in its last bits
        "hours_spent_on_operations": np.round(agency.spent, 6).sum(axis=1),
        "people_in_its_area": agency.volume,
        "analyst_adequacy": agency.adequacy,
        "operations_led": agency.led,
        "operations_without_a_lead": agency.unled,
        "operations_to_be_authorised": agency.queued,
        "files_referred_up": agency.referred[:, 0],
        "files_referred_down": agency.referred[:, 1],
    }


def by_platform(state: State) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Who is on each platform, what it holds, and how far it is trusted and read."""
    platform = state.platform
    rows = np.flatnonzero(platform.state == ACTIVE)
    return hexed(platform.id[rows]), {
        "kind": platform.kind[rows],
        "users": platform.users[rows],
        "assurance": platform.assured[rows],
        "doubt": platform.doubt[rows],
        "read": platform.read[rows],
        "escrow_gbp": platform.escrow[rows] / PENCE,
        "fees_gbp": platform.fees[rows] / PENCE,
    }


def _grouped(state: State, rows: np.ndarray, group: np.ndarray, count: int) -> dict[str, np.ndarray]:
    outlet = state.outlet

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=values.astype(np.float64), minlength=count)[:count]

    return {
        "outlets": total(np.ones(rows.size)),
        "stock_pure_kg": total(outlet.stock[rows]) / MG_IN_KG,
        "sold_pure_kg": total(outlet.sold[rows]) / MG_IN_KG,
        "takings_gbp": total(outlet.takings[rows]) / PENCE,
        "staff": total(outlet.staff[rows]),
    }


def accounts(flows: np.ndarray, book: np.ndarray) -> pd.DataFrame:
    """A business's year in pounds: why money moved, and what it owns and owes at the end."""
    rows: list[dict[str, Any]] = [
        {"statement": "flows", "item": name, "gbp": flows[index] / PENCE} for index, name in enumerate(FLOW_NAMES)
    ]
    rows += [
        {"statement": "balance", "item": name, "gbp": book[index] / PENCE} for index, name in enumerate(ACCOUNT_NAMES)
    ]
    return pd.DataFrame(rows)


def _place(rows: np.ndarray, names: list[str]) -> np.ndarray:
    return np.array([names[row] if 0 <= row < len(names) else "" for row in rows], dtype=object)
