"""Ways to launder, what businesses know of them, whom they have bribed, who stands beside them, and who squeezes a place."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .codes import INSIDERS
from .columns import col

CHANNELS = 8  # kinds of channel that a world has room for
REGIONS = 16  # regions that a world has room for


class Channel(NamedTuple):
    """Ways to make dirty money clean: constants by kind (from the channel files), what is going on by kind and region."""

    usual: Annotated[np.ndarray, col("f8", CHANNELS)]  # share of all that is laundered today; 0: no such kind
    base_fee: Annotated[np.ndarray, col("f8", CHANNELS)]  # share that launderers keep at today's demand
    detection: Annotated[np.ndarray, col("f8", CHANNELS)]  # reports a year on a business that washes all it can in it
    camouflage: Annotated[np.ndarray, col("f8", CHANNELS)]  # share of its turnover that is legitimate
    growth: Annotated[np.ndarray, col("f8", CHANNELS)]  # share of the gap to the capacity wanted closed in a week
    learning: Annotated[np.ndarray, col("f8", CHANNELS)]  # part of a lasting denial that it finds ways around
    capacity: Annotated[np.ndarray, col("f8", CHANNELS, REGIONS)]  # pence/week, before anything is denied
    asked: Annotated[np.ndarray, col("f8", CHANNELS, REGIONS)]  # pence/week asked of it, smoothed
    used: Annotated[np.ndarray, col("i8", CHANNELS, REGIONS)]  # pence through it this week
    fee: Annotated[np.ndarray, col("f8", CHANNELS, REGIONS)]  # share that launderers keep this week
    pressure: Annotated[np.ndarray, col("f8", CHANNELS, REGIONS)]  # part of it that was denied, as it has come to know


class Finance(NamedTuple):
    """What a business (B) has beside its books: launderers, insiders, partners in trade."""

    surplus: Annotated[np.ndarray, col("i8", "B")]  # pence beyond working capital; after the week: what is hoarded
    use: Annotated[np.ndarray, col("f8", "B", CHANNELS, fill=-1)]  # share of its money by channel; -1: not begun
    traced: Annotated[np.ndarray, col("f8", "B", fill=1)]  # reports on its money, remembered, 1 as now
    insider: Annotated[np.ndarray, col("u1", "B", INSIDERS)]  # 1 where one of that kind is paid
    partners: Annotated[np.ndarray, col("f8", "B", fill=1)]  # legitimate trades that go along with it, 1 as now


class Racket(NamedTuple):
    """Who squeezes the traders and residents of a locality (L)."""

    holder_id: Annotated[np.ndarray, col("u8", "L")]  # business that holds the place
    grip: Annotated[np.ndarray, col("f8", "L")]  # how firmly, 0 to 1
    taken: Annotated[np.ndarray, col("i8", "L")]  # pence this week
