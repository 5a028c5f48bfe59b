"""Who trades under whose brand, on what terms; and what each business has borrowed by habit."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .columns import col

# counters of the week, whole numbers: their sums do not depend on row order
DEFECTIONS, JOINED, ROYALTY_PENCE, INTEREST_PENCE, REBRANDED, CONVERTED = range(6)
BRAND_COUNTERS = 8
NEVER = -100000


class Franchise(NamedTuple):
    """One row a business (B): its franchisor if it is a franchisee, its terms if it runs a brand, and its loans."""

    franchisor: Annotated[np.ndarray, col("i4", "B", fill=-1)]  # row of the business whose brand it trades under
    franchisor_id: Annotated[np.ndarray, col("u8", "B")]
    joined: Annotated[np.ndarray, col("i4", "B", fill=-100000)]  # week it joined or left its last brand
    leaving: Annotated[np.ndarray, col("i4", "B", fill=-100000)]  # week in which it will leave; -100000: it stays
    suitor: Annotated[np.ndarray, col("i4", "B", fill=-1)]  # row of the brand it will then go to
    suitor_id: Annotated[np.ndarray, col("u8", "B")]
    offers: Annotated[np.ndarray, col("i1", "B")]  # 1 where it lets others trade under its brand
    units: Annotated[np.ndarray, col("i4", "B")]  # franchisees that trade under its brand
    royalty: Annotated[np.ndarray, col("f8", "B")]  # share of their gross margin that it asks of them
    custom: Annotated[np.ndarray, col("f8", "B", fill=1)]  # how much more customers its lines draw for their brand
    bound: Annotated[np.ndarray, col("i4", "B", fill=-1)]  # row of the business it must ask first this week
    independence: Annotated[np.ndarray, col("f8", "B")]  # how much it values being its own master, 0 to 1
    attraction: Annotated[np.ndarray, col("f8", "B", 2)]  # learned worth of being independent and of a franchise
    called: Annotated[np.ndarray, col("f8", "B")]  # share of its credit that is called in this week
    gearing: Annotated[np.ndarray, col("f8", "B", fill=-1)]  # share of its working capital it likes to borrow
    default: Annotated[np.ndarray, col("u1", "B")]  # 1 when it could not pay back what was called in this week
    mark: Annotated[np.ndarray, col("u8", "L", "M")]  # brand at home there that a campaign is against; 0: none
    # of this week: left, joined, royalties and interest in pence, new names, lines handed over
    tally: Annotated[np.ndarray, col("i8", 8)]  # brands and loans of this week, in whole numbers
