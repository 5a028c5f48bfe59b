"""A local profile of serious organised crime: areas with residents and groups by market become the places of a scenario.

A row an area, with a column of counts for each market; or a row an area and market, with one column of counts. How many
groups a market has is shared over its tiers as in the preset, and each group is at home in the area that counted it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from simulation.errors import Conflict, MissingKey, OutOfRange, SpannerError, UnknownName, collected
from simulation.intake import words
from simulation.intake.columns import PROFILE
from simulation.intake.mapping import SHOWN_FAULTS, Read
from simulation.intake.tables import Table
from simulation.intake.tokens import tokens
from simulation.schema import Scenario, locality_id, to_table
from simulation.world.standing_in import Columns, typed

MOST_AREAS: Final = 1000
MOST_GROUPS: Final = 20_000
RESIDENTS: Final = (100, 20_000_000)
LONGEST_NAME: Final = 100


@dataclass
class _Area:
    """One area: its row, residents, deprivation, groups by market."""

    number: int
    residents: int
    deprivation: float | None
    groups: Counter[str] = field(default_factory=Counter)


def market_columns(table: Table, at: Mapping[str, int], scenario: Scenario) -> dict[int, str]:
    """Columns that are called as a market and hold counts of its groups, where no column says the market of a row."""
    if "market" in at:
        return {}
    taken = {n for name, n in at.items() if name in PROFILE}
    meant = {n: words.market(title, tuple(scenario.markets)) for n, title in enumerate(table.header) if n not in taken}
    return {n: market for n, market in meant.items() if market is not None}


class _Profile:
    """The table as it is understood, and its faults."""

    def __init__(self, table: Table, at: Mapping[str, int], scenario: Scenario) -> None:
        self.table = table
        self.at = at
        self.known = tuple(scenario.markets)
        self.faults = list(table.faults)
        self.areas: dict[str, _Area] = {}
        self.harm = 0.0
        self.counted = market_columns(table, at, scenario)

    def fault(self, kind: type[SpannerError], number: int, column: str | None, said: str, allowed: Any = None) -> None:
        """Note a fault of a cell by its place."""
        place = self.table.place(number, column)
        self.faults.append(kind(f"{place}: {said}", file=self.table.file, key=f"row {number}", allowed=allowed))

    def number_in(self, cells: list[str], row: int, at: int, low: float, high: float, whole: bool) -> float | None:
        """A cell as a number between bounds; thousands may be set off by commas, pounds may have their sign."""
        text = cells[at].replace("£", "").replace("\u00a0", "").strip()
        text = text.replace(",", "") if self.table.decimal == "." else text.replace(",", ".")
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high or (whole and value != int(value)):
            what = "a whole number" if whole else "a number"
            self.fault(
                OutOfRange,
                row,
                self.table.header[at],
                f"the cell is not {what} from {low:g} to {high:g}.",
                f"{low:g} to {high:g}",
            )
            return None
        return value


def read_profile(table: Table, at: Mapping[str, int], scenario: Scenario, key: bytes) -> tuple[Read, dict[str, Any]]:
    """The groups of a profile as columns, and the scenario of its places. Raises the first of all faults."""
    profile = _Profile(table, at, scenario)
    if "market" in at and "groups" not in at:
        raise MissingKey(
            f'{table.file}: there is a column of markets and none that counts groups; say which with --column groups=HEADER.',
            file=table.file, key="column groups", allowed=table.header,
        )  # fmt: skip
    if not profile.counted and "market" not in at:
        raise MissingKey(
            f"{table.file}: no column is called as a market of {scenario.preset}, and none says the market of a row.",
            file=table.file, key="column market", allowed=sorted(scenario.markets),
        )  # fmt: skip
    for number, cells in table.rows:
        _row(profile, number, cells)
    _whole(profile)
    if profile.faults:
        raise collected(profile.faults[:SHOWN_FAULTS])
    return _read(profile, scenario, key)


def _row(profile: _Profile, number: int, cells: list[str]) -> None:
    """One area, or one market in an area."""
    at = profile.at
    name = cells[at["area"]]
    slug = locality_id(name)
    if not slug or len(name) > LONGEST_NAME:
        profile.fault(MissingKey, number, profile.table.header[at["area"]], "the area has no name that can be written.")
        return
    residents = profile.number_in(cells, number, at["population"], *RESIDENTS, whole=True)
    poor: float | None = None
    if "deprivation" in at and cells[at["deprivation"]]:
        poor = profile.number_in(cells, number, at["deprivation"], 0.0, 1.0, whole=False)
    if "harm" in at and cells[at["harm"]]:
        profile.harm += profile.number_in(cells, number, at["harm"], 0.0, 1e12, whole=False) or 0.0
    known = profile.areas.get(slug)
    if known is not None and "market" not in at:
        profile.fault(Conflict, number, None, f"the same area stands in row {known.number}.")
        return
    if known is not None and residents is not None and known.residents != residents:
        profile.fault(
            Conflict,
            number,
            profile.table.header[at["population"]],
            f"the area has another population in row {known.number}.",
        )
    area = profile.areas.setdefault(slug, _Area(number, int(residents or RESIDENTS[0]), poor))
    if "market" in at:
        market = words.market(cells[at["market"]], profile.known)
        if market is None:
            profile.fault(
                UnknownName, number, profile.table.header[at["market"]],
                f"the market is none of {', '.join(sorted(profile.known))}.", sorted(profile.known),
            )  # fmt: skip
            return
        if market in area.groups:
            profile.fault(Conflict, number, None, "the same area and market stand in an earlier row.")
        counts = {at["groups"]: market}
    else:
        counts = profile.counted
    for column, market in counts.items():
        if cells[column]:
            area.groups[market] += int(profile.number_in(cells, number, column, 0, MOST_GROUPS, whole=True) or 0)


def _whole(profile: _Profile) -> None:
    """What only the whole table shows."""
    file = profile.table.file
    groups = sum(sum(area.groups.values()) for area in profile.areas.values())
    if not profile.faults and groups == 0:
        profile.faults.append(
            MissingKey(f"{file} counts no group anywhere.", file=file, key="groups", allowed="1 or more")
        )
    if len(profile.areas) > MOST_AREAS or groups > MOST_GROUPS:
        profile.faults.append(
            OutOfRange(
                f"{file} holds {len(profile.areas)} areas and {groups} groups.", file=file, key="areas",
                given=len(profile.areas), allowed=f"{MOST_AREAS} areas and {MOST_GROUPS} groups",
            )
        )  # fmt: skip


def _read(profile: _Profile, scenario: Scenario, key: bytes) -> tuple[Read, dict[str, Any]]:
    """A faultless profile as columns and a scenario written out in full."""
    notes: list[str] = []
    names = _names(profile)
    total: Counter[str] = Counter()
    for area in profile.areas.values():
        total.update(area.groups)
    table = to_table(scenario)
    residents = sum(area.residents for area in profile.areas.values())
    places = scenario.places
    scale = residents / (places.force.value * places.residents.value)
    table.pop("preset")
    table["places"] = _places(table["places"], profile, names, scenario)
    table["markets"] = {name: table["markets"][name] for name in sorted(total) if total[name] > 0}
    gone = sorted(set(scenario.markets) - set(table["markets"]))
    if gone:
        notes.append(f"The profile counts no groups in {', '.join(gone)}: these markets are left out.")
    shared = {market: _shares(scenario, market, count) for market, count in total.items() if count > 0}
    for market, tiers in shared.items():
        if tiers is None:
            _set(table["markets"][market]["recipe"]["brokers"], total[market])
            for skill in table["markets"][market]["recipe"]["skills"].values():
                brokers = scenario.markets[market].recipe.brokers.value  # pyright: ignore[reportOptionalMemberAccess]
                _set(skill["available"], max(1, round(skill["available"]["value"] * total[market] / max(1.0, brokers))))
        else:
            for tier, count in tiers.items():
                _set(table["markets"][market]["tiers"][tier]["intended"], count)
    _scale(table, scale)
    notes.append(f"People, police, partners and courts are those of {scenario.preset} times {scale:.3g}, by residents.")
    said = "" if profile.harm == 0.0 else f" The profile estimates {profile.harm:,.0f} GBP of harm a year."
    table["description"] = f"Places and groups of a local profile; all else as in {scenario.preset}.{said}"
    return Read(_columns(profile, scenario, shared, key), notes), table


def _names(profile: _Profile) -> list[str]:
    """The areas as they are first written."""
    first = {area.number: slug for slug, area in profile.areas.items()}
    return [cells[profile.at["area"]] for number, cells in profile.table.rows if number in first]


def _places(table: dict[str, Any], profile: _Profile, names: list[str], scenario: Scenario) -> dict[str, Any]:
    """The preset's ground with the profile's areas in place of its localities."""
    count = len(names)
    inside = scenario.places.force.whole
    far = [name for name in scenario.places.names[inside:] if locality_id(name) not in profile.areas]
    wanted = scenario.places.importing.whole + scenario.places.outside.whole
    far += [f"Beyond {n}" for n in range(1, wanted - len(far) + 1)]
    columns = math.ceil(math.sqrt(count))
    for name, value in (("force", count), ("columns", columns), ("rows", math.ceil(count / columns))):
        _set(table[name], value)
    residents = [area.residents for area in profile.areas.values()]
    _set(table["residents"], round(sum(residents) / count))
    known = {
        name: {"residents": area.residents} | ({} if area.deprivation is None else {"deprivation": area.deprivation})
        for name, area in zip(names, profile.areas.values(), strict=True)
    }
    return {**table, "names": [*names, *far[:wanted]], "known": known}


def _set(quantity: dict[str, Any], value: float) -> None:
    """A quantity takes a value of the profile, its range widened to hold it."""
    quantity |= {
        "value": value, "low": min(quantity["low"], value), "high": max(quantity["high"], value), "status": "assumed",
        "note": "From an imported profile.",
    }  # fmt: skip
    quantity.pop("source", None)


def _scale(table: dict[str, Any], scale: float) -> None:
    """What goes with how many people live there."""
    scaled = [table["community"][name] for name in ("mapped", "involved", "dependent_users")]
    scaled += [hours for agency in table["agencies"].values() for hours in agency["hours"].values()]
    scaled += [table["courts"][name] for name in ("open_cases", "completions")]
    for quantity in scaled:
        _set(quantity, quantity["value"] * scale)


def _shares(scenario: Scenario, market: str, count: int) -> dict[str, int] | None:
    """So many groups over the tiers of a chain as in the preset, at least one in each; None where jobs are commissioned."""
    about = scenario.markets[market]
    if not about.chain:
        return None
    usual = np.array([max(1, scenario.intended(market, tier)) for tier in about.chain], dtype=float)
    exact = usual / usual.sum() * max(0, count - usual.size)
    whole = np.floor(exact).astype(int)
    for n in np.argsort(whole - exact, kind="stable")[: max(0, count - usual.size) - int(whole.sum())]:
        whole[n] += 1
    return {tier: int(number) + 1 for tier, number in zip(about.chain, whole, strict=True)}


def _columns(profile: _Profile, scenario: Scenario, shared: Mapping[str, dict[str, int] | None], key: bytes) -> Columns:
    """A row a group that the profile counts, dealt to the tiers from the street up."""
    market, tier, home, names = [], [], [], []
    for name, tiers in sorted(shared.items()):
        levels = scenario.markets[name].levels() if tiers is not None else {}
        deal = [levels[t] for t in reversed(list(tiers)) for _ in range(tiers[t])] if tiers is not None else []
        at = 0
        for place, (slug, area) in enumerate(profile.areas.items()):
            for n in range(area.groups[name]):
                market.append(name)
                tier.append(deal[at] if deal else -1)
                home.append(place)
                names.append(f"{slug}/{name}/{n}")
                at += 1
    found = tokens(key, "group", names)
    order = np.argsort(found)
    none = np.zeros(0)
    return typed(
        Columns(
            group=found[order], market=np.array(market)[order], tier=np.array(tier)[order], home=np.array(home)[order],
            person=none, member=none, role=none, place=none, age=none, one=none, two=none, strength=none, bond=none,
        )
    )  # fmt: skip
