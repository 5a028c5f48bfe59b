"""Commissioned projects: the job a broker is putting together, and the people who have agreed to do it."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .codes import FENCE, SPECIALIST, THIEF
from .columns import col

# --- what one job of organised acquisitive crime needs, slot by slot
PROJECT_ROLES = (THIEF, THIEF, SPECIALIST, FENCE)
PROJECT_SLOTS = 4

# --- stages of a broker's project
IDLE, ASSEMBLING = 0, 1


class Project(NamedTuple):
    """One row a business (B), used by commissioning ones: at most one project is being put together at a time."""

    owner_id: Annotated[np.ndarray, col("u8", "B")]  # business the row speaks of; another one starts afresh
    stage: Annotated[np.ndarray, col("u1", "B")]  # IDLE or ASSEMBLING
    opened: Annotated[np.ndarray, col("i4", "B")]
    place: Annotated[np.ndarray, col("i4", "B", fill=-1)]  # where it will be done
    jobs: Annotated[np.ndarray, col("i8", "B")]  # jobs of one kind, done together
    member: Annotated[np.ndarray, col("i4", "B", PROJECT_SLOTS, fill=-1)]
    member_id: Annotated[np.ndarray, col("u8", "B", PROJECT_SLOTS)]
