"""Ways into the country, what importers have learned of them, what limits the sources, and markets that begin."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .columns import col

ROUTE_NODES = 64  # places on the way that a world has room for
WAYS = 160  # ways from a source to an entry that it has room for, in each market
STEPS = 5  # nodes of one way
LANES = 4  # consignments a shipment is sent in, each by a way of its own


class Route(NamedTuple):
    """One row a place on the way into the country: source, hub or entry; shares are of all consignments of a week."""

    id: Annotated[np.ndarray, col("u8", ROUTE_NODES)]
    entry: Annotated[np.ndarray, col("u1", ROUTE_NODES)]  # 1: goods enter the country here
    hazard: Annotated[np.ndarray, col("f8", ROUTE_NODES)]  # risk of losing a consignment here, relative to other nodes
    cost: Annotated[np.ndarray, col("f8", ROUTE_NODES)]  # share that passing here adds to the landed price
    capacity: Annotated[np.ndarray, col("f8", ROUTE_NODES, fill=1)]  # share that passes here without drawing notice
    usual: Annotated[np.ndarray, col("f8", ROUTE_NODES)]  # share that passes here as things are
    flow: Annotated[np.ndarray, col("f8", ROUTE_NODES)]  # share that has passed here of late
    crowd: Annotated[np.ndarray, col("f8", ROUTE_NODES, fill=1)]  # notice and cost here for the traffic, 1 as usual
    passed: Annotated[np.ndarray, col("i8", ROUTE_NODES)]  # consignments that came by since traffic was last counted
    found: Annotated[np.ndarray, col("f8", ROUTE_NODES)]  # consignments stopped here, as police remember them


class Passage(NamedTuple):
    """What each chain market (M) knows of the ways in, and how much its sources can send."""

    ways: Annotated[np.ndarray, col("i8", "M")]  # ways its goods can take; 0: they are not followed across the border
    way: Annotated[np.ndarray, col("i1", "M", WAYS, STEPS, fill=-1)]  # the nodes of each, from the source
    way_id: Annotated[np.ndarray, col("u8", "M", WAYS)]
    weight: Annotated[np.ndarray, col("f8", "M", fill=1)]  # hazards added up along a way, mean over usual choices
    cost: Annotated[np.ndarray, col("f8", "M")]  # the same for costs
    told: Annotated[np.ndarray, col("f8", "M", ROUTE_NODES)]  # consignments that came to a node, as word has it
    lost: Annotated[np.ndarray, col("f8", "M", ROUTE_NODES)]  # and those stopped there
    makers: Annotated[np.ndarray, col("f8", "M")]  # makers of what the goods are made from
    asked: Annotated[np.ndarray, col("f8", "M")]  # mg/week that they have sent of late
    makes: Annotated[np.ndarray, col("f8", "M")]  # mg/week they are set up for; 0: not known yet
    store: Annotated[np.ndarray, col("f8", "M")]  # mg that they could send at once
    sent: Annotated[np.ndarray, col("f8", "M", fill=1)]  # share of this week's orders that they could send
    dear: Annotated[
        np.ndarray, col("f8", "M", fill=1)
    ]  # what makers who can still send ask, over what they ask as things are
    struck: Annotated[np.ndarray, col("f8", "M")]  # share of what they were set up for that was taken out
    rebuilt: Annotated[np.ndarray, col("f8", "M")]  # share that others have built up in its place


class Lane(NamedTuple):
    """One row an outlet (O), used by importers: the ways of its consignments and what it lived through on them."""

    owner_id: Annotated[np.ndarray, col("u8", "O")]  # outlet the row speaks of; another one starts afresh
    way: Annotated[np.ndarray, col("i2", "O", LANES, fill=-1)]  # row of the market's ways, by consignment
    told: Annotated[np.ndarray, col("f4", "O", ROUTE_NODES)]  # its own consignments that came to a node
    lost: Annotated[np.ndarray, col("f4", "O", ROUTE_NODES)]  # and those stopped there


class Emerging(NamedTuple):
    """Chain markets (M) that have only begun."""

    growth: Annotated[np.ndarray, col("f8", "M")]  # rise of users a week while few; 0: the market is settled
    ceiling: Annotated[np.ndarray, col("f8", "M")]  # users at most, as a multiple of those at the start
    first: Annotated[np.ndarray, col("f8", "L", "M")]  # users at the start
