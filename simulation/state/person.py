"""People: everyone who works in organised crime, at large or in custody, and whom they know."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from simulation.state.codes import LEVELS, SOCIAL_SLOTS
from simulation.state.columns import col


class Person(NamedTuple):
    """One row a person (N). Weeks are world weeks; hazards are read from parameters, never stored here."""

    id: Annotated[np.ndarray, col("u8", "N")]
    status: Annotated[np.ndarray, col("u1", "N")]
    role: Annotated[np.ndarray, col("u1", "N")]
    business: Annotated[np.ndarray, col("i4", "N", fill=-1)]
    business_id: Annotated[np.ndarray, col("u8", "N")]  # kept in custody, to find the way back
    outlet: Annotated[np.ndarray, col("i4", "N", fill=-1)]
    post_id: Annotated[np.ndarray, col("u8", "N")]  # identity of the last outlet, kept in custody for the same reason
    place: Annotated[np.ndarray, col("i4", "N", fill=-1)]
    age: Annotated[np.ndarray, col("u1", "N")]
    skill: Annotated[np.ndarray, col("f4", "N")]
    experience: Annotated[np.ndarray, col("f4", "N")]  # weeks in the trade
    loyalty: Annotated[np.ndarray, col("f4", "N")]
    heat: Annotated[np.ndarray, col("f4", "N")]  # evidence held
    savings: Annotated[np.ndarray, col("f4", "N")]  # GBP, a memo; the money itself is in the households' account
    joined: Annotated[np.ndarray, col("i4", "N")]
    charged: Annotated[np.ndarray, col("i4", "N", fill=-100000)]  # week of charge: the place in the court's queue
    due: Annotated[np.ndarray, col("i4", "N", fill=-100000)]  # week of release, or of the licence's end
    sentence: Annotated[np.ndarray, col("f4", "N")]  # weeks
    record: Annotated[np.ndarray, col("u1", "N")]  # convictions
    steers: Annotated[np.ndarray, col("u1", "N")]  # 1: runs its business from custody
    left: Annotated[np.ndarray, col("u1", "N")]  # 1: left the trade while on bail; awaits the court, or is in prison
    leaving: Annotated[np.ndarray, col("u4", "N")]  # this week's word of chance for leaving, drawn with the arrest's
    talking: Annotated[np.ndarray, col("u4", "N")]  # and the one for informing
    habit: Annotated[np.ndarray, col("f4", "N")]  # GBP/week they are used to spend
    wealth: Annotated[np.ndarray, col("f4", "N")]  # GBP of it that can be seen: cars, watches, houses
    debt: Annotated[np.ndarray, col("f4", "N")]  # GBP owed for a life beyond their means
    stay: Annotated[np.ndarray, col("f4", "N", fill=1)]  # what all that does to the hazard of leaving, 1 as usual
    shown: Annotated[np.ndarray, col("f4", "N", fill=1)]  # and to how easily police learn of them
    knowledge: Annotated[np.ndarray, col("f4", "N", LEVELS)]
    friend: Annotated[np.ndarray, col("i4", "N", SOCIAL_SLOTS, fill=-1)]
    friend_id: Annotated[np.ndarray, col("u8", "N", SOCIAL_SLOTS)]
    strength: Annotated[np.ndarray, col("f4", "N", SOCIAL_SLOTS)]
    bond: Annotated[np.ndarray, col("u1", "N", SOCIAL_SLOTS)]
