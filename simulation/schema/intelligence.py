"""Sources of intelligence as data: one file a source; what all of them together yield is what police learn today."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from simulation.errors import SpannerError, UnknownName
from simulation.schema.base import Frozen, Many, Name, Text, Title, fault
from simulation.schema.quantity import Quantity
from simulation.schema.reading import LIBRARY, names_in, raise_all, read_table, validated
from simulation.schema.reference import check_sources, load_authority
from simulation.schema.scenario import Activity

FILES = {"people": "person", "outlets": "outlet", "businesses": "business"}


class Shares(Frozen):
    """Part of what one level learns today that comes from a source."""

    upper: Quantity
    """Of organisers, and of staff and specialists above the street."""
    street: Quantity
    """Of holders of lines, runners and others on the street."""


class IntelligenceSource(Frozen):
    """Where police and partners learn of people, outlets and businesses."""

    id: Name
    title: Title
    description: Text
    power: Name
    """The key of authority.toml under which what it says may be held and used."""
    sees: Many[Literal["people", "outlets", "businesses"]] = Field(min_length=1)
    reach: Quantity
    """Part of those who are there whom it can come upon at all; who they are is lasting, and of them it tells the more."""
    delay: Quantity
    """Weeks from what happens to what is on file."""
    analyst_hours: Quantity
    """Hours a week and person at work that reading it takes."""
    mistakes: Quantity
    """Ghosts a week and person at work where nothing of it is read properly."""
    residents: Quantity
    """How far it lives on what residents tell, and so on their confidence and on patrols that are seen."""
    encryption: Quantity
    """How far it lives on messages and payments that a platform may hide."""
    share: dict[Literal["local", "regional", "national"], Shares] = Field(min_length=1)
    work: dict[Activity, Quantity] = Field(min_length=1)
    """The part of it that each kind of work feeds."""
    markets: dict[Name, Quantity] = {}
    """What it sees of a market, against what it sees of others."""
    models: dict[Literal["independent", "franchise", "commissioning"], Quantity] = {}
    """What it sees of a kind of business, against others."""

    @model_validator(mode="after")
    def _is_fed(self) -> Self:
        total = sum(quantity.value for quantity in self.work.values())
        if abs(total - 1.0) > 1e-6:
            raise fault(
                "out-of-range", f"the parts of the work add up to {total:g}", key="work", given=round(total, 6),
                allowed="a sum of 1",
            )  # fmt: skip
        return self

    @property
    def switch(self) -> str:
        """The name by which it is switched off."""
        return "source_" + self.id.replace("-", "_")

    @property
    def files(self) -> tuple[str, ...]:
        """The tables of the world on whose rows it tells something."""
        return tuple(FILES[kind] for kind in self.sees if kind in FILES)


def load_intelligence(folder: Path = LIBRARY / "intelligence") -> tuple[IntelligenceSource, ...]:
    """Every source, in the order of the ids. Raises SpannerError."""
    return _sources(folder)


@functools.cache
def _sources(folder: Path) -> tuple[IntelligenceSource, ...]:
    found: list[IntelligenceSource] = []
    errors: list[SpannerError] = []
    for path in sorted(folder.glob("*.toml")):
        source = validated(IntelligenceSource, {"id": path.stem, **read_table(path)}, str(path))
        check_sources(source, str(path))
        errors += _unknown(source, str(path))
        found.append(source)
    raise_all(errors)
    return tuple(found)


def _unknown(source: IntelligenceSource, file: str) -> Iterable[SpannerError]:
    """Its legal gateway and its markets must exist."""
    powers, markets = load_authority().power, names_in("markets")
    if source.power not in powers:
        yield UnknownName.among(source.power, powers, key="power", file=file)
    for name in source.markets:
        if name not in markets:
            yield UnknownName.among(name, markets, key=f"markets.{name}", file=file)
