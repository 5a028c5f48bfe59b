"""What can be chosen: cards, measures, parameters, places and plans, as the pages read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard.views.frames import records

FAMILIES: dict[str, str] = {
    "baseline": "Baseline",
    "pursue-people": "Pursue: people",
    "pursue-money": "Pursue: money",
    "place": "Place",
    "supply": "Supply",
    "trust": "Trust (guile)",
    "hostile-takeover": "Takeover",
    "prevent": "Prevent",
    "demand": "Demand",
    "protect": "Protect",
    "prepare": "Prepare",
}
EMMIE: dict[str, str] = {
    "effect": "Effect",
    "mechanism": "How",
    "moderators": "Where",
    "implementation": "Doing it",
    "economics": "Cost",
}
STATUS_WORDS = {
    "measured": "measured",
    "estimated": "estimated",
    "assumed": "assumed",
    "calibrated": "calibrated",
}


@dataclass(frozen=True)
class Number:
    """A number of a card or a mechanism: its usual value, its range, and on whose word."""

    value: float
    unit: str
    low: float
    high: float
    status: str
    source: str | None = None
    note: str = ""

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Number:
        """From the schema's table of a quantity."""
        return cls(
            float(table["value"]),
            str(table["unit"]),
            float(table["low"]),
            float(table["high"]),
            str(table["status"]),
            table.get("source"),
            str(table.get("note") or ""),
        )


@dataclass(frozen=True)
class CardView:
    """An intervention as the pages show it."""

    id: str
    title: str
    family: str
    p4: str
    dddd: str
    mechanism: str
    targets: str
    targeting_rule: str
    parameters: dict[str, Number]
    hours: dict[str, Number]
    grant: Number | None
    lead_time: Number
    authorising_level: str
    power: str
    intrusion: tuple[str, str]
    retaliation: tuple[str, str]
    evidence: dict[str, tuple[int, str, str | None]]
    levers: tuple[str, ...]
    orders: tuple[str, ...]
    status: str
    whole: bool = False
    """Whether hours and grant are for the whole effort; else they are for 10,000 residents of the places."""
    agency: str = "force"
    """Whose work it is where an entry names nobody."""

    @property
    def family_title(self) -> str:
        """The family in words."""
        return FAMILIES.get(self.family, self.family)

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> CardView:
        """From the schema's table of a card."""
        cost = table.get("cost") or {}
        affects = table.get("affects") or {}
        evidence = table.get("evidence") or {}
        grant = cost.get("grant")
        return cls(
            id=table["id"],
            title=table["title"],
            family=table["family"],
            p4=table["p4"],
            dddd=table["dddd"],
            mechanism=table["mechanism"],
            targets=table["targets"],
            targeting_rule=table.get("targeting_rule", "card"),
            parameters={key: Number.read(item) for key, item in (table.get("parameters") or {}).items()},
            hours={key: Number.read(item) for key, item in (cost.get("hours") or {}).items()},
            grant=Number.read(grant) if grant else None,
            lead_time=Number.read(table["lead_time"]),
            authorising_level=table["authorising_level"],
            power=table["power"],
            intrusion=(table["intrusion"]["level"], table["intrusion"]["text"]),
            retaliation=(table["retaliation"]["level"], table["retaliation"]["text"]),
            evidence={
                key: (int(evidence[key]["score"]), evidence[key]["text"], evidence[key].get("source"))
                for key in EMMIE
                if key in evidence
            },
            levers=tuple(affects.get("levers") or ()),
            orders=tuple(affects.get("orders") or ()),
            status=table.get("status", "modelled"),
            whole=bool(cost.get("whole", False)),
            agency=str(table.get("agency", "force")),
        )


@dataclass(frozen=True)
class PlaceView:
    """A preset or a case: its name, what it is, its tiles on the map, the question that a case puts; what is to be said
    wherever its figures stand, if real people are among its own.
    """

    id: str
    title: str
    description: str = ""
    tiles: tuple[str, ...] = ()
    question: str = ""
    caution: str = ""
    large: bool = False
    """Whether one world of it takes so long that few are lived unasked; chance weighs less in each."""


