"""Faultless rows of a mapping become columns of numbers, in the order of their tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from simulation.errors import SpannerError
from simulation.intake.tables import Table
from simulation.intake.tokens import tokens
from simulation.schema import Scenario, locality_id
from simulation.world.standing_in import Columns, typed


@dataclass
class Rows:
    """The people's table as it is understood, row by row; rows of faults are left out, and so is the import."""

    table: Table
    at: Mapping[str, int]
    faults: list[SpannerError]
    person: dict[str, int] = field(default_factory=dict)  # id -> position below
    number: list[int] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    role: list[int] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    age: list[int] = field(default_factory=list)

    def title(self, name: str) -> str:
        """What the user's header calls a field."""
        return self.table.header[self.at[name]]

    def fault(self, kind: type[SpannerError], number: int, name: str, said: str, allowed: object = None) -> None:
        """Note a fault of a cell: where it stands and what may stand there, never what does."""
        place = self.table.place(number, self.title(name) if name in self.at else None)
        self.faults.append(
            kind(f"{place}: {said}", file=self.table.file, key=f"{self.table.what} {number}", allowed=allowed)
        )


def columns_of(
    rows: Rows, about: dict[str, dict[str, tuple[str, int]]], edges: dict[tuple[int, int], tuple[float, int]],
    scenario: Scenario, key: bytes, notes: list[str],
) -> Columns:  # fmt: skip
    """Faultless rows as numbers in the order of their tokens."""
    homes = _places(rows, scenario, key, notes)
    group, by_group = _ordered(tokens(key, "group", about))
    person, by_person = _ordered(tokens(key, "person", rows.person))
    position = {name: int(by_group[n]) for n, name in enumerate(about)}
    names = [name for name, _ in sorted(position.items(), key=lambda one: one[1])]
    markets = [about[name]["market"][0] for name in names]
    untold = sum("tier" not in about[name] and bool(scenario.markets[about[name]["market"][0]].chain) for name in names)
    if untold:
        notes.append(f"{untold} groups do not say their tier and are taken to sell to users.")
    tier = [_level(scenario, about[name]) for name in names]
    living: dict[int, Counter[int]] = {}
    for n, owner in enumerate(rows.group):
        if homes[n] >= 0:
            living.setdefault(position[owner], Counter())[homes[n]] += 1
    home = [
        max(living[g].items(), key=lambda one: (one[1], -one[0]))[0] if g in living else -1 for g in range(group.size)
    ]
    order = np.argsort(by_person)
    pairs = sorted((*sorted((int(by_person[a]), int(by_person[b]))), *tie) for (a, b), tie in edges.items())
    one, two, strength, bond = (list(column) for column in zip(*pairs, strict=True)) if pairs else ([], [], [], [])
    return typed(
        Columns(
            group=group, market=np.array(markets), tier=np.array(tier), home=np.array(home), person=person,
            member=np.array([position[rows.group[n]] for n in order]), role=np.array(rows.role)[order],
            place=np.array(homes)[order], age=np.array(rows.age)[order], one=np.array(one), two=np.array(two),
            strength=np.array(strength), bond=np.array(bond),
        )
    )  # fmt: skip


def _ordered(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tokens in their order, and where each now stands."""
    order = np.argsort(found)
    where = np.empty_like(order)
    where[order] = np.arange(order.size)
    return found[order], where


def _level(scenario: Scenario, known: dict[str, tuple[str, int]]) -> int:
    """The number of a group's tier; who does not say sells to users; -1 where jobs are commissioned."""
    market = scenario.markets[known["market"][0]]
    if not market.chain:
        return -1
    return market.levels()[known["tier"][0] if "tier" in known else market.chain[-1]]


def _places(rows: Rows, scenario: Scenario, key: bytes, notes: list[str]) -> list[int]:
    """The locality of each person. Areas that the scenario does not have are each given one of its localities."""
    names = scenario.places.names[: scenario.places.force.whole]
    known = {locality_id(name): n for n, name in enumerate(names)}
    areas = {place for place in rows.place if place}
    found = {area: known[locality_id(area)] for area in areas if locality_id(area) in known}
    strange = sorted(areas - found.keys(), key=lambda area: int(tokens(key, "area", [area])[0]))
    free = [n for n in range(len(names)) if n not in found.values()] or list(range(len(names)))
    for n, area in enumerate(strange):
        found[area] = free[n % len(free)]
    if strange:
        shared = "" if len(strange) <= len(free) else "; some share one, since there are more areas than localities"
        notes.append(
            f"{len(strange)} areas are no localities of {scenario.preset}: each is given one of its own, "
            f"chosen by the key, and its name is not kept{shared}."
        )
    return [found[place] if place else -1 for place in rows.place]
