"""Ways to launder money as data: one file a way, all of a folder together are what is done today."""

from __future__ import annotations

import functools
import math
from pathlib import Path

from simulation.errors import OutOfRange
from simulation.schema.base import Frozen, Name, Text, Title
from simulation.schema.quantity import Quantity
from simulation.schema.reading import LIBRARY, read_table, validated
from simulation.schema.reference import check_sources


class LaunderingChannel(Frozen):
    """A way in which dirty cash becomes clean."""

    id: Name
    title: Title
    description: Text
    share: Quantity
    """Share of all that is laundered today; those of all channels come to one."""
    fee: Quantity
    """Share that launderers keep at today's demand."""
    detection: Quantity
    """Useful reports a year on a business that puts all it can launder through it."""
    camouflage: Quantity
    """Share of its turnover that is legitimate."""
    growth: Quantity
    """Share of the gap between its capacity and what is wanted of it that closes in a week."""
    learning: Quantity
    """Part of a lasting denial that its launderers find ways around."""


def load_channels(folder: Path = LIBRARY / "laundering") -> tuple[LaunderingChannel, ...]:
    """Every channel, in the order of the ids. Raises SpannerError."""
    return _channels(folder)


@functools.cache
def _channels(folder: Path) -> tuple[LaunderingChannel, ...]:
    found = []
    for path in sorted(folder.glob("*.toml")):
        channel = validated(LaunderingChannel, {"id": path.stem, **read_table(path)}, str(path))
        check_sources(channel, str(path))
        found.append(channel)
    total = math.fsum(channel.share.value for channel in found)
    if abs(total - 1.0) > 1e-9:
        raise OutOfRange(file=str(folder), key="share", given=round(total, 6), allowed="shares that come to 1 in all")
    return tuple(found)