@dataclass(frozen=True)
class PlanView:
    """A plan that can be chosen: one of the house or one somebody saved."""

    id: str
    title: str
    description: str
    table: dict[str, Any]
    saved: bool = False
    preset: str | None = None


@dataclass(frozen=True)
class ForceTile:
    """A force of England and Wales on the map of tiles."""

    code: str
    name: str
    row: int
    col: int


@dataclass(frozen=True)
class Residents:
    """How many neighbourhoods and importing towns a preset has, and how many people live in one of them."""

    force: int
    each: float
    importing: int = 0
    importing_each: float = 0.0
    grounds: Mapping[str, int] = field(default_factory=dict)
    """Neighbourhoods of each area, force and region that a selection may name."""
    covers: Mapping[str, int] = field(default_factory=dict)
    """Neighbourhoods of agencies that are there for a part of the place."""

    def places_of(self, agency: str = "") -> int:
        """Neighbourhoods that an agency may choose among; areas, forces and regions are none of them."""
        return max(1, self.covers.get(agency, self.force))

    def of(self, where: Mapping[str, Any], agency: str = "") -> float:
        """People in the places a selection takes for an agency."""
        rule = where.get("rule", "everywhere")
        if rule == "named":
            return self.each * sum(self.grounds.get(name, 1) for name in where.get("names", ()))
        if agency in self.covers:
            own = self.covers[agency]
            return self.each * min(int(where.get("n") or own), own)
        if rule == "importing":
            return self.importing * self.importing_each
        if rule in ("everywhere", "force"):
            return self.force * self.each
        return self.each * min(int(where.get("n") or 1), self.force)


@dataclass(frozen=True)
class Catalogue:
    """Everything the model offers to choose from; read once, never changed."""

    cards: dict[str, CardView]
    measures: pd.DataFrame
    parameters: pd.DataFrame
    places: dict[str, PlaceView]
    plans: dict[str, PlanView]
    forces: tuple[ForceTile, ...] = ()
    version: str = ""
    model_version: str = ""
    capacity: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    """Hours a week that could be put to other use, by preset, agency and resource; empty where the model does not say."""
    residents: dict[str, Residents] = field(default_factory=dict)
    """How many people live in the places of each preset."""
    holders: tuple[tuple[str, str], ...] = ()
    """Budget holders: id and title."""
    agencies: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Agencies of each preset: id and title."""
    week: tuple[tuple[str, str], ...] = ()
    """What happens in a week, in order: the name of each phase, and what it says it does."""
    standing: Mapping[str, Any] = field(default_factory=dict)
    """How far this version of the model is calibrated and validated."""

    def measure(self, identity: str) -> Mapping[str, Any]:
        """A measure's unit, direction, label and definition."""
        rows = self.measures[self.measures["id"] == identity]
        if rows.empty:
            return {
                "id": identity,
                "unit": "count",
                "direction": "neither",
                "label": identity.replace("_", " "),
                "definition": "",
                "aggregate": "sum",
            }
        return {str(key): value for key, value in rows.iloc[0].items()}

    @property
    def indicators(self) -> list[tuple[str, str, str]]:
        """What a plan's triggers may observe: id, label and unit."""
        rows = [row for row in records(self.measures) if row.get("indicator")]
        return [(str(row["id"]), str(row["label"]), str(row["unit"])) for row in rows]

    def has_measure(self, identity: str) -> bool:
        """Whether the model counts it."""
        return bool((self.measures["id"] == identity).any())


def words(identity: str) -> str:
    """An id as words: financial-investigators becomes Financial investigators."""
    text = identity.replace("-", " ").replace("_", " ").strip()
    for small, large in (
        ("rocu", "ROCU"),
        ("nca", "NCA"),
        ("csp", "CSP"),
        ("ocb", "OCB"),
        ("chb", "CHB"),
        ("gbp", "£"),
        ("home", "Home"),
        ("office", "Office"),
    ):
        text = " ".join(large if part == small else part for part in text.split())
    return text[:1].upper() + text[1:]
