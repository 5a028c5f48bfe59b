"""What a user brings becomes a scenario: read, held against a preset, every fault told, names turned into tokens, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from simulation.errors import BadSyntax, BadType, Conflict, MissingKey, OutOfRange, SpannerError, UnknownName, collected
from simulation.intake import words
from simulation.intake.columns import FIELDS, chosen, dropped, given_columns
from simulation.intake.graphml import read_graphml
from simulation.intake.mapping import read_mapping
from simulation.intake.profile import market_columns, read_profile
from simulation.intake.tables import Table, kind_of, read_csv
from simulation.intake.tokens import new_key
from simulation.intake.writing import check_name, new_id, write_import
from simulation.schema import Scenario, load_scenario
from simulation.schema.imported import CAUTION, FEW
from simulation.state.codes import SOCIAL_SLOTS
from simulation.world.standing_in import Columns, digest

KINDS: Final = ("mapping", "profile")
KEEP_DAYS: Final = 365
LONGEST_DAYS: Final = 5 * 365

type Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Brought:
    """What an import came to; nothing here names anybody."""

    id: str
    name: str
    kind: str
    preset: str
    scenario: Path
    groups: int
    people: int
    ties: int
    kept_until: str
    columns: list[dict[str, str]]
    """Which column was read as what, and whether a flag said so or its name did."""
    dropped: list[dict[str, str]]
    roles: dict[str, int | None]
    """People by role; None where there are fewer than FEW."""
    markets: dict[str, int]
    """Groups by market."""
    notes: list[str]

    def to_dict(self) -> dict[str, Any]:
        """The same as one JSON document."""
        return {**vars(self), "scenario": str(self.scenario), "caution": CAUTION}


def bring_in(
    file: Path, name: str, *, ties: Path | None = None, kind: str = "mapping", columns: Sequence[str] = (),
    roles: Sequence[str] = (), market: str | None = None, preset: str = "force", keep_days: int = KEEP_DAYS,
    progress: Progress | None = None,
) -> Brought:  # fmt: skip
    """Import a mapping or a profile as a scenario called `name`. Raises SpannerError; `errors` holds every fault found."""
    _check(kind, keep_days)
    check_name(name)
    scenario = load_scenario(preset)
    if scenario.imported is not None:
        raise Conflict(key="preset", given=preset, allowed="a preset, a case or a file that imports nothing itself")
    if market is not None and words.market(market, tuple(scenario.markets)) is None:
        raise UnknownName.among(market, scenario.markets, key="market")
    usual = words.market(market, tuple(scenario.markets)) if market is not None else None
    own = _roles(roles)
    given = given_columns(list(columns))
    told = progress or (lambda done, total: None)
    told(0, 4)
    if kind == "profile":
        idle = {"ties": ties.name if ties else None, "market": market, "role": roles[0] if roles else None}
        faults = [Conflict(key=key, given=said, allowed="a mapping only") for key, said in idle.items() if said]
        if faults:
            raise collected(faults)
        tables = [("profile", _plain_table(file))]
    else:
        tables = _tables(file, ties)
    told(1, 4)
    _refuse_idle(given, [what for what, _ in tables])
    used = _chosen(tables, given)
    if kind == "profile":
        table = tables[0][1]
        used["profile"] |= {f"groups: {table.header[n]}": n for n in market_columns(table, used["profile"], scenario)}
    key = new_key()
    told(2, 4)
    if kind == "profile":
        read, departure = read_profile(tables[0][1], used["profile"], scenario, key)
    else:
        people = tables[0][1]
        edges = tables[1][1] if len(tables) > 1 else None
        read = read_mapping(people, edges, used["people"], used.get("ties", {}), scenario, key, roles=own, market=usual)
        departure = _departure(scenario, preset)
        read.notes.extend(_strains(read.columns, scenario))
    told(3, 4)
    identity = new_id()
    kept_until = (date.today() + timedelta(days=keep_days)).isoformat()
    stated = {
        "digest": digest(read.columns), "groups": int(read.columns.group.size), "people": int(read.columns.person.size),
        "ties": int(read.columns.one.size), "kept_until": kept_until,
    }  # fmt: skip
    table = {"id": identity} | departure | {"id": identity, "title": f"Imported: {name}", "imported": stated}
    path = write_import(name, table, read.columns, key)
    told(4, 4)
    return Brought(
        id=identity, name=name, kind=kind, preset=scenario.id, scenario=path, groups=stated["groups"],
        people=stated["people"], ties=stated["ties"], kept_until=kept_until,
        columns=[
            {"file": table.file, "field": field, "column": table.header[at], "by": "flag" if field in given else "name"}
            for what, table in tables
            for field, at in used[what].items()
        ],
        dropped=[one for what, table in tables for one in dropped(table, used[what])],
        roles=by_role(read.columns.role), markets=dict(sorted(Counter(map(str, read.columns.market)).items())),
        notes=read.notes,
    )  # fmt: skip


def by_role(roles: np.ndarray) -> dict[str, int | None]:
    """People by role, small counts left out."""
    counts = Counter(words.ROLES[int(role)] for role in roles)
    return {role: hidden(counts[role]) for role in words.ROLES if counts[role]}


def hidden(count: int) -> int | None:
    """A count of people, unless it is so small that it could point at somebody."""
    return count if count >= FEW or count == 0 else None


def _check(kind: str, keep_days: int) -> None:
    if kind not in KINDS:
        raise UnknownName.among(kind, KINDS, key="kind")
    if not 1 <= keep_days <= LONGEST_DAYS:
        raise OutOfRange(key="keep-days", given=keep_days, allowed=f"1 to {LONGEST_DAYS} days")


def _roles(given: Sequence[str]) -> dict[str, str]:
    """`--role WORD=ROLE` as a table."""
    found: dict[str, str] = {}
    faults: list[SpannerError] = []
    for word in given:
        text, equals, role = word.rpartition("=")
        if not equals or not text.strip():
            raise MissingKey(f'--role takes WORD=ROLE, not "{word}".', key="role", given=word)
        if role.strip() not in words.ROLES:
            faults.append(UnknownName.among(role.strip(), words.ROLES, key="role"))
        found[text.strip()] = role.strip()
    if faults:
        raise collected(faults)
    return found


def _tables(file: Path, ties: Path | None) -> list[tuple[str, Table]]:
    """The people and, where there are any, the ties."""
    if kind_of(file) == "graphml":
        if ties is not None:
            raise Conflict(key="ties", given=ties.name, allowed="no other file: a graph holds its own edges")
        nodes, edges = read_graphml(file)
        return [("people", nodes), ("ties", edges)]
    people = read_csv(file)
    return [("people", people)] if ties is None else [("people", people), ("ties", _plain_table(ties))]


def _plain_table(file: Path) -> Table:
    if kind_of(file) != "csv":
        raise BadType(file=file.name, key="file", given=file.suffix, allowed="a .csv or .tsv file")
    return read_csv(file)


def _refuse_idle(given: dict[str, str], kinds: list[str]) -> None:
    """A flag for a field that no table here has would say nothing."""
    known = {name for what in kinds for name in FIELDS[what]}
    faults: list[SpannerError] = [UnknownName.among(name, known, key="column") for name in given if name not in known]
    if faults:
        raise collected(faults)


def _chosen(tables: list[tuple[str, Table]], given: dict[str, str]) -> dict[str, dict[str, int]]:
    """The columns of every table; the faults of all headers are told together, with those of rows that are no rows."""
    used: dict[str, dict[str, int]] = {}
    faults: list[SpannerError] = []
    for what, table in tables:
        if not table.header:
            faults += table.faults or [BadSyntax(file=table.file, allowed="a header")]
            continue
        try:
            used[what] = chosen(table, what, given)
        except SpannerError as error:
            faults += [*error.errors, *table.faults]
    if faults:
        raise collected(faults)
    return used


def _departure(scenario: Scenario, preset: str) -> dict[str, Any]:
    """The preset by name where it is one of the house, else the whole of the file it was read from."""
    from simulation.schema import list_scenarios, to_table

    if preset in list_scenarios():
        return {
            "preset": preset,
            "description": f"An imported mapping in the simulated surround of {preset}. {CAUTION}",
        }
    table = to_table(scenario)
    table.pop("preset")  # so that nothing is laid over a scenario that says everything itself
    return {**table, "description": f"An imported mapping in a surround of its own. {CAUTION}"}


def _strains(columns: Columns, scenario: Scenario) -> list[str]:
    """What of a mapping does not fit the surround it is put into."""
    notes: list[str] = []
    degree = np.bincount(np.concatenate([columns.one, columns.two]), minlength=columns.person.size)
    full = int((degree > SOCIAL_SLOTS).sum())
    if full:
        notes.append(
            f"{full} people have more than {SOCIAL_SLOTS} ties; each keeps the {SOCIAL_SLOTS} strongest, as everyone in the model."
        )
    homes = {"commodity-chain": 0, "commissioned-project": 0}
    for name, market in scenario.markets.items():
        homes[market.kind] += (
            sum(scenario.intended(name, tier) for tier in market.tiers) if market.recipe is None else market.recipe.brokers.whole
        )  # fmt: skip
    if columns.group.size > (room := sum(homes.values())):
        notes.append(
            f"The mapping has {columns.group.size} groups and the markets of {scenario.preset} feed about {room}: "
            f"most of the others will fail within a year or two; choose a preset of the place's size."
        )
    return notes
