"""A mapping of people, groups and ties is held against what a scenario can hold: every fault with its row, or columns."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from simulation.errors import Conflict, MissingKey, OutOfRange, SpannerError, TooLarge, UnknownName, collected
from simulation.intake import words
from simulation.intake.tables import Table
from simulation.intake.tokens import tokens
from simulation.schema import Scenario, locality_id
from simulation.world.standing_in import Columns, typed

LEAST_PEOPLE: Final = 5
"""A network of fewer is no network but a handful of individuals, about whom nothing may be said."""
MOST: Final = (200_000, 20_000, 2_000_000)
"""People, groups and ties."""
SHOWN_FAULTS: Final = 1000
USUAL_STRENGTH: Final = 0.5


@dataclass
class Read:
    """What a table came to: columns, and what the user should know of how it was understood."""

    columns: Columns
    notes: list[str]


@dataclass
class _Rows:
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


def read_mapping(
    people: Table, ties: Table | None, at: Mapping[str, int], tied: Mapping[str, int], scenario: Scenario, key: bytes, *,
    roles: Mapping[str, str], market: str | None,
) -> Read:  # fmt: skip
    """The columns of a mapping. Raises the first of all faults, with the others in `errors`."""
    rows = _Rows(people, at, list(people.faults))
    about: dict[str, dict[str, tuple[str, int]]] = {}
    own = {words.plain(text): name for text, name in roles.items()}
    for number, cells in people.rows:
        _person(rows, number, cells, own)
        _group(rows, number, cells, about, scenario)
    _groups_are_whole(rows, about, scenario, market)
    notes: list[str] = []
    edges = _ties(ties, tied, rows, notes) if ties is not None else {}
    if not rows.faults and len(rows.person) < LEAST_PEOPLE:
        rows.faults.append(
            OutOfRange(
                f"{people.file} holds {len(rows.person)} people; a network of fewer than {LEAST_PEOPLE} would be about individuals.",
                file=people.file, key="people", given=len(rows.person), allowed=f"{LEAST_PEOPLE} or more",
            )
        )  # fmt: skip
    for what, count, most in (
        ("people", len(rows.person), MOST[0]),
        ("groups", len(about), MOST[1]),
        ("ties", len(edges), MOST[2]),
    ):
        if count > most:
            rows.faults.append(
                TooLarge(
                    f"{people.file} holds {count} {what}; allowed: {most}.", file=people.file, key=what, given=count,
                    allowed=most,
                )
            )  # fmt: skip
    if rows.faults:
        raise collected(_shown(rows.faults, people.file))
    return Read(_columns(rows, about, edges, scenario, key, notes), notes)


def _shown(faults: list[SpannerError], file: str) -> list[SpannerError]:
    """All faults; beyond a thousand the rest are counted, since nobody reads on."""
    rest = len(faults) - SHOWN_FAULTS
    if rest <= 0:
        return faults
    more = Conflict(f"{file}: {rest} more faults are not listed.", file=file, given=rest)
    return [*faults[:SHOWN_FAULTS], more]


def _cell(cells: list[str], at: Mapping[str, int], name: str) -> str:
    return cells[at[name]] if name in at else ""


def _person(rows: _Rows, number: int, cells: list[str], own: dict[str, str]) -> None:
    """One row as a person, or its faults."""
    name, group = _cell(cells, rows.at, "person"), _cell(cells, rows.at, "group")
    if not name:
        rows.fault(MissingKey, number, "person", "the person has no identifier.")
    elif name in rows.person:
        first = rows.number[rows.person[name]]
        rows.fault(
            Conflict, number, "person",
            f"the same person stands in {rows.table.what} {first}; a person is in one group, other groups go into the ties.",
        )  # fmt: skip
    if not group:
        rows.fault(MissingKey, number, "group", "the person is in no group.")
    role = words.role(_cell(cells, rows.at, "role"), own)
    if role is None:
        rows.fault(
            UnknownName, number, "role",
            f"the role is not known; say what it is with --role WORD=ROLE, where ROLE is one of {', '.join(words.ROLES)}.",
            list(words.ROLES),
        )  # fmt: skip
    age_cell = _cell(cells, rows.at, "age")
    age = words.age(age_cell)
    if age_cell and age is None:
        rows.fault(
            OutOfRange, number, "age", f"the age is neither one of {', '.join(words.AGES)} nor years from 10 to 110.",
            list(words.AGES),
        )  # fmt: skip
    rows.person.setdefault(name, len(rows.number))
    rows.number.append(number)
    rows.group.append(group)
    rows.role.append(words.ROLES.index(role) if role else 0)
    rows.place.append(_cell(cells, rows.at, "locality"))
    rows.age.append(words.AGES.index(age) if age else -1)


def _group(
    rows: _Rows, number: int, cells: list[str], about: dict[str, dict[str, tuple[str, int]]], scenario: Scenario
) -> None:
    """What one row says of its group; rows of a group may leave it unsaid, but not say different things."""
    group = _cell(cells, rows.at, "group")
    if not group:
        return
    known = about.setdefault(group, {"first": ("", number)})
    market = _cell(cells, rows.at, "market")
    meant = words.market(market, tuple(scenario.markets)) if market else None
    if market and meant is None:
        allowed = sorted(scenario.markets)
        rows.fault(
            UnknownName, number, "market", f"the market is none of {scenario.preset}'s: {', '.join(allowed)}.", allowed
        )
        known.setdefault("faulty", ("", number))
        return
    if market:
        _agree(rows, number, "market", known, str(meant))
    tier = _cell(cells, rows.at, "tier")
    if tier:
        _agree(rows, number, "tier", known, words.plain(tier))


def _agree(rows: _Rows, number: int, name: str, known: dict[str, tuple[str, int]], said: str) -> None:
    before, first = known.setdefault(name, (said, number))
    if before != said:
        rows.fault(Conflict, number, name, f"the group's {name} is another one in {rows.table.what} {first}.")


def _groups_are_whole(
    rows: _Rows, about: dict[str, dict[str, tuple[str, int]]], scenario: Scenario, usual: str | None
) -> None:
    """Every group has a market, which decides what it is in the world, and a tier only where its market has tiers."""
    for known in about.values():
        if "faulty" in known:
            continue
        number = known["first"][1]
        if "market" not in known and usual is None:
            rows.fault(
                MissingKey, number, "", "no row of this person's group says its market; fill it in, or name one for all "
                "with --market.", sorted(scenario.markets),
            )  # fmt: skip
            continue
        market = known.setdefault("market", (str(usual), number))[0]
        if "tier" not in known:
            continue
        said, number = known["tier"]
        chain = scenario.markets[market].chain
        level = words.tier(said, chain) if chain else None
        if not chain:
            rows.fault(Conflict, number, "tier", f"{market} is done job by job and has no tiers; leave the cell empty.")
        elif level is None:
            rows.fault(UnknownName, number, "tier", f"the tier is none of {market}'s: {', '.join(chain)}.", list(chain))
        else:
            known["tier"] = (level, number)


def _ties(
    table: Table, at: Mapping[str, int], rows: _Rows, notes: list[str]
) -> dict[tuple[int, int], tuple[float, int]]:
    """Ties by the positions of the two people; said both ways round is one tie, the stronger."""
    tie = _Rows(table, at, rows.faults)
    tie.faults += table.faults
    found: dict[tuple[int, int], tuple[float, int, int]] = {}
    ways: set[tuple[str, str]] = set()
    mirrored = 0
    for number, cells in table.rows:
        ends = [_cell(cells, at, name) for name in ("from", "to")]
        for name, end in zip(("from", "to"), ends, strict=True):
            if not end:
                tie.fault(MissingKey, number, name, "the tie does not say whose it is.")
            elif end not in rows.person:
                tie.fault(UnknownName, number, name, f"the tie is to somebody who is not in {rows.table.file}.")
        strength = _strength(tie, number, _cell(cells, at, "strength"))
        bond = words.bond(_cell(cells, at, "kind"))
        if bond is None:
            tie.fault(
                UnknownName, number, "kind", f"the kind of tie is none of {', '.join(words.BONDS)}.", list(words.BONDS)
            )
        if ends[0] and ends[0] == ends[1]:
            tie.fault(Conflict, number, "to", "the tie is of somebody with themselves.")
            continue
        if (ends[0], ends[1]) in ways:
            tie.fault(Conflict, number, "to", f"the same tie stands in an earlier {table.what}.")
            continue
        ways.add((ends[0], ends[1]))
        if any(end not in rows.person for end in ends) or bond is None or strength is None:
            continue
        first, second = sorted(rows.person[end] for end in ends)
        mirrored += (first, second) in found
        weight = max(strength, found.get((first, second), (0.0, 0, 0))[0])
        found[first, second] = (weight, words.BONDS.index(bond), number)
    if mirrored:
        notes.append(f"{mirrored} ties are said both ways round; each is one tie, with the greater strength.")
    most = max((weight for weight, _, _ in found.values()), default=1.0)
    if most > 1.0:
        notes.append(f"Strengths go up to {most:g}; each is divided by that, so that the strongest tie is 1.")
    return {pair: (weight / max(1.0, most), bond) for pair, (weight, bond, _) in found.items()}


def _strength(tie: _Rows, number: int, cell: str) -> float | None:
    if not cell:
        return USUAL_STRENGTH
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not 0.0 < value < math.inf:
        tie.fault(OutOfRange, number, "strength", "the strength is not a number above 0.", "a number above 0")
        return None
    return value


def _columns(
    rows: _Rows, about: dict[str, dict[str, tuple[str, int]]], edges: dict[tuple[int, int], tuple[float, int]],
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


def _places(rows: _Rows, scenario: Scenario, key: bytes, notes: list[str]) -> list[int]:
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
