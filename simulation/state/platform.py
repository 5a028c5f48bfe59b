"""Platforms that organised crime uses (secure messages, market places, crypto and mixing), and what each business has there."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .columns import col

# --- kinds of platform
COMMS, MARKET_PLACE, MONEY = 0, 1, 2
PLATFORM_KINDS = 3
PLATFORM_KIND_NAMES = ("encrypted-comms", "market", "money")

PLATFORMS = 48  # platforms that a world has room for, those lately closed included
PLATFORM_MODELS = 8  # platforms of a kind that newcomers may resemble

NEVER = 1 << 30

# --- why a business looks for a platform: it never chose one, its own closed, or its own was found to be read
NEWCOMER, BEREFT, ALARMED = 0, 1, 2


class Platform(NamedTuple):
    """One row a platform; users are businesses of this world. Columns for each kind hold what is common to its platforms."""

    id: Annotated[np.ndarray, col("u8", PLATFORMS)]
    state: Annotated[np.ndarray, col("u1", PLATFORMS)]  # EMPTY or ACTIVE
    kind: Annotated[np.ndarray, col("u1", PLATFORMS)]  # COMMS, MARKET_PLACE, MONEY
    born: Annotated[np.ndarray, col("i4", PLATFORMS)]
    ended: Annotated[np.ndarray, col("i4", PLATFORMS, fill=-100000)]  # week the row's last platform closed
    invited: Annotated[np.ndarray, col("u1", PLATFORMS)]  # 1: once it has users, lets in only whom one of them knows
    fee: Annotated[np.ndarray, col("f8", PLATFORMS)]  # share of what passes through it
    appeal: Annotated[np.ndarray, col("f8", PLATFORMS)]  # lasting trait: how well it works, in log-odds
    assurance: Annotated[np.ndarray, col("f8", PLATFORMS)]  # how far it vouches for those it brings together, 0 to 1
    assured: Annotated[np.ndarray, col("f8", PLATFORMS)]  # what is left of that after doubt and warnings, this week
    doubt: Annotated[np.ndarray, col("f8", PLATFORMS)]  # of users in the platform itself, 0 to 1
    users: Annotated[np.ndarray, col("i8", PLATFORMS)]  # businesses on it
    held: Annotated[np.ndarray, col("i8", PLATFORMS)]  # reputations it holds, added up in millionths
    escrow: Annotated[np.ndarray, col("i8", PLATFORMS)]  # pence it holds for its users
    fees: Annotated[np.ndarray, col("i8", PLATFORMS)]  # pence it took this week
    breached: Annotated[np.ndarray, col("f8", PLATFORMS)]  # part of what passes that the state reads, without any plan
    read: Annotated[np.ndarray, col("f8", PLATFORMS)]  # part that it reads this week: compromised or taken over
    known: Annotated[np.ndarray, col("u1", PLATFORMS)]  # 1: users know that it is or was read
    intended: Annotated[np.ndarray, col("i8", PLATFORM_KINDS)]  # platforms of the kind there usually are
    usual: Annotated[np.ndarray, col("f8", PLATFORM_KINDS, fill=1)]  # what its effect was before week 0, as a factor
    typical: Annotated[np.ndarray, col("f8", PLATFORM_KINDS)]  # mean assurance of the kind
    lost: Annotated[np.ndarray, col("i8", PLATFORM_KINDS)]  # businesses that lost their platform this week
    moved: Annotated[np.ndarray, col("i8", PLATFORM_KINDS)]  # businesses that found another after that, this week
    refuge: Annotated[np.ndarray, col("i4", PLATFORM_KINDS, fill=-1)]  # largest that was left when one last closed
    fled: Annotated[np.ndarray, col("i8", PLATFORM_KINDS)]  # all who ever found another
    fled_to_largest: Annotated[np.ndarray, col("i8", PLATFORM_KINDS)]  # those of them who went to the largest left
    models: Annotated[np.ndarray, col("i8", PLATFORM_KINDS)]  # platforms that newcomers may resemble
    model_assurance: Annotated[np.ndarray, col("f8", PLATFORM_KINDS, PLATFORM_MODELS)]
    model_fee: Annotated[np.ndarray, col("f8", PLATFORM_KINDS, PLATFORM_MODELS)]
    model_invited: Annotated[
        np.ndarray, col("f8", PLATFORM_KINDS, PLATFORM_MODELS)
    ]  # chance of being closed to strangers


class Membership(NamedTuple):
    """One row a business (B): what it has on platforms beside their rows, which stand with the business."""

    owner_id: Annotated[np.ndarray, col("u8", "B")]  # business the row speaks of; another one starts afresh
    wake: Annotated[np.ndarray, col("i4", "B", fill=-NEVER)]  # next week in which it has anything to do about platforms
    turn: Annotated[np.ndarray, col("i4", "B")]  # next week in which it looks around as usual
    due: Annotated[np.ndarray, col("i4", "B", PLATFORM_KINDS, fill=NEVER)]  # week in which it moves, or must look
    heading: Annotated[np.ndarray, col("i4", "B", PLATFORM_KINDS, fill=-1)]  # platform it has decided for
    why: Annotated[np.ndarray, col("u1", "B", PLATFORM_KINDS)]  # NEWCOMER, BEREFT, ALARMED
    standing: Annotated[np.ndarray, col("f8", "B")]  # reputation on its market place, 0 to 1
    escrow: Annotated[np.ndarray, col("i8", "B")]  # pence that its market place holds for it
    heard: Annotated[np.ndarray, col("f8", "B", fill=1)]  # yield of intelligence on it, 1 = as usual
    washing: Annotated[
        np.ndarray, col("f8", "B", fill=1)
    ]  # cash it can launder for its platform of money, 1 = as usual
