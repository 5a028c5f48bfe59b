"""Commissioned projects: what a job of each market needs and pays, the job a broker is putting together, and its crew."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .columns import col

RECIPES = 8  # commissioned markets that a world has room for
PROJECT_SLOTS = 8  # people that a job has room for
SECTORS = RECIPES + 1  # what each of them preys on, and last:
STREET_THEFT = RECIPES  # what users steal from to pay for what they use: shops, cars, homes

# --- stages of a broker's project
IDLE, ASSEMBLING = 0, 1


class Recipe(NamedTuple):
    """Constants of the commissioned markets, one row a market in the order of their ids, from the market files."""

    slots: Annotated[np.ndarray, col("i8", RECIPES)]  # people a job needs; 0: no such market
    role: Annotated[np.ndarray, col("u1", RECIPES, PROJECT_SLOTS)]  # what each of them is
    share: Annotated[np.ndarray, col("f8", RECIPES, PROJECT_SLOTS)]  # what each gets of the takings
    projects: Annotated[np.ndarray, col("f8", RECIPES)]  # jobs a broker without one in hand draws in a week
    value: Annotated[np.ndarray, col("f8", RECIPES)]  # GBP a job when skill and vulnerability are whole
    success: Annotated[np.ndarray, col("f8", RECIPES)]  # chance of success then
    crimes: Annotated[np.ndarray, col("f8", RECIPES)]  # crimes in one job
    overhead: Annotated[np.ndarray, col("f8", RECIPES)]  # GBP/week
    required: Annotated[np.ndarray, col("f8", RECIPES)]  # GBP/week that makes the risk worth it
    # where a value is negative, the parameter of the same mechanism holds
    hire: Annotated[np.ndarray, col("f8", RECIPES, PROJECT_SLOTS, fill=-1)]  # hazard a week of finding a newcomer
    meeting: Annotated[np.ndarray, col("f8", RECIPES, fill=-1)]  # hazard a week of agreeing with a stranger in reach
    found: Annotated[np.ndarray, col("f8", RECIPES, fill=-1)]  # hazard a week of setting up, where brokers do best
    founder: Annotated[np.ndarray, col("u1", RECIPES)]  # role of those who set up as brokers
    online: Annotated[np.ndarray, col("u1", RECIPES)]  # 1: whoever works in it is found whatever the distance
    local: Annotated[np.ndarray, col("u1", RECIPES)]  # 1: victims live where the job is done; 0: anywhere
    theft: Annotated[np.ndarray, col("u1", RECIPES)]  # 1: its crimes are acquisitive crimes of the place
    payer: Annotated[np.ndarray, col("i8", RECIPES)]  # counterparty that the takings come from
    recorded: Annotated[np.ndarray, col("f8", RECIPES, fill=-1)]  # share of its crimes that reaches the record
    harm: Annotated[np.ndarray, col("f8", RECIPES, fill=-1)]  # GBP a crime, at the prices of the unit costs
    harmed: Annotated[np.ndarray, col("f8", RECIPES, fill=1)]  # people or firms harmed by one crime
    learning: Annotated[np.ndarray, col("f8", RECIPES)]  # how far potential victims answer to what befalls them
    potential: Annotated[np.ndarray, col("f8", RECIPES)]  # crimes a week if no broker of the start ever waited


class Sector(NamedTuple):
    """What each commissioned market preys on, how open that is to it, and what befell it this week; last: street theft."""

    openness: Annotated[np.ndarray, col("f8", SECTORS, fill=1)]  # vulnerability of potential victims, 1 as usual
    seen: Annotated[np.ndarray, col("f8", SECTORS, fill=-1)]  # crimes a week, as remembered; negative: as usual
    begun: Annotated[np.ndarray, col("i8", SECTORS)]  # jobs that brokers began to put together this week
    projects: Annotated[np.ndarray, col("i8", SECTORS)]  # jobs that succeeded this week
    crimes: Annotated[np.ndarray, col("i8", SECTORS)]
    victims: Annotated[np.ndarray, col("i8", SECTORS)]
    recorded: Annotated[np.ndarray, col("i8", SECTORS)]  # crimes that reached the police's records
    pence: Annotated[np.ndarray, col("i8", SECTORS)]  # takings
    harm: Annotated[np.ndarray, col("f8", SECTORS)]  # GBP at the prices of the unit costs
    crimes_ever: Annotated[np.ndarray, col("i8", SECTORS)]  # since the world began
    pence_ever: Annotated[np.ndarray, col("i8", SECTORS)]


class Project(NamedTuple):
    """One row a business (B), used by commissioning ones: at most one project is being put together at a time."""

    recipe: Annotated[np.ndarray, col("i8", "B")]  # market whose jobs the business puts together
    owner_id: Annotated[np.ndarray, col("u8", "B")]  # business the row speaks of; another one starts afresh
    stage: Annotated[np.ndarray, col("u1", "B")]  # IDLE or ASSEMBLING
    opened: Annotated[np.ndarray, col("i4", "B")]
    place: Annotated[np.ndarray, col("i4", "B", fill=-1)]  # where it will be done
    jobs: Annotated[np.ndarray, col("i8", "B")]  # jobs of one kind, done together
    member: Annotated[np.ndarray, col("i4", "B", PROJECT_SLOTS, fill=-1)]
    member_id: Annotated[np.ndarray, col("u8", "B", PROJECT_SLOTS)]
