"""What interventions against ways of laundering share: they reach the part of a region's market that their places make up."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from simulation.policy.intervention import Intervention, Modifier, View
from simulation.schema import load_channels, load_intelligence
from simulation.state.codes import ELSEWHERE

LEVERS = {"capacity": "launder_capacity", "fee": "launder_fee", "reports": "launder_detection"}
SIGNS = {"capacity": -1.0, "fee": 1.0, "reports": 1.0}


def row_of(channel: str) -> int:
    """The row of a channel in the world's table."""
    return [one.id for one in load_channels()].index(channel)


def source_row(source: str) -> int:
    """The row of an intelligence source in the world's table."""
    return [one.id for one in load_intelligence()].index(source)


def covered(view: View) -> list[tuple[int, float]]:
    """Regions of the places, each with the part of its residents who live in them."""
    place = view.state.place
    found = []
    for region in np.unique(place.region[view.places]):
        whole = int(place.population[(place.region == region) & (place.kind != ELSEWHERE)].sum())
        here = int(place.population[view.places[place.region[view.places] == region]].sum())
        found.append((int(region), min(1.0, here / max(1, whole))))
    return found


def part_of_all(view: View) -> float:
    """The part of all residents, whatever their region, who live in the places."""
    place = view.state.place
    everyone = max(1, int(place.population[place.kind != ELSEWHERE].sum()))
    whole = {r: int(place.population[(place.region == r) & (place.kind != ELSEWHERE)].sum()) for r, _ in covered(view)}
    return float(sum(part * (whole[region] / everyone) for region, part in covered(view)))


class Denial(Intervention):
    """Capacity falls, fees or reports rise in some channels; a card has numbers for those of the three it moves."""

    channels: ClassVar[tuple[str, ...]]

    def modifiers(self, view: View, weeks: int) -> list[Modifier]:
        dose = view.lagged(self.numbers["lag"])
        found = []
        for region, part in covered(view):
            for name in self.channels:
                for key in (key for key in LEVERS if key in self.numbers):
                    change = SIGNS[key] * self.numbers[key] * part * dose
                    values = change if key == "fee" else 1.0 + change
                    found.append(Modifier(LEVERS[key], (row_of(name), region), values))
        return found
