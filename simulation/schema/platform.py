"""Platforms that come with the product: what those of a kind are like, by synthetic name, one file a kind."""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import Field

from simulation.schema.base import Frozen, Many, Name, Text, Title
from simulation.schema.quantity import Quantity
from simulation.schema.reading import LIBRARY, names_in, read_table, validated
from simulation.schema.reference import check_sources


class Service(Frozen):
    """One platform: how far it vouches for its users, what it takes, and whether it lets strangers in."""

    title: Title
    assurance: Quantity
    fee: Quantity
    invited: Quantity


class Services(Frozen):
    """The platforms of a kind; those that come later are like one of them."""

    id: Name
    title: Title
    description: Text = ""
    platform: Many[Service] = Field(min_length=1, max_length=8)


def list_platform_kinds() -> tuple[str, ...]:
    """The kinds of platform there are, sorted."""
    return names_in("platforms")


@functools.cache
def load_services(kind: str, folder: Path = LIBRARY / "platforms") -> Services:
    """The platforms of a kind."""
    path = folder / f"{kind}.toml"
    found = validated(Services, {"id": kind, **read_table(path)}, str(path))
    check_sources(found, str(path))
    return found
