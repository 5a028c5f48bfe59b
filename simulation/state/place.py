"""Localities: neighbourhoods of residents, users, at-risk young people, police presence and community strength."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .codes import ACTIVITIES, LINE_KINDS, NEAR
from .columns import col


class Place(NamedTuple):
    """One row a locality (L). Users, habit and prices by chain market (M)."""

    id: Annotated[np.ndarray, col("u8", "L")]
    kind: Annotated[np.ndarray, col("u1", "L")]  # INSIDE, IMPORTING_TOWN, ELSEWHERE
    force: Annotated[np.ndarray, col("i2", "L")]
    region: Annotated[np.ndarray, col("i2", "L")]
    population: Annotated[np.ndarray, col("i8", "L")]
    hearings: Annotated[np.ndarray, col("f8", "L")]  # cases of organised crime a week that courts hear of its residents
    deprivation: Annotated[np.ndarray, col("f8", "L")]  # 0 to 1
    x: Annotated[np.ndarray, col("f8", "L")]  # km
    y: Annotated[np.ndarray, col("f8", "L")]
    near: Annotated[np.ndarray, col("i4", "L", NEAR, fill=-1)]  # itself first, then neighbours by travel distance
    near_weight: Annotated[np.ndarray, col("f8", "L", NEAR)]  # exp(-distance/scale), itself 1
    resilience: Annotated[np.ndarray, col("f8", "L")]  # 0 to 1
    resilience_rest: Annotated[np.ndarray, col("f8", "L")]  # where it would return to if nothing happened
    resilience_usual: Annotated[np.ndarray, col("f8", "L")]  # where it stands, given deprivation, with the usual harm
    confidence: Annotated[np.ndarray, col("f8", "L")]  # in police, 0 to 1
    confidence_rest: Annotated[np.ndarray, col("f8", "L")]
    fear: Annotated[np.ndarray, col("f8", "L")]  # 0 to 1
    fear_rest: Annotated[np.ndarray, col("f8", "L")]
    pool: Annotated[np.ndarray, col("i8", "L")]  # young people at risk of recruitment
    clear: Annotated[np.ndarray, col("f8", "L")]  # effort now in force, smoothed over its lag, 0 to 1
    hold: Annotated[np.ndarray, col("f8", "L")]
    build: Annotated[np.ndarray, col("f8", "L")]
    users: Annotated[np.ndarray, col("f8", "L", "M")]  # dependent users living here
    users_rest: Annotated[np.ndarray, col("f8", "L", "M")]
    habit: Annotated[np.ndarray, col("f8", "L", "M")]  # slow part of log demand
    price_seen: Annotated[np.ndarray, col("f8", "L", "M")]  # smoothed price per pure gram, GBP
    price_rest: Annotated[np.ndarray, col("f8", "L", "M")]  # reference price per pure gram, GBP
    demand: Annotated[np.ndarray, col("i8", "L", "M")]  # mg pure wanted this week
    adrift: Annotated[
        np.ndarray, col("i8", "L", "M")
    ]  # mg/week of customers whose line closed and who look for another
    consumed: Annotated[np.ndarray, col("i8", "L", "M")]  # mg pure bought by residents this week
    spent: Annotated[np.ndarray, col("i8", "L", "M")]  # pence paid by residents this week
    violence: Annotated[np.ndarray, col("f8", "L")]  # expected violent events this week
    violent_events: Annotated[np.ndarray, col("i8", "L")]
    violent_recorded: Annotated[np.ndarray, col("i8", "L")]
    homicides: Annotated[np.ndarray, col("i8", "L")]  # among the violent events of this week
    retaliation: Annotated[np.ndarray, col("i8", "L")]  # violent events of this week that answer suspicion
    user_deaths: Annotated[np.ndarray, col("i8", "L")]  # dependent users who died this week
    acquisitive: Annotated[np.ndarray, col("i8", "L")]  # acquisitive crimes this week, user-funded and organised
    acquisitive_organised: Annotated[np.ndarray, col("i8", "L")]
    acquisitive_recorded: Annotated[np.ndarray, col("i8", "L")]
    project_crimes: Annotated[np.ndarray, col("i8", "L")]  # commissioned crimes against people here, thefts apart
    project_harm: Annotated[np.ndarray, col("f8", "L")]  # GBP they cost, at the prices of the unit costs
    drug_recorded: Annotated[np.ndarray, col("i8", "L")]
    plundered: Annotated[np.ndarray, col("f8", "L")]  # organised thefts a week per 10,000 residents, as remembered
    crime_seen: Annotated[np.ndarray, col("f8", "L")]  # acquisitive crimes a week per 10,000 residents, as remembered
    sold: Annotated[np.ndarray, col("i8", "L")]  # mg pure of hard drugs sold by outlets in the place this week
    dealing: Annotated[np.ndarray, col("i8", "L")]  # what is sold openly here, in mg of hard drugs that disturb as much
    arrests: Annotated[np.ndarray, col("i8", "L")]
    uninvolved: Annotated[np.ndarray, col("i8", "L")]  # contacts of enforcement with people not involved, this week
    aged_in: Annotated[np.ndarray, col("i8", "L")]  # cumulative flows of the at-risk pool
    aged_out: Annotated[np.ndarray, col("i8", "L")]
    recruited: Annotated[np.ndarray, col("i8", "L")]
    pull: Annotated[np.ndarray, col("i8", "L")]  # this week's attraction of the lines in the place
    asked: Annotated[np.ndarray, col("i8", "L")]  # mg asked of lines in the place
    room: Annotated[np.ndarray, col("i8", "L", "M")]  # mg that its lines can sell
    left: Annotated[np.ndarray, col("i8", "L")]  # mg not sold in the first round
    spare: Annotated[np.ndarray, col("i8", "L")]  # mg that could still be sold after it
    second: Annotated[np.ndarray, col("i8", "L")]  # mg sold in the second round
    sold_m: Annotated[np.ndarray, col("i8", "L")]  # mg sold in the market being served
    money: Annotated[np.ndarray, col("i8", "L")]  # pence taken in it
    bulk: Annotated[np.ndarray, col("i8", "L")]  # mg of street product sold in it
    reached: Annotated[np.ndarray, col("f8", "L")]  # residents' demand per unit of attraction near them
    served: Annotated[np.ndarray, col("f8", "L")]  # the same, of those who have it brought from anywhere
    effort: Annotated[np.ndarray, col("f8", "L", ACTIVITIES, fill=1.0)]  # enforcement felt here, 1 = as now
    line_weeks: Annotated[np.ndarray, col("f8", "L", "M", LINE_KINDS)]  # weeks that lines stood here, as is said
    line_losses: Annotated[np.ndarray, col("f8", "L", "M", LINE_KINDS)]  # and those of them that police closed


class Chain(NamedTuple):
    """Constants of the chain markets (M) by tier (4), from the market files; money in GBP, goods in g unless said."""

    cover: Annotated[np.ndarray, col("f8", "M", 4)]  # weeks of stock wanted
    markup: Annotated[np.ndarray, col("f8", "M", 4)]
    overhead: Annotated[np.ndarray, col("f8", "M", 4)]  # GBP/week
    required: Annotated[np.ndarray, col("f8", "M", 4)]  # GBP/week that makes the risk worth it
    throughput: Annotated[np.ndarray, col("f8", "M", 4)]  # mg/week and member of staff
    capital: Annotated[np.ndarray, col("f8", "M", 4)]  # GBP working capital at entry
    intended: Annotated[np.ndarray, col("f8", "M", 4)]  # businesses in the tier at the start
    floor: Annotated[np.ndarray, col("f8", "M", 4)]  # mg/week, least forecast
    price: Annotated[np.ndarray, col("f8", "M", 4)]  # GBP per pure g at the start
    id: Annotated[np.ndarray, col("u8", "M")]  # from the market's own name: other markets do not change its luck
    hard: Annotated[
        np.ndarray, col("u1", "M", fill=1)
    ]  # 1: counted in the series of drugs sold, price, purity and seizures
    dependent: Annotated[np.ndarray, col("u1", "M", fill=1)]  # 1: its users depend on it, may be treated, and some die
    need: Annotated[np.ndarray, col("f8", "M")]  # share of users' spending that is stolen for
    nuisance: Annotated[np.ndarray, col("f8", "M", fill=1)]  # how much a gram sold disturbs the street, hard drugs = 1
    delivered: Annotated[
        np.ndarray, col("f8", "M")
    ]  # share of customers far from any seller who are served all the same
    turf: Annotated[np.ndarray, col("f8", "M", fill=1)]  # how much its sellers fight over ground, hard drugs = 1
    harm: Annotated[np.ndarray, col("f8", "M")]  # GBP of harm with a unit sold that nothing else counts
    lines: Annotated[np.ndarray, col("f8", "M")]  # lines a retail business has on average at the start
    above: Annotated[np.ndarray, col("i8", "M", 4, fill=-1)]  # tier that each tier buys from; -1: from outside, or none
    below: Annotated[np.ndarray, col("i8", "M", 4, fill=-1)]  # tier that buys from it; -1: users, or none
    landed: Annotated[np.ndarray, col("f8", "M")]  # GBP per pure g
    street_price: Annotated[np.ndarray, col("f8", "M")]  # GBP per street g
    source_price: Annotated[np.ndarray, col("f8", "M")]  # GBP per pure g at source
    use: Annotated[np.ndarray, col("f8", "M")]  # mg pure a user-week
    elasticity_short: Annotated[np.ndarray, col("f8", "M")]
    elasticity_long: Annotated[np.ndarray, col("f8", "M")]
    purity_low: Annotated[np.ndarray, col("f8", "M")]
    purity_high: Annotated[np.ndarray, col("f8", "M")]
    seized: Annotated[np.ndarray, col("f8", "M", 4)]  # chance that goods bought by the tier are seized on the way
    seized_usual: Annotated[np.ndarray, col("f8", "M")]  # hazard of loss at the border that the landed price holds at
    margin: Annotated[np.ndarray, col("f8", "M")]  # share of takings a line means to keep over the cost of goods
    purity_start: Annotated[np.ndarray, col("f8", "M")]
    volume: Annotated[np.ndarray, col("f8", "M")]  # mg/week of the whole market at the start
    reach: Annotated[np.ndarray, col("f8", "M")]  # scales tier counts to the preset
