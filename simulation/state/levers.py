"""The closed list of levers as dense arrays: the only way a plan reaches the world besides orders.

The first axis (W) is the week within the block: kernels read `v.<lever>[lw, ...]`. Identity values: 1 for `mul` and
`cap`, 0 for `or` and `add`; at identity a lever changes nothing. Doses are smoothed (lag, ramp, fidelity) before they
arrive here, so a kernel takes a value as what is in force this week. Clear, Hold and Build have no levers of their
own but `clear_effort`: Hold moves `visibility`, `reentry_block`, `arrest_hazard` and `confidence`; Build moves
`resilience_growth`. `simulation.policy.levers` says what each one means, its unit and how contributions are joined.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from simulation.state.codes import ACTIVITIES, EXPOSURES, INSIDERS, LEVEL_PAIRS, LEVELS, RESOURCES, SKILLS, TIERS
from simulation.state.columns import col
from simulation.state.laundering import CHANNELS, REGIONS
from simulation.state.platform import PLATFORMS
from simulation.state.police import SOURCES
from simulation.state.project import SECTORS
from simulation.state.route import ROUTE_NODES


class Levers(NamedTuple):
    """Composed effects of a plan for the weeks of one block."""

    effort: Annotated[np.ndarray, col("f8", "W", "L", ACTIVITIES, fill=1)]  # derived: enforcement felt here, 1 = as now
    portfolio: Annotated[np.ndarray, col("f8", "W", "A", ACTIVITIES, fill=1)]  # cap, less what is retasked: share done
    capacity: Annotated[np.ndarray, col("f8", "W", "A", RESOURCES)]  # add: hours a week for the plan's operations
    arrest_hazard: Annotated[np.ndarray, col("f8", "W", "L", EXPOSURES, fill=1)]  # mul: hazard of background arrest
    visibility: Annotated[np.ndarray, col("f8", "W", "L")]  # add: patrol seen beyond today's, 1 = a full Hold
    knowledge_gain: Annotated[np.ndarray, col("f8", "W", LEVELS, fill=1)]  # mul: yield of intelligence work
    false_reports: Annotated[np.ndarray, col("f8", "W", "M", "L")]  # or: share of circulating reports that is false
    suspicion: Annotated[np.ndarray, col("f8", "W", "M", "L")]  # add: rise of suspicion a week
    informant_hazard: Annotated[np.ndarray, col("f8", "W", EXPOSURES)]  # add: a week
    reentry_block: Annotated[np.ndarray, col("f8", "W", "L")]  # or: share of openings and entries that is blocked
    clear_effort: Annotated[np.ndarray, col("f8", "W", "L")]  # add: Clear orders are given in proportion to it
    resilience_growth: Annotated[np.ndarray, col("f8", "W", "L")]  # add: share of the gap to 1 closed a week
    confidence: Annotated[np.ndarray, col("f8", "W", "L")]  # add: share of the gap to 1 closed a week
    at_risk_inflow: Annotated[np.ndarray, col("f8", "W", "L", fill=1)]  # mul: young people coming to be at risk
    exit_hazard: Annotated[np.ndarray, col("f8", "W", "L", EXPOSURES, fill=1)]  # mul: leaving the trade
    sector_vulnerability: Annotated[np.ndarray, col("f8", "W", SECTORS, fill=1)]  # mul: openness that sectors tend to
    defection_offer: Annotated[np.ndarray, col("f8", "W", "M", "L")]  # add: GBP a week to franchisees who leave
    brand_damage: Annotated[np.ndarray, col("f8", "W", "M", "L")]  # add: share of a brand's name lost a week (hazard)
    exclusivity: Annotated[np.ndarray, col("f8", "W", "M")]  # or: share of franchisees who buy where they like
    credit_recall: Annotated[np.ndarray, col("f8", "W", "M")]  # or: share of credit that is called in
    assurance: Annotated[np.ndarray, col("f8", "W", PLATFORMS, fill=1)]  # mul: how far a platform vouches for its users
    platform_open: Annotated[np.ndarray, col("f8", "W", PLATFORMS, fill=1)]  # cap: chance to be there after the week
    comms_compromise: Annotated[np.ndarray, col("f8", "W", PLATFORMS)]  # or: part of what passes that the state reads
    treatment_places: Annotated[np.ndarray, col("f8", "W", "L")]  # add: share of dependent users who stop a week
    launder_capacity: Annotated[np.ndarray, col("f8", "W", CHANNELS, REGIONS, fill=1)]  # mul: money a channel can take
    launder_fee: Annotated[np.ndarray, col("f8", "W", CHANNELS, REGIONS)]  # add: share asked on top of the fee
    launder_detection: Annotated[np.ndarray, col("f8", "W", CHANNELS, REGIONS, fill=1)]  # mul: reports on its users
    freeze_hazard: Annotated[np.ndarray, col("f8", "W", TIERS + 1)]  # add: accounts frozen a week; last: brokers
    insider_availability: Annotated[np.ndarray, col("f8", "W", INSIDERS, fill=1)]  # mul: who can be bribed
    camouflage_cost: Annotated[np.ndarray, col("f8", "W", "M")]  # add: what covering for crime costs over its pay
    interdiction: Annotated[np.ndarray, col("f8", "W", "M", ROUTE_NODES, fill=1)]  # mul: hazard of loss at a node
    transport_delay: Annotated[np.ndarray, col("f8", "W", "M", ROUTE_NODES)]  # add: weeks goods are held up there
    input_capacity: Annotated[np.ndarray, col("f8", "W", "M", TIERS, fill=1)]  # mul: what a tier can get or pass on
    demand: Annotated[np.ndarray, col("f8", "W", "L", "M", fill=1)]  # mul: what users want to buy
    lifestyle_cost: Annotated[np.ndarray, col("f8", "W", EXPOSURES)]  # add: GBP/week that visible wealth costs
    licence_control: Annotated[
        np.ndarray, col("f8", "W", EXPOSURES, fill=1)
    ]  # mul: how closely those released are watched
    custody_control: Annotated[
        np.ndarray, col("f8", "W", EXPOSURES)
    ]  # add: whoever steers from prison is cut off, a week
    information_sharing: Annotated[np.ndarray, col("f8", "W", LEVEL_PAIRS)]  # or: share of a gap passed on a week
    false_positive: Annotated[np.ndarray, col("f8", "W", LEVELS, fill=1)]  # mul: ghosts that arise at a level
    facility_loss: Annotated[np.ndarray, col("f8", "W", "L", TIERS)]  # add: premises and equipment lost a week
    specialist_wage: Annotated[np.ndarray, col("f8", "W", SKILLS, fill=1)]  # mul: what scarce skills ask for a job
    seizure_hazard: Annotated[np.ndarray, col("f8", "W", TIERS + 1)]  # add: hoards found a week; last: brokers
    court_throughput: Annotated[np.ndarray, col("f8", "W", REGIONS, fill=1)]  # mul: cases that courts hear
    source_yield: Annotated[np.ndarray, col("f8", "W", SOURCES, fill=1)]  # mul: what comes in from a source
