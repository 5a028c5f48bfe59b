"""Agencies of the state, their operations, the ghosts in their picture, and the orders that wait to be resolved."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from simulation.state.codes import ACTIVITIES, LEVELS, RESOURCES
from simulation.state.columns import col
from simulation.state.project import RECIPES

# --- kinds of agency
FORCE, REGIONAL_UNIT, NATIONAL_AGENCY, PARTNER = range(4)
AGENCY_KIND_NAMES = ("force", "regional-unit", "national-agency", "partner")

# --- stages of an operation, and how it ended
DEVELOP, AUTHORISE, EXECUTE, ASSESS = range(4)
STAGE_NAMES = ("develop", "authorise", "execute", "assess")
PENDING, SUCCESS, PARTIAL, COMPROMISED, WRONG_TARGET, PREEMPTED, TARGET_GONE = range(7)
OUTCOME_NAMES = ("pending", "success", "partial", "compromised", "wrong-target", "pre-empted", "target-gone")

# --- intelligence sources that a world has room for, what they may see, and whom they tell apart
SOURCES = 12
SEEN_PEOPLE, SEEN_OUTLETS, SEEN_BUSINESSES = range(3)
SEEN = 3
SEEN_NAMES = ("people", "outlets", "businesses")
RANKS = 2  # organisers and those above the street, holders and runners
CHAIN_MODELS = 2  # independent, franchise
NO_JOB = RECIPES  # of whoever works for nobody in particular

# --- an operation of the do-as-now portfolio carries no intervention
BACKGROUND = -1
GHOST_TARGET = 9  # target_kind of an operation that follows a ghost
# --- orders that come from the Clear effort of a place rather than from an operation
BY_CLEAR = -2
# --- counter of `Tally.week`: orders of this week that another order on the same target left without effect
PREEMPTED_ORDERS = 63


class Agency(NamedTuple):
    """One row an agency (A): force, regional unit, national agency or partner."""

    id: Annotated[np.ndarray, col("u8", "A")]
    kind: Annotated[np.ndarray, col("u1", "A")]  # FORCE, REGIONAL_UNIT, NATIONAL_AGENCY, PARTNER
    level: Annotated[np.ndarray, col("u1", "A")]
    force: Annotated[np.ndarray, col("i2", "A", fill=-1)]  # -1: every force of its region
    region: Annotated[np.ndarray, col("i2", "A", fill=-1)]  # -1: every region
    hours: Annotated[np.ndarray, col("f8", "A", RESOURCES)]  # hours a week, as now
    portfolio: Annotated[np.ndarray, col("f8", "A", RESOURCES, ACTIVITIES)]  # shares; rows sum to 1
    free: Annotated[np.ndarray, col("f8", "A", RESOURCES)]  # hours for operations this week
    spent: Annotated[np.ndarray, col("f8", "A", RESOURCES)]  # hours used by operations this week
    plan_spent: Annotated[np.ndarray, col("f8", "A", RESOURCES)]  # hours the plan's operations have used since week 0
    volume: Annotated[np.ndarray, col("f8", "A")]  # people at work in its jurisdiction
    recorded: Annotated[np.ndarray, col("f8", "L", 2)]  # recorded crimes, and violence, a week by locality, smoothed
    adequacy: Annotated[np.ndarray, col("f8", "A", fill=1)]  # analyst hours over the hours its intelligence needs
    rumours: Annotated[np.ndarray, col("f8", "A")]  # ghosts a week that would come of it if nothing of it was read
    led: Annotated[np.ndarray, col("f8", "A")]  # operations that its lead responsible officers have in hand
    unled: Annotated[np.ndarray, col("f8", "A")]  # its operations that wait for a lead officer
    unled_weeks: Annotated[np.ndarray, col("f8", "A")]  # weeks that operations waited for one, since the world began
    panel: Annotated[np.ndarray, col("f8", "A")]  # decisions its authorising officers have time for, left from before
    queued: Annotated[np.ndarray, col("f8", "A")]  # its operations that are ready and wait for authorisation
    queued_weeks: Annotated[np.ndarray, col("f8", "A")]  # weeks that operations waited for it, since the world began
    opened: Annotated[np.ndarray, col("i8", "A")]  # operations it took on since the world began
    referred: Annotated[np.ndarray, col("i8", "A", 2)]  # targets it passed up and down since the world began


class Operation(NamedTuple):
    """One row an operation (Q), from development to outcome."""

    id: Annotated[np.ndarray, col("u8", "Q")]
    state: Annotated[np.ndarray, col("u1", "Q")]  # EMPTY or ACTIVE
    agency: Annotated[np.ndarray, col("i2", "Q", fill=-1)]
    intervention: Annotated[np.ndarray, col("i2", "Q", fill=-1)]  # BACKGROUND or a number of the registry
    target_kind: Annotated[np.ndarray, col("u1", "Q")]
    target: Annotated[np.ndarray, col("i4", "Q", fill=-1)]
    target_id: Annotated[np.ndarray, col("u8", "Q")]
    stage: Annotated[np.ndarray, col("u1", "Q")]
    outcome: Annotated[np.ndarray, col("u1", "Q")]
    opened: Annotated[np.ndarray, col("i4", "Q")]
    due: Annotated[np.ndarray, col("i4", "Q")]  # earliest week of execution (lead time, authorisation)
    ended: Annotated[np.ndarray, col("i4", "Q", fill=-100000)]  # week the row is given back, after assessment
    order: Annotated[np.ndarray, col("u1", "Q")]  # the order it will give
    needed: Annotated[np.ndarray, col("f8", "Q", RESOURCES)]
    worked: Annotated[np.ndarray, col("f8", "Q", RESOURCES)]
    pace: Annotated[np.ndarray, col("f8", "Q")]  # share of the hours needed that may be worked in a week
    knowledge: Annotated[np.ndarray, col("f8", "Q")]
    led: Annotated[np.ndarray, col("u1", "Q")]  # 1 once a lead responsible officer has it in hand
    ready: Annotated[np.ndarray, col("i4", "Q", fill=-100000)]  # week it had its hours: its place in the queue


class Source(NamedTuple):
    """Where intelligence comes from: constants of each source (from its file), and how busy it is by locality."""

    id: Annotated[np.ndarray, col("u8", SOURCES)]  # 0: no such source
    on: Annotated[np.ndarray, col("f8", SOURCES, fill=1)]  # 0 once it is switched off
    share: Annotated[np.ndarray, col("f8", LEVELS, RANKS, SOURCES)]  # part of today's yield by level and rank
    work: Annotated[np.ndarray, col("f8", SOURCES, ACTIVITIES)]  # part of it that each activity feeds
    delay: Annotated[np.ndarray, col("f8", SOURCES)]  # weeks until what it saw is on file
    hours: Annotated[np.ndarray, col("f8", SOURCES)]  # analyst hours a week and person at work that it needs
    mistakes: Annotated[np.ndarray, col("f8", SOURCES)]  # ghosts a week and person at work when nothing of it is read
    reach: Annotated[np.ndarray, col("f8", SOURCES, fill=1)]  # part of those there are whom it can come upon at all
    residents: Annotated[np.ndarray, col("f8", SOURCES)]  # how far it lives on what residents tell
    hidden: Annotated[np.ndarray, col("f8", SOURCES)]  # how far it lives on messages that may be encrypted
    sees: Annotated[np.ndarray, col("f8", SEEN, SOURCES)]  # 1 for each kind of thing that it tells of
    chain: Annotated[np.ndarray, col("f8", "M", CHAIN_MODELS, SOURCES, fill=1)]  # what it sees of a market, 1 as usual
    job: Annotated[np.ndarray, col("f8", RECIPES + 1, SOURCES, fill=1)]  # the same of commissioned ones; last: nobody's
    pace: Annotated[np.ndarray, col("f8", "L", SOURCES, fill=1)]  # how much comes in from it here, 1 as today


class Ghost(NamedTuple):
    """One row a thing in the picture that is not there (G)."""

    id: Annotated[np.ndarray, col("u8", "G")]
    state: Annotated[np.ndarray, col("u1", "G")]
    kind: Annotated[np.ndarray, col("u1", "G")]  # TARGET_PERSON or TARGET_BUSINESS
    place: Annotated[np.ndarray, col("i4", "G", fill=-1)]
    role: Annotated[np.ndarray, col("u1", "G")]
    knowledge: Annotated[np.ndarray, col("f4", "G", LEVELS)]


class Orders(NamedTuple):
    """What this week's mechanisms want done to whom (R rows), emptied every week by one pass of resolution."""

    kind: Annotated[np.ndarray, col("u1", "R")]
    target_kind: Annotated[np.ndarray, col("u1", "R")]
    target: Annotated[np.ndarray, col("i4", "R")]
    target_id: Annotated[np.ndarray, col("u8", "R")]
    cause: Annotated[np.ndarray, col("i2", "R")]
    intervention: Annotated[np.ndarray, col("i2", "R")]
    operation: Annotated[np.ndarray, col("i4", "R", fill=-1)]  # row of the operation that gave it
    value: Annotated[np.ndarray, col("f8", "R")]
    done: Annotated[np.ndarray, col("u1", "R")]  # 1 executed, 0 pre-empted
    rank: Annotated[np.ndarray, col("i4", "R")]  # scratch: rows in order of resolution
