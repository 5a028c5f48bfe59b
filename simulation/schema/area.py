"""The hierarchy of a scenario: areas of ground, the forces that police them, the regions that forces belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from simulation.schema.base import Frozen, Name, Title, fault
from simulation.schema.quantity import Quantity


class Area(Frozen):
    """Ground of its own at some distance from the others: how many live there, in which region, and who polices it.

    Areas that name one `force` are policed by one: a merger of forces, or a national service, is a line of data each.
    """

    title: Title
    region: Name
    force: Name
    """Who polices it; unless said, a force of its own."""
    tile: Annotated[str, Field(max_length=8)] | None = None
    """Of the map of forces, when it is in the likeness of one."""
    row: Annotated[int, Field(ge=0, le=100)]
    """Where it lies on the map, in tiles from the north."""
    col: Annotated[int, Field(ge=0, le=100)]
    localities: Annotated[int, Field(ge=1, le=1000)]
    residents: Quantity
    """Of all its localities."""
    officers: Quantity
    """By which agencies share out their hours."""


def side(localities: int) -> tuple[int, int]:
    """Rows and columns of the smallest near-square grid that holds so many cells."""
    columns = next(n for n in range(1, localities + 1) if n * n >= localities)
    return -(-localities // columns), columns


def first_seen(names: Any) -> tuple[str, ...]:
    """Each name once, in the order in which they come."""
    return tuple(dict.fromkeys(names))


def grounds(areas: Mapping[str, Area]) -> dict[str, tuple[int, ...]]:
    """The rows of localities that an area, a force or a region stands for, by its name; areas lie in their order."""
    found: dict[str, tuple[int, ...]] = {}
    start = 0
    for name, area in areas.items():
        rows = tuple(range(start, start + area.localities))
        start += area.localities
        for one in {name, area.force, area.region}:
            found[one] = found.get(one, ()) + rows
    return found


def check_named(areas: Mapping[str, Area], agency: str, force: str | None, region: str | None) -> None:
    """Refuse an agency for a force or a region that no area has."""
    for key, given in (("force", force), ("region", region)):
        known = first_seen(getattr(area, key) for area in areas.values())
        if given is not None and given not in known:
            raise fault(
                "unknown-name", f'"{given}" is not a {key} here', key=f"agencies.{agency}.{key}", given=given,
                allowed=sorted(known),
            )  # fmt: skip


def force_title(areas: Mapping[str, Area], force: str) -> str:
    """What a force is called: as the area it polices, if it polices one."""
    policed = [area for area in areas.values() if area.force == force]
    return policed[0].title if len(policed) == 1 else force.replace("-", " ").title()
