"""All column groups of one world, its tallies of goods and people, and the stacks of free rows."""

from __future__ import annotations

from typing import Annotated, NamedTuple, get_type_hints

import numpy as np

from .business import Business, Ledger, Outlet, Tie
from .codes import EVENT_WIDTH, FAMILIES, TIERS
from .columns import allocate, col, copy
from .counters import TRADE
from .franchise import Franchise
from .handle import Handle, bind, table_of
from .laundering import Channel, Finance, Racket
from .person import Person
from .place import Chain, Place
from .platform import Membership, Platform
from .police import Agency, Ghost, Operation, Orders, Source
from .project import Project, Recipe, Sector
from .route import Emerging, Lane, Passage, Route

# tallies of pure substance (mg): every milligram is in stock, in transit or in one of these
GOODS_IMPORTED, GOODS_CONSUMED, GOODS_SEIZED_BORDER, GOODS_SEIZED_INLAND, GOODS_LOST, GOODS_INITIAL = range(6)
GOODS = 6
# tallies of people; the pool's own flows are columns of Place
PEOPLE_LEFT, PEOPLE_DEAD, PEOPLE_ARRIVED, PEOPLE_INITIAL = range(4)
PEOPLE = 4
# stacks of free rows, and other counts; OVERRUN: rows that a week wanted and the tables did not have;
# BOOKS_OPEN: 1 when the coming week's flows were opened by something that befell the world before it
FREE_BUSINESS, FREE_OUTLET, FREE_PERSON, FREE_OPERATION, FREE_GHOST, ORDER_COUNT, EVENT_COUNT, OVERRUN, BOOKS_OPEN = (
    range(9)
)
COUNTS = 9


class Free(NamedTuple):
    """Stacks of free rows; their heights are in `State.count`."""

    business: Annotated[np.ndarray, col("i4", "B")]
    outlet: Annotated[np.ndarray, col("i4", "O")]
    person: Annotated[np.ndarray, col("i4", "N")]
    operation: Annotated[np.ndarray, col("i4", "Q")]
    ghost: Annotated[np.ndarray, col("i4", "G")]


class Tally(NamedTuple):
    """World-wide counts: what the books of goods and people must add up to, and this week's counters."""

    goods: Annotated[np.ndarray, col("i8", "M", GOODS)]
    trade: Annotated[np.ndarray, col("i8", "M", TRADE)]  # what each chain market did this week, see counters
    people: Annotated[np.ndarray, col("i8", PEOPLE)]
    count: Annotated[np.ndarray, col("i8", COUNTS)]  # pyright: ignore[reportIncompatibleMethodOverride]
    week: Annotated[np.ndarray, col("i8", 64)]  # counters of this week, see kernels.counters
    wanted: Annotated[np.ndarray, col("i8", "M", 4)]  # mg ordered by the outlets of each tier before trade
    trading: Annotated[np.ndarray, col("i8", "M", 4)]  # outlets of each tier
    posted: Annotated[np.ndarray, col("i8", "M", 4)]  # pence per pure gram, summed over the outlets of each tier
    signal: Annotated[np.ndarray, col("f8", "M", 4)]  # profit left on the table by tier, smoothed, GBP/week
    premium: Annotated[np.ndarray, col("f8", "M", 4, fill=1)]  # asked for risk by tier, over what is asked today
    premium_landed: Annotated[np.ndarray, col("f8", "M", fill=1)]  # the same for goods delivered from outside
    pressure_seen: Annotated[np.ndarray, col("f8", "M", 4)]  # pressure on businesses of a tier, as perceived
    loss_seen: Annotated[np.ndarray, col("f8", "M")]  # share of goods that the border takes, as perceived
    refused_pence: Annotated[np.ndarray, col("i8", 4)]  # by tier: orders lost to "do not buy" this week
    ordered_pence: Annotated[np.ndarray, col("i8", 4)]
    credibility: Annotated[np.ndarray, col("f8", "M", fill=1)]  # of injected reports
    countered: Annotated[np.ndarray, col("f8", "M", TIERS + 1, FAMILIES)]  # usual counter-measures; last: commissioning
    event: Annotated[np.ndarray, col("f8", "E", EVENT_WIDTH)]  # recorded events of the block
    event_id: Annotated[np.ndarray, col("u8", "E", 2)]


class Groups(NamedTuple):
    """The whole world in columns, one field a group."""

    place: Place
    chain: Chain
    business: Business
    ledger: Ledger
    outlet: Outlet
    tie: Tie
    person: Person
    agency: Agency
    operation: Operation
    ghost: Ghost
    orders: Orders
    free: Free
    tally: Tally
    project: Project
    recipe: Recipe
    channel: Channel
    finance: Finance
    racket: Racket
    sector: Sector
    franchise: Franchise
    route: Route
    passage: Passage
    lane: Lane
    emerging: Emerging
    platform: Platform
    member: Membership
    source: Source


class State(Handle):
    """The whole world: `state.person.status` is a numpy array in Python, and kernels take the state as one pointer."""

    place: Place
    chain: Chain
    business: Business
    ledger: Ledger
    outlet: Outlet
    tie: Tie
    person: Person
    agency: Agency
    operation: Operation
    ghost: Ghost
    orders: Orders
    free: Free
    tally: Tally
    project: Project
    recipe: Recipe
    channel: Channel
    finance: Finance
    racket: Racket
    sector: Sector
    franchise: Franchise
    route: Route
    passage: Passage
    lane: Lane
    emerging: Emerging
    platform: Platform
    member: Membership
    source: Source

    def __init__(self, *groups: NamedTuple) -> None:
        columns = Groups(*groups)  # pyright: ignore[reportArgumentType]
        handles = Groups(*(bind(group) for group in columns))  # pyright: ignore[reportArgumentType]
        self.point(*table_of(handles), columns)
        self.handles = handles
        for name, group in zip(Groups._fields, columns, strict=True):
            setattr(self, name, group)


def copy_state(state: State) -> State:
    """The same world in new arrays, so that a fork never writes into its parent."""
    return State(*(copy(group) for group in state.columns))


def allocate_state(dims: dict[str, int]) -> State:
    """An empty world with all rows free; dims: L, M, B, O, N, A, Q, G, R, E."""
    return State(*(allocate(group, dims) for group in get_type_hints(Groups).values()))
