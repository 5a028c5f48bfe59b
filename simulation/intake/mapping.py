"""A mapping of people, groups and ties is held against what a scenario can hold: every fault with its row, or columns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulation.errors import Conflict, MissingKey, OutOfRange, SpannerError, TooLarge, UnknownName, collected
from simulation.intake import words
from simulation.intake.numbering import Rows, columns_of
from simulation.intake.tables import Table
from simulation.schema import Scenario
from simulation.world.standing_in import Columns

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


def read_mapping(
    people: Table, ties: Table | None, at: Mapping[str, int], tied: Mapping[str, int], scenario: Scenario, key: bytes, *,
    roles: Mapping[str, str], market: str | None,
) -> Read:  # fmt: skip
    """The columns of a mapping. Raises the first of all faults, with the others in `errors`."""
    rows = Rows(people, at, list(people.faults))
    about: dict[str, dict[str, tuple[str, int]]] = {}
    own = {words.plain(text): name for text, name in roles.items()}
    for number, cells in people.rows:
        _person(rows, number, cells, own)
        _group(rows, number, cells, about, scenario)
    _groups_are_whole(rows, about, scenario, market)
    notes: list[str] = []
    alike = len(rows.person) - len({"".join(name.split()).casefold() for name in rows.person})
    if alike:
        notes.append(f"{alike} identifiers differ from others only by case or spaces; they are taken as other people.")
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
    return Read(columns_of(rows, about, edges, scenario, key, notes), notes)


def _shown(faults: list[SpannerError], file: str) -> list[SpannerError]:
    """All faults; beyond a thousand the rest are counted, since nobody reads on."""
    rest = len(faults) - SHOWN_FAULTS
    if rest <= 0:
        return faults
    more = Conflict(f"{file}: {rest} more faults are not listed.", file=file, given=rest)
    return [*faults[:SHOWN_FAULTS], more]


def _cell(cells: list[str], at: Mapping[str, int], name: str) -> str:
    return cells[at[name]] if name in at else ""


def _person(rows: Rows, number: int, cells: list[str], own: dict[str, str]) -> None:
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
    rows: Rows, number: int, cells: list[str], about: dict[str, dict[str, tuple[str, int]]], scenario: Scenario
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


def _agree(rows: Rows, number: int, name: str, known: dict[str, tuple[str, int]], said: str) -> None:
    before, first = known.setdefault(name, (said, number))
    if before != said:
        rows.fault(Conflict, number, name, f"the group's {name} is another one in {rows.table.what} {first}.")


def _groups_are_whole(
    rows: Rows, about: dict[str, dict[str, tuple[str, int]]], scenario: Scenario, usual: str | None
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
    table: Table, at: Mapping[str, int], rows: Rows, notes: list[str]
) -> dict[tuple[int, int], tuple[float, int]]:
    """Ties by the positions of the two people; said both ways round is one tie, the stronger."""
    tie = Rows(table, at, rows.faults)
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


def _strength(tie: Rows, number: int, cell: str) -> float | None:
    if not cell:
        return USUAL_STRENGTH
    try:
        value = float(cell.replace(tie.table.decimal, "."))
    except ValueError:
        value = math.nan
    if not 0.0 < value < math.inf:
        tie.fault(OutOfRange, number, "strength", "the strength is not a number above 0.", "a number above 0")
        return None
    return value
