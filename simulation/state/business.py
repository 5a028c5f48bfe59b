"""Businesses, their books, their outlets and the trade ties between outlets."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .codes import ACCOUNTS, FAMILIES, FLOWS, LEVELS, LINE_KINDS, SECURITY_LEVELS, SHUT_LINES, TIE_SLOTS
from .columns import col


class Business(NamedTuple):
    """One row an organised crime business (B); rows below OUTSIDE are the counterparties of the legal world."""

    id: Annotated[np.ndarray, col("u8", "B")]
    state: Annotated[np.ndarray, col("u1", "B")]  # EMPTY, ACTIVE, COUNTERPARTY
    model: Annotated[np.ndarray, col("u1", "B")]
    tier: Annotated[np.ndarray, col("i1", "B", fill=-1)]  # tier of its outlets; -1 for commissioning
    market: Annotated[np.ndarray, col("i2", "B", fill=-1)]
    home: Annotated[np.ndarray, col("i4", "B", fill=-1)]
    founder: Annotated[np.ndarray, col("u8", "B")]
    born: Annotated[np.ndarray, col("i4", "B")]
    children: Annotated[np.ndarray, col("i8", "B")]  # ordinal of the next outlet it founds
    leader: Annotated[np.ndarray, col("i4", "B", fill=-1)]
    leader_id: Annotated[np.ndarray, col("u8", "B")]
    leaderless: Annotated[np.ndarray, col("i4", "B")]  # weeks without a leader
    steered: Annotated[np.ndarray, col("u1", "B")]  # 1 when the jailed leader still runs it
    succeeded: Annotated[np.ndarray, col("i4", "B", fill=-100000)]  # week of the last succession
    transfer: Annotated[np.ndarray, col("f4", "B", fill=1)]  # share of ties the last successor inherited
    lines: Annotated[np.ndarray, col("i4", "B")]  # outlets it runs
    members: Annotated[np.ndarray, col("i4", "B")]
    security: Annotated[np.ndarray, col("f8", "B")]  # posture in force, 0 to 1
    posture: Annotated[np.ndarray, col("u1", "B")]  # posture chosen (a SECURITY_LEVELS index)
    attraction: Annotated[np.ndarray, col("f8", "B", SECURITY_LEVELS)]
    profit: Annotated[np.ndarray, col("f8", "B")]  # GBP/week, smoothed
    required: Annotated[np.ndarray, col("f8", "B")]  # GBP/week
    aspiration: Annotated[np.ndarray, col("f8", "B")]  # GBP/week
    outflow: Annotated[np.ndarray, col("f8", "B")]  # GBP/week, mean net outflow of about 8 weeks
    suspicion: Annotated[np.ndarray, col("f8", "B")]
    pressure: Annotated[np.ndarray, col("f8", "B")]  # hazard that shortens the horizon, per week
    unread: Annotated[np.ndarray, col("i8", "B")]  # pence booked after last accounts; from then on, what they read
    broke: Annotated[np.ndarray, col("i4", "B")]  # weeks running with obligations unpaid
    brand: Annotated[np.ndarray, col("f8", "B", fill=0.5)]
    cooperation: Annotated[np.ndarray, col("f8", "B")]  # with rivals, 0 to 1
    felt: Annotated[np.ndarray, col("f8", "B", FAMILIES)]  # losses attributed to a tactic family, GBP/week
    counter: Annotated[np.ndarray, col("f8", "B", FAMILIES)]  # counter-measures in place, 0 to 1
    wage_bill: Annotated[np.ndarray, col("i8", "B")]  # pence this week
    refused: Annotated[np.ndarray, col("i8", "B")]  # pence of orders its outlets did not dare to place this week
    detected: Annotated[np.ndarray, col("i4", "B", FAMILIES, fill=-1)]  # week the counter-measure will be in place
    knowledge: Annotated[np.ndarray, col("f4", "B", LEVELS)]
    harm: Annotated[np.ndarray, col("f8", "B")]  # GBP/week, smoothed, as the true model counts it
    comms: Annotated[np.ndarray, col("i4", "B", fill=-1)]  # platform it talks over, -1: none
    market_place: Annotated[np.ndarray, col("i4", "B", fill=-1)]  # platform it trades on beside its own contacts
    money: Annotated[np.ndarray, col("i4", "B", fill=-1)]  # platform it moves money through
    line_weeks: Annotated[np.ndarray, col("f8", "B", LINE_KINDS)]  # weeks its lines stood, as remembered
    line_losses: Annotated[np.ndarray, col("f8", "B", LINE_KINDS)]  # and those of them that police closed
    shut_id: Annotated[np.ndarray, col("u8", "B", SHUT_LINES)]  # lines that police closed and customers still ring
    shut_place: Annotated[np.ndarray, col("i4", "B", SHUT_LINES, fill=-1)]
    shut_week: Annotated[np.ndarray, col("i4", "B", SHUT_LINES, fill=-100000)]
    shut_quality: Annotated[np.ndarray, col("f4", "B", SHUT_LINES)]  # the trait that customers saw
    shut_reputation: Annotated[np.ndarray, col("f4", "B", SHUT_LINES)]  # and what they thought of it when it closed


class Ledger(NamedTuple):
    """Books in pence: assets positive, claims (payable, borrowings, equity) negative, so every row sums to zero."""

    book: Annotated[np.ndarray, col("i8", "B", ACCOUNTS)]
    flow: Annotated[np.ndarray, col("i8", "B", FLOWS)]  # this week


class Outlet(NamedTuple):
    """One row an outlet (O): importer, wholesaler, distributor or retail line; goods in mg pure."""

    id: Annotated[np.ndarray, col("u8", "O")]
    state: Annotated[np.ndarray, col("u1", "O")]
    business: Annotated[np.ndarray, col("i4", "O", fill=-1)]
    place: Annotated[np.ndarray, col("i4", "O", fill=-1)]
    market: Annotated[np.ndarray, col("i2", "O")]
    tier: Annotated[np.ndarray, col("i1", "O")]
    born: Annotated[np.ndarray, col("i4", "O")]
    hires: Annotated[np.ndarray, col("i8", "O")]  # people ever hired: ordinal of identities
    stock: Annotated[np.ndarray, col("i8", "O")]
    cost: Annotated[np.ndarray, col("i8", "O")]  # pence, stock and transit at cost
    transit: Annotated[np.ndarray, col("i8", "O")]  # mg on the way, due next week
    transit_cost: Annotated[np.ndarray, col("i8", "O")]
    price: Annotated[np.ndarray, col("f8", "O")]  # GBP per pure g (upstream), GBP per street g (lines)
    purity: Annotated[np.ndarray, col("f8", "O")]
    forecast: Annotated[np.ndarray, col("f8", "O")]  # mg/week
    wanted: Annotated[np.ndarray, col("i8", "O")]  # mg it would order this week
    asked: Annotated[np.ndarray, col("i8", "O")]  # mg asked of it this week
    sold: Annotated[np.ndarray, col("i8", "O")]  # mg sold this week
    takings: Annotated[np.ndarray, col("i8", "O")]  # pence this week
    outlay: Annotated[np.ndarray, col("i8", "O")]  # pence, cost of what it sold this week
    gross: Annotated[np.ndarray, col("f8", "O")]  # GBP/week takings less cost of sales, smoothed
    quality: Annotated[np.ndarray, col("f8", "O", fill=1)]  # trait that customers see
    reputation: Annotated[np.ndarray, col("f8", "O")]  # local, with customers, 0 to 1
    good: Annotated[np.ndarray, col("f8", "O")]  # public reports in circulation
    bad: Annotated[np.ndarray, col("f8", "O")]
    cheated: Annotated[np.ndarray, col("u1", "O")]
    discount: Annotated[np.ndarray, col("f8", "O")]  # of a new supplier, fading
    staff: Annotated[np.ndarray, col("i4", "O")]  # active people here, holder included
    runners: Annotated[np.ndarray, col("i4", "O")]
    holder: Annotated[np.ndarray, col("i4", "O", fill=-1)]
    holder_id: Annotated[np.ndarray, col("u8", "O")]
    vacant: Annotated[np.ndarray, col("i4", "O")]  # weeks without a holder
    lost: Annotated[np.ndarray, col("i8", "O")]  # mg seized or ripped off this week
    knowledge: Annotated[np.ndarray, col("f4", "O", LEVELS)]
    slander: Annotated[np.ndarray, col("f8", "O")]  # false reports in circulation
    served: Annotated[np.ndarray, col("i4", "O")]  # honest deliveries this week
    failed: Annotated[np.ndarray, col("i4", "O")]  # deliveries this week that were cheats
    budget: Annotated[np.ndarray, col("i8", "O")]  # pence it may spend this week
    request: Annotated[np.ndarray, col("i8", "O")]  # mg asked of the chosen supplier in this round
    choice: Annotated[np.ndarray, col("i4", "O", fill=-1)]  # tie slot chosen in this round
    first: Annotated[np.ndarray, col("i4", "O", fill=-1)]  # tie slot chosen in the first round
    room: Annotated[np.ndarray, col("i8", "O")]  # mg it can still hand over this week
    requested: Annotated[np.ndarray, col("i8", "O")]  # requests in this round, mg
    pressed: Annotated[np.ndarray, col("i8", "O")]  # weighted requests in this round
    faith: Annotated[np.ndarray, col("f8", "O")]  # trust in the supplier chosen in this round
    good_name: Annotated[np.ndarray, col("f8", "O")]  # share of circulating reports that speak well of it, this week
    report_weight: Annotated[np.ndarray, col("f8", "O")]  # weight of those reports with a buyer, in deliveries
    stock_before: Annotated[np.ndarray, col("i8", "O")]  # stock and cost when its tier began to sell
    cost_before: Annotated[np.ndarray, col("i8", "O")]
    wrecked: Annotated[np.ndarray, col("f8", "O")]  # share of its premises and equipment that is lost, not yet replaced


class Tie(NamedTuple):
    """Trade ties (O x TIE_SLOTS): what a buyer has lived through with each supplier it knows."""

    supplier: Annotated[np.ndarray, col("i4", "O", TIE_SLOTS, fill=-1)]
    supplier_id: Annotated[np.ndarray, col("u8", "O", TIE_SLOTS)]
    good: Annotated[np.ndarray, col("f8", "O", TIE_SLOTS)]
    bad: Annotated[np.ndarray, col("f8", "O", TIE_SLOTS)]
    credit: Annotated[np.ndarray, col("i8", "O", TIE_SLOTS)]  # pence owed to the supplier's business
    overdue: Annotated[np.ndarray, col("i4", "O", TIE_SLOTS)]
    last: Annotated[np.ndarray, col("i4", "O", TIE_SLOTS, fill=-100000)]
    outcome: Annotated[np.ndarray, col("u1", "O", TIE_SLOTS)]  # of this week's delivery: NOTHING, HONEST, CHEATED
    volume: Annotated[np.ndarray, col("f8", "O", TIE_SLOTS)]  # mg/week, smoothed
