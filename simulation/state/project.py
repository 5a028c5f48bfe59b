"""Commissioned projects: what a job of each market needs and pays, the job a broker is putting together, and its crew."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .columns import col

RECIPES = 4  # commissioned markets that a world has room for
PROJECT_SLOTS = 8  # people that a job has room for

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
