"""A finding at a glance: where it passes, our estimate and its interval on one line of text."""

from __future__ import annotations

import math
from typing import Final

CELLS: Final = 24
MARGIN: Final = 0.12  # of what is shown, to either side
OUTSIDE, PASSES, SURE, UNSURE, HIT, OFF = "·░═─●○"
LEGEND: Final = f"{PASSES} where the row passes, {SURE} and {UNSURE} the 95 % interval there and elsewhere, {HIT} the estimate, {OFF} where it misses"


def picture(
    estimate: float | None, low: float | None, high: float | None, bounds: tuple[float | None, float | None]
) -> str:
    """The line; empty where nothing could be worked out. A side that is None is open."""
    shown = [value for value in (estimate, low, high, *bounds) if value is not None]
    if estimate is None:
        return ""
    least, most = min(shown), max(shown)
    room = MARGIN * ((most - least) or max(abs(most), 1.0))
    start, width = least - room, (most - least + 2.0 * room) / CELLS
    left, right = (math.inf * sign if side is None else side for side, sign in zip(bounds, (-1, 1), strict=True))
    cells = []
    for cell in range(CELLS):
        begin, end = start + cell * width, start + (cell + 1) * width
        passes = left < end and right >= begin
        covered = (low is None or low < end) and (high is None or high >= begin)
        cells.append((SURE if covered else PASSES) if passes else (UNSURE if covered else OUTSIDE))
    at = min(int((estimate - start) / width), CELLS - 1)
    cells[at] = HIT if left <= estimate <= right else OFF
    return "".join(cells)
