"""The sectors of organised crime: what each costs the country in a year, and whether it is in the dynamics."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import model_validator

from simulation.schema.base import Frozen, Name, Text, Title, fault
from simulation.schema.market import Market
from simulation.schema.quantity import Quantity
from simulation.schema.reading import LIBRARY, names_in, read_table, validated
from simulation.schema.reference import check_sources


class Sector(Frozen):
    """One sector of the Home Office's costs of organised crime."""

    title: Title
    cost: Quantity | None = None
    """Social and economic cost in a year; absent where no figure was seen."""
    price_year: Text
    dynamic: bool
    """Whether the model lives it."""
    enabler: bool = False
    """Whether it is what businesses of other sectors do, with no market of its own."""
    reason: Text = ""
    """Why it is left out, or has no market of its own."""

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if (not self.dynamic or self.enabler) and not self.reason:
            raise fault("missing-key", "a sector without a market says why", key="reason")
        return self


class Sectors(Frozen):
    """The whole table."""

    sector: dict[Name, Sector]


def load_sectors(path: Path = LIBRARY / "uk" / "sectors.toml") -> dict[str, Sector]:
    """Every sector by its key."""
    found = validated(Sectors, read_table(path), str(path))
    check_sources(found, str(path))
    return found.sector


def sector_markets() -> dict[str, tuple[str, ...]]:
    """By sector, the markets that come with the product and name it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names_in("markets"):
        path = LIBRARY / "markets" / f"{name}.toml"
        market = validated(Market, {"id": name, **read_table(path)}, str(path))
        if market.sector is not None:
            found[market.sector] = (*found.get(market.sector, ()), name)
    return found
