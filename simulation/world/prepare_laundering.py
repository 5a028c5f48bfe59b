"""Launderers before history begins: every way at the share of today's business it has, in every region."""

from __future__ import annotations

import numpy as np

from simulation.errors import OutOfRange
from simulation.schema.laundering import load_channels
from simulation.state.codes import ACTIVE
from simulation.state.laundering import CHANNELS, REGIONS
from simulation.state.values import Values
from simulation.state.world import State

WASHING = 0.5  # part of the businesses that have something to launder in a week; capacity soon follows what is asked
PENCE = 100.0


def prepare_laundering(s: State, p: Values) -> None:
    """Write the constants of every channel, and the capacity that businesses now there will ask for."""
    channels = load_channels()
    regions = int(s.place.region.max()) + 1
    if len(channels) > CHANNELS or regions > REGIONS:
        raise OutOfRange(
            key="laundering", given=f"{len(channels)} channels, {regions} regions",
            allowed=f"at most {CHANNELS} channels and {REGIONS} regions",
        )  # fmt: skip
    into = s.channel
    home = s.business.home[(s.business.state == ACTIVE) & (s.business.home >= 0)]
    businesses = np.bincount(s.place.region[home], minlength=regions)
    for c, channel in enumerate(channels):
        into.usual[c] = channel.share.value
        into.base_fee[c] = channel.fee.value
        into.detection[c] = channel.detection.value
        into.camouflage[c] = channel.camouflage.value
        into.growth[c] = channel.growth.value
        into.learning[c] = channel.learning.value
        into.fee[c, :regions] = channel.fee.value
        into.asked[c, :regions] = channel.share.value * WASHING * businesses * p["laundering_capacity"] * PENCE
        into.capacity[c, :regions] = p["laundering_channels_slack"] * into.asked[c, :regions]
